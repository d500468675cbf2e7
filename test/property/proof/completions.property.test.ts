import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyChange } from '../../../src/core/conditional-access/outcome/change.ts';
import type { Proof } from '../../../src/core/proof/proof.ts';
import type { WorldPair } from '../../../src/core/proof/worlds/world.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import type { NamedLocation } from '../../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { GROUP_IDS, NAMES, ROLE_IDS, USER_IDS } from '../../support/arbitraries/directory.ts';
import { LOCATION_IDS } from '../../support/arbitraries/location.ts';
import { RANGE_TEXTS } from '../../support/arbitraries/network.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { completed, HELD_FACTOR } from '../../support/completed-tenant.ts';
import { cellsOf, changedCell, classAt, judged, picks, proved, signInOf } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const [GROUP = '', ...OTHER_GROUPS] = GROUP_IDS;
const [PLACE = '', ...OTHER_PLACES] = LOCATION_IDS;
const UNDEFINED_PLACE = '10000000-0000-4000-8000-0000000000ff';

/** What a policy hangs on that a tenant may leave open. */
const hangingConditions = fc.constantFrom<Partial<ConditionalAccessPolicy['conditions']>>(
  {},
  { users: { includeGroups: [GROUP] } },
  { users: { includeUsers: ['All'], excludeGroups: [GROUP, ...OTHER_GROUPS.slice(0, 1)] } },
  { users: { includeRoles: ROLE_IDS.slice(0, 1) } },
  { users: { includeUsers: [NAMES.users] } },
  { users: { includeUsers: ['All'], excludeUsers: [NAMES.users, ...USER_IDS.slice(1, 2)] } },
  { users: { includeGroups: [NAMES.groups], excludeRoles: [NAMES.roles] } },
  { applications: { includeApplications: [NAMES.applications] } },
  { applications: { includeApplications: ['All'], excludeApplications: [NAMES.applications] } },
  { locations: { includeLocations: [PLACE] } },
  { locations: { includeLocations: ['All'], excludeLocations: [PLACE] } },
  { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } },
  { locations: { includeLocations: [UNDEFINED_PLACE] } },
  { users: { includeGroups: [GROUP] }, locations: { includeLocations: [PLACE] } },
);

const sif = (value: number) => ({ signInFrequency: { isEnabled: true, value, type: 'hours' } });
const BOUND = { secureSignInSession: { isEnabled: true } };
const mfa = { operator: 'OR', builtInControls: ['mfa'] } as const;

const askedControls = fc.constantFrom<Pick<ConditionalAccessPolicy, 'grantControls' | 'sessionControls'>>(
  { grantControls: { operator: 'OR', builtInControls: ['block'] }, sessionControls: null },
  { grantControls: mfa, sessionControls: null },
  { grantControls: mfa, sessionControls: BOUND },
  { grantControls: null, sessionControls: BOUND },
  { grantControls: null, sessionControls: sif(1) },
  { grantControls: { operator: 'OR', builtInControls: ['verifiedID'] }, sessionControls: null },
  ...['a', 'b'].map((aaguid) => ({
    grantControls: {
      operator: 'OR',
      authenticationStrength: {
        id: 'keys',
        displayName: 'Keys',
        allowedCombinations: ['fido2'],
        combinationConfigurations: [{ allowedAAGUIDs: [aaguid] }],
      },
    },
    sessionControls: null,
  })),
  ...[null, 'mfa'].map((requirementsSatisfied) => ({
    grantControls: { operator: 'OR', authenticationStrength: { id: 'unknown', requirementsSatisfied } },
    sessionControls: null,
  })),
);

const hangingPolicies = (numbers: readonly number[]) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc
        .record({
          state: fc.constantFrom('enabled', 'enabled', 'partiallyEnabled', 'temporarilyEnabled', 'disabled'),
          conditions: hangingConditions,
          controls: askedControls,
        })
        .map(
          ({ state, conditions, controls }): ConditionalAccessPolicy => ({
            id: `90000000-0000-4000-8000-00000000000${number}`,
            displayName: `Policy ${number}`,
            state,
            conditions: {
              users: { includeUsers: ['All'] },
              applications: { includeApplications: ['All'] },
              clientAppTypes: ['all'],
              ...conditions,
            },
            ...controls,
          }),
        ),
    ),
  );

/** Groups of which some tell their members, and a first one that holds others. */
const hangingGroups = fc
  .tuple(fc.subarray([...OTHER_GROUPS, ...USER_IDS.slice(0, 1)]), fc.subarray(OTHER_GROUPS), fc.boolean())
  .map(([members, silent, isTold]) => [
    { id: GROUP, ...(isTold ? { members } : {}) },
    ...OTHER_GROUPS.map((id) => (silent.includes(id) ? { id } : { id, members: USER_IDS.slice(0, 2) })),
  ]);

const UNREADABLE = ['203.0.113.0/xx', '198.51.100.0/yy'];

function placeWith(id: string): fc.Arbitrary<NamedLocation> {
  return fc.oneof(
    fc.record({
      '@odata.type': fc.constant('#microsoft.graph.ipNamedLocation'),
      id: fc.constant(id),
      displayName: fc.constant('Network'),
      isTrusted: fc.constantFrom(true, false, null),
      ipRanges: fc
        .subarray([...UNREADABLE, ...RANGE_TEXTS.slice(0, 2)])
        .map((ranges) => ranges.map((cidrAddress) => ({ cidrAddress }))),
    }),
    fc.record({
      '@odata.type': fc.constant('#microsoft.graph.serviceTagNamedLocation'),
      id: fc.constant(id),
      displayName: fc.constant('Network'),
      serviceTags: fc.subarray(['Storage', 'Sql']),
    }),
  );
}

