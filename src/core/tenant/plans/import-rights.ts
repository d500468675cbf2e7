import type { Operation } from '../roles/roles.ts';
import type { TenantParts } from './import.ts';

/** The rights to change what an export holds, each once, whether or not it differs from what is there. */
export function rightsOfParts(parts: TenantParts): readonly Operation[] {
  const holds = (part: keyof TenantParts) => {
    const held = parts[part];
    const isEmptyList = parts.emptyLists?.some((list) => list === part) === true;
    return isEmptyList || (Array.isArray(held) ? held.length > 0 : held !== undefined);
  };
  return RIGHTS.flatMap(([operation, of]) => (of.some(holds) ? [operation] : []));
}

const RIGHTS: readonly (readonly [Operation, readonly (keyof TenantParts)[]])[] = [
  ['policy.write', ['policies']],
  ['namedLocation.write', ['namedLocations']],
  ['signaling.write', ['conditionalAccess', 'onboardingStatus', 'forwardingProfiles']],
  [
    'tenant.write',
    ['users', 'groups', 'roleAssignments', 'roleDefinitions', 'servicePrincipals', 'securityDefaults', 'mfaTrustedIps'],
  ],
];
