import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../../core/tenant/directory.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../core/tenant/policy.ts';
import type { ForwardingProfile } from '../../core/tenant/tenant.ts';
import type { ImportedSetting } from '../types.ts';
import type { Cursor, Findings, UnknownMember } from './findings.ts';
import type { ListProofs } from './whole-lists.ts';
import { noProofs } from './whole-lists.ts';

/** An item with its cursor, so that checks across files can still name places inside it. */
export interface ItemAt<T> {
  readonly value: T;
  readonly at: Cursor;
}

/** A member of the role with this id of `directoryRoles`, with the scope. */
export interface RoleMember {
  readonly directoryRoleId: string;
  readonly principalId: string;
  readonly directoryScopeId: string;
}

/** Somebody in a group, by what stands apart from it. */
export interface MemberOfGroup {
  readonly groupId: string;
  readonly memberId: string;
  readonly at: Cursor;
  /** It stands on a page of several, or among members of one type. */
  readonly isOfPart: boolean;
  /** A group inside, of which the members may stand nowhere. */
  readonly isGroup: boolean;
}

/** What one file gave, before the files of a run are put together. */
export interface FileContents {
  readonly findings: Findings;
  readonly unknownMembers: UnknownMember[];
  readonly policies: ItemAt<ConditionalAccessPolicy>[];
  readonly namedLocations: ItemAt<NamedLocation>[];
  readonly users: ItemAt<User>[];
  readonly groups: ItemAt<Group>[];
  readonly roleAssignments: ItemAt<RoleAssignment>[];
  readonly roleDefinitions: ItemAt<RoleDefinition>[];
  readonly servicePrincipals: ItemAt<ServicePrincipal>[];
  readonly forwardingProfiles: ItemAt<ForwardingProfile>[];
  readonly settings: ItemAt<ImportedSetting>[];
  /** Members of groups that stand in files of their own (EntraExporter). */
  readonly memberships: MemberOfGroup[];
  /** Roles of `directoryRoles`, by the ids that only their members' files name. */
  readonly directoryRoles: { readonly id: string; readonly roleTemplateId: string }[];
  /** Members of such roles, in files of their own or for a scope. */
  readonly roleMembers: ItemAt<RoleMember>[];
  readonly proofs: ListProofs;
  /** What the file is for the report when it gave nothing. */
  emptyKind: string;
}

export function noContents(findings: Findings): FileContents {
  return {
    findings,
    unknownMembers: [],
    policies: [],
    namedLocations: [],
    users: [],
    groups: [],
    roleAssignments: [],
    roleDefinitions: [],
    servicePrincipals: [],
    forwardingProfiles: [],
    settings: [],
    memberships: [],
    directoryRoles: [],
    roleMembers: [],
    proofs: noProofs(),
    emptyKind: 'notAnExport',
  };
}
