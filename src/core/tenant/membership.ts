import { DirectHolders } from './direct-holders.ts';
import type { Group } from './directory.ts';
import { areMembersKnown } from './group-members.ts';
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
  /** Groups of the tenant whose members are not known, and all groups that hold one of these. */
  readonly unknown: ReadonlySet<string>;
}

export function indexGroups(given: readonly Group[] | undefined): GroupIndex {
  const groups = given ?? [];
  const holders = new DirectHolders(groups);
  const idsOf = (some: readonly Group[]) => some.map(({ id }) => id.toLowerCase());
  const without = idsOf(groups.filter((group) => !areMembersKnown(group)));
  const unknown = new Set(without);
  for (const id of without) for (const holder of holdersOf(holders, id)) unknown.add(holder);
  return { holders, known: new Set(idsOf(groups.filter(areMembersKnown))), unknown };
}

/** The groups that surely hold a user, group or service principal, nested ones included (Graph's transitiveMemberOf). */
export function transitiveGroups({ holders }: GroupIndex, principalId: string): ReadonlySet<string> {
  return holdersOf(holders, principalId.toLowerCase());
}

/** The groups of one principal, for whoever shows them: it takes as long as the tenant has groups. */
export function groupsOf(tenant: Tenant, principalId: string): Membership {
  const index = indexGroups(tenant.groups);
  const member = transitiveGroups(index, principalId);
  return { member, unknown: new Set([...index.unknown].filter((id) => !member.has(id))) };
}

/** Whether it is known of everybody whether they are in the group; its id is in lower case. */
export function isWhollyKnown({ known, unknown }: GroupIndex, groupId: string): boolean {
  return known.has(groupId) && !unknown.has(groupId);
}

/**
 * Whether a principal whose transitive groups these are is in the group; a group that the tenant does not hold is not known. The
 * id is in lower case.
 */
export function isMemberOf(index: GroupIndex, groups: ReadonlySet<string>, id: string): true | false | 'unknown' {
  if (groups.has(id)) return true;
  return isWhollyKnown(index, id) ? false : 'unknown';
}

/** The groups above `id`; cycles end where they began. */
function holdersOf(holders: DirectHolders, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const holder of holders.of(next)) {
      if (found.has(holder)) continue;
      found.add(holder);
      open.push(holder);
    }
  }
  return found;
}
