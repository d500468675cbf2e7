import { DirectHolders } from './direct-holders.ts';
import type { Group } from './directory.ts';
import { areMembersKnown, areNestedGroupsKnown } from './group-members.ts';
import { areAllGroupsKnown } from './knowledge.ts';
import type { DirectoryLists } from './possible-groups.ts';
import { idsOfNoGroup, possibleGroups } from './possible-groups.ts';
import type { Tenant } from './tenant.ts';

/** The groups of one principal, nested ones included (D-USERS). Ids are lower-case. */
export interface Membership {
  readonly member: ReadonlySet<string>;
  /** Groups that may hold the principal: their own members, or those of a group inside, are not known. */
  readonly unknown: ReadonlySet<string>;
}

/** An index of who holds whom, made once for a tenant. Ids are lower-case. */
export interface GroupIndex {
  /** Groups of which a user, group or service principal is a direct member. */
  readonly holders: DirectHolders;
  /** Groups whose members the tenant knows. */
  readonly known: ReadonlySet<string>;
  /**
   * Groups of the tenant that may hold somebody of whom it is not known: those whose members are not known, those that hold what may be a
   * group that was not exported, and every group above one of these. A group whose list came with whoever is in the groups inside is none.
   */
  readonly unknown: ReadonlySet<string>;
  /** Whether an id that is none of the groups may be one that was not exported. */
  mayBeGroup(id: string): boolean;
}

export function indexGroups(tenant: DirectoryLists): GroupIndex {
  const groups = tenant.groups ?? [];
  const holders = new DirectHolders(groups);
  const idsOf = (some: readonly Group[]) => some.map(({ id }) => id.toLowerCase());
  const known = groups.filter(areMembersKnown);
  const whole = new Set(idsOf(known.filter(({ nestedGroups }) => nestedGroups === 'included')));
  const open = [...idsOf(groups.filter((group) => !areMembersKnown(group))), ...holdersOfOthers(holders, tenant)];
  const unknown = new Set<string>();
  for (const id of open) {
    if (whole.has(id)) continue;
    unknown.add(id);
    for (const holder of holdersOf(holders, id, whole)) unknown.add(holder);
  }
  return { holders, known: new Set(idsOf(known)), unknown, mayBeGroup: possibleGroups(tenant) };
}

/** The groups that hold somebody of whom neither a list nor a type tells that it is no group. */
function holdersOfOthers(holders: DirectHolders, tenant: DirectoryLists): Iterable<string> {
  const groups = tenant.groups ?? [];
  const isOpen = (group: Group) => areMembersKnown(group) && !areNestedGroupsKnown(group);
  if (areAllGroupsKnown(tenant) || !groups.some(isOpen)) return [];
  const listed = new Set(
    groups.filter(({ nestedGroups }) => nestedGroups === 'listed').map(({ id }) => id.toLowerCase()),
  );
  return holders.ofOthers(told(tenant), listed);
}

function* told(tenant: DirectoryLists): Iterable<string> {
  for (const { id } of tenant.groups ?? []) yield id.toLowerCase();
  yield* idsOfNoGroup(tenant);
}

/** The groups that surely hold a user, group or service principal, nested ones included (Graph's transitiveMemberOf). */
export function transitiveGroups({ holders }: Pick<GroupIndex, 'holders'>, principalId: string): ReadonlySet<string> {
  return holdersOf(holders, principalId.toLowerCase());
}

/** The groups of one principal, for whoever shows them: it takes as long as the tenant has groups. */
export function groupsOf(tenant: Tenant, principalId: string): Membership {
  const index = indexGroups(tenant);
  const member = transitiveGroups(index, principalId);
  return { member, unknown: new Set([...index.unknown].filter((id) => !member.has(id))) };
}

/** Whether it is known of everybody whether they are in the group; its id is in lower case. */
export function isWhollyKnown({ known, unknown }: GroupIndex, groupId: string): boolean {
  return known.has(groupId) && !unknown.has(groupId);
}

/**
 * Whether nobody knows for whom a principal holds its roles: it is a group with members that are not known, or may be one that was not
 * exported (D-USERS: a role held by a group is held by its members). The id is in lower case.
 */
export function mayHoldForOthers({ known, unknown, mayBeGroup }: GroupIndex, id: string): boolean {
  return unknown.has(id) || (!known.has(id) && mayBeGroup(id));
}

/**
 * Whether a principal whose transitive groups these are is in the group; a group that the tenant does not hold is not known. The
 * id is in lower case.
 */
export function isMemberOf(index: GroupIndex, groups: ReadonlySet<string>, id: string): true | false | 'unknown' {
  if (groups.has(id)) return true;
  return isWhollyKnown(index, id) ? false : 'unknown';
}

/** The groups above `id`, and not beyond those that are left out; cycles end where they began. */
function holdersOf(holders: DirectHolders, id: string, leftOut: ReadonlySet<string> = NONE): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const holder of holders.of(next)) {
      if (found.has(holder) || leftOut.has(holder)) continue;
      found.add(holder);
      open.push(holder);
    }
  }
  return found;
}

const NONE: ReadonlySet<string> = new Set();
