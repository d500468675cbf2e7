import ipaddr from 'ipaddr.js';
import type { Outcome } from '../src/core/conditional-access/result.ts';
import type { IpNamedLocation } from '../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../src/core/tenant/policy.ts';
import type { Tenant } from '../src/core/tenant/tenant.ts';
import type { GeneratedSignIn } from './generated-tenant.ts';

type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** A sign-in with its address parsed by ipaddr.js, as this contestant would keep it. */
export interface LoopSignIn {
  readonly signIn: GeneratedSignIn;
  readonly address: IpAddress;
}

export function prepareSignIn(signIn: GeneratedSignIn): LoopSignIn {
  return { signIn, address: ipaddr.parse(signIn.ipAddress) };
}

/**
 * What a careful engineer writes without an index: ranges parsed once, split by family, groups turned into sets, the cheap
 * conditions first, and each location asked at most once for a sign-in. It knows only what the generated tenant uses.
 */
export function plainLoop(tenant: Tenant): (signIn: LoopSignIn) => Outcome {
  const groupsOf = new Map<string, Set<string>>();
  for (const { id, members = [] } of tenant.groups ?? []) {
    for (const member of members) {
      const groups = groupsOf.get(member) ?? new Set();
      groupsOf.set(member, groups.add(id));
    }
  }
  const policies = tenant.policies.filter(({ state }) => state === 'enabled').map(preparePolicy);
  const locations = new Map(
    (tenant.namedLocations as readonly IpNamedLocation[]).map((location) => [location.id, parseRanges(location)]),
  );
  const trusted = (tenant.namedLocations as readonly IpNamedLocation[])
    .filter(({ isTrusted }) => isTrusted)
    .map(({ id }) => id);
  const mfaTrusted = (tenant.mfaTrustedIps ?? []).map((text) => ipaddr.parseCIDR(text) as [ipaddr.IPv4, number]);

  return ({ signIn: { attempt, userId, appId }, address }) => {
    const groups = groupsOf.get(userId);
    const asked = new Map<string, boolean>();
    let worst = 0;
    for (const policy of policies) {
      if (!policy.apps.has('All') && !policy.apps.has(appId)) continue;
      if (policy.exceptApps.has(appId)) continue;
      if (!policy.users.has('All') && !policy.users.has(userId) && !anyIn(policy.groups, groups)) continue;
      if (anyIn(policy.exceptGroups, groups)) continue;
      if (policy.clients !== undefined && !policy.clients.has(attempt.clientAppType ?? '')) continue;
      if (policy.exceptPlatforms?.has(attempt.devicePlatform ?? '') === true) continue;
      if (policy.risks !== undefined && !policy.risks.has(attempt.signInRiskLevel ?? '')) continue;
      if (policy.include !== undefined) {
        if (!policy.include.some(isIn) || policy.exclude.some(isIn)) continue;
      }
      worst = Math.max(worst, effect(policy, attempt.satisfied));
    }
    return OUTCOMES[worst] ?? 'unknown';

    function isIn(id: string): boolean {
      if (id === 'All') return true;
      const known = asked.get(id);
      if (known !== undefined) return known;
      const answer =
        id === 'AllTrusted'
          ? trusted.some(isIn) || mfaTrusted.some((range) => matches(address, range))
          : holds(locations.get(id), address);
      asked.set(id, answer);
      return answer;
    }
  };
}

interface Ranges {
  readonly ipv4: readonly [ipaddr.IPv4, number][];
  readonly ipv6: readonly [ipaddr.IPv6, number][];
}

function parseRanges({ ipRanges }: IpNamedLocation): Ranges {
  const ranges = ipRanges.map(({ cidrAddress = '' }) => ipaddr.parseCIDR(cidrAddress));
  return {
    ipv4: ranges.filter((range): range is [ipaddr.IPv4, number] => range[0].kind() === 'ipv4'),
    ipv6: ranges.filter((range): range is [ipaddr.IPv6, number] => range[0].kind() === 'ipv6'),
  };
}

function holds(ranges: Ranges | undefined, address: IpAddress): boolean {
  if (ranges === undefined) return false;
  if (address instanceof ipaddr.IPv4) return ranges.ipv4.some((range) => address.match(range));
  return ranges.ipv6.some((range) => address.match(range));
}

function matches(address: IpAddress, range: [ipaddr.IPv4, number]): boolean {
  return address instanceof ipaddr.IPv4 && address.match(range);
}

function anyIn(wanted: readonly string[], groups: ReadonlySet<string> | undefined): boolean {
  return groups !== undefined && wanted.some((id) => groups.has(id));
}

const OUTCOMES: readonly Outcome[] = ['granted', 'interrupted', 'denied', 'blocked'];

type Prepared = ReturnType<typeof preparePolicy>;

function preparePolicy({ conditions, grantControls }: ConditionalAccessPolicy) {
  const { applications, users, clientAppTypes, platforms, locations, signInRiskLevels } = conditions;
  return {
    apps: new Set(applications?.includeApplications),
    exceptApps: new Set(applications?.excludeApplications),
    users: new Set(users?.includeUsers),
    groups: users?.includeGroups ?? [],
    exceptGroups: users?.excludeGroups ?? [],
    clients: clientAppTypes?.includes('all') === true ? undefined : new Set<string>(clientAppTypes),
    exceptPlatforms: platforms === undefined ? undefined : new Set<string>(platforms?.excludePlatforms),
    risks: signInRiskLevels === undefined ? undefined : new Set<string>(signInRiskLevels),
    include: locations?.includeLocations ?? undefined,
    exclude: locations?.excludeLocations ?? [],
    operator: grantControls?.operator,
    controls: grantControls?.builtInControls ?? [],
  };
}

function effect(
  { operator, controls }: Prepared,
  satisfied: { readonly mfa?: boolean | undefined; readonly compliantDevice?: boolean | undefined },
): number {
  if (controls.includes('block')) return 3;
  const effects = controls.map((control) =>
    control === 'mfa' ? (satisfied.mfa === true ? 0 : 1) : satisfied.compliantDevice === true ? 0 : 2,
  );
  return operator === 'AND' ? Math.max(...effects) : Math.min(...effects);
}
