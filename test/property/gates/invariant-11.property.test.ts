import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../../src/core/check/check.ts';
import type { Severity } from '../../../src/core/check/finding.ts';
import { SEVERITIES } from '../../../src/core/check/finding.ts';
import { undecidedRules } from '../../../src/core/check/undecided.ts';
import type { ChangeClass } from '../../../src/core/conditional-access/outcome/change.ts';
import { analyseDependencies } from '../../../src/core/dependencies/analyse.ts';
import { enforcedDependents } from '../../../src/core/dependencies/enforced.ts';
import { openStatus } from '../../../src/core/dependencies/open-facts.ts';
import { createForecast } from '../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../src/core/impact/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { isCountryNamedLocation, isIpNamedLocation } from '../../../src/core/tenant/named-location.ts';
import type { ConditionSet } from '../../../src/core/tenant/policy.ts';
import { emptyTenant } from '../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { attempts } from '../../support/arbitraries/attempt.ts';
import {
  APP_IDS,
  GROUP_IDS,
  OTHER_TENANT_ID,
  PRINCIPAL_IDS,
  ROLE_IDS,
  USER_IDS,
} from '../../support/arbitraries/directory.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { withListLost } from '../../support/forgotten-list.ts';
import { tries } from '../../support/tries.ts';

/** A tenant of which everything is known that a tenant can know. */
const knownTenants: fc.Arbitrary<Tenant> = tenants().map((tenant) => ({
  ...tenant,
  namedLocations: tenant.namedLocations.map((location) =>
    isIpNamedLocation(location) ? { ...location, isTrusted: location.isTrusted === true } : location,
  ),
  namedLocationsKnown: true,
  mfaTrustedIps: tenant.mfaTrustedIps ?? [],
  users: tenant.users ?? [],
  groups: tenant.groups ?? [],
  roleAssignments: tenant.roleAssignments ?? [],
  servicePrincipals: tenant.servicePrincipals ?? [],
  globalSecureAccess: { ...tenant.globalSecureAccess, onboardingStatus: 'onboarded' },
}));

type Forget = (tenant: Tenant, at: number) => Tenant;

/** Ways in which an export knows less of the same tenant. */
const FORGETTING: Readonly<Record<string, Forget>> = {
  'the MFA trusted IPs': ({ mfaTrustedIps: _, ...rest }) => rest,
  'whether these are all locations': (tenant) => ({ ...tenant, namedLocationsKnown: false }),
  'a location': (tenant, at) => ({
    ...tenant,
    namedLocations: tenant.namedLocations.filter((_, index) => index !== at % tenant.namedLocations.length),
    namedLocationsKnown: false,
  }),
  'whether a location is trusted': (tenant, at) => ({
    ...tenant,
    namedLocations: tenant.namedLocations.map((location, index, all) =>
      index === at % all.length && isIpNamedLocation(location) ? { ...location, isTrusted: null } : location,
    ),
  }),
  'whether a location holds unknown countries': (tenant, at) => ({
    ...tenant,
    namedLocations: tenant.namedLocations.map((location, index, all) =>
      index === at % all.length && isCountryNamedLocation(location)
        ? { ...location, includeUnknownCountriesAndRegions: null }
        : location,
    ),
  }),
  'a list of a policy': (tenant, at) => withListLost(tenant, at * 7),
  'another list of a policy': (tenant, at) => withListLost(tenant, at * 11 + 3),
  'every location': (tenant) => ({ ...tenant, namedLocations: [], namedLocationsKnown: false }),
  users: ({ users: _, ...rest }) => rest,
  groups: ({ groups: _, ...rest }) => rest,
  'the members of a group': (tenant, at) => ({
    ...tenant,
    groups: (tenant.groups ?? []).map(({ members, ...group }, index, all) =>
      index === at % all.length || members === undefined ? group : { ...group, members },
    ),
  }),
  'role assignments': ({ roleAssignments: _, ...rest }) => rest,
  'service principals': ({ servicePrincipals: _, ...rest }) => rest,
  'the id of a user, a group, a role or an application': (tenant, at) => ({
    ...tenant,
    policies: tenant.policies.map((policy) => ({ ...policy, conditions: withNames(policy.conditions, at) })),
  }),
  'whether anybody is onboarded': ({ globalSecureAccess: { onboardingStatus: _, ...access }, ...rest }) => ({
    ...rest,
    globalSecureAccess: access,
  }),
};

/** The conditions with the name of each object of one kind where its id stood. */
function withNames(conditions: ConditionSet, at: number): ConditionSet {
  const kinds = [USER_IDS, GROUP_IDS, ROLE_IDS, APP_IDS, PRINCIPAL_IDS, [OTHER_TENANT_ID]];
  const ids = kinds[at % kinds.length] ?? [];
  return JSON.parse(JSON.stringify(conditions), (_, value: unknown) =>
    typeof value === 'string' && ids.includes(value) ? `Name of ${value}` : value,
  );
}

const forgetting = fc.constantFrom(...Object.keys(FORGETTING));
const NOW = '2026-01-15T09:00:00Z';

function isSwitchRed(tenant: Tenant, to: 'enabled' | 'disabled'): boolean {
  return enforcedDependents(analyseDependencies(tenant), to).length > 0;
}

function isCheckRed(tenant: Tenant, gate: Severity): boolean {
  const isAsBad = ({ severity }: { readonly severity: Severity }) =>
    SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gate);
  return [...checkTenant(tenant, { now: NOW }), ...undecidedRules(tenant, { now: NOW })].some(isAsBad);
}

