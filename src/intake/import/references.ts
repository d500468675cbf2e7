import { locationWord } from '../../core/graph/location-words.ts';
import { ID_LISTS } from '../../core/graph/policy-rows.ts';
import { locationEntries } from '../../core/tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../../core/tenant/policy.ts';
import { isGuid } from '../../core/values/guid.ts';
import { valueAt } from '../../core/values/value-at.ts';
import { quoted } from '../text/excerpt.ts';
import type { ItemAt } from './contents.ts';
import type { Cursor } from './findings.ts';

/** What a policy names by id: whether that can be an id, and whether a named location is there. */

/** Members that hold ids, with the words that Graph takes in their place; contexts are no ids (D-APPS). */
const REFERENCES = ID_LISTS.filter(({ of }) => of !== 'authenticationContexts');

/** Text that a person or a deployment was to replace: `<RING>`, `{{group}}`, `%tenant%`, `REPLACE-ME`. */
const PLACEHOLDER =
  /<[A-Za-z][^<>]*>|\{\{[^{}]*\}\}|%[A-Za-z_]\w*%|\b(replace|change|insert|enter|your)[-_ ]?(me|this|here|with|id|guid|tenant|group|user)\b|\bx{8}-x{4}/i;

/** Warns of placeholders and of location ids that neither this run nor the tenant has. `known`: ids in small letters. */
export function checkReferences(
  { value: policy, at }: ItemAt<ConditionalAccessPolicy>,
  known: ReadonlySet<string>,
): void {
  checkName(policy, at);
  for (const { pointer, words } of REFERENCES) {
    const ids = valueAt(policy, pointer);
    if (!Array.isArray(ids)) continue;
    const list = pointer
      .slice(1)
      .split('/')
      .reduce((cursor, member) => cursor.member(member), at);
    ids.forEach((id: unknown, position) => {
      if (typeof id !== 'string' || isWord(id, words) || isGuid(id) || known.has(id.toLowerCase())) return;
      warnOfPlaceholder(id, list.element(position));
    });
  }
  for (const { value, key, pointer } of locationEntries(policy)) {
    if (locationWord(key) !== undefined || known.has(key)) continue;
    const [, , , member = '', position = '0'] = pointer.split('/');
    const cursor = at.member('conditions').member('locations').member(member).element(Number(position));
    // Where a location that nothing defines lies is not known, and gates stop at it.
    if (!isGuid(value)) warnOfPlaceholder(value, cursor);
    else cursor.warning('danglingLocation', `no named location ${quoted(value)} is in this import or in the tenant`);
  }
}

function checkName(policy: ConditionalAccessPolicy, at: Cursor): void {
  if (!PLACEHOLDER.test(policy.displayName)) return;
  at.member('displayName').warning('placeholder', `${quoted(policy.displayName, 100)} holds a placeholder`);
}

function warnOfPlaceholder(id: string, cursor: Cursor): void {
  const what = PLACEHOLDER.test(id) ? 'a placeholder' : 'no id, perhaps a display name,';
  cursor.warning(
    'placeholder',
    `${quoted(id)} is ${what} where an id belongs; what the policy reaches by it is not known`,
  );
}

function isWord(id: string, words: readonly string[]): boolean {
  return words.some((word) => word.toLowerCase() === id.toLowerCase());
}

/**
 * CIPP writes names of locations where ids belong, and the locations beside the policy (`LocationInfo`): deploying it, CIPP
 * puts the ids in, and so does this. Names that are not beside it stay as they are.
 */
export function withIdsOfLocationsBeside(
  policy: ConditionalAccessPolicy,
  idOfName: ReadonlyMap<string, string>,
  at: Cursor,
): ConditionalAccessPolicy {
  const { locations } = policy.conditions;
  const names = [...(locations?.includeLocations ?? []), ...(locations?.excludeLocations ?? [])];
  if (locations === undefined || locations === null || !names.some((name) => idOfName.has(name))) return policy;
  const ids = (list: readonly string[] | null | undefined) => list?.map((name) => idOfName.get(name) ?? name) ?? null;
  at.note('locationName', 'names of the locations beside the policy were replaced by their ids');
  const withIds = {
    ...locations,
    includeLocations: ids(locations.includeLocations),
    excludeLocations: ids(locations.excludeLocations),
  };
  return { ...policy, conditions: { ...policy.conditions, locations: withIds } };
}
