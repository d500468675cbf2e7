import type { Group } from '../../tenant/directory.ts';
import { membersByGuid } from '../../tenant/group-members.ts';
import { areActiveRolesKnown } from '../../tenant/knowledge.ts';
import type { GroupIndex } from '../../tenant/membership.ts';
import { indexGroups, isMemberOf, mayHoldForOthers, transitiveGroups } from '../../tenant/membership.ts';
import { objects, texts } from '../../tenant/policy-words.ts';
import { assignedRoles } from '../../tenant/roles/held-roles.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Truth } from '../result.ts';

/** Groups and roles of a tenant, turned round once so that asking for one principal is a walk upwards. */
export interface Memberships {
  readonly index: GroupIndex;
  readonly groups: ReadonlyMap<string, Group>;
  /** Active assignments of built-in roles for the whole tenant, by principal; `undefined`: not known. */
  readonly roles: ReadonlyMap<string, readonly string[]> | undefined;
  /** Roles for which a principal is eligible, where who holds one is not known: it has yet to activate them. */
  readonly eligible: ReadonlyMap<string, readonly string[]>;
}

/** The groups of one principal, nested ones included (D-USERS), and the roles it holds, itself or through a group. */
export interface PrincipalMemberships {
  /** The groups that surely hold it. */
  groups(): ReadonlySet<string>;
  isMember(groupId: string): Truth;
  holdsRole(roleTemplateId: string): Truth;
}

export function compileMemberships(
  tenant: Pick<
    Tenant,
    'users' | 'groups' | 'groupsKnown' | 'servicePrincipals' | 'roleAssignments' | 'roleDefinitions'
  >,
): Memberships {
  const { groups, roleAssignments: assignments, roleDefinitions: definitions } = tenant;
  return {
    index: indexGroups(groups === undefined ? tenant : { ...tenant, groups: groups.map(wellFormed) }),
    groups: new Map(objects(groups).map((group) => [group.id.toLowerCase(), group])),
    roles: areActiveRolesKnown(assignments) ? assignedRoles('active', assignments, definitions) : undefined,
    eligible: areActiveRolesKnown(assignments) ? new Map() : assignedRoles('eligible', assignments, definitions),
  };
}

/** A list of members that is no list is not known. */
function wellFormed(group: Group): Group {
  if (membersByGuid(group) !== undefined) return group;
  const { members, ...others } = group;
  if (!Array.isArray(members)) return others;
  return { ...others, members: members.every((member) => typeof member === 'string') ? members : texts(members) };
}

/**
 * The groups are looked for when somebody asks for one. What is asked for is in lower case. A role held by a group is held by its members.
 */
export function membershipsOf(memberships: Memberships, principalId: string): PrincipalMemberships {
  return new HeldMemberships(memberships, principalId);
}

/** Of a company's many people each is looked up, and few are asked for anything. */
class HeldMemberships implements PrincipalMemberships {
  readonly #all: Memberships;
  readonly #principalId: string;
  #groups: ReadonlySet<string> | undefined;

  constructor(all: Memberships, principalId: string) {
    this.#all = all;
    this.#principalId = principalId;
  }

  groups(): ReadonlySet<string> {
    this.#groups ??= transitiveGroups(this.#all.index, this.#principalId);
    return this.#groups;
  }

  isMember(groupId: string): Truth {
    return isMemberOf(this.#all.index, this.groups(), groupId);
  }

  holdsRole(roleTemplateId: string): Truth {
    const { index, roles, eligible } = this.#all;
    const id = this.#principalId;
    if (roles === undefined) return eligible.get(id)?.includes(roleTemplateId) === true ? false : 'unknown';
    const holds = (holder: string) => roles.get(holder)?.includes(roleTemplateId) === true;
    if (holds(id) || [...this.groups()].some(holds)) return true;
    return [...roles.keys()].some((holder) => holds(holder) && mayHoldForOthers(index, holder)) ? 'unknown' : false;
  }
}
