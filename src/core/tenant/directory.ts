/**
 * The people and applications of a tenant, in Graph's words. A list that is absent is *not known*, a list that is empty is
 * known to be empty: `groups` without `members`, or a tenant without `roleAssignments`, make policies that ask unknown.
 */

export interface User {
  readonly id: string;
  /** Graph: `#microsoft.graph.agentUser` for the account of an agent, which OData requires a derived type to say. */
  readonly '@odata.type'?: string;
  /** The agent identity that an agent's account belongs to. */
  readonly identityParentId?: string | null;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  /** Graph: `Member` or `Guest`. */
  readonly userType?: string | null;
  /** One of `guestOrExternalUserTypes` (G-GUEST), when it is known; an ordinary member has `none`. */
  readonly externalUserType?: string;
  readonly homeTenantId?: string;
  readonly accountEnabled?: boolean | null;
  /** Marks an emergency access ("break-glass") account; the check and the warnings name these. */
  readonly isEmergencyAccess?: boolean;
}

export interface Group {
  readonly id: string;
  readonly displayName?: string;
  /** Object ids of direct members: users, groups, service principals. Absent: not known. */
  readonly members?: readonly string[];
  /**
   * What is known of the groups among the members. `listed`: each is one of the tenant's groups, as the types of the members said.
   * `included`: whoever is in one is among the members too (Graph's `transitiveMembers`). Absent: a member that no list of the tenant
   * has may be such a group.
   */
  readonly nestedGroups?: 'listed' | 'included';
}

export interface RoleAssignment {
  readonly principalId: string;
  /** Template id of a built-in role, or the id of a custom one. */
  readonly roleDefinitionId: string;
  /** `/` for the whole tenant; Conditional Access looks at no other scope (D-USERS). */
  readonly directoryScopeId: string;
  /** The status of the assignment. Only `active` counts; a PIM-eligible role that is not activated does not (D-USERS). */
  readonly status: 'active' | 'eligible';
  /** Graph: who holds it, where the export was asked for that (`$expand=principal`): its `@odata.type` tells people from groups. */
  readonly principal?: { readonly '@odata.type'?: string; readonly id?: string } | null;
}

export interface RoleDefinition {
  readonly id: string;
  readonly templateId?: string;
  readonly displayName?: string;
  readonly isBuiltIn?: boolean;
}

export interface ServicePrincipal {
  readonly id: string;
  /** Graph: `#microsoft.graph.agentIdentity`, `#microsoft.graph.agentIdentityBlueprintPrincipal`. */
  readonly '@odata.type'?: string;
  /** The blueprint that an agent identity is derived from. */
  readonly agentIdentityBlueprintId?: string | null;
  readonly appId?: string;
  readonly displayName?: string;
  /** Graph: `Application`, `ManagedIdentity`, `Legacy` … */
  readonly servicePrincipalType?: string;
  /** The tenant that owns the application object. */
  readonly appOwnerOrganizationId?: string | null;
  /** Graph: `AzureADMyOrg` for a single-tenant application. */
  readonly signInAudience?: string | null;
  /** `{ set: { attribute: text or texts } }`; absent: not known. */
  readonly customSecurityAttributes?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
}

/** Application groups that a policy names by one word. */
export type ApplicationGroupName = 'Office365' | 'MicrosoftAdminPortals' | 'GlobalSecureAccessResources';
