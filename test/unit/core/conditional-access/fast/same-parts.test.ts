import { expect, test } from 'vitest';
import type { Slot } from '../../../../../src/core/conditional-access/facts/facts.ts';
import { SLOTS } from '../../../../../src/core/conditional-access/facts/facts.ts';
import type { Judged } from '../../../../../src/core/conditional-access/fast/judged.ts';
import { remembered } from '../../../../../src/core/conditional-access/fast/same-parts.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../../../src/core/signaling/observation.ts';
import { ALICE, attempt, EXCHANGE, observation, PAYROLL } from '../../../../support/contoso.ts';

const HOLDERS = [0, 2];
const OTHER_HOLDERS = [1];

function judged(changes: Partial<SignInAttempt>, seen: Partial<Observation> = {}, holders = HOLDERS): Judged {
  const { satisfied, ...others } = changes;
  return {
    attempt: { ...attempt(), ...others, satisfied: satisfied ?? {} },
    observation: observation('203.0.113.10', seen),
    holders,
  };
}

const payroll = { appId: PAYROLL };
const exchange = { appId: EXCHANGE };
const user = { kind: 'user', userId: ALICE } as const;
const robot = { kind: 'servicePrincipal', servicePrincipalId: ALICE } as const;
const risks = ['none', 'low', undefined] as const;

/** For each slot sign-ins that differ in what its conditions read, several of them under one key. */
const DIFFERENT: Record<Slot, readonly Judged[]> = {
  application: [
    { kind: 'userAction', userAction: 'urn:user:registerdevice' } as const,
    { kind: 'userAction', userAction: PAYROLL } as const,
    { kind: 'application', audiences: [payroll] } as const,
    { kind: 'application', audiences: [{ ...payroll, displayName: 'Payroll' }] } as const,
    { kind: 'application', audiences: [payroll, exchange] } as const,
    { kind: 'application', audiences: [payroll, payroll] } as const,
    { kind: 'application', audiences: [exchange, payroll] } as const,
    { kind: 'application', audiences: [] } as const,
    { kind: 'application', audiences: undefined } as const,
    { kind: 'authenticationContext', authenticationContext: 'c1', audiences: [payroll] } as const,
    { kind: 'authenticationContext', authenticationContext: 'c2', audiences: [payroll] } as const,
    { kind: 'authenticationContext', authenticationContext: 'c1', audiences: undefined } as const,
  ].map((target) => judged({ target })),
  identity: [
    user,
    { ...user, userPrincipalName: 'alice@contoso.com' },
    { ...user, externalUserType: 'internalGuest' } as const,
    { ...user, homeTenantId: 'fabrikam' },
    { kind: 'user', userPrincipalName: ALICE } as const,
    { kind: 'user' } as const,
    { ...user, isAgent: true } as const,
    { ...robot, isAgent: false } as const,
    robot,
    { ...robot, appId: PAYROLL },
    { ...robot, kind: 'managedIdentity' } as const,
    { kind: 'servicePrincipal', appId: ALICE } as const,
    { kind: 'servicePrincipal' } as const,
  ].map((identity) => judged({ identity })),
  location: [
    judged({}),
    judged({}, {}, OTHER_HOLDERS),
    judged({}, { countryOrRegion: 'FR' }),
    judged({}, { compliantNetwork: true }),
    judged({ gpsCountryOrRegion: 'DE' }),
    judged({ insideCorporateNetwork: true }),
  ],
  device: [
    judged({ device: undefined }),
    judged({ device: null }),
    judged({ device: {} }),
    judged({ device: { isCompliant: true } }),
    judged({ device: {}, satisfied: { compliantDevice: true } }),
    judged({ device: {}, satisfied: { domainJoinedDevice: true } }),
  ],
  authenticationFlows: (['none', 'deviceCodeFlow', undefined] as const).flatMap((authenticationFlow) =>
    (['none', 'deviceCodeFlow', undefined] as const).map((originalTransferMethod) =>
      judged({ authenticationFlow, originalTransferMethod }),
    ),
  ),
  agentIdRisk: (['none', 'high', undefined] as const).map((agentIdRiskLevel) => judged({ agentIdRiskLevel })),
  clientType: (['browser', 'other', undefined] as const).map((clientAppType) => judged({ clientAppType })),
  devicePlatform: (['windows', 'linux', null, undefined] as const).map((devicePlatform) => judged({ devicePlatform })),
  signInRisk: risks.map((signInRiskLevel) => judged({ signInRiskLevel })),
  userRisk: risks.map((userRiskLevel) => judged({ userRiskLevel })),
  servicePrincipalRisk: risks.map((servicePrincipalRiskLevel) => judged({ servicePrincipalRiskLevel })),
  insiderRisk: (['none', 'minor', undefined] as const).map((insiderRiskLevel) => judged({ insiderRiskLevel })),
  unmodelled: [judged({})],
};

test.each(SLOTS)('what was judged for %s is remembered, and never taken for another sign-in', (slot) => {
  const asked = DIFFERENT[slot];
  const seen: Judged[] = [];
  const number = remembered(slot, (one) => seen.push(one));
  const first = asked.map(number);
  expect(first).toEqual(asked.map((_, at) => at + 1));
  // Equal and not identical, as two records of a log are; only the holders of an address are one array.
  const again = asked.map(({ holders, ...parts }) => number({ ...structuredClone(parts), holders }));
  expect([again, seen]).toEqual([first, asked]);
});

test.each(SLOTS.filter((slot) => slot !== 'identity' && slot !== 'unmodelled'))(
  'who signs in makes no difference for %s',
  (slot) => {
    let times = 0;
    const count = remembered(slot, () => ++times);
    for (const { attempt: signIn, ...others } of DIFFERENT.identity) {
      count({ ...others, attempt: { ...signIn, target: { kind: 'application', audiences: [payroll] } } });
    }
    expect(times).toBe(1);
  },
);
