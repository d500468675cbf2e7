import { COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import { parseRange } from '../network/range.ts';
import type { ListedRange, RangeList } from '../network/range-list.ts';
import { readRangeTexts } from '../network/read-range-list.ts';
import { hasPublicEnd } from '../network/special-use.ts';
import {
  MAXIMUM_IP_LOCATIONS,
  MAXIMUM_MFA_TRUSTED_IPS,
  MAXIMUM_POLICIES,
  MAXIMUM_RANGES,
  WIDEST_PREFIX,
} from './limits.ts';
import { rangesOf } from './location-ranges.ts';
import { locationIdsNamed } from './location-references.ts';
import type { NamedLocation } from './named-location.ts';
import { isCompliantNetworkNamedLocation, isCountryNamedLocation, isIpNamedLocation } from './named-location.ts';
import { slotId } from './plans/slots.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import { unknownValuesOf } from './policy-values.ts';
import type { Tenant } from './tenant.ts';

/** Something in a tenant that does not fit, or that will not do what its author means. */
export interface TenantProblem {
  /** `error`: an answer would be wrong; `warning`: probably not what is meant; `note`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Stable and short, such as `danglingLocation`, `hostBits`. */
  readonly code: string;
  /** JSON Pointer (RFC 6901) into the tenant. */
  readonly pointer: string;
  readonly message: string;
}

/** What does not fit after a change and did before, in words. A location that both have fits in both or in neither. */
export function newProblems(before: Tenant, after: Tenant): readonly string[] {
  const [old, fresh] = [new Set(before.namedLocations), new Set(after.namedLocations)];
  const gone = before.namedLocations.filter((location) => !fresh.has(location));
  const come = after.namedLocations.filter((location) => !old.has(location));
  const known = new Set(problemsOf(before, gone).map(({ message }) => message));
  return [...new Set(problemsOf(after, come).map(({ message }) => message))].filter((message) => !known.has(message));
}

/** The problems of a tenant, in the order of its members. */
export function validateTenant(tenant: Tenant): TenantProblem[] {
  return problemsOf(tenant, tenant.namedLocations);
}

/** The problems of a tenant, with those inside of so many of its locations. */
function problemsOf(tenant: Tenant, locations: readonly NamedLocation[]): TenantProblem[] {
  return [
    ...settingProblems(tenant),
    ...duplicateIds(tenant),
    ...policyProblems(tenant),
    ...atMost(tenant.policies.length, MAXIMUM_POLICIES, '/policies', 'policies in a tenant (D-PLAN)'),
    ...locations.flatMap((location, at) => locationProblems(location, `/namedLocations/${at}`)),
    ...atMost(
      tenant.namedLocations.filter(isIpNamedLocation).length,
      MAXIMUM_IP_LOCATIONS,
      '/namedLocations',
      'IP named locations in a tenant (D-NET)',
    ),
    ...mfaTrustedIpProblems(tenant.mfaTrustedIps ?? []),
  ];
}

function settingProblems({ createdDateTime, globalSecureAccess: { egressRanges = [] } }: Tenant): TenantProblem[] {
  const dated = Number.isNaN(Date.parse(createdDateTime))
    ? [problem('error', 'notADate', '/createdDateTime', `\`${createdDateTime}\` is not a date`)]
    : [];
  const ranges = egressRanges.flatMap((text, at) => {
    const reading = parseRange(text);
    const pointer = `/globalSecureAccess/egressRanges/${at}`;
    return 'problem' in reading ? [problem('error', 'badRange', pointer, reading.problem)] : [];
  });
  return [...dated, ...ranges];
}

/** Two items of one id: every answer that looks one up could mean either. */
function duplicateIds(tenant: Tenant): TenantProblem[] {
  const lists: readonly (readonly [string, readonly object[] | undefined])[] = [
    ['policies', tenant.policies],
    ['namedLocations', tenant.namedLocations],
    ['users', tenant.users],
    ['groups', tenant.groups],
    ['roleAssignments', tenant.roleAssignments],
    ['roleDefinitions', tenant.roleDefinitions],
    ['servicePrincipals', tenant.servicePrincipals],
  ];
  return lists.flatMap(([list, items = []]) => {
    const seen = new Set<string>();
    return items.flatMap((item, at) => {
      const id = slotId(item).toLowerCase();
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [
        problem('error', 'duplicateId', `/${list}/${at}`, `another item of \`${list}\` has the id \`${id}\` as well`),
      ];
    });
  });
}

function policyProblems({ policies, namedLocations }: Tenant): TenantProblem[] {
  const known = new Set(namedLocations.map(({ id }) => id.toLowerCase())).add(MFA_TRUSTED_IPS_LOCATION_ID);
  return policies.flatMap((policy, at) => problemsOfPolicy(policy, `/policies/${at}`, known));
}

/** `known`: the ids of the locations that the tenant holds, in lower case. */
function problemsOfPolicy(
  policy: ConditionalAccessPolicy,
  pointer: string,
  known: ReadonlySet<string>,
): TenantProblem[] {
  const dangling = locationIdsNamed(policy)
    .filter((id) => !known.has(id.toLowerCase()))
    .map((id) => {
      const isSignal = id.toLowerCase() === COMPLIANT_NETWORK_LOCATION_ID;
      const what = isSignal ? 'the compliant network location' : `the named location \`${id}\``;
      const message = `\`${policy.displayName}\` names ${what}, which the tenant does not hold`;
      return problem('warning', 'danglingLocation', `${pointer}/conditions/locations`, message);
    });
  const unknown = unknownValuesOf(policy).map(({ pointer: at, value }) =>
    problem(
      'warning',
      'unknownValue',
      `${pointer}${at}`,
      `\`${value}\` of \`${policy.displayName}\` is no value that Microsoft Graph knows; the policy's answer is unknown where it decides`,
    ),
  );
  return [...dangling, ...unknown];
}

function locationProblems(location: NamedLocation, pointer: string): TenantProblem[] {
  if (isIpNamedLocation(location)) {
    const ranges = rangesOf(location);
    const count = ranges.length + ranges.unread.length;
    return [
      ...atMost(count, MAXIMUM_RANGES, `${pointer}/ipRanges`, 'ranges in a named location (D-NET)'),
      ...rangeListProblems(ranges, `${pointer}/ipRanges`),
    ];
  }
  if (isCountryNamedLocation(location)) {
    return location.countriesAndRegions.flatMap((code, at) =>
      /^[a-z]{2}$/i.test(code)
        ? []
        : [
            problem(
              'warning',
              'badCountry',
              `${pointer}/countriesAndRegions/${at}`,
              `\`${code}\` is no two-letter country code`,
            ),
          ],
    );
  }
  if (isCompliantNetworkNamedLocation(location)) return [];
  const type = location['@odata.type'];
  return [problem('note', 'unknownLocationType', pointer, `\`${type}\` is kept, and no address is known to be in it`)];
}

function rangeListProblems(ranges: RangeList, pointer: string): TenantProblem[] {
  return findRangeProblems(ranges).map((each) => ({ ...each, pointer: `${pointer}${each.pointer}` }));
}

function findRangeProblems(ranges: RangeList): TenantProblem[] {
  const unread = ranges.unread.map(({ at, problem: message }) => ({
    at,
    problems: [problem('error', 'badRange', `/${at}`, message)],
  }));
  const found = [...unread];
  for (const range of ranges) {
    const problems = rangeProblems(range, `/${range.at}`);
    if (problems.length > 0) found.push({ at: range.at, problems });
  }
  return found.sort((a, b) => a.at - b.at).flatMap(({ problems }) => problems);
}

function rangeProblems(range: ListedRange, pointer: string): TenantProblem[] {
  const { hostBits, prefixLength } = range;
  const problems: TenantProblem[] = [];
  if (hostBits) {
    problems.push(
      problem('note', 'hostBits', pointer, `\`${range.text}\` has host bits set; it matches ${range.canonical}`),
    );
  }
  if (prefixLength !== undefined && prefixLength < WIDEST_PREFIX) {
    const message = `\`${range.text}\` is wider than /${WIDEST_PREFIX}, the widest that is documented (D-NET)`;
    problems.push(problem('warning', 'wideRange', pointer, message));
  }
  if (!hasPublicEnd(range)) {
    const message = `\`${range.text}\` holds no public address; the address of a sign-in never matches it`;
    problems.push(problem('warning', 'privateRange', pointer, message));
  }
  return problems;
}

/** IPv4, public, at most 50 (D-MFATIP). */
function mfaTrustedIpProblems(ranges: readonly string[]): TenantProblem[] {
  return [
    ...atMost(ranges.length, MAXIMUM_MFA_TRUSTED_IPS, '/mfaTrustedIps', 'MFA trusted IP ranges (D-MFATIP)'),
    ...ranges.flatMap((text, at) => {
      const list = readRangeTexts([text]);
      const pointer = `/mfaTrustedIps/${at}`;
      const message = `\`${text}\` is IPv6; MFA trusted IPs are IPv4 only (D-MFATIP)`;
      return [
        ...list.unread.map((unread) => problem('error', 'badRange', pointer, unread.problem)),
        ...[...list].flatMap((range) => rangeProblems(range, pointer)),
        ...(list.ipv6.firsts.length > 0 ? [problem('warning', 'ipv6TrustedIp', pointer, message)] : []),
      ];
    }),
  ];
}

function atMost(count: number, maximum: number, pointer: string, what: string): TenantProblem[] {
  return count <= maximum ? [] : [problem('warning', 'overLimit', pointer, `${count} of at most ${maximum} ${what}`)];
}

function problem(severity: TenantProblem['severity'], code: string, pointer: string, message: string): TenantProblem {
  return { severity, code, pointer, message };
}
