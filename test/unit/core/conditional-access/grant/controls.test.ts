import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../../src/core/conditional-access/result.ts';
import type { Satisfied, SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { GrantControls } from '../../../../../src/core/tenant/policy.ts';
import {
  ALICE,
  attempt,
  judge,
  judgeOne,
  lacking,
  observation,
  policy,
  ROBOT,
  TERMS,
} from '../../../../support/contoso.ts';

const FACTOR = 'RequireDuo';
const REPORT_ONLY = { state: 'enabledForReportingButNotEnforced' };

const one = (builtInControls: string[], operator: string | null = 'OR', more: GrantControls = {}): GrantControls => ({
  operator,
  builtInControls,
  ...more,
});
const strength = (authenticationStrength: object): GrantControls => ({
  operator: 'OR',
  builtInControls: [],
  authenticationStrength,
});

function outcome(
  grant: GrantControls | null,
  satisfied: Satisfied = {},
  changes: Partial<SignInAttempt> = {},
): [Outcome, number | undefined] {
  const evaluation = judge([policy({}, grant)], attempt({ ...changes, satisfied }));
  return [evaluation.outcome, evaluation.status.errorCode];
}

describe('one control', () => {
  test.each<[GrantControls | null, Satisfied, Outcome, number | undefined]>([
    [null, {}, 'granted', 0],
    [one([]), {}, 'granted', 0],
    [one(['block']), { mfa: true }, 'blocked', 53003],
    [one(['Block']), {}, 'blocked', 53003],
    [one(['mfa']), {}, 'interrupted', 50074],
    [one(['MFA']), { mfa: true }, 'granted', 0],
    [one(['compliantDevice']), {}, 'denied', 53000],
    [one(['compliantDevice']), { compliantDevice: true }, 'granted', 0],
    [one(['domainJoinedDevice']), {}, 'denied', 53001],
    [one(['domainJoinedDevice']), { domainJoinedDevice: true }, 'granted', 0],
    [one(['approvedApplication']), {}, 'denied', 53002],
    [one(['approvedApplication']), { approvedApplication: true }, 'granted', 0],
    [one(['compliantApplication']), {}, 'denied', 53009],
    [one(['compliantApplication']), { compliantApplication: true }, 'granted', 0],
    [one(['passwordChange']), {}, 'interrupted', 50135],
    [one(['passwordChange']), { passwordChange: true }, 'granted', 0],
    [one(['riskRemediation']), {}, 'interrupted', 50131],
    [one(['riskRemediation']), { riskRemediation: true }, 'granted', 0],
    [one([], 'OR', { termsOfUse: [TERMS] }), {}, 'interrupted', 50158],
    [one([], 'OR', { termsOfUse: [TERMS.toUpperCase()] }), { termsOfUseAccepted: [TERMS] }, 'granted', 0],
    [one([], 'OR', { termsOfUse: ['other'] }), { termsOfUseAccepted: [TERMS] }, 'interrupted', 50158],
    [one([], 'OR', { customAuthenticationFactors: [FACTOR] }), {}, 'interrupted', 50158],
    [one([], 'OR', { customAuthenticationFactors: [FACTOR] }), { customAuthenticationFactors: [FACTOR] }, 'granted', 0],
    [one(['verifiedID']), {}, 'unknown', undefined],
    [{ operator: 'OR', builtInControls: [], newMember: true } as GrantControls, {}, 'unknown', undefined],
    [
      { operator: 'OR', builtInControls: ['mfa'], 'authenticationStrength@odata.context': 'x' } as GrantControls,
      {},
      'interrupted',
      50074,
    ],
  ])('%j with %j: %s', (grant, satisfied, expected, code) => {
    expect(outcome(grant, satisfied)).toEqual([expected, code]);
  });

  test('a control that nobody documents is named', () => {
    expect(lacking(judge([policy({}, one(['verifiedID']))]))).toEqual(['meaning of control verifiedID']);
  });
});

describe('several controls of one policy', () => {
  test.each<[string, GrantControls, Satisfied, Outcome, number | undefined]>([
    ['OR: one is enough', one(['mfa', 'compliantDevice']), { compliantDevice: true }, 'granted', 0],
    ['OR: a prompt is nearer than a device', one(['compliantDevice', 'mfa']), {}, 'interrupted', 50074],
    ['OR in lower case', one(['mfa', 'compliantDevice'], 'or'), { mfa: true }, 'granted', 0],
    [
      'OR: unknown is not enough',
      one(['mfa', 'compliantDevice']),
      { compliantDevice: undefined },
      'unknown',
      undefined,
    ],
    ['AND: all are needed', one(['mfa', 'compliantDevice'], 'AND'), { mfa: true }, 'denied', 53000],
    ['AND: what cannot be had denies', one(['mfa', 'compliantDevice'], 'AND'), {}, 'denied', 53000],
    ['AND: a prompt is left', one(['mfa', 'compliantDevice'], 'and'), { compliantDevice: true }, 'interrupted', 50074],
    ['AND: both', one(['mfa', 'compliantDevice'], 'AND'), { mfa: true, compliantDevice: true }, 'granted', 0],
    [
      'AND: an unknown control does not save a denial',
      one(['mfa', 'compliantDevice'], 'AND'),
      { mfa: undefined },
      'denied',
      53000,
    ],
    [
      'AND: the first device in the order of prompts is named',
      one(['domainJoinedDevice', 'compliantDevice'], 'AND'),
      {},
      'denied',
      53000,
    ],
    ['without a word one control is no riddle', one(['mfa'], null), {}, 'interrupted', 50074],
    ['without a word several must agree', one(['mfa', 'compliantDevice'], null), { mfa: true }, 'unknown', undefined],
    ['and may', one(['mfa', 'compliantDevice'], null), { mfa: true, compliantDevice: true }, 'granted', 0],
    ['block wins inside a policy', one(['mfa', 'block']), { mfa: true }, 'blocked', 53003],
  ])('%s', (_, grant, satisfied, expected, code) => {
    // A device record would answer where the session does not.
    expect(outcome(grant, satisfied, { device: undefined })).toEqual([expected, code]);
  });

  test('an operator that is not given is named where it matters', () => {
    expect(
      lacking(judge([policy({}, one(['mfa', 'compliantDevice'], null))], attempt({ satisfied: { mfa: true } }))),
    ).toEqual(['operator']);
  });
});

describe('authentication strengths', () => {
  const builtIn = (digit: number) => strength({ id: `00000000-0000-0000-0000-00000000000${digit}` });
  const custom = strength({ id: 'custom', displayName: 'Ours', allowedCombinations: ['password,sms', 'fido2'] });

  test.each<[GrantControls, Satisfied, Outcome]>([
    [builtIn(2), { authenticationMethodCombination: 'password,sms' }, 'granted'],
    [builtIn(2), { authenticationMethodCombination: 'sms,federatedSingleFactor' }, 'granted'],
    [builtIn(2), { authenticationMethodCombination: 'password' }, 'interrupted'],
    [builtIn(3), { authenticationMethodCombination: 'deviceBasedPush' }, 'granted'],
    [builtIn(3), { authenticationMethodCombination: 'password,sms' }, 'interrupted'],
    [builtIn(4), { authenticationMethodCombination: 'windowsHelloForBusiness' }, 'granted'],
    [builtIn(4), { authenticationMethodCombination: 'deviceBasedPush' }, 'interrupted'],
    [custom, { authenticationMethodCombination: 'SMS, password' }, 'granted'],
    [custom, { authenticationMethodCombination: 'password,voice' }, 'interrupted'],
    [strength({ id: 'elsewhere' }), { authenticationMethodCombination: 'fido2' }, 'unknown'],
    [
      strength({ id: 'elsewhere', requirementsSatisfied: 'mfa' }),
      { authenticationMethodCombination: undefined, mfa: false },
      'interrupted',
    ],
    [builtIn(4), { authenticationMethodCombination: undefined, mfa: false }, 'interrupted'],
    [builtIn(4), { authenticationMethodCombination: undefined, mfa: true }, 'unknown'],
    [
      strength({ id: 'keys', allowedCombinations: ['fido2'], combinationConfigurations: [{ allowedAAGUIDs: ['x'] }] }),
      { authenticationMethodCombination: 'fido2' },
      'unknown',
    ],
    [
      strength({ id: 'keys', allowedCombinations: ['fido2'], combinationConfigurations: [{ allowedAAGUIDs: ['x'] }] }),
      { authenticationMethodCombination: 'password' },
      'interrupted',
    ],
    ...(
      [
        ['fido2', 'unknown'],
        ['x509CertificateMultiFactor', 'unknown'],
        ['password,sms', 'granted'],
        ['password', 'interrupted'],
      ] as const
    ).map(([authenticationMethodCombination, outcome]): [GrantControls, Satisfied, Outcome] => [
      strength({
        id: 'keys',
        allowedCombinations: ['fido2', 'x509CertificateMultiFactor', 'password,sms'],
        combinationConfigurations: null,
      }),
      { authenticationMethodCombination },
      outcome,
    ]),
    [
      strength({ id: '00000000-0000-0000-0000-000000000004', combinationConfigurations: null }),
      { authenticationMethodCombination: 'fido2' },
      'granted',
    ],
    [
      strength({ id: 'keys', allowedCombinations: ['fido2'], combinationConfigurations: [] }),
      { authenticationMethodCombination: 'fido2' },
      'granted',
    ],
    [
      strength({
        id: 'keys',
        allowedCombinations: ['fido2', 'windowsHelloForBusiness'],
        combinationConfigurations: [{ allowedAAGUIDs: ['x'], appliesToCombinations: ['fido2'] }],
      }),
      { authenticationMethodCombination: 'windowsHelloForBusiness' },
      'granted',
    ],
    [
      strength({
        id: 'keys',
        allowedCombinations: ['fido2', 'windowsHelloForBusiness'],
        combinationConfigurations: [{ allowedAAGUIDs: ['x'], appliesToCombinations: ['fido2'] }],
      }),
      { authenticationMethodCombination: 'FIDO2' },
      'unknown',
    ],
    [
      strength({ id: 'elsewhere', requirementsSatisfied: 'mfa' }),
      { authenticationMethodCombination: 'password', mfa: undefined },
      'interrupted',
    ],
    [
      strength({ id: 'elsewhere', requirementsSatisfied: 'mfa' }),
      { authenticationMethodCombination: 'fido2' },
      'unknown',
    ],
    [builtIn(2), { authenticationMethodCombination: 'password,externalAuthenticationMethod' }, 'interrupted'],
    [
      strength({ id: 'elsewhere', requirementsSatisfied: 'none' }),
      { authenticationMethodCombination: undefined, mfa: false },
      'unknown',
    ],
    [strength({ id: null, displayName: null }), {}, 'unknown'],
    [strength(null as never), {}, 'granted'],
    [strength('phishingResistant' as never), {}, 'granted'],
  ])('%j with %j: %s', (grant, satisfied, expected) => {
    expect(outcome(grant, satisfied)[0]).toBe(expected);
  });

  test('what is missing is named', () => {
    const facts = (grant: GrantControls, satisfied: Satisfied) =>
      lacking(judge([policy({}, grant)], attempt({ satisfied })));
    expect(facts(builtIn(4), { authenticationMethodCombination: undefined, mfa: true })).toEqual([
      'authenticationMethodCombination',
    ]);
    expect(
      facts(
        strength({ id: 'k', displayName: 'Lost', allowedCombinations: ['fido2'], combinationConfigurations: null }),
        { authenticationMethodCombination: 'fido2' },
      ),
    ).toEqual(['combinationConfigurations of Lost']);
    expect(facts(strength({ id: 'x', displayName: 'Theirs' }), {})).toEqual(['combinations that Theirs allows']);
    expect(
      facts(
        strength({
          id: 'k',
          displayName: 'Keys',
          allowedCombinations: ['fido2'],
          combinationConfigurations: [{ a: 1 }],
        }),
        { authenticationMethodCombination: 'fido2' },
      ),
    ).toEqual(['keys or certificates that Keys allows']);
  });

  test('methods tell whether MFA was done, where nothing else does', () => {
    const done = (authenticationMethodCombination: string) =>
      outcome(one(['mfa']), { mfa: undefined, authenticationMethodCombination })[0];
    expect([done('password,sms'), done('password'), done('fido2'), done('handshake')]).toEqual([
      'granted',
      'interrupted',
      'granted',
      'unknown',
    ]);
    expect(done('externalAuthenticationMethod,password')).toBe('granted');
    expect(outcome(one(['mfa']), { mfa: true, authenticationMethodCombination: 'password' })[0]).toBe('granted');
  });
});

describe('who cannot be prompted', () => {
  test.each(['other', 'exchangeActiveSync', 'easSupported'] as const)(
    'a legacy client, %s, satisfies no grant control',
    (clientAppType) => {
      for (const grant of [one(['mfa']), one(['compliantDevice']), one(['mfa', 'compliantDevice'])]) {
        expect(outcome(grant, { mfa: true, compliantDevice: true }, { clientAppType })).toEqual(['denied', 53003]);
      }
      expect(outcome(one([], 'OR', { termsOfUse: [TERMS] }), {}, { clientAppType })[0]).toBe('denied');
      expect(outcome(null, {}, { clientAppType })[0]).toBe('granted');
    },
  );

  test('a user who cannot do MFA is denied', () => {
    expect(outcome(one(['mfa']), {}, { canPerformMfa: false })).toEqual(['denied', 50074]);
    expect(outcome(strength({ id: '00000000-0000-0000-0000-000000000004' }), {}, { canPerformMfa: false })[0]).toBe(
      'denied',
    );
    expect(outcome(one([], 'OR', { termsOfUse: [TERMS] }), {}, { canPerformMfa: false })[0]).toBe('interrupted');
    expect(outcome(one(['mfa']), {}, { canPerformMfa: undefined })[0]).toBe('interrupted');
  });

  test('a workload identity knows nothing but a block', () => {
    const robot = attempt({
      identity: { kind: 'servicePrincipal', servicePrincipalId: ROBOT },
      satisfied: { mfa: true },
    });
    const workload = (grant: GrantControls) =>
      judge([policy({ users: null, clientApplications: { includeServicePrincipals: [ROBOT] } }, grant)], robot);
    const blocked = workload(one(['block']));
    expect([blocked.outcome, blocked.status.failureReason]).toEqual([
      'blocked',
      'Access has been blocked due to Conditional Access policies.',
    ]);
    expect(workload(one(['mfa'])).outcome).toBe('unknown');
  });
});

describe('the device record', () => {
  test.each<[string, SignInAttempt['device'], Outcome]>([
    ['compliantDevice', { isCompliant: true }, 'granted'],
    ['compliantDevice', { isCompliant: 'True' }, 'granted'],
    ['compliantDevice', { isCompliant: false }, 'denied'],
    ['compliantDevice', null, 'denied'],
    ['compliantDevice', {}, 'unknown'],
    ['domainJoinedDevice', { trustType: 'ServerAD' }, 'granted'],
    ['domainJoinedDevice', { trustType: 'AzureAD' }, 'denied'],
    ['domainJoinedDevice', undefined, 'unknown'],
  ])('answers %s where the session does not: %j', (control, device, expected) => {
    expect(outcome(one([control]), { compliantDevice: undefined, domainJoinedDevice: undefined }, { device })[0]).toBe(
      expected,
    );
  });
});

describe('report-only', () => {
  test.each<[GrantControls | null, Satisfied, string]>([
    [null, {}, 'reportOnlySuccess'],
    [one(['mfa']), { mfa: true }, 'reportOnlySuccess'],
    [one(['mfa']), {}, 'reportOnlyInterrupted'],
    [one(['compliantDevice']), {}, 'reportOnlyFailure'],
    [one(['block']), {}, 'reportOnlyFailure'],
    [one(['mfa', 'compliantDevice']), {}, 'reportOnlyInterrupted'],
    [one(['mfa', 'compliantDevice'], 'AND'), {}, 'reportOnlyFailure'],
    [one(['verifiedID']), {}, 'unknown'],
    [one(['verifiedID', 'compliantDevice'], 'AND'), {}, 'reportOnlyFailure'],
    [one(['verifiedID', 'mfa'], 'AND'), {}, 'unknown'],
  ])('%j with %j: %s, and access is granted', (grant, satisfied, expected) => {
    const evaluation = judge([policy({}, grant, REPORT_ONLY)], attempt({ satisfied }));
    expect([evaluation.policies[0]?.result, evaluation.outcome, evaluation.decidedBy]).toEqual([
      expected,
      'granted',
      [],
    ]);
  });

  test('does not apply where a condition fails', () => {
    expect(judgeOne(policy({ users: { includeUsers: ['None'] } }, one(['mfa']), REPORT_ONLY)).result).toBe(
      'reportOnlyNotApplied',
    );
  });
});

describe('several policies', () => {
  const numbered = (number: number, grant: GrantControls | null, conditions: object = {}, others: object = {}) =>
    policy({ ...conditions }, grant, { id: String(number), ...others });
  const results = (policies: readonly ReturnType<typeof policy>[], satisfied: Satisfied = {}) => {
    const evaluation = judge(policies, attempt({ satisfied }));
    return {
      results: evaluation.policies.map(({ result }) => result),
      outcome: evaluation.outcome,
      decidedBy: evaluation.decidedBy,
    };
  };

  test('block wins, and the policy that blocks decides', () => {
    expect(
      results([numbered(1, one(['mfa'])), numbered(2, one(['block'])), numbered(3, one(['compliantDevice']))]),
    ).toEqual({ results: ['failure', 'failure', 'failure'], outcome: 'blocked', decidedBy: ['2'] });
  });

  test('all must be satisfied', () => {
    expect(results([numbered(1, one(['mfa'])), numbered(2, one(['compliantDevice']))], { mfa: true })).toEqual({
      results: ['success', 'failure'],
      outcome: 'denied',
      decidedBy: ['2'],
    });
    expect(
      results([numbered(1, one(['mfa'])), numbered(2, one(['compliantDevice']))], { mfa: true, compliantDevice: true }),
    ).toEqual({ results: ['success', 'success'], outcome: 'granted', decidedBy: [] });
  });

  test('an unknown policy matters only if it could make it worse', () => {
    const unknown = { agents: { all: true } };
    expect(results([numbered(1, one(['block'])), numbered(2, one(['mfa']), unknown)]).outcome).toBe('blocked');
    expect(results([numbered(1, one(['mfa'])), numbered(2, one(['block']), unknown)])).toEqual({
      results: ['failure', 'unknown'],
      outcome: 'unknown',
      decidedBy: ['2'],
    });
    expect(results([numbered(1, one(['mfa'])), numbered(2, one(['mfa']), unknown)]).outcome).toBe('interrupted');
    expect(results([numbered(1, null, unknown)])).toEqual({ results: ['unknown'], outcome: 'granted', decidedBy: [] });
  });

  test('a state that we do not know makes the policy unknown, by name', () => {
    const evaluation = judge([numbered(1, one(['block']), {}, { state: 'partiallyEnabled' })]);
    expect([evaluation.outcome, evaluation.policies[0]?.result, lacking(evaluation)]).toEqual([
      'unknown',
      'unknown',
      ['meaning of state partiallyEnabled'],
    ]);
    expect(
      judge([numbered(1, one(['block']), { users: { includeUsers: ['None'] } }, { state: 'partiallyEnabled' })])
        .outcome,
    ).toBe('granted');
  });

  describe('with terms of use beside outstanding MFA', () => {
    const terms = one([], 'OR', { termsOfUse: [TERMS] });
    const accepted = { termsOfUseAccepted: [TERMS] };
    test('the log shows both as failed, and both as done after MFA', () => {
      const both = [numbered(1, one(['mfa'])), numbered(2, terms)];
      expect(results(both, accepted).results).toEqual(['failure', 'failure']);
      expect(results(both, { ...accepted, mfa: true }).results).toEqual(['success', 'success']);
    });
    test('not where another control is enough', () => {
      const either = one(['compliantDevice'], 'OR', { termsOfUse: [TERMS] });
      expect(
        results([numbered(1, one(['mfa'])), numbered(2, either)], { ...accepted, compliantDevice: true }).results,
      ).toEqual(['failure', 'success']);
      expect(
        results([numbered(1, one(['mfa'])), numbered(2, one(['compliantDevice'], 'AND', { termsOfUse: [TERMS] }))], {
          ...accepted,
          compliantDevice: true,
        }).results,
      ).toEqual(['failure', 'failure']);
    });
    test('not where something else than MFA is outstanding, or MFA only reports', () => {
      expect(results([numbered(1, one(['passwordChange'])), numbered(2, terms)], accepted).results).toEqual([
        'failure',
        'success',
      ]);
      expect(results([numbered(1, one(['mfa']), {}, REPORT_ONLY), numbered(2, terms)], accepted).results).toEqual([
        'reportOnlyInterrupted',
        'success',
      ]);
      expect(
        results([numbered(1, one(['mfa']), { users: { includeUsers: ['None'] } }), numbered(2, terms)], accepted)
          .results,
      ).toEqual(['notApplied', 'success']);
    });
  });

  test('session controls add up, sorted', () => {
    const session = (controls: object) => ({ sessionControls: controls });
    const evaluation = judge([
      numbered(
        1,
        null,
        {},
        session({
          signInFrequency: { isEnabled: true, value: 1 },
          persistentBrowser: { isEnabled: false, mode: 'always' },
        }),
      ),
      numbered(
        2,
        null,
        {},
        session({
          cloudAppSecurity: { isEnabled: true },
          signInFrequency: { isEnabled: true },
          newControl: { isEnabled: true },
          '@odata.type': 'x',
          secureSignInSession: null,
          resilience: 'off',
          restriction: { isEnabled: 'false' },
        }),
      ),
      numbered(
        3,
        null,
        { users: { includeUsers: ['None'] } },
        session({ applicationEnforcedRestrictions: { isEnabled: true } }),
      ),
      numbered(4, null, {}, { ...REPORT_ONLY, ...session({ disableResilienceDefaults: true }) }),
    ]);
    expect(evaluation.sessionControls).toEqual([
      'CloudAppSecurity',
      'SignInFrequency',
      'newControl',
      'resilience',
      'restriction',
    ]);
  });
});

describe('the authentication requirement', () => {
  const requirement = (grant: GrantControls | null, satisfied: Satisfied = {}, conditions: object = {}) =>
    judge([policy({ ...conditions }, grant)], attempt({ satisfied })).authenticationRequirement;
  test('is the highest that an applying policy needs', () => {
    expect(requirement(null)).toBe('singleFactorAuthentication');
    expect(requirement(one(['mfa']))).toBe('multiFactorAuthentication');
    expect(requirement(strength({ id: '00000000-0000-0000-0000-000000000004' }))).toBe('multiFactorAuthentication');
    expect(requirement(one(['mfa', 'compliantDevice']), { compliantDevice: true })).toBe('singleFactorAuthentication');
    expect(requirement(one(['mfa', 'compliantDevice'], 'AND'), { compliantDevice: true })).toBe(
      'multiFactorAuthentication',
    );
    expect(requirement(one(['mfa']), {}, { users: { includeUsers: ['None'] } })).toBe('singleFactorAuthentication');
    expect(requirement(one(['mfa']), {}, { agents: { all: true } })).toBeUndefined();
    expect(requirement(one(['compliantDevice']))).toBe('singleFactorAuthentication');
  });
});

describe('the status of Conditional Access', () => {
  const status = (policies: readonly ReturnType<typeof policy>[]) =>
    judge(policies, attempt(), observation('203.0.113.10')).conditionalAccessStatus;
  const nobody = { users: { includeUsers: ['None'] } };
  const elsewhere = { locations: { includeLocations: ['10000000-0000-4000-8000-000000000002'] } };
  test('tells whether a policy had user and application in its scope, and whether one failed', () => {
    expect(status([])).toBe('notApplied');
    expect(status([policy(nobody)])).toBe('notApplied');
    expect(status([policy(elsewhere)])).toBe('success');
    expect(status([policy()])).toBe('failure');
    expect(status([policy({}, null)])).toBe('success');
    expect(status([policy({}, undefined, { state: 'disabled' })])).toBe('notApplied');
    expect(status([policy({}, undefined, REPORT_ONLY)])).toBe('notApplied');
    expect(status([policy({ agents: { all: true } })])).toBeUndefined();
    expect(status([policy({ users: { includeUsers: ['AllNewUsers'] } }, null)])).toBeUndefined();
    expect(
      status([
        policy({ users: { includeUsers: ['AllNewUsers'] } }, null),
        policy({ ...elsewhere, users: { includeUsers: [ALICE] } }),
      ]),
    ).toBe('success');
  });

  test('MFA that a location asks for has its own code', () => {
    const away = { locations: { includeLocations: ['All'] } };
    expect(judge([policy(away, one(['mfa']))]).status.errorCode).toBe(50076);
  });
});

describe('the controls that a policy lists', () => {
  const listed = (grant: GrantControls, changes: Partial<SignInAttempt> = {}) =>
    judgeOne(policy({}, grant), attempt(changes));

  test('are in the order in which Entra asks for them, and those that nobody documents come last', () => {
    const { controls } = listed(
      one(['verifiedID', 'compliantDevice', 'mfa'], 'AND', {
        customAuthenticationFactors: [FACTOR],
        termsOfUse: [TERMS],
      }),
    );
    expect(controls.map(({ displayName, satisfied, interactive }) => [displayName, satisfied, interactive])).toEqual([
      ['mfa', false, true],
      ['compliantDevice', false, false],
      [`terms of use ${TERMS}`, false, true],
      [`custom control ${FACTOR}`, false, true],
      ['verifiedID', 'unknown', false],
    ]);
  });

  test('are the block alone where the policy blocks', () => {
    expect(listed(one(['Block'])).controls.map(({ control }) => control)).toEqual(['block']);
  });

  test('cannot be answered by a client without a prompt', () => {
    const { controls } = listed(one(['mfa']), { clientAppType: 'other' });
    expect(controls.map(({ satisfied, interactive }) => [satisfied, interactive])).toEqual([[false, false]]);
  });

  test('name what they lack', () => {
    const unknown = { termsOfUseAccepted: undefined, customAuthenticationFactors: undefined };
    const named = (grant: GrantControls) => lacking(judge([policy({}, grant)], attempt({ satisfied: unknown })));
    const other = one(['compliantDevice']);
    expect(named({ ...other, termsOfUse: [TERMS] })).toEqual([`acceptance of terms of use ${TERMS}`]);
    expect(named({ ...other, customAuthenticationFactors: [FACTOR] })).toEqual([`custom control ${FACTOR}`]);
    expect(named({ ...one([]), newMember: true } as GrantControls)).toEqual([
      'meaning of control grantControls.newMember',
    ]);
  });

  test('are not met by another custom control', () => {
    const grant = one([], 'OR', { customAuthenticationFactors: [FACTOR] });
    expect(outcome(grant, { customAuthenticationFactors: ['RequireOther'] })[0]).toBe('interrupted');
  });

  test('combine by AND where there is only one, and in no known way where there are several', () => {
    expect(listed(one(['mfa'], null)).operator).toBe('AND');
    expect(listed(one(['block'], null)).operator).toBe('AND');
    expect(listed(one(['block', 'mfa'], null)).operator).toBeUndefined();
    expect(listed(one(['mfa'], 'OR')).operator).toBe('OR');
  });

  test('combine in no way that is known where the operator is a strange word', () => {
    expect(listed(one(['mfa', 'compliantDevice'], 'XOR')).operator).toBeUndefined();
  });

  test('are unknown for a workload identity, which no prompt can reach', () => {
    const judged = judgeOne(
      policy(
        { users: {}, clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] } },
        one(['mfa']),
      ),
      attempt({ identity: { kind: 'servicePrincipal', servicePrincipalId: ROBOT } }),
    );
    expect(judged.controls.map(({ satisfied, interactive }) => [satisfied, interactive])).toEqual([['unknown', false]]);
    expect(judged.effect).toEqual({ least: 'granted', most: 'denied' });
  });
});