const hangingTenants = fc
  .record({
    policies: hangingPolicies([1, 2]),
    groups: hangingGroups,
    namedLocations: fc.tuple(placeWith(PLACE), placeWith(OTHER_PLACES[0] ?? '')),
    holder: fc.constantFrom(GROUP, OTHER_GROUPS[0] ?? ''),
  })
  .map(
    ({ holder, ...lists }): Tenant => ({
      tenantId: '11111111-1111-4111-8111-111111111111',
      displayName: 'Contoso',
      createdDateTime: '2024-01-01T00:00:00Z',
      ...lists,
      namedLocationsKnown: true,
      users: USER_IDS.map((id) => ({ id, userPrincipalName: `${id}@contoso.com`, userType: 'Member' })),
      roleAssignments: [
        { principalId: holder, roleDefinitionId: ROLE_IDS[0] ?? '', directoryScopeId: '/', status: 'active' },
      ],
      servicePrincipals: [],
      mfaTrustedIps: [],
      deletedItems: { policies: [], namedLocations: [] },
      globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
      settings: {},
    }),
  );

/** Two tenants that say the same but for some of what they say. */
const hangingPairs = fc
  .tuple(
    hangingTenants,
    hangingTenants,
    fc.subarray(['policies', 'groups', 'namedLocations', 'roleAssignments'] as const, { maxLength: 2 }),
  )
  .map(([before, other, edited]) => ({
    before,
    after: { ...before, ...Object.fromEntries(edited.map((list) => [list, other[list]])) },
  }));

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
const anyPairs = fc
  .tuple(
    tenants(few),
    tenants(few),
    fc.subarray(['policies', 'groups', 'namedLocations', 'mfaTrustedIps'] as const, { maxLength: 2 }),
  )
  .map(([before, other, edited]) => ({
    before,
    after: { ...before, ...Object.fromEntries(edited.map((list) => [list, other[list]])) },
  }));

interface Pair {
  readonly before: Tenant;
  readonly after: Tenant;
}

function worldsOf({ before, after }: Pair, statuses: readonly [SignalingStatus, SignalingStatus]): WorldPair {
  const world = proofWorld(before, statuses[0]);
  return { before: world, after: before === after ? proofUnder(world, statuses[1]) : proofWorld(after, statuses[1]) };
}

const COMPLETIONS = 8;

/** Claims that do not hold of something that the two tenants might be. */
function contradictions(
  pair: Pair,
  statuses: readonly [SignalingStatus, SignalingStatus],
  seed: number,
  met: Met,
): string[] {
  const proof = proved(worldsOf(pair, statuses));
  const might = Array.from({ length: COMPLETIONS }, (_, at) => {
    const isSame = pair.before === pair.after;
    const before = completed(pair.before, seed + at);
    return worldsOf({ before, after: isSame ? before : completed(pair.after, seed + at) }, statuses);
  });
  const found: string[] = [];
  for (const { attempt, claimed } of claimsOf(proof, seed)) {
    for (const [at, worlds] of might.entries()) {
      const isSessionBound =
        attempt.device === null && attempt.clientAppType === 'mobileAppsAndDesktopClients' ? undefined : at % 2 === 0;
      const { customAuthenticationFactors = [] } = attempt.satisfied;
      const satisfied = {
        ...attempt.satisfied,
        customAuthenticationFactors: [...customAuthenticationFactors, HELD_FACTOR],
      };
      const { before, after } = judged(worlds, { ...attempt, isSessionBound, satisfied });
      if (before.outcome === 'unknown' || after.outcome === 'unknown') continue;
      met[claimed === 'unchanged' ? 'unchanged' : 'changed']++;
      const is = classifyChange(before, after);
      if (is !== claimed) found.push(`claimed ${claimed}, might be ${is}: ${JSON.stringify(attempt)}`);
    }
  }
  return found;
}

interface Met {
  unchanged: number;
  changed: number;
}

function* claimsOf(
  proof: Proof,
  seed: number,
): Iterable<{ readonly attempt: SignInAttempt; readonly claimed: string }> {
  const pick = picks(seed);
  for (const cell of [...cellsOf(proof, 40, pick), ...Array.from({ length: 20 }, () => changedCell(proof, pick))]) {
    const claimed = classAt(proof.diagram, cell);
    if (claimed !== 'unknown') yield { attempt: signInOf(proof, cell, pick), claimed };
  }
}

const statusPairs = fc.tuple(
  fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
  fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
);

describe('what a proof claims of two tenants that do not tell everything', () => {
  test.each([
    ['of which policies hang on what nobody tells', hangingPairs, 110],
    ['of any kind', anyPairs, 30],
  ] as const)('holds whatever the rest is, for tenants %s', (_, pairs, inSuite) => {
    const met = { unchanged: 0, changed: 0 };
    fc.assert(
      fc.property(pairs, statusPairs, fc.nat(), (pair, statuses, seed) => {
        expect(contradictions(pair, statuses, seed, met).slice(0, 2)).toEqual([]);
      }),
      { numRuns: tries(inSuite) },
    );
    expect(Math.min(met.unchanged, met.changed)).toBeGreaterThan(500);
  });
});
