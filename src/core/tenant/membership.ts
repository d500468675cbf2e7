import type { Group } from './directory.ts';
import type { Tenant } from './tenant.ts';

/** The groups of one principal, nested ones included (D-USERS). Ids are lower-case. */
export interface Membership {
  readonly member: ReadonlySet<string>;
  /** Groups that may hold the principal: their own members, or those of a group inside, are not known. */
  readonly unknown: ReadonlySet<string>;
}

/** An index of who holds whom, made once for a tenant. Ids are lower-case. */
export interface GroupIndex {
  /** Groups of which the key (a user, group or service principal) is a direct member. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Groups whose members the tenant knows. */
  readonly known: ReadonlySet<string>;
  /** Groups of the tenant whose members are not known, and all groups that hold one of these. */
  readonly unknown: ReadonlySet<string>;
}

export function indexGroups(groups: readonly Group[] | undefined): GroupIndex {
  const parents = new Map<string, string[]>();
  for (const { id, members = [] } of groups ?? []) {
    const group = id.toLowerCase();
    for (const member of members) {
      const key = member.toLowerCase();
      const holders = parents.get(key);
      if (holders === undefined) parents.set(key, [group]);
      else holders.push(group);
    }
  }
  const withMembers = (groups ?? []).filter(({ members }) => members !== undefined).map(({ id }) => id.toLowerCase());
  const without = (groups ?? []).filter(({ members }) => members === undefined).map(({ id }) => id.toLowerCase());
  const unknown = new Set(without);
  for (const id of without) for (const holder of holdersOf(parents, id)) unknown.add(holder);
  return { parents, known: new Set(withMembers), unknown };
}

/** Transitive groups of a user, group or service principal. */
export function membershipOf(index: GroupIndex, principalId: string): Membership {
  const member = holdersOf(index.parents, principalId.toLowerCase());
  if (index.unknown.size === 0) return { member, unknown: index.unknown };
  return { member, unknown: new Set([...index.unknown].filter((id) => !member.has(id))) };
}

export function groupsOf(tenant: Tenant, principalId: string): Membership {
  return membershipOf(indexGroups(tenant.groups), principalId);
}

/** Whether it is known of everybody whether they are in the group; its id is in lower case. */
export function isWhollyKnown({ known, unknown }: GroupIndex, groupId: string): boolean {
  return known.has(groupId) && !unknown.has(groupId);
}

/** Whether the principal is in the group; a group that the tenant does not hold is not known. */
export function isMember(index: GroupIndex, membership: Membership, groupId: string): true | false | 'unknown' {
  return isMemberOf(index, membership, groupId.toLowerCase());
}

/** The same for an id that is in lower case. */
export function isMemberOf(index: GroupIndex, { member, unknown }: Membership, id: string): true | false | 'unknown' {
  if (member.has(id)) return true;
  if (unknown.size > 0 && unknown.has(id)) return 'unknown';
  return index.known.has(id) ? false : 'unknown';
}

/** The groups above `id`; cycles end where they began. */
function holdersOf(parents: ReadonlyMap<string, readonly string[]>, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const holder of parents.get(next) ?? []) {
      if (found.has(holder)) continue;
      found.add(holder);
      open.push(holder);
    }
  }
  return found;
}
