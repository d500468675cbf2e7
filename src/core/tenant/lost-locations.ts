import type { LostList } from './lost-lists.ts';
import { lostAt, lostLists } from './lost-lists.ts';
import type { ConditionSet } from './policy.ts';
import { isSet } from './policy-words.ts';
import { isOfSdk } from './sdk-nones.ts';

/** Everything that an export lost of the conditions of a policy, what it lost of locations last. */
export function lostOfConditions(conditions: ConditionSet | null | undefined): readonly LostList[] {
  return [...lostLists(conditions), ...lostLocations(conditions)];
}

/** Whether locations that a policy includes or excludes were lost. */
export function hasLostLocations(conditions: ConditionSet | null | undefined): boolean {
  return lostLocations(conditions).length > 0;
}

/**
 * The lists of locations that were lost: Graph gives `null` where a policy has no such condition, and both lists where it has one, which
 * are never null (CSDL-v1). A list that is there and empty names nothing; a request leaves out what it does not exclude.
 */
export function lostLocations(conditions: ConditionSet | null | undefined): readonly LostList[] {
  if (hasLostIncludes(conditions)) return [lostAt('locations', 'includeLocations')];
  const { includeLocations, excludeLocations } = conditions?.locations ?? {};
  return excludeLocations === null && isSet(includeLocations) ? [lostAt('locations', 'excludeLocations')] : [];
}

function hasLostIncludes(conditions: ConditionSet | null | undefined): boolean {
  const locations = conditions?.locations;
  if (typeof locations !== 'object' || locations === null) return false;
  const { includeLocations, excludeLocations } = locations;
  if (Array.isArray(includeLocations) || isSet(includeLocations)) return false;
  if (isSet(excludeLocations)) return true;
  return !isSet(locations) && !(includeLocations === null && excludeLocations === null && isOfSdk(conditions));
}
