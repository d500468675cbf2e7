import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import { withTunnelOwner } from '../../../src/core/conditional-access/facts/tunnel-owner.ts';
import { INTUNE_ENROLLMENT } from '../../../src/core/conditional-access/facts/well-known-applications.ts';
import type { Effect } from '../../../src/core/conditional-access/result.ts';
import { EFFECTS } from '../../../src/core/conditional-access/result.ts';
import { possibleOutcomes } from '../../../src/core/gsatest/possible-outcomes.ts';
import { runInvariant } from '../../../src/core/gsatest/run-invariant.ts';
import type { Scene } from '../../../src/core/gsatest/scene.ts';
import type { TestOf } from '../../../src/core/gsatest/suite.ts';
import { isPublicAddress } from '../../../src/core/network/special-use.ts';
import { controlColumns } from '../../../src/core/proof/levels/controls.ts';
import { devices } from '../../../src/core/proof/levels/devices.ts';
import { SESSION_VALUES } from '../../../src/core/proof/levels/sessions.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe, supposingOptions } from '../../../src/core/signaling/observe.ts';
import type { User } from '../../../src/core/tenant/directory.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { APP_IDS } from '../../support/arbitraries/directory.ts';
import { ADDRESS_TEXTS, address } from '../../support/arbitraries/network.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { picks } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
const cases = fc.record({
  tenant: tenants(few).filter(({ users }) => (users ?? []).length > 0),
  signaling: fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
  forbidden: fc.subarray([...EFFECTS], { minLength: 1, maxLength: 2 }),
  seed: fc.integer(),
});

function sceneOf(tenant: Tenant): Scene {
  const compiled = compile(tenant);
  const loose = compiled.policies.map((policy) => ({ ...policy, mayEnforceStrictLocation: false }));
  const options = supposingOptions(tenant);
  return {
    tenant,
    compiled: { ...compiled, policies: loose },
    options,
    fixtures: { addresses: {}, paths: {}, applications: {} },
  };
}

/** The statement that no sign-in at all comes out so. */
function never(outcome: readonly Effect[], signaling: SignalingStatus): TestOf<'invariant'> {
  const range = { users: 'any', apps: 'any', addresses: 'any', paths: 'any', signaling: [signaling] } as const;
  return {
    kind: 'invariant',
    name: 'never',
    at: 0,
    tags: [],
    source: undefined,
    skip: undefined,
    expectFailure: undefined,
    signIn: { facts: {} },
    range,
    never: { outcome },
    always: undefined,
  } as unknown as TestOf<'invariant'>;
}

/** Any sign-in of anybody of the directory, at any resource, from any public address, direct or through the service. */
function* signInsOf({ tenant, compiled }: Scene, signaling: SignalingStatus, seed: number): Iterable<SignInAttempt> {
  const pick = picks(seed);
  const one = <Value>(values: readonly Value[]): Value => values[pick(values.length)] as Value;
  const world = proofWorld(tenant, signaling);
  const kinds = devices({ before: world, after: world });
  const { columns } = controlColumns(compiled.policies.map(({ grant }) => grant));
  const ids = [
    ...APP_IDS,
    INTUNE_ENROLLMENT,
    '00000002-0000-0ff1-ce00-000000000000',
    'eeeeeeee-0000-4000-8000-000000000001',
  ];
  const addresses = [...ADDRESS_TEXTS, '151.206.0.9'].map(address).filter(isPublicAddress);
  const egress = { address: address('151.206.0.10'), countryOrRegion: 'DE' };
  for (let left = 300; left > 0; left--) {
    const source = { address: one(addresses), countryOrRegion: one(['US', 'DE', 'FR', 'JP']) };
    const isTunnelled = pick(2) === 1 && !/^(151\.206|128\.94)\./.test(source.address.text);
    const parts = [...Object.values(SESSION_VALUES), kinds].map((values) => one(values).part);
    yield withTunnelOwner(compiled.people, {
      canPerformMfa: true,
      gpsCountryOrRegion: one([null, 'DE', 'JP']),
      insideCorporateNetwork: one([true, false]),
      ...Object.assign({}, ...parts),
      identity: { kind: 'user', userId: one(tenant.users as readonly User[]).id },
      target: { kind: 'application', audiences: [{ appId: one(ids) }], areAllAudiences: true },
      network: isTunnelled ? { via: 'globalSecureAccessClient', source, proxy: egress } : { via: 'direct', source },
      satisfied: one(columns),
    });
  }
}

