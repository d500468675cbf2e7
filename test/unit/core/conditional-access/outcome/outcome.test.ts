import { describe, expect, test } from 'vitest';
import type { AppliedPolicyResult } from '../../../../../src/core/conditional-access/result.ts';
import type { PolicyTestimony, Satisfied, SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { ConditionalAccessPolicy, GrantControls } from '../../../../../src/core/tenant/policy.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import {
  ALICE,
  attempt,
  HQ,
  judge,
  judgeOne,
  lacking,
  observation,
  policy,
  STAFF,
  TEAM,
  TERMS,
} from '../../../../support/contoso.ts';

const REPORT_ONLY = { state: 'enabledForReportingButNotEnforced' };
const one = (builtInControls: string[], operator = 'OR', more: GrantControls = {}): GrantControls => ({
  operator,
  builtInControls,
  ...more,
});
const asks = (grant: GrantControls, others: object = {}, conditions: object = {}) =>
  policy({ ...conditions }, grant, { id: JSON.stringify([grant, others, conditions]), ...others });

function evaluate(
  policies: readonly ConditionalAccessPolicy[],
  satisfied: Satisfied = {},
  changes: Partial<SignInAttempt> = {},
) {
  return judge(policies, attempt({ ...changes, satisfied }));
}

describe('the status of a sign-in', () => {
  test('that is granted is 0, as the log has it', () => {
    expect(evaluate([]).status).toEqual({ errorCode: 0, failureReason: 'Other.', additionalDetails: '' });
  });

  test.each<[string, ConditionalAccessPolicy[], number]>([
    ['terms of use and MFA', [asks(one([], 'OR', { termsOfUse: [TERMS] })), asks(one(['mfa']))], 50074],
    [
      'terms of use and a new password',
      [asks(one([], 'OR', { termsOfUse: [TERMS] })), asks(one(['passwordChange']))],
      50135,
    ],
    ['an app and a device', [asks(one(['approvedApplication'])), asks(one(['compliantDevice']))], 53000],
    [
      'MFA at a location and anywhere',
      [asks(one(['mfa'])), asks(one(['mfa']), {}, { locations: { includeLocations: ['All'] } })],
      50076,
    ],
    [
      'MFA anywhere and terms of use at a location',
      [
        asks(one(['mfa'])),
        asks(one([], 'OR', { termsOfUse: [TERMS] }), {}, { locations: { includeLocations: ['All'] } }),
      ],
      50074,
    ],
  ])('names what is asked for first, whichever policy comes first: %s', (_, policies, code) => {
    expect(evaluate(policies).status.errorCode).toBe(code);
    expect(evaluate(policies.toReversed()).status.errorCode).toBe(code);
  });

  test('that is not granted has a text, and no additional details', () => {
    const asked = ['block', 'mfa', 'compliantDevice', 'domainJoinedDevice', 'approvedApplication'].concat(
      ...['compliantApplication', 'passwordChange', 'riskRemediation'],
    );
    const statuses = asked.map((control) => evaluate([asks(one([control]))]).status);
    expect(statuses.map(({ errorCode }) => errorCode)).toEqual([
      53003, 50074, 53000, 53001, 53002, 53009, 50135, 50131,
    ]);
    expect(statuses[0]?.failureReason).toBe(
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    );
    for (const { failureReason, additionalDetails } of statuses) {
      expect([failureReason === '', additionalDetails]).toEqual([false, '']);
    }
  });

  test('that is unknown says nothing', () => {
    expect(
      evaluate([asks(one(['mfa']))], { mfa: undefined, authenticationMethodCombination: undefined }).status,
    ).toEqual({ errorCode: undefined, failureReason: '', additionalDetails: '' });
  });
});

describe('the code of a sign-in', () => {
  const all = (controls: string[]) => [asks(one(controls, 'AND'))];

  test.each<[string, string[], Satisfied, number | undefined]>([
    [
      'hangs on an earlier control',
      ['compliantDevice', 'approvedApplication'],
      { compliantDevice: undefined },
      undefined,
    ],
    ['hangs on no later one', ['compliantDevice', 'approvedApplication'], { approvedApplication: undefined }, 53000],
    ['hangs on no prompt where it is denied', ['mfa', 'compliantDevice'], { mfa: undefined }, 53000],
    ['hangs on MFA before a new password', ['mfa', 'passwordChange'], { mfa: undefined }, undefined],
  ])('%s that nobody knows to be satisfied', (_, controls, satisfied, code) => {
    const unknown = 'mfa' in satisfied ? { authenticationMethodCombination: undefined } : {};
    const { outcome, status } = evaluate(all(controls), { ...satisfied, ...unknown }, { device: undefined });
    expect([['denied', 'interrupted'].includes(outcome), status.errorCode]).toEqual([true, code]);
  });
});

