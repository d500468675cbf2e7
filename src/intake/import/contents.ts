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
  readonly principal?: NonNullable<RoleAssignment['principal']>;
}

/** A role of `directoryRoles` as it came. */
export interface ListedRole {
  readonly id: string;
  readonly roleTemplateId: string;
  /** The people whom it came with. */
  readonly assignments: readonly RoleAssignment[];
  /** Whether it came with the people in it. */
  readonly hasMembers: boolean;
  /** Whether it was asked for alone, or stands on a page; an exporter that writes roles into files of their own asked for all. */
  readonly isAlone: boolean;
  readonly isExported: boolean;
}

/** Somebody in a group, by what stands apart from it. */
export interface MemberOfGroup {
  readonly groupId: string;
  readonly memberId: string;
  readonly at: Cursor;
  /** It stands on a page of several, or among members of one type. */
  readonly isOfPart: boolean;
  /** It stands among whoever is in the group through any other: nothing hangs on the groups inside. */
  readonly isTransitive: boolean;
  /** A group inside, of which the members may stand nowhere; `undefined`: nothing says what it is. */
  readonly isGroup: boolean | undefined;
}

/** What one file gave, before the files of a run are put together. */
export interface FileContents {
  readonly findings: Findings;
  readonly unknownMembers: UnknownMember[];
  readonly policies: ItemAt<ConditionalAccessPolicy>[];
  readonly namedLocations: ItemAt<NamedLocation>[];
  readonly users: ItemAt<User>[];
  readonly groups: ItemAt<Group>[];
  /** Groups that came as members of others: nothing but their ids is known. */
  readonly groupsInside: ItemAt<Group>[];
  readonly roleAssignments: ItemAt<RoleAssignment>[];
  readonly roleDefinitions: ItemAt<RoleDefinition>[];
  readonly servicePrincipals: ItemAt<ServicePrincipal>[];
  readonly forwardingProfiles: ItemAt<ForwardingProfile>[];
  readonly settings: ItemAt<ImportedSetting>[];
  /** Groups of which an answer says that nobody is in them. */
  readonly emptyGroups: ItemAt<Group>[];
  /** Members of groups that stand in files of their own (EntraExporter). */
  readonly memberships: MemberOfGroup[];
  /** Roles of `directoryRoles`, by the ids that only their members' files name. */
  readonly directoryRoles: ListedRole[];
  /** Members of such roles, in files of their own or for a scope. */
  readonly roleMembers: ItemAt<RoleMember>[];
  readonly proofs: ListProofs;
  /** The time of the import in ISO 8601; schedules that lie outside are not in force. */
  readonly now: string | undefined;
  /** What the file is for the report when it gave nothing. */
  emptyKind: string;
}

export function noContents(findings: Findings, now?: string): FileContents {
  return {
    findings,
    unknownMembers: [],
    policies: [],
    namedLocations: [],
    users: [],
    groups: [],
    groupsInside: [],
    emptyGroups: [],
    roleAssignments: [],
    roleDefinitions: [],
    servicePrincipals: [],
    forwardingProfiles: [],
    settings: [],
    memberships: [],
    directoryRoles: [],
    roleMembers: [],
    proofs: noProofs(),
    now,
    emptyKind: 'notAnExport',
  };
}
