import type { MarkedList } from '../knowledge.ts';
import { isListKnown, MARKS } from '../knowledge.ts';
import { isLive } from '../live.ts';
import { idsOfNoGroup } from '../possible-groups.ts';
import type { Tenant } from '../tenant.ts';
import type { Activity, SlotChange, Step } from './change.ts';
import type { TenantParts } from './tenant-parts.ts';

/**
 * An export of a list has all of it, and from then on it is known; without a mark its items say so. One of a part does not, nor one of
 * what was deleted.
 */
export function markStep(tenant: Tenant, list: MarkedList, parts: TenantParts): Step[] {
  const { emptyLists = [], cutLists = [] } = parts;
  const mark = MARKS[list];
  const before = tenant[mark];
  const isThere = parts[list].some(isLive);
  const isCut = cutLists.includes(list);
  const isNone = emptyLists.includes(list) && !isThere;
  const isOnlyDeleted = parts[list].length > 0 && !isThere && !isNone;
  const isKnown = isListKnown(tenant, list);
  // Without a mark what was deleted tells as well that the list was known (`isListKnown`).
  const learnsNone = isNone && !isKnown && (before === false || parts[list].length === 0);
  const learns = !isCut && ((isThere && before === false) || learnsNone);
  const staysOpen = (isCut || isOnlyDeleted) && before === undefined && !isKnown;
  if (!learns && !staysOpen) return [];
  const change: SlotChange = { setting: mark, before: before ?? null, after: learns };
  return [ofTheTenant(tenant, `Import ${list}`, { category: 'Policy', loggedByService: 'Conditional Access' }, change)];
}

/**
 * All groups are known where the export says so, and no longer where it has one that the tenant lacked, lacks one that it removes, or names
 * somebody new who may be one: a list of groups says nothing of others.
 */
export function groupsMarkStep(tenant: Tenant, parts: TenantParts, isReplaced: boolean): Step[] {
  const before = tenant.groupsKnown ?? null;
  const present = idsIn(tenant.groups ?? []);
  const given = idsIn(parts.groups);
  const isTold = parts.areAllGroups === true && given.size > 0;
  const isThere = given.size > 0 || parts.emptyLists?.includes('groups') === true;
  const isOpen =
    !isWithin(given, present) ||
    (isReplaced && isThere && !isWithin(present, given)) ||
    (before === true && namesStrangers(tenant, parts));
  const after = isTold ? true : isOpen ? null : before;
  if (after === before) return [];
  const service = { category: 'DirectoryManagement', loggedByService: 'Core Directory' };
  return [ofTheTenant(tenant, 'Import groups', service, { setting: 'groupsKnown', before, after })];
}

/**
 * Whether a group gets a member, or a role a holder, whom nobody was before and of whom neither a list nor a type says that it is no group.
 */
function namesStrangers(tenant: Tenant, parts: TenantParts): boolean {
  const named = new Set([...possibleGroupsIn(parts)].map((id) => id.toLowerCase()));
  if (named.size === 0) return false;
  const told = [possibleGroupsIn(tenant), idsIn(tenant.groups ?? []), idsOfNoGroup(tenant), idsOfNoGroup(parts)];
  for (const ids of told) for (const id of ids) named.delete(id.toLowerCase());
  return named.size > 0;
}

/** The members of groups and holders of roles that may be groups as far as their types tell. */
function* possibleGroupsIn({ groups, roleAssignments }: Pick<Tenant, 'groups' | 'roleAssignments'>): Iterable<string> {
  for (const { members, nestedGroups } of groups ?? []) if (nestedGroups === undefined) yield* members ?? [];
  for (const { principalId } of roleAssignments ?? []) yield principalId;
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((id) => all.has(id));
}

function idsIn(items: readonly { readonly id: string }[]): Set<string> {
  return new Set(items.map(({ id }) => id.toLowerCase()));
}

function ofTheTenant(
  { tenantId, displayName }: Tenant,
  activityDisplayName: string,
  service: Pick<Activity, 'category' | 'loggedByService'>,
  change: SlotChange,
): Step {
  const targetResources = [{ id: tenantId, displayName, type: 'Tenant' }];
  return { activity: { activityDisplayName, ...service, operationType: 'Import', targetResources }, changes: [change] };
}
