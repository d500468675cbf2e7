import { parseAddress } from '../src/core/network/address.ts';
import type { SignInAttempt } from '../src/core/signaling/attempt.ts';
import type { Observation } from '../src/core/signaling/observation.ts';
import type { NamedLocation } from '../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy, GrantControls } from '../src/core/tenant/policy.ts';
import type { Tenant } from '../src/core/tenant/tenant.ts';

/** The largest tenant that Entra allows, by its policies (D-PLAN): 195 of them, and 1,000 ranges in 50 locations. */
export const SIZES = {
  policies: 195,
  locations: 50,
  rangesPerLocation: 20,
  users: 1_000,
  groups: 60,
  applications: 20,
} as const;

/** A sign-in in the form that each contestant would be handed by its own reader, addresses parsed. */
export interface GeneratedSignIn {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
  readonly userId: string;
  readonly appId: string;
  readonly ipAddress: string;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function generateTenant(seed: number): Tenant {
  const random = randomNumbers(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const userIds = ids('a', SIZES.users);
  const groupIds = ids('b', SIZES.groups);
  const namedLocations = ids('c', SIZES.locations).map((id, at) => location(id, at, random));
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    displayName: 'Generated',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies: ids('9', SIZES.policies).map((id, at) => policy(id, at)),
    namedLocations,
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: ['198.18.0.0/24'],
    users: userIds.map((id) => ({ id, externalUserType: 'none' })),
    groups: groupIds.map((id) => ({ id, members: userIds.filter(() => random() < 0.05) })),
    roleAssignments: [],
    servicePrincipals: [],
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
  };

  function policy(id: string, at: number): ConditionalAccessPolicy {
    const isForAll = random() < 0.3;
    const isForAllApps = random() < 0.5;
    return {
      id,
      displayName: `Policy ${at}`,
      state: random() < 0.8 ? 'enabled' : one(['disabled', 'enabledForReportingButNotEnforced']),
      conditions: {
        users: {
          includeUsers: isForAll ? ['All'] : [one(userIds)],
          includeGroups: isForAll ? [] : [one(groupIds), one(groupIds)],
          excludeGroups: [one(groupIds)],
        },
        applications: {
          includeApplications: isForAllApps ? ['All'] : [one(APPLICATIONS), one(APPLICATIONS)],
          excludeApplications: random() < 0.3 ? [one(APPLICATIONS)] : [],
        },
        clientAppTypes: random() < 0.2 ? ['browser'] : ['all'],
        ...(random() < 0.2 ? { platforms: { includePlatforms: ['all'], excludePlatforms: ['iOS', 'android'] } } : {}),
        ...(random() < 0.7 ? { locations: locations() } : {}),
        ...(random() < 0.15 ? { signInRiskLevels: ['medium', 'high'] } : {}),
      },
      grantControls: random() < 0.06 && !isForAll ? BLOCK : one(GRANTS),
    };
  }

  function locations() {
    const some = (count: number) => Array.from({ length: count }, () => one(namedLocations).id);
    return random() < 0.7
      ? { includeLocations: ['All'], excludeLocations: random() < 0.3 ? ['AllTrusted'] : some(6) }
      : { includeLocations: some(3), excludeLocations: [] };
  }
}

const GRANTS: readonly GrantControls[] = [
  { operator: 'OR', builtInControls: ['mfa'] },
  { operator: 'OR', builtInControls: ['mfa', 'compliantDevice'] },
  { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] },
  { operator: 'OR', builtInControls: ['compliantDevice'] },
];

const BLOCK: GrantControls = { operator: 'OR', builtInControls: ['block'] };

export const APPLICATIONS: readonly string[] = ids('e', SIZES.applications);

function ids(letter: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) => `${letter}0000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
  );
}

/** Twenty ranges each, three IPv4 to one IPv6, in a part of the address space that the sign-ins come from. */
function location(id: string, at: number, random: () => number): NamedLocation {
  const ipRanges = Array.from({ length: SIZES.rangesPerLocation }, (_, number) => {
    const block = at * SIZES.rangesPerLocation + number;
    return {
      cidrAddress:
        number % 4 === 3 ? `2001:db8:${block.toString(16)}::/48` : `10.${block >> 3}.${(block & 7) * 32}.0/20`,
    };
  });
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName: `Location ${at}`,
    isTrusted: random() < 0.3,
    ipRanges,
  };
}

export function generateSignIns(count: number, tenant: Tenant, seed: number): GeneratedSignIn[] {
  const random = randomNumbers(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (below: number) => Math.floor(random() * below);
  const userIds = (tenant.users ?? []).map(({ id }) => id);
  return Array.from({ length: count }, () => {
    const userId = one(userIds);
    const appId = one(APPLICATIONS);
    const ipAddress =
      random() < 0.8
        ? `10.${number(160)}.${number(256)}.${number(256)}`
        : `2001:db8:${number(1200).toString(16)}::${number(65536).toString(16)}`;
    const address = parseAddress(ipAddress);
    const attempt: SignInAttempt = {
      identity: { kind: 'user', userId },
      target: { kind: 'application', audiences: [{ appId }] },
      network: { via: 'direct', source: { address, countryOrRegion: 'US' } },
      clientAppType: random() < 0.5 ? 'browser' : 'mobileAppsAndDesktopClients',
      devicePlatform: one(['windows', 'iOS', 'android', 'macOS'] as const),
      signInRiskLevel: random() < 0.9 ? 'none' : 'high',
      satisfied: { mfa: random() < 0.7, compliantDevice: random() < 0.6 },
    };
    return { attempt, observation: seen(address), userId, appId, ipAddress };
  });
}

function seen(ipAddress: Observation['ipAddress']): Observation {
  return {
    ipAddress,
    seenAddress: 'source',
    countryOrRegion: 'US',
    isThroughGlobalSecureAccess: false,
    globalSecureAccessIpAddress: undefined,
    compliantNetwork: false,
    resourceIpAddress: undefined,
    restored: false,
  };
}
