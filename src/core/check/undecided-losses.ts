import { markedTrusted } from '../tenant/location-ranges.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import { hasLostControls } from '../tenant/lost-members.ts';
import type { NamedLocation } from '../tenant/named-location.ts';
import {
  isCountryNamedLocation,
  isIpNamedLocation,
  trustFact,
  trustOf,
  unknownCountriesFact,
  unknownCountriesOf,
} from '../tenant/named-location.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { checkTenant } from './check.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import { isActive, severityFor } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';
import type { Doubt } from './doubt.ts';
import { withLists } from './filled-lists.ts';
import type { Finding } from './finding.ts';
import type { CheckOptions } from './settings.ts';

/** What the rules of a check could find where an export lost controls, lists or marks. */

/** Doubts of GSA022: one of the controls that an export lost may be a block that excludes nobody. */
export function ofLostControls({ policies }: CheckedTenant): Doubt[] {
  return policies
    .filter((policy) => isActive(policy) && hasLostControls(policy.policy))
    .map((policy) => ({
      ruleId: 'GSA022',
      severity: severityFor(policy, 'error'),
      fact: `controls of ${policy.subject.displayName}`,
    }));
}

/** Doubts about policies that lost a list: what the rules say where nothing was in it, and where something was. */
export function ofLostLists(
  { tenant, policies }: CheckedTenant,
  options: CheckOptions,
  found: readonly Finding[],
): Doubt[] {
  const losing = policies.filter(({ policy }) => lostLists(policy.conditions).length > 0);
  if (losing.length === 0) return [];
  const known = new Set(found.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`));
  const fillings = (['nothing', 'something'] as const).flatMap((include) =>
    (['nothing', 'something'] as const).map((exclude) => withLists({ include, exclude })),
  );
  return fillings.flatMap((fill) =>
    checkTenant({ ...tenant, policies: tenant.policies.map(fill) }, options)
      .filter(({ fingerprint, severity }) => !known.has(`${fingerprint} ${severity}`))
      .flatMap((finding) => {
        const ids = new Set([finding.subject, ...finding.related].map(({ id }) => id));
        const own = losing.filter(({ subject }) => ids.has(subject.id));
        return (own.length > 0 ? own : losing).map((policy) => ({
          ruleId: finding.ruleId,
          severity: finding.severity,
          fact: listsFact(policy),
        }));
      }),
  );
}

export function listsFact({ subject }: CheckedPolicy): string {
  return `lists of ${subject.displayName}`;
}

/** A mark of a named location, true or false, that an export may lose. */
interface LosableMark {
  isLost(location: NamedLocation): boolean;
  fact(location: NamedLocation): string;
  with(location: NamedLocation, value: boolean): NamedLocation;
}

const MARKS_OF_LOCATIONS: readonly LosableMark[] = [
  { isLost: (location) => trustOf(location) === undefined, fact: trustFact, with: withTrust },
  {
    isLost: (location) => isCountryNamedLocation(location) && unknownCountriesOf(location) === undefined,
    fact: unknownCountriesFact,
    with: (location, includeUnknownCountriesAndRegions) => ({ ...location, includeUnknownCountriesAndRegions }),
  },
];

/**
 * Doubts about locations that lost a mark: what the rules say where all of them have it, where none has, and where any two of them
 * differ.
 */
export function ofLostMarks(tenant: Tenant, options: CheckOptions, found: readonly Finding[]): Doubt[] {
  const known = new Set(found.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`));
  return MARKS_OF_LOCATIONS.flatMap((mark) => ofLostMark(mark, tenant, options, known));
}

function ofLostMark(mark: LosableMark, tenant: Tenant, options: CheckOptions, known: ReadonlySet<string>): Doubt[] {
  const lost = tenant.namedLocations.filter((location) => mark.isLost(location));
  if (lost.length === 0) return [];
  const places = new Map(lost.map((location, at) => [location, at]));
  const bits = Array.from(
    { length: Math.ceil(Math.log2(lost.length)) },
    (_, bit) => (at: number) => (at >> bit) % 2 === 1,
  );
  return [() => true, () => false, ...bits].flatMap((valueAt) => {
    const namedLocations = tenant.namedLocations.map((location) => {
      const at = places.get(location);
      return at === undefined ? location : mark.with(location, valueAt(at));
    });
    return checkTenant({ ...tenant, namedLocations }, options)
      .filter(({ fingerprint, severity }) => !known.has(`${fingerprint} ${severity}`))
      .flatMap((finding) =>
        lostOf(finding, lost).map((location) => ({
          ruleId: finding.ruleId,
          severity: finding.severity,
          fact: mark.fact(location),
        })),
      );
  });
}

/** The locations that a finding is about; all of them where it is about a policy, whose `AllTrusted` may hold any. */
function lostOf({ subject, related }: Finding, lost: readonly NamedLocation[]): readonly NamedLocation[] {
  const ids = new Set([subject, ...related].map(({ id }) => id.toLowerCase()));
  const own = lost.filter(({ id }) => ids.has(id.toLowerCase()));
  return own.length > 0 ? own : lost;
}

function withTrust(location: NamedLocation, isTrusted: boolean): NamedLocation {
  return isIpNamedLocation(location) ? markedTrusted(location, isTrusted) : { ...location, isTrusted };
}
