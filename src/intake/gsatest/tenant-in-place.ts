import { areAllGroupsKnown } from '../../core/tenant/knowledge.ts';
import { emptyTenant } from '../../core/tenant/sample/sample.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { TenantText } from './schema.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Graph JSON of a test file as a tenant, on top of another one where there is one: items of the same id replace. An item
 * without an id is known by its name; a policy without a state is enabled; the kind of a location shows from its members.
 */
export function tenantInPlace(parts: TenantText, base: Tenant | undefined, now: string): Tenant {
  const below = base ?? emptyTenant({ displayName: 'Tenant of the test file', now });
  const whole: Record<string, unknown> = { ...below };
  const put = (list: keyof TenantText, complete: (item: Item) => Item) => {
    const items = parts[list];
    if (!Array.isArray(items)) return;
    whole[list] = merged(
      (below[list as keyof Tenant] ?? []) as readonly Item[],
      items.map((item: unknown) => complete(item as Item)),
    );
  };
  put('policies', (policy) => ({ state: 'enabled', conditions: {}, ...withId(policy, 'displayName') }));
  if (parts.policies !== undefined) whole['policiesKnown'] = true;
  if (parts.namedLocations !== undefined) whole['namedLocationsKnown'] = true;
  // Whoever writes groups down writes all that there are, unless the tenant below may have others.
  if (parts.groups !== undefined && (below.groups === undefined || areAllGroupsKnown(below)))
    whole['groupsKnown'] = true;
  put('namedLocations', (location) => ({ '@odata.type': kindOf(location), ...withId(location, 'displayName') }));
  put('users', (user) => withId(user, 'userPrincipalName', 'displayName'));
  put('groups', (group) => withId(group, 'displayName'));
  put('roleDefinitions', (role) => withId(role, 'templateId', 'displayName'));
  put('servicePrincipals', (principal) => withId(principal, 'appId', 'displayName'));
  if (parts.roleAssignments !== undefined) {
    whole['roleAssignments'] = [
      ...(below.roleAssignments ?? []),
      ...parts.roleAssignments.map((assignment) => ({ directoryScopeId: '/', status: 'active', ...assignment })),
    ];
  }
  if (parts.tenantId !== undefined) whole['tenantId'] = parts.tenantId;
  if (parts.mfaTrustedIps !== undefined) whole['mfaTrustedIps'] = parts.mfaTrustedIps;
  if (parts.applicationGroups !== undefined) whole['applicationGroups'] = parts.applicationGroups;
  if (parts.crossTenantAccessPolicy !== undefined) whole['crossTenantAccessPolicy'] = parts.crossTenantAccessPolicy;
  if (parts.settings !== undefined) whole['settings'] = { ...below.settings, ...parts.settings };
  if (parts.globalSecureAccess !== undefined) {
    whole['globalSecureAccess'] = { ...below.globalSecureAccess, ...parts.globalSecureAccess };
  }
  return whole as unknown as Tenant;
}

function withId(item: Item, ...names: readonly string[]): Item {
  if (typeof item['id'] === 'string') return item;
  const id = names.map((name) => item[name]).find((value) => typeof value === 'string');
  return { ...item, id: id ?? '' };
}

function kindOf(location: Item): string {
  if ('ipRanges' in location) return '#microsoft.graph.ipNamedLocation';
  if ('countriesAndRegions' in location) return '#microsoft.graph.countryNamedLocation';
  return 'compliantNetworkType' in location ? '#microsoft.graph.compliantNetworkNamedLocation' : '';
}

function merged(below: readonly Item[], items: readonly Item[]): readonly Item[] {
  const ids = new Set(items.map(({ id }) => String(id).toLowerCase()));
  return [...below.filter(({ id }) => !ids.has(String(id).toLowerCase())), ...items];
}