describe('what is missing', () => {
  test('is nothing where the outcome is known', () => {
    expect(evaluate([asks(one(['mfa']))], { mfa: true }).missing).toEqual([]);
    const both = evaluate([asks(one(['mfa'], 'AND', { termsOfUse: [TERMS] }))], { termsOfUseAccepted: undefined });
    expect([both.outcome, both.missing]).toEqual(['interrupted', []]);
  });

  test('is each fact once, of every policy that may decide', () => {
    const unknown = { mfa: undefined, authenticationMethodCombination: undefined, compliantDevice: undefined };
    const open = evaluate([asks(one(['mfa'])), asks(one(['compliantDevice'])), asks(one(['mfa'], 'AND'))], unknown, {
      device: undefined,
    });
    expect(lacking(open)).toEqual(['mfa', 'compliantDevice']);
  });

  test('is only what the answer hangs on', () => {
    const groups = [
      { id: STAFF, displayName: 'Staff' },
      { id: TEAM, displayName: 'Team' },
    ];
    const judged = (users: object) => judgeOne(policy({ users }), attempt(), observation(), { groups });
    const excluded = judged({ includeUsers: ['All'], includeGroups: [STAFF], excludeGroups: [TEAM] });
    expect(lacking(excluded)).toEqual(['members of group Team']);
    const settled = judged({ includeGroups: [STAFF], excludeUsers: [ALICE] });
    expect([settled.applies, settled.conditions[1]?.missing]).toEqual([false, []]);
    const both = judged({ includeGroups: [STAFF, TEAM] });
    expect(both.conditions[1]?.because).toBe('user unknown without members of group Staff, members of group Team');
  });

  test('is no attribute that a rule did without', () => {
    const devices = {
      includeDevices: ['DomainJoined'],
      deviceFilter: { mode: 'include', rule: 'device.model -eq "A" -and device.isCompliant -eq True' },
    };
    const judged = judgeOne(
      policy({ devices }),
      attempt({ device: { isCompliant: false }, satisfied: { domainJoinedDevice: undefined } }),
    );
    expect([judged.applies, lacking(judged)]).toEqual(['unknown', ['device trustType']]);
  });
});

describe('the level of authentication that is needed', () => {
  const either = asks(one(['mfa', 'compliantDevice']));

  test.each<[string, Satisfied, string]>([
    ['is single where the other control is met', { compliantDevice: true }, 'singleFactorAuthentication'],
    ['is MFA where the other control is not met', { compliantDevice: false }, 'multiFactorAuthentication'],
    ['is MFA even where it was done', { mfa: true, compliantDevice: false }, 'multiFactorAuthentication'],
  ])('%s', (_, satisfied, expected) => {
    expect(evaluate([either], satisfied).authenticationRequirement).toBe(expected);
  });

  test('is not known where the other control is not, or the operator, or whether the policy enforces', () => {
    const unsure = evaluate([either], { mfa: true, compliantDevice: undefined }, { device: undefined });
    expect(unsure.authenticationRequirement).toBeUndefined();
    const unnamed = asks({ ...one(['mfa', 'compliantDevice']), operator: null });
    expect(evaluate([unnamed], { mfa: true, compliantDevice: true }).authenticationRequirement).toBeUndefined();
    expect(evaluate([unnamed], { compliantDevice: false }).authenticationRequirement).toBe('multiFactorAuthentication');
    const partly = evaluate([asks(one(['mfa']), { state: 'partiallyEnabled' })], { mfa: true });
    expect(partly).toMatchObject({ authenticationRequirement: undefined, conditionalAccessStatus: undefined });
  });
});

describe('session controls', () => {
  const session = { sessionControls: { signInFrequency: { isEnabled: true } } };

  test('count of policies that are on, and of no others', () => {
    expect(evaluate([policy({}, null, session)]).sessionControls).toHaveLength(1);
    expect(evaluate([policy({}, null, { ...session, ...REPORT_ONLY })]).sessionControls).toEqual([]);
    expect(evaluate([policy({}, null, { ...session, state: 'perhaps' })]).sessionControls).toEqual([]);
  });
});

