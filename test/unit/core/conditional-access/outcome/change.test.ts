import { describe, expect, test } from 'vitest';
import { classifyChange, noLongerDemanding } from '../../../../../src/core/conditional-access/outcome/change.ts';
import type { Outcome } from '../../../../../src/core/conditional-access/result.ts';
import type { GrantControls } from '../../../../../src/core/tenant/policy.ts';
import { attempt, judge, policy } from '../../../../support/contoso.ts';

const OUTCOMES = ['granted', 'interrupted', 'denied', 'blocked', 'unknown'] as const;

describe('a change of the outcome', () => {
  test.each<[Outcome, readonly string[]]>([
    ['granted', ['unchanged', 'newlyPrompted', 'newlyDenied', 'newlyBlocked', 'unknown']],
    ['interrupted', ['lessProtected', 'unchanged', 'newlyDenied', 'newlyBlocked', 'unknown']],
    ['denied', ['newlyAllowed', 'newlyAllowed', 'unchanged', 'newlyBlocked', 'unknown']],
    ['blocked', ['newlyAllowed', 'newlyAllowed', 'newlyAllowed', 'unchanged', 'unknown']],
    ['unknown', ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']],
  ])('from %s is, by what it becomes, %j', (before, classes) => {
    const found = OUTCOMES.map((after) =>
      classifyChange({ outcome: before, policies: [] }, { outcome: after, policies: [] }),
    );
    expect(found).toEqual(classes);
  });
});

describe('the same outcome', () => {
  const session = (name: string) => ({ sessionControls: { [name]: { isEnabled: true } } });
  const asks = (builtInControls: string[], operator = 'OR'): GrantControls => ({ operator, builtInControls });
  const done = { satisfied: { mfa: true, compliantDevice: true } };
  const judged = (...policies: ReturnType<typeof policy>[]) => judge(policies, attempt(done));
  const one = (id: string, grant: GrantControls | null, others: object = {}, conditions: object = {}) =>
    policy({ ...conditions }, grant, { id, ...others });
  const mfa = judged(one('a', asks(['mfa'])));
  const nothing = judged();

  test('is less protected where a satisfied demand is no longer made', () => {
    expect([classifyChange(mfa, nothing), classifyChange(nothing, mfa)]).toEqual(['lessProtected', 'unchanged']);
    expect(noLongerDemanding(mfa, nothing)).toEqual(['a']);
  });

  test('is not, where another policy makes the same demand', () => {
    expect(classifyChange(mfa, judged(one('b', asks(['mfa']))))).toBe('unchanged');
    expect(classifyChange(mfa, judged(one('b', asks(['compliantDevice']))))).toBe('lessProtected');
    const both = asks(['mfa', 'compliantDevice']);
    expect(classifyChange(judged(one('a', { ...both, operator: 'AND' })), judged(one('a', both)))).toBe(
      'lessProtected',
    );
  });

  test.each<[string, GrantControls, GrantControls]>([
    ['another control as well', asks(['mfa']), asks(['mfa', 'compliantDevice'], 'AND')],
    ['both of a choice', asks(['mfa', 'compliantDevice']), asks(['compliantDevice', 'mfa'], 'AND')],
    ['one of a choice', asks(['mfa', 'compliantDevice', 'domainJoinedDevice']), asks(['mfa', 'compliantDevice'])],
    ['one of a choice alone', asks(['mfa', 'compliantDevice']), asks(['compliantDevice'])],
    ['the same in another order', asks(['mfa', 'compliantDevice']), asks(['compliantDevice', 'mfa'])],
  ])('is unchanged where a policy asks for %s, and less protected the other way', (what, less, more) => {
    const [was, becomes] = [judged(one('a', less)), judged(one('a', more))];
    expect(classifyChange(was, becomes)).toBe('unchanged');
    expect(classifyChange(becomes, was)).toBe(what.includes('another order') ? 'unchanged' : 'lessProtected');
  });

  describe('where a policy asks for an authentication strength,', () => {
    const builtIn = (digit: number) => ({ id: `00000000-0000-0000-0000-00000000000${digit}` });
    const strength = (authenticationStrength: object, ...more: string[]): GrantControls => ({
      ...asks(more),
      authenticationStrength,
    });
    const [multifactor, passwordless, resistant] = [2, 3, 4].map((digit) => strength(builtIn(digit))) as [
      GrantControls,
      GrantControls,
      GrantControls,
    ];
    const ours = (...allowedCombinations: string[]) => ({ id: 'ours', displayName: 'Ours', allowedCombinations });
    const withKey = { satisfied: { ...done.satisfied, authenticationMethodCombination: 'fido2' } };
    const byKey = (grant: GrantControls) => judge([one('a', grant)], attempt(withKey));

    test.each<[string, GrantControls, GrantControls, string]>([
      ['phishing-resistant instead of MFA', asks(['mfa']), resistant, 'lessProtected'],
      ['passwordless instead of MFA', asks(['mfa']), passwordless, 'lessProtected'],
      ['that of MFA instead of MFA', asks(['mfa']), multifactor, 'lessProtected'],
      ['phishing-resistant instead of passwordless', passwordless, resistant, 'lessProtected'],
      [
        'a narrower one of the same name',
        strength(ours('fido2', 'password,sms')),
        strength(ours('fido2')),
        'lessProtected',
      ],
      [
        'one or a device instead of MFA or a device',
        asks(['mfa', 'compliantDevice']),
        strength(builtIn(4), 'compliantDevice'),
        'lessProtected',
      ],
      [
        'the same by another name',
        strength(ours('fido2')),
        strength({ ...ours('fido2'), id: 'b', displayName: 'B' }),
        'unchanged',
      ],
    ])('%s is unchanged, and the other way %s', (_, less, more, back) => {
      const [was, becomes] = [byKey(less), byKey(more)];
      expect([was.outcome, becomes.outcome]).toEqual(['granted', 'granted']);
      expect([classifyChange(was, becomes), classifyChange(becomes, was)]).toEqual(['unchanged', back]);
    });

    test('a wider one of the same name, or one that also takes a password, is less protected', () => {
      const becomes = [ours('fido2', 'password,sms'), ours('fido2', 'password')].map((one) => byKey(strength(one)));
      expect(becomes.map((each) => classifyChange(byKey(strength(ours('fido2'))), each))).toEqual([
        'lessProtected',
        'lessProtected',
      ]);
      expect(noLongerDemanding(byKey(asks(['mfa'])), becomes[1] ?? nothing)).toEqual(['a']);
    });

    test('one whose combinations are not known is unknown, unless it says that it is MFA', () => {
      const prompted = (grant: GrantControls) =>
        judge([one('a', grant), one('b', asks(['passwordChange']))], attempt(withKey));
      const lost = { id: 'lost', displayName: 'Lost' };
      const told = (was: GrantControls, becomes: GrantControls) => classifyChange(prompted(was), prompted(becomes));
      expect(prompted(strength(lost)).outcome).toBe('interrupted');
      expect(told(asks(['mfa']), strength(lost))).toBe('unknown');
      expect(told(asks(['mfa']), strength({ ...lost, requirementsSatisfied: 'mfa' }))).toBe('unchanged');
      expect(told(resistant, strength({ ...lost, requirementsSatisfied: 'mfa' }))).toBe('unknown');
      expect(told(strength(lost), resistant)).toBe('unknown');
      expect(told(strength(lost), asks(['mfa']))).toBe('lessProtected');
      expect(noLongerDemanding(prompted(asks(['mfa'])), prompted(strength(lost)))).toEqual([]);
    });
  });

  test('is not known to be less protected where nobody says whether all of several controls are asked for', () => {
    const both = ['mfa', 'compliantDevice'];
    const open = judged(one('a', { builtInControls: both }));
    expect(classifyChange(mfa, open)).toBe('unknown');
    expect(classifyChange(judged(one('a', asks(both))), open)).toBe('unchanged');
    expect(classifyChange(open, judged(one('a', asks(both, 'AND'))))).toBe('unchanged');
    expect(classifyChange(open, mfa)).toBe('unknown');
    expect(classifyChange(open, judged(one('a', null, session('signInFrequency'))))).toBe('lessProtected');
  });

  test('is unchanged where two policies ask together for what one did', () => {
    const both = judged(one('a', asks(['mfa', 'compliantDevice'], 'AND')));
    const apart = judged(one('b', asks(['mfa'])), one('c', asks(['compliantDevice'])));
    expect([classifyChange(both, apart), classifyChange(apart, both)]).toEqual(['unchanged', 'unchanged']);
  });

  test('is less protected where the session is no longer limited', () => {
    const limited = judged(one('a', null, session('signInFrequency')));
    expect(classifyChange(limited, nothing)).toBe('lessProtected');
    expect(classifyChange(limited, judged(one('b', null, session('signInFrequency'))))).toBe('unchanged');
    expect(classifyChange(limited, judged(one('b', null, session('persistentBrowser'))))).toBe('lessProtected');
    const also = judged(one('a', asks(['mfa']), session('signInFrequency')));
    expect([classifyChange(also, mfa), classifyChange(also, limited)]).toEqual(['lessProtected', 'lessProtected']);
  });

  test('is unchanged where what no longer asks never enforced, or never applied', () => {
    for (const state of ['disabled', 'enabledForReportingButNotEnforced']) {
      expect(classifyChange(judged(one('a', asks(['mfa']), { state })), nothing)).toBe('unchanged');
    }
    const nobody = { users: { includeUsers: ['None'] } };
    expect(classifyChange(judged(one('a', asks(['mfa']), {}, nobody)), nothing)).toBe('unchanged');
    expect(classifyChange(judged(one('a', asks(['mfa']), { state: 'Enabled' })), nothing)).toBe('lessProtected');
  });

  describe('where it is not known whether a policy applies', () => {
    const atRisk = { signInRiskLevels: ['high'] };
    const open = (id: string, ...asked: string[]) => one(id, asks(asked), {}, atRisk);
    const silent = (...policies: ReturnType<typeof policy>[]) =>
      judge(policies, attempt({ ...done, signInRiskLevel: undefined }));

    test.each([
      ['a sure demand that may stay', [one('a', asks(['mfa']))], [open('a', 'mfa')], 'unknown'],
      ['a sure demand that another policy may make', [one('a', asks(['mfa']))], [open('b', 'mfa')], 'unknown'],
      ['a possible demand that is gone', [open('a', 'mfa')], [], 'unknown'],
      [
        'a sure demand that is gone beside one that may stay',
        [one('a', asks(['mfa', 'compliantDevice'], 'AND'))],
        [open('b', 'mfa')],
        'lessProtected',
      ],
      ['a choice of which one may stay', [one('a', asks(['mfa', 'compliantDevice']))], [open('b', 'mfa')], 'unknown'],
      ['a possible demand that is possible still', [open('a', 'mfa')], [open('a', 'mfa')], 'unchanged'],
      ['a possible demand that is sure now', [open('a', 'mfa')], [one('a', asks(['mfa']))], 'unchanged'],
      ['a possible demand that is new', [], [open('a', 'mfa')], 'unchanged'],
    ] as const)('takes %s for what it is', (_, before, after, expected) => {
      const [was, becomes] = [silent(...before), silent(...after)];
      expect([was.outcome, becomes.outcome]).toEqual(['granted', 'granted']);
      expect(classifyChange(was, becomes)).toBe(expected);
    });
  });

  test('is unchanged for who is still denied or blocked', () => {
    const block = one('b', asks(['block']));
    expect(classifyChange(judged(block, one('a', asks(['mfa']))), judged(block))).toBe('unchanged');
    const denied = one('b', asks(['approvedApplication']));
    expect(classifyChange(judged(denied, one('a', asks(['mfa']))), judged(denied))).toBe('unchanged');
    const prompted = one('b', asks(['passwordChange']));
    expect(classifyChange(judged(prompted, one('a', asks(['mfa']))), judged(prompted))).toBe('lessProtected');
  });
});
