import { describe, expect, test } from 'vitest';
import { appliedPolicy } from '../../../../../src/core/conditional-access/record/applied-policy.ts';
import type { ConditionalAccessPolicy } from '../../../../../src/core/tenant/policy.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import {
  ALICE,
  attempt,
  GERMANY,
  HQ,
  judge,
  LOCATIONS,
  observation,
  policy,
  ROBOT,
} from '../../../../support/contoso.ts';

const STRICT = { sessionControls: { continuousAccessEvaluation: { mode: 'strictLocation' } } };
const OUTSIDE_HQ = { locations: { includeLocations: ['All'], excludeLocations: [HQ] } };
const strict = policy(OUTSIDE_HQ, undefined, STRICT);

/** At HQ for Entra, somewhere else for the resource. */
function judged(
  policies: readonly ConditionalAccessPolicy[],
  resource = '192.0.2.200',
  from = '203.0.113.10',
  identity: object = {},
) {
  const signIn = attempt({ identity: { kind: 'user', userId: ALICE, ...identity } });
  return judge(policies, signIn, observation(from, { resourceIpAddress: address(resource) }));
}

describe('strict location enforcement', () => {
  test('blocks where the resource sees an address that is not allowed', () => {
    const evaluation = judged([strict]);
    expect([evaluation.outcome, evaluation.policies[0]?.result]).toEqual(['blocked', 'failure']);
    expect(evaluation.policies[0]?.conditions[2]).toMatchObject({
      truth: true,
      atResource: true,
      because: 'location included: All (seen by the resource)',
      missing: [],
    });
    const [one] = evaluation.policies;
    expect(one && appliedPolicy(one).conditionsSatisfied).toBe(
      'application,users,location,ipAddressSeenByResourceProvider',
    );
  });

  test.each<[string, string]>([
    ['both addresses are allowed', '203.0.113.99'],
    ['both are the same', '203.0.113.10'],
  ])('lets pass where %s', (_, resource) => {
    const evaluation = judged([strict], resource);
    expect(evaluation.outcome).toBe('granted');
    const byAnother = judged([policy(OUTSIDE_HQ), policy({}, null, { id: '2', ...STRICT })], resource);
    for (const { policies } of [evaluation, byAnother]) {
      expect(policies[0]?.conditions[2]).toMatchObject({ because: 'location excluded: HQ' });
      expect(policies[0]?.conditions[2]).not.toHaveProperty('atResource');
    }
  });

  test('does not ask a resource that was never contacted', () => {
    expect(judge([strict], attempt(), observation('203.0.113.10')).outcome).toBe('granted');
    expect(
      judge(
        [strict],
        attempt(),
        observation(undefined, { ipAddress: undefined, resourceIpAddress: address('192.0.2.200') }),
      ).outcome,
    ).toBe('unknown');
  });

  test('follows members, never guests, and leaves open who may be one', () => {
    const outcome = (identity: object) => judged([strict], undefined, undefined, identity).outcome;
    const stranger = '50000000-0000-4000-8000-00000000ffff';
    expect(outcome({ userId: stranger, externalUserType: 'b2bCollaborationGuest' })).toBe('granted');
    expect(outcome({ userId: stranger, externalUserType: 'none' })).toBe('blocked');
    const open = judged([strict], undefined, undefined, { userId: stranger });
    expect([open.outcome, open.missing.map(({ fact }) => fact)]).toEqual(['unknown', ['strict location enforcement']]);
  });

  test('takes nothing back where Entra’s own address is not allowed', () => {
    expect(judged([strict], '203.0.113.10', '192.0.2.200').outcome).toBe('blocked');
  });

  test('is off without a strict policy, and with one that is off, only reports or is about others', () => {
    expect(judged([policy(OUTSIDE_HQ)]).outcome).toBe('granted');
    expect(judged([policy(OUTSIDE_HQ), { ...strict, id: '2', state: 'disabled' }]).outcome).toBe('granted');
    expect(
      judged([policy(OUTSIDE_HQ), { ...strict, id: '2', state: 'enabledForReportingButNotEnforced' }]).outcome,
    ).toBe('granted');
    expect(
      judged([policy(OUTSIDE_HQ), policy({ users: { includeUsers: ['None'] } }, null, { id: '2', ...STRICT })]).outcome,
    ).toBe('granted');
    expect(
      judged([
        policy(OUTSIDE_HQ, undefined, {
          sessionControls: { continuousAccessEvaluation: { mode: 'strictEnforcement' } },
        }),
      ]).outcome,
    ).toBe('granted');
  });

  test('is not known where nobody knows the state of the policy that asks for it', () => {
    for (const state of ['enabledForPilot', '']) {
      expect(judged([policy(OUTSIDE_HQ), { ...strict, id: '2', state }]).outcome).toBe('unknown');
    }
  });

  test('is off where the policy that is on is about others and the one that only reports is not', () => {
    const aboutOthers = policy({ users: { includeUsers: ['None'] } }, null, { id: '2', ...STRICT });
    const reporting = policy({}, null, { id: '3', ...STRICT, state: 'enabledForReportingButNotEnforced' });
    expect(judged([policy(OUTSIDE_HQ), aboutOthers, reporting]).outcome).toBe('granted');
  });

  test('does not follow workload identities', () => {
    const robot = { kind: 'servicePrincipal', servicePrincipalId: ROBOT };
    const workloads = policy(
      {
        ...OUTSIDE_HQ,
        users: {},
        clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
      },
      undefined,
      STRICT,
    );
    expect(judged([workloads], undefined, undefined, robot).outcome).toBe('granted');
  });

  test('reaches the location policies of others', () => {
    expect(judged([policy(OUTSIDE_HQ), policy({}, null, { id: '2', ...STRICT })]).outcome).toBe('blocked');
  });

  test('is unknown where it hangs on a fact that is missing, and names it', () => {
    const perhaps = policy({ agents: { all: true } }, null, { id: '2', ...STRICT });
    const evaluation = judged([policy(OUTSIDE_HQ), perhaps]);
    expect([evaluation.outcome, evaluation.missing.map(({ fact }) => fact)]).toEqual([
      'unknown',
      ['strict location enforcement'],
    ]);
  });

  test('does not follow guests', () => {
    expect(judged([strict], undefined, undefined, { externalUserType: 'b2bCollaborationGuest' }).outcome).toBe(
      'granted',
    );
  });

  test('a policy that also names a country is not checked by a resource', () => {
    const mixed = policy(
      { locations: { includeLocations: ['All'], excludeLocations: [HQ, GERMANY] } },
      undefined,
      STRICT,
    );
    const seen = observation('203.0.113.10', { countryOrRegion: 'FR', resourceIpAddress: address('192.0.2.200') });
    expect(judge([mixed], attempt(), seen).outcome).toBe('granted');
    expect(judge([{ ...mixed, conditions: strict.conditions }], attempt(), seen).outcome).toBe('blocked');
  });

  test('a resource knows no countries, MFA trusted IPs or compliant network', () => {
    expect(
      judged([policy({ locations: { includeLocations: ['All'], excludeLocations: [GERMANY] } }, undefined, STRICT)])
        .outcome,
    ).toBe('granted');
    const trusted = policy(
      { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      undefined,
      STRICT,
    );
    expect(judged([trusted]).outcome).toBe('blocked');
    expect(judged([trusted], '203.0.113.11').outcome).toBe('granted');
    // Allowed at Entra by the MFA trusted IPs, which the resource does not know: not followed.
    expect(judged([trusted], '198.51.100.200', '192.0.2.5').outcome).toBe('granted');
    // An address of the MFA trusted IPs at the resource is no trusted one there.
    expect(judged([trusted], '192.0.2.5').outcome).toBe('blocked');
  });

  test('a trusted compliant network in AllTrusted counts at the resource as at Entra', () => {
    const namedLocations = LOCATIONS.map((location) => ({ ...location, isTrusted: true }));
    const trusted = policy(
      { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
      undefined,
      STRICT,
    );
    const outcome = (compliantNetwork: boolean) => {
      const seen = observation('203.0.113.10', { compliantNetwork, resourceIpAddress: address('192.0.2.200') });
      return judge([trusted], attempt(), seen, { namedLocations }).outcome;
    };
    expect([outcome(true), outcome(false)]).toEqual(['granted', 'blocked']);
  });
});
