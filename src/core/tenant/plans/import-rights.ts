import type { Operation } from '../roles/roles.ts';
import { operationOfList } from './history.ts';
import type { TenantParts } from './tenant-parts.ts';

const LISTS = [
  'policies',
  'namedLocations',
  'users',
  'groups',
  'roleAssignments',
  'roleDefinitions',
  'servicePrincipals',
] as const;

/** The rights to change what an export holds, each once, whether or not it differs from what is there. */
export function rightsOfParts(parts: TenantParts): readonly Operation[] {
  const { emptyLists = [], conditionalAccess, onboardingStatus, forwardingProfiles } = parts;
  const lists = LISTS.filter((list) => parts[list].length > 0 || emptyLists.some((empty) => empty === list));
  const hasSignaling = [conditionalAccess, onboardingStatus, forwardingProfiles].some((part) => part !== undefined);
  const hasSettings = [parts.securityDefaults, parts.mfaTrustedIps].some((part) => part !== undefined);
  return [
    ...new Set<Operation>([
      ...lists.map(operationOfList),
      ...(hasSignaling ? (['signaling.write'] as const) : []),
      ...(hasSettings ? (['tenant.write'] as const) : []),
    ]),
  ];
}
