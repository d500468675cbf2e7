import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../directory.ts';
import type { KnowableList } from '../knowledge.ts';
import type { NamedLocation } from '../named-location.ts';
import type { ConditionalAccessPolicy } from '../policy.ts';
import type { ForwardingProfile, SignalingSettings } from '../tenant.ts';

/** Parts of a tenant out of an export. A list without items, and a setting that is absent, was not in it. */
export interface TenantParts {
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly namedLocations: readonly NamedLocation[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly roleDefinitions: readonly RoleDefinition[];
  readonly servicePrincipals: readonly ServicePrincipal[];
  /** The setting, with its members that gsa does not know. */
  readonly conditionalAccess?: SignalingSettings;
  readonly onboardingStatus?: string;
  readonly securityDefaults?: boolean;
  readonly forwardingProfiles?: readonly ForwardingProfile[];
  readonly mfaTrustedIps?: readonly string[];
  /** Lists that the export has although it holds nothing for them: they are known to be empty. */
  readonly emptyLists?: readonly KnowableList[];
  /** Lists of which the export has a part: it does not make them known. */
  readonly cutLists?: readonly KnowableList[];
  /** Whether the export says that there are no other groups. */
  readonly areAllGroups?: boolean;
}