/** Gates of a forecast: the classes that some sign-in is of, or could be. */
function redClasses(tenant: Tenant, signIns: readonly SignInAttempt[]): ReadonlySet<ChangeClass> {
  const before = worldOf(tenant, 'enabled');
  const forecast = createForecast(before, switched(before, 'disabled'));
  const changes = signIns.map((attempt) => forecast.judge(attempt));
  return new Set(changes.flatMap((change) => [change.class, ...change.couldBe]));
}

/** Forgets several facts, one after the other. */
function forgotten(tenant: Tenant, ways: readonly string[], at: number): Tenant {
  return ways.reduce((each, way) => FORGETTING[way]?.(each, at) ?? each, tenant);
}

const someWays = fc.uniqueArray(forgetting, { minLength: 1, maxLength: 4 });

describe('invariant 11: a gate is green only where it is proven', () => {
  test('no switch that is refused is let through by knowing less, and none that is proven is refused by knowing more', () => {
    let red = 0;
    fc.assert(
      fc.property(knownTenants, someWays, fc.nat(9), (tenant, ways, at) => {
        const less = forgotten(tenant, ways, at);
        for (const to of ['enabled', 'disabled'] as const) {
          if (!isSwitchRed(tenant, to)) continue;
          red += 1;
          expect(isSwitchRed(less, to), `${to}, without ${ways.join(', ')}`).toBe(true);
        }
      }),
      { numRuns: tries(100) },
    );
    expect(red).toBeGreaterThan(100);
  });

  test('no switch that is open for want of the status is settled by knowing less of when the tenant was created', () => {
    const days = fc.date({ min: new Date('2022-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    let open = 0;
    fc.assert(
      fc.property(days, days, fc.option(days, { nil: undefined, freq: 1 }), (created, now, onboarded) => {
        const onboardedDateTime = onboarded?.toISOString();
        const more = onboardedDateTime === undefined ? {} : { onboardedDateTime };
        const known = emptyTenant({ ...more, createdDateTime: created.toISOString() });
        const less = emptyTenant({ ...more, isCreatedDateTimeMadeUp: true, now: now.toISOString() });
        expect(openStatus(less, 'disabled').length).toBeGreaterThanOrEqual(openStatus(known, 'disabled').length);
        expect(openStatus(less, 'disabled')).toHaveLength(onboarded === undefined ? 1 : 0);
        open += openStatus(known, 'disabled').length;
      }),
      { numRuns: tries(300) },
    );
    expect(open).toBeGreaterThan(50);
  });

  test('no check that fails passes by knowing less, and none that passes fails by knowing more', () => {
    let red = 0;
    fc.assert(
      fc.property(knownTenants, someWays, fc.nat(9), (tenant, ways, at) => {
        const less = forgotten(tenant, ways, at);
        for (const gate of SEVERITIES) {
          if (!isCheckRed(tenant, gate)) continue;
          red += 1;
          expect(isCheckRed(less, gate), `${gate}, without ${ways.join(', ')}`).toBe(true);
        }
      }),
      { numRuns: tries(100) },
    );
    expect(red).toBeGreaterThan(100);
  });

  test('no forecast that fails its gate passes it by knowing less of the tenant or of the sign-in, nor the other way', () => {
    let red = 0;
    fc.assert(
      fc.property(
        knownTenants,
        fc.array(attempts, { minLength: 4, maxLength: 4 }),
        someWays,
        fc.nat(9),
        (tenant, signIns, ways, at) => {
          const less = forgotten(tenant, ways, at);
          const all = redClasses(tenant, signIns);
          for (const known of [
            redClasses(less, signIns),
            redClasses(tenant, signIns.map(lessKnown(at))),
            redClasses(less, signIns.map(lessKnown(at))),
          ]) {
            for (const gate of all) {
              if (gate === 'unchanged' || gate === 'unknown') continue;
              red += 1;
              expect([...known], `without ${ways.join(', ')}`).toContain(gate);
            }
          }
        },
      ),
      { numRuns: tries(120) },
    );
    expect(red).toBeGreaterThan(100);
  });

  test('a sign-in of which more is known is of a class that it could be before', () => {
    fc.assert(
      fc.property(knownTenants, attempts, someWays, fc.nat(9), (tenant, attempt, ways, at) => {
        const before = worldOf(tenant, 'enabled');
        const { class: kind } = createForecast(before, switched(before, 'disabled')).judge(attempt);
        if (kind === 'unknown') return;
        const classes = redClasses(forgotten(tenant, ways, at), [lessKnown(at)(attempt)]);
        expect([...classes]).toContain(kind);
      }),
      { numRuns: tries(150) },
    );
  });

  /** Facts of a sign-in that a record may lack. */
  function lessKnown(at: number): (attempt: SignInAttempt) => SignInAttempt {
    const ways: readonly ((attempt: SignInAttempt) => SignInAttempt)[] = [
      (attempt) => ({ ...attempt, satisfied: {} }),
      (attempt) => ({ ...attempt, device: undefined }),
      (attempt) => ({ ...attempt, userRiskLevel: undefined, signInRiskLevel: undefined }),
      (attempt) => ({ ...attempt, network: { ...attempt.network, proxy: undefined } }),
      (attempt) => ({ ...attempt, network: { ...attempt.network, source: {} } }),
      (attempt) => ({ ...attempt, network: { ...attempt.network, via: undefined } }),
      (attempt) => ({ ...attempt, clientAppType: undefined, devicePlatform: undefined }),
    ];
    return ways[at % ways.length] ?? ((attempt) => attempt);
  }
});
