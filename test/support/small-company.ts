import fc from 'fast-check';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../src/core/graph/location-words.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';

/** A company of which everything is known, small enough to be written down as formulas (solver.ts). */
export interface SmallCompany {
  readonly locations: readonly SmallLocation[];
  readonly mfaTrustedIps: readonly string[];
  readonly policies: readonly SmallPolicy[];
}

export interface SmallLocation {
  readonly ranges: readonly string[];
  readonly isTrusted: boolean;
}

/** Numbers are positions in the lists of the company, of {@link PEOPLE}, {@link GROUPS}, {@link APPS} and the words below. */
export interface SmallPolicy {
  readonly isEnforced: boolean;
  readonly grant: 'block' | 'mfa';
  readonly people: Choice<number>;
  readonly groups: { readonly include: readonly number[]; readonly exclude: readonly number[] };
  readonly apps: Choice<number>;
  readonly platforms: Choice<number> | undefined;
  readonly clients: readonly number[] | undefined;
  readonly places: Choice<SmallPlace> | undefined;
}

export interface Choice<One> {
  readonly include: 'all' | readonly One[];
  readonly exclude: readonly One[];
}

export type SmallPlace = number | 'trusted' | 'compliant';

const id = (kind: string, number: number) => `${kind}0000000-0000-4000-8000-00000000000${number}`;
export const PEOPLE = [0, 1, 2, 3].map((number) => id('a', number));
/** Members, by their positions. */
export const GROUPS: readonly (readonly number[])[] = [
  [0, 1],
  [1, 2],
];
export const APPS = [0, 1, 2].map((number) => id('c', number));
export const PLATFORMS = ['android', 'iOS', 'windows', 'windowsPhone', 'macOS', 'linux'] as const;
export const CLIENTS = ['browser', 'mobileAppsAndDesktopClients', 'other'] as const;

/** Offices that overlap, a block of another continent, and a piece of the service's own egress. */
const RANGES = ['203.0.113.0/24', '203.0.113.64/26', '203.0.0.0/16', '8.8.0.0/17', '151.206.8.0/21', '128.94.0.0/19'];

const few = (count: number, most = 2) =>
  fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 0, maxLength: most });
const some = (count: number) => fc.uniqueArray(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 2 });
const choice = <One>(include: fc.Arbitrary<readonly One[]>, exclude: fc.Arbitrary<readonly One[]>) =>
  fc.record({ include: fc.oneof({ weight: 2, arbitrary: fc.constant('all' as const) }, include), exclude });
const maybe = <One>(arbitrary: fc.Arbitrary<One>) => fc.option(arbitrary, { nil: undefined, freq: 1 });

const place = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<SmallPlace>(0, 1) },
  fc.constantFrom<SmallPlace>('trusted', 'compliant'),
);
const places = (minLength: number) => fc.uniqueArray(place, { minLength, maxLength: 2 });

const policy: fc.Arbitrary<SmallPolicy> = fc.record({
  isEnforced: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
  grant: fc.constantFrom('block', 'mfa'),
  people: choice(few(PEOPLE.length), few(PEOPLE.length)),
  groups: fc.record({ include: few(GROUPS.length, 1), exclude: few(GROUPS.length, 1) }),
  apps: choice(some(APPS.length), few(APPS.length, 1)),
  platforms: maybe(choice(some(PLATFORMS.length), few(PLATFORMS.length))),
  clients: maybe(some(CLIENTS.length)),
  places: fc.option(choice(places(1), places(0)), { nil: undefined, freq: 4 }),
});

export const smallPolicies = (maxLength: number) => fc.array(policy, { minLength: 1, maxLength });

export const smallCompanies: fc.Arbitrary<SmallCompany> = fc.record({
  locations: fc.tuple(
    ...[0, 1].map(() =>
      fc.record({ ranges: fc.subarray(RANGES, { minLength: 1, maxLength: 2 }), isTrusted: fc.boolean() }),
    ),
  ),
  mfaTrustedIps: fc.subarray(['131.107.0.0/16', '203.0.113.128/25']),
  policies: smallPolicies(5),
});

/** The same company as Graph would tell it. */
export function tenantOf({ locations, mfaTrustedIps, policies }: SmallCompany): Tenant {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    displayName: 'Small',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies: policies.map(policyOf),
    namedLocations: locations.map(({ ranges, isTrusted }, number) => ({
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: id('b', number),
      displayName: `Location ${number}`,
      isTrusted,
      ipRanges: ranges.map((cidrAddress) => ({ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress })),
    })),
    namedLocationsKnown: true,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: [...mfaTrustedIps],
    users: PEOPLE.map((person) => ({ id: person, userPrincipalName: `${person}@small.example`, userType: 'Member' })),
    groups: GROUPS.map((members, number) => ({
      id: id('d', number),
      displayName: `Group ${number}`,
      members: members.map((member) => PEOPLE[member] ?? ''),
    })),
    roleAssignments: [],
    servicePrincipals: [],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
  };
}

function policyOf(small: SmallPolicy, number: number): ConditionalAccessPolicy {
  const { people, groups, apps, platforms, clients, places: where } = small;
  const named = <One>({ include, exclude }: Choice<One>, all: string, nameOf: (one: One) => string) => ({
    include: include === 'all' ? [all] : include.map(nameOf),
    exclude: exclude.map(nameOf),
  });
  const users = named(people, 'All', (person) => PEOPLE[person] ?? '');
  const applications = named(apps, 'All', (app) => APPS[app] ?? '');
  const systems = platforms === undefined ? undefined : named(platforms, 'all', (one) => PLATFORMS[one] ?? '');
  const networks = where === undefined ? undefined : named(where, 'All', placeName);
  return {
    id: id('e', number),
    displayName: `Policy ${number}`,
    state: small.isEnforced ? 'enabled' : 'enabledForReportingButNotEnforced',
    conditions: {
      users: {
        includeUsers: users.include,
        excludeUsers: users.exclude,
        includeGroups: groups.include.map((group) => id('d', group)),
        excludeGroups: groups.exclude.map((group) => id('d', group)),
      },
      applications: { includeApplications: applications.include, excludeApplications: applications.exclude },
      clientAppTypes: clients?.map((client) => CLIENTS[client] ?? '') ?? ['all'],
      platforms:
        systems === undefined ? null : { includePlatforms: systems.include, excludePlatforms: systems.exclude },
      locations:
        networks === undefined ? null : { includeLocations: networks.include, excludeLocations: networks.exclude },
    },
    grantControls: { operator: 'OR', builtInControls: [small.grant] },
    sessionControls: null,
  };
}

function placeName(one: SmallPlace): string {
  if (one === 'trusted') return 'AllTrusted';
  return one === 'compliant' ? COMPLIANT_NETWORK_LOCATION_ID : id('b', one);
}
