import { COMPLIANT_NETWORK_LOCATION_ID, MFA_TRUSTED_IPS_LOCATION_ID } from '../graph/location-words.ts';
import { lostOfConditions } from './lost-locations.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import { BUILT_IN_ROLES } from './roles/built-in-roles.ts';
import type { Tenant } from './tenant.ts';

export interface DescribedCondition {
  readonly condition: string;
  readonly text: string;
}

/** The configured conditions of a policy, one line each, ids replaced by names where the tenant knows them. */
export function describeConditions(
  tenant: Tenant,
  { conditions }: ConditionalAccessPolicy,
): readonly DescribedCondition[] {
  const names = namesOf(tenant);
  const lost = lostOfConditions(conditions);
  return Object.entries(conditions).flatMap(([condition, value]) => {
    const unknown = lost.flatMap(({ path: [first, ...inside] }) => {
      if (first !== condition) return [];
      return inside.length === 0 ? [LOST] : [`${inside.join('.')}: ${LOST}`];
    });
    const said = [describe(value, names), ...unknown];
    const text = said.filter((each) => each !== '').join('; ');
    return text === '' || condition.includes('@') ? [] : [{ condition, text }];
  });
}

const LOST = 'not known, as an export lost it';

/** `includeX: a, b; excludeY: c` for an object, the values for a list; nothing for what is not configured. */
function describe(value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((item) => describe(item, names)).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([member, inner]) => [member, describe(inner, names)] as const)
      .filter(([member, text]) => text !== '' && !member.includes('@'))
      .map(([member, text]) => `${member}: ${text}`)
      .join('; ');
  }
  return names.get(String(value).toLowerCase()) ?? String(value);
}

function namesOf(tenant: Tenant): ReadonlyMap<string, string> {
  const named: readonly (readonly [string, string | undefined])[] = [
    [COMPLIANT_NETWORK_LOCATION_ID, 'All Compliant Network locations'],
    [MFA_TRUSTED_IPS_LOCATION_ID, 'MFA trusted IPs'],
    ...BUILT_IN_ROLES.map((role) => [role.templateId, role.displayName] as const),
    ...tenant.namedLocations.map((location) => [location.id, location.displayName] as const),
    ...(tenant.users ?? []).map((user) => [user.id, user.userPrincipalName ?? user.displayName] as const),
    ...(tenant.groups ?? []).map((group) => [group.id, group.displayName] as const),
    ...(tenant.servicePrincipals ?? []).flatMap((principal) => [
      [principal.id, principal.displayName] as const,
      [principal.appId ?? principal.id, principal.displayName] as const,
    ]),
  ];
  return new Map(named.flatMap(([id, name]) => (name === undefined ? [] : [[id.toLowerCase(), name]])));
}