describe('the effect of a policy', () => {
  test('runs from the mildest to the worst that the facts leave possible', () => {
    const effect = (satisfied: Satisfied) => evaluate([asks(one(['mfa']))], satisfied).policies[0]?.effect;
    expect(effect({})).toEqual({ least: 'interrupted', most: 'interrupted' });
    expect(effect({ mfa: undefined, authenticationMethodCombination: undefined })).toEqual({
      least: 'granted',
      most: 'interrupted',
    });
  });
});

describe('a report-only policy', () => {
  test('is unknown where a prompt may not be needed', () => {
    const open = { mfa: undefined, authenticationMethodCombination: undefined };
    expect(evaluate([policy({}, one(['mfa']), REPORT_ONLY)], open).policies[0]?.result).toBe('unknown');
  });
});

describe('terms of use that were accepted', () => {
  const accepted = { termsOfUseAccepted: [TERMS] };
  const terms = (builtIn: string[] = [], operator = 'OR', conditions: object = {}) =>
    asks(one(builtIn, operator, { termsOfUse: [TERMS] }), {}, conditions);
  const nobody = { users: { includeUsers: ['None'] } };

  test.each<[string, ConditionalAccessPolicy, ConditionalAccessPolicy[], Satisfied, AppliedPolicyResult]>([
    ['MFA is outstanding', terms(), [asks(one(['mfa']))], {}, 'failure'],
    [
      'MFA is outstanding beside a control that is met',
      terms(),
      [asks(one(['mfa', 'compliantDevice'], 'AND'))],
      { compliantDevice: true },
      'failure',
    ],
    ['the other control that would do is not met', terms(['compliantDevice']), [asks(one(['mfa']))], {}, 'failure'],
    [
      'another control does as well',
      terms(['compliantDevice']),
      [asks(one(['mfa']))],
      { compliantDevice: true },
      'success',
    ],
    ['the policy does not apply', terms([], 'OR', nobody), [asks(one(['mfa']))], {}, 'notApplied'],
    [
      'the policy asks for no terms',
      asks(one(['compliantDevice'], 'AND')),
      [asks(one(['mfa']))],
      { compliantDevice: true },
      'success',
    ],
    ['another prompt than MFA is outstanding', terms(), [asks(one(['passwordChange']))], {}, 'success'],
    [
      'MFA was done and another prompt is outstanding',
      terms(),
      [asks(one(['mfa', 'passwordChange'], 'AND'))],
      { mfa: true },
      'success',
    ],
    [
      'only a report-only policy asks for MFA',
      terms(),
      [asks(one(['mfa']), REPORT_ONLY), asks(one(['passwordChange']))],
      {},
      'success',
    ],
    [
      'the policy that asks for MFA does not apply',
      terms(),
      [asks(one(['mfa']), {}, nobody), asks(one(['passwordChange']))],
      {},
      'success',
    ],
    [
      'MFA is not needed, because something else does',
      terms(),
      [asks(one(['mfa', 'compliantDevice'])), asks(one(['passwordChange']))],
      { compliantDevice: true },
      'success',
    ],
    [
      'the sign-in is denied for something else',
      terms(),
      [asks(one(['mfa'])), asks(one(['domainJoinedDevice']))],
      {},
      'success',
    ],
  ])('%s', (_, first, others, satisfied, expected) => {
    expect(evaluate([first, ...others], { ...accepted, ...satisfied }).policies[0]?.result).toBe(expected);
  });
});

describe('what the record says of controls', () => {
  const told = (grant: GrantControls, controlsSatisfied: boolean, satisfied: Satisfied) => {
    const says: PolicyTestimony = {
      result: 'unknown',
      satisfied: [],
      notSatisfied: [],
      applied: undefined,
      controlsSatisfied,
    };
    const asked = policy({}, grant);
    return judge([asked], attempt({ device: undefined, satisfied, testimony: new Map([[asked.id, says]]) })).outcome;
  };

  test('is not heard against what the session shows', () => {
    expect(told(one(['mfa']), false, { mfa: true })).toBe('granted');
    expect(told(one(['mfa', 'compliantDevice'], 'AND'), true, { compliantDevice: undefined })).toBe('unknown');
  });

  test('of a location is not heard where no address is seen', () => {
    const asked = policy({ locations: { includeLocations: [HQ] } });
    const says: PolicyTestimony = {
      result: 'success',
      satisfied: ['location'],
      notSatisfied: [],
      applied: true,
      controlsSatisfied: undefined,
    };
    const judged = judgeOne(
      asked,
      attempt({ recordedIpAddress: address('203.0.113.9'), testimony: new Map([[asked.id, says]]) }),
      observation(undefined, { ipAddress: undefined }),
    );
    expect(judged.applies).toBe('unknown');
  });
});
