import type { LocationReference } from '../tenant/location-references.ts';
import type { CheckedLocation } from './checked-location.ts';
import { countriesOf, includesUnknownCountries, looksUpByAddress } from './checked-location.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import type { CheckedTenant } from './checked-tenant.ts';
import { checkedLocationsOf } from './policy-locations.ts';
import { isCovered } from './range-sets.ts';

/** Why no sign-in can ever meet a policy's locations; `undefined`: some can, or we cannot tell. */
export type NoLocation = 'noneIncluded' | 'allExcluded';

/**
 * Whether no location can match: each include must be excluded wherever it matches (exclusion wins, D-NET). What an id holds that
 * nothing defines is not known. An include of `All` or `AllTrusted` is claimed to be excluded only by itself: federated sign-ins
 * from inside the corporate network are trusted without any range (D-MFATIP).
 */
export function noLocationMatches(tenant: CheckedTenant, policy: CheckedPolicy): NoLocation | undefined {
  const includes = policy.locations.filter(({ side }) => side === 'include');
  const excludes = policy.locations.filter(({ side }) => side === 'exclude');
  if (includes.length === 0) return excludes.length === 0 ? undefined : 'noneIncluded';
  const areLocationsKnown = !tenant.settings.notKnown.includes('namedLocations');
  const verdicts = includes.map((reference): NoLocation | undefined => {
    if (excludes.some(({ key }) => key === reference.key)) return 'allExcluded';
    if (!areLocationsKnown) return undefined;
    if (reference.kind === 'dangling' || reference.kind === 'allTrusted') return undefined;
    const [location] = checkedLocationsOf(tenant, [reference]);
    return location !== undefined && isExcluded(tenant, location, excludes) ? 'allExcluded' : undefined;
  });
  return verdicts.some((verdict) => verdict === undefined) ? undefined : 'allExcluded';
}

function isExcluded(tenant: CheckedTenant, location: CheckedLocation, excludes: readonly LocationReference[]): boolean {
  const excluded = checkedLocationsOf(tenant, excludes);
  if (excluded.includes(location)) return true;
  if (location.kind === 'ip') {
    // A location without ranges matches nowhere; that is its own finding, not one about exclusion.
    return (
      location.ranges.length > 0 &&
      location.unreadable.length === 0 &&
      isCovered(rangesOf([location]), rangesOf(excluded))
    );
  }
  return location.kind === 'country' && excluded.some((other) => holdsCountriesOf(other, location));
}

function holdsCountriesOf(outer: CheckedLocation, inner: CheckedLocation): boolean {
  if (outer.kind !== 'country' || looksUpByAddress(outer) !== looksUpByAddress(inner)) return false;
  const held = countriesOf(outer);
  return (
    countriesOf(inner).every((code) => held.includes(code)) &&
    (!includesUnknownCountries(inner) || includesUnknownCountries(outer))
  );
}

function rangesOf(locations: readonly CheckedLocation[]) {
  return locations.map(({ ranges }) => ranges);
}
