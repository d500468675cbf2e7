import { modeOf } from '../conditional-access/policy-mode.ts';
import { MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import { rangesOverlap, readRanges } from '../network/range.ts';
import type { RangeList } from '../network/range-list.ts';
import { readRangeTexts } from '../network/read-range-list.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import { rangesOf } from '../tenant/location-ranges.ts';
import type { LocationCatalog } from '../tenant/location-references.ts';
import { locationsOf } from '../tenant/location-references.ts';
import type { IpNamedLocation } from '../tenant/named-location.ts';
import { isIpNamedLocation, trustOf } from '../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { DependencyWarning } from './dependency.ts';
import type { LocatedPolicy } from './located-policies.ts';
import { quoted } from './wording.ts';

/** Locations whose ranges make a switch of signaling do something unexpected. `inUse`: policies that are not disabled. */
export function locationWarnings(
  tenant: Tenant,
  inUse: readonly LocatedPolicy[],
  catalog: LocationCatalog,
): DependencyWarning[] {
  const users = usersOf(inUse, catalog);
  return [...holdingProxy(tenant, users), ...ipv4Only(users), ...unreadable(users)];
}

/** The policies that each location decides for, whether they name it or say `AllTrusted`. */
type Users = ReadonlyMap<IpNamedLocation, readonly ConditionalAccessPolicy[]>;

function usersOf(policies: readonly LocatedPolicy[], catalog: LocationCatalog): Users {
  const users = new Map<IpNamedLocation, ConditionalAccessPolicy[]>();
  for (const { policy, references } of policies) {
    const locations = references.flatMap((reference) => locationsOf(reference, catalog));
    for (const location of new Set(locations.filter(isIpNamedLocation))) {
      users.set(location, [...(users.get(location) ?? []), policy]);
    }
  }
  return users;
}

/**
 * The egress ranges are shared by every tenant (POP): where they are trusted, any customer of Global Secure Access is, and
 * the policies change their mind both ways when signaling is switched (CAE, POP).
 */
function holdingProxy(tenant: Tenant, users: Users): DependencyWarning[] {
  const egress = readRanges(egressRangesOf(tenant));
  const overlaps = (ranges: RangeList) => ranges.filter((range) => egress.some((each) => rangesOverlap(range, each)));
  const warnings = tenant.namedLocations.filter(isIpNamedLocation).flatMap((location): DependencyWarning[] => {
    const policies = users.get(location) ?? [];
    const held = overlaps(rangesOf(location));
    if (held.length === 0 || (trustOf(location) === false && policies.length === 0)) return [];
    const isTrusted = location.isTrusted === true;
    return [
      {
        code: isTrusted ? 'trustedLocationHoldsProxy' : 'locationHoldsProxy',
        message: `${isTrusted ? 'trusted location' : 'location'} \`${location.displayName}\` holds egress addresses of Global Secure Access, which all tenants share: ${quoted(held.map(({ text }) => text))}`,
        policyIds: policies.map(({ id }) => id),
        locationIds: [location.id],
      },
    ];
  });
  const trustedIps = overlaps(readRangeTexts(tenant.mfaTrustedIps ?? []));
  if (trustedIps.length === 0) return warnings;
  return [
    ...warnings,
    {
      code: 'trustedLocationHoldsProxy',
      message: `the MFA trusted IPs hold egress addresses of Global Secure Access, which all tenants share: ${quoted(trustedIps.map(({ text }) => text))}`,
      policyIds: [],
      locationIds: [MFA_TRUSTED_IPS_LOCATION_ID],
    },
  ];
}

/** An IPv6 sign-in never lies in IPv4 ranges and goes past the tunnel, whatever the switch says (D-IPV6, LIM). */
function ipv4Only(users: Users): DependencyWarning[] {
  const found = [...users].filter(
    ([location, policies]) =>
      policies.some(({ state }) => modeOf(state) === 'enabled') &&
      rangesOf(location).length > 0 &&
      rangesOf(location).ipv6.firsts.length === 0,
  );
  if (found.length === 0) return [];
  const locations = found.map(([location]) => location);
  const policies = new Set(found.flatMap(([, each]) => each.filter(({ state }) => modeOf(state) === 'enabled')));
  return [
    {
      code: 'ipv4OnlyLocation',
      message: `IPv6 sign-ins go past the tunnel and are never in ${quoted(locations.map(({ displayName }) => displayName))}, which ${locations.length === 1 ? 'lists' : 'list'} IPv4 ranges only`,
      policyIds: [...policies].map(({ id }) => id),
      locationIds: locations.map(({ id }) => id),
    },
  ];
}

function unreadable(users: Users): DependencyWarning[] {
  return [...users].flatMap(([location, policies]): DependencyWarning[] => {
    const problems = rangesOf(location).unread.map(({ problem }) => problem);
    if (problems.length === 0) return [];
    return [
      {
        code: 'unreadableRange',
        message: `location \`${location.displayName}\` has ranges that cannot be read, so which addresses it holds is not known: ${problems.join(', ')}`,
        policyIds: policies.map(({ id }) => id),
        locationIds: [location.id],
      },
    ];
  });
}