describe('an invariant about anybody, anything and anywhere', () => {
  test('that passes is contradicted by no sign-in', () => {
    let held = 0;
    fc.assert(
      fc.property(cases, ({ tenant, signaling, forbidden, seed }) => {
        const scene = sceneOf(tenant);
        const run = runInvariant(never(forbidden, signaling), scene, {});
        if ('problems' in run || run.failures.length > 0) return;
        held++;
        for (const attempt of signInsOf(scene, signaling, seed)) {
          const evaluation = evaluate(scene.compiled, attempt, observe(attempt, signaling, scene.options));
          const found = possibleOutcomes(evaluation).filter((outcome) => forbidden.includes(outcome));
          expect(found, JSON.stringify(attempt)).toEqual([]);
        }
      }),
      { numRuns: tries(75) },
    );
    expect(held).toBeGreaterThan(10);
  });
});

/** One policy in a tenant with a member and a guest, both known. */
function tenantWith(policy: Partial<ConditionalAccessPolicy>, more: Partial<Tenant> = {}): Tenant {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    displayName: 'Contoso',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies: [
      {
        id: 'e0000000-0000-4000-8000-000000000001',
        displayName: 'P',
        state: 'enabled',
        conditions: {
          users: { includeUsers: ['All'] },
          applications: { includeApplications: ['All'] },
          clientAppTypes: ['all'],
        },
        grantControls: { operator: 'OR', builtInControls: ['block'] },
        sessionControls: null,
        ...policy,
      },
    ],
    namedLocations: [],
    namedLocationsKnown: true,
    mfaTrustedIps: [],
    deletedItems: { policies: [], namedLocations: [] },
    users: [
      { id: 'a0000000-0000-4000-8000-000000000001', userPrincipalName: 'ann@contoso.example', userType: 'Member' },
      {
        id: 'a0000000-0000-4000-8000-000000000002',
        userPrincipalName: 'gus_fabrikam#EXT#@contoso.example',
        userType: 'Guest',
      },
    ],
    groups: [],
    roleAssignments: [],
    servicePrincipals: [],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
    ...more,
  };
}

describe('an invariant about any', () => {
  const grant = (control: string) => ({ operator: 'OR' as const, builtInControls: [control] });

  test('person speaks of guests, whose claims count for less', () => {
    const scene = sceneOf(tenantWith({ grantControls: grant('approvedApplication') }));
    const said = {
      ...never(['blocked', 'denied', 'interrupted'], 'enabled'),
      signIn: { facts: { clientAppType: 'mobileAppsAndDesktopClients' }, satisfied: ['approvedApplication'] },
    };
    const run = runInvariant(said as unknown as TestOf<'invariant'>, scene, {});
    expect('failures' in run && run.failures.length).toBeGreaterThan(0);
  });

  test.each([[[INTUNE_ENROLLMENT, APP_IDS[0]]], [[APP_IDS[0], INTUNE_ENROLLMENT]]])(
    'application tells the enrollment of Intune from others, whatever the order of %j',
    (ids) => {
      const conditions = {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ids as string[] },
        clientAppTypes: ['all'],
      };
      const scene = sceneOf(tenantWith({ conditions, grantControls: grant('compliantDevice') }));
      const said = {
        ...never(['blocked', 'denied'], 'enabled'),
        signIn: { facts: { device: null, clientAppType: 'browser' } },
      };
      const run = runInvariant(said as unknown as TestOf<'invariant'>, scene, {});
      expect('failures' in run && run.failures.length).toBeGreaterThan(0);
    },
  );

  test('application is one that no policy names as well', () => {
    const scene = sceneOf(tenantWith({ grantControls: grant('compliantDevice') }));
    const said = {
      ...never(['granted', 'interrupted'], 'enabled'),
      signIn: { facts: { device: null, clientAppType: 'browser' } },
    };
    const run = runInvariant(said as unknown as TestOf<'invariant'>, scene, {});
    expect('failures' in run && run.failures.map(({ subject }) => subject).join()).toContain('Intune');
  });

  test('address is one behind the service too, where it comes directly', () => {
    const location = {
      '@odata.type': '#microsoft.graph.ipNamedLocation' as const,
      id: 'b0000000-0000-4000-8000-000000000001',
      displayName: 'Egress',
      isTrusted: false,
      ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange' as const, cidrAddress: '151.206.0.0/16' }],
    };
    const conditions = {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      locations: { includeLocations: [location.id], excludeLocations: [] },
    };
    const scene = sceneOf(tenantWith({ conditions }, { namedLocations: [location] }));
    const direct = never(['blocked'], 'enabled');
    const run = runInvariant({ ...direct, range: { ...direct.range, paths: ['direct'] } }, scene, {});
    expect('failures' in run && run.failures.length).toBeGreaterThan(0);
  });
});
