import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../../src/core/tenant/directory.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { Attributes, Vector, VectorPrincipal, VectorTenant, VectorUser } from './vector-adapter.ts';

/** The fixture as one vector has it. */
export function tenantOf(fixture: VectorTenant, vector: Vector): Tenant {
  const { namedLocationsAdded = [], namedLocationPatches = {}, ...overrides } = vector.tenantOverrides ?? {};
  const { users, groups, servicePrincipals, appCustomSecurityAttributes, ...rest } = patched(fixture, overrides);
  const locations = rest.namedLocations.map((location) => ({ ...location, ...namedLocationPatches[location.id] }));
  return {
    tenantId: rest.tenantId,
    displayName: 'Contoso',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies: vector.policies,
    namedLocations: [...locations, ...namedLocationsAdded],
    deletedItems: { policies: [], namedLocations: [] },
    ...(rest.mfaTrustedIps === null ? {} : { mfaTrustedIps: rest.mfaTrustedIps }),
    users: Object.entries(users).map(([id, user]) => userOf(id, user)),
    groups: groupsOf(users, { ...emptyGroups(vector), ...groups }),
    roleAssignments: Object.entries(users).flatMap(([id, user]) => assignmentsOf(id, user)),
    roleDefinitions: Object.values(users).flatMap(definitionsOf),
    servicePrincipals: [
      ...Object.entries(servicePrincipals).map(([id, principal]) => principalOf(id, principal, rest.tenantId)),
      ...principalsNamedBy(vector, servicePrincipals).map((id) => ({ id })),
      ...applicationsOf(vector).map((appId) => ({
        id: `service principal of ${appId}`,
        appId,
        customSecurityAttributes: setsOf(appCustomSecurityAttributes[appId]),
      })),
    ],
    applicationGroups: rest.appGroups,
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
  };
}

/** Tables are patched row by row and a row member by member; everything else is replaced. */
function patched(fixture: VectorTenant, overrides: Partial<VectorTenant>): VectorTenant {
  const { users = {}, groups = {}, servicePrincipals = {}, appGroups = {}, ...rest } = overrides;
  const { appCustomSecurityAttributes = {}, ...lists } = rest;
  return {
    ...fixture,
    ...lists,
    users: withRows(fixture.users, users),
    groups: withRows(fixture.groups, groups),
    servicePrincipals: withRows(fixture.servicePrincipals, servicePrincipals),
    appGroups: { ...fixture.appGroups, ...appGroups },
    appCustomSecurityAttributes: { ...fixture.appCustomSecurityAttributes, ...appCustomSecurityAttributes },
  };
}

function withRows<Row extends object>(
  table: Readonly<Record<string, Row>>,
  rows: Readonly<Record<string, Row>>,
): Record<string, Row> {
  const patches = Object.entries(rows).map(([id, row]): [string, Row] => [id, { ...table[id], ...row }]);
  return { ...table, ...Object.fromEntries(patches) };
}

function userOf(id: string, { name, userType, externalUserType, homeTenantId }: VectorUser): User {
  return {
    id,
    displayName: name ?? id,
    externalUserType: externalUserType ?? 'none',
    ...(userType === undefined ? {} : { userType }),
    ...(homeTenantId === undefined ? {} : { homeTenantId }),
  };
}

/** The fixture is complete: a group that it does not have is one without members. */
function emptyGroups({ policies }: Vector): VectorTenant['groups'] {
  const named = policies.flatMap(({ conditions }) => [
    ...(conditions.users?.includeGroups ?? []),
    ...(conditions.users?.excludeGroups ?? []),
  ]);
  return Object.fromEntries(named.map((id) => [id, {}]));
}

/** The fixture says who is in what; a tenant says what holds whom. */
function groupsOf(users: VectorTenant['users'], groups: VectorTenant['groups']): Group[] {
  const held = [...Object.entries(users), ...Object.entries(groups)];
  return Object.entries(groups).map(([id, { name }]) => ({
    id,
    displayName: name ?? id,
    members: held.filter(([, { memberOf }]) => memberOf?.includes(id)).map(([member]) => member),
  }));
}

function assignmentsOf(principalId: string, { directoryRoles = [] }: VectorUser): RoleAssignment[] {
  return directoryRoles.map(({ roleTemplateId, assignment, scope }) => ({
    principalId,
    roleDefinitionId: roleTemplateId,
    directoryScopeId: scope,
    status: assignment === 'active' ? 'active' : 'eligible',
  }));
}

function definitionsOf({ directoryRoles = [] }: VectorUser): RoleDefinition[] {
  return directoryRoles.map(({ roleTemplateId, custom }) => ({ id: roleTemplateId, isBuiltIn: custom !== true }));
}

function principalOf(id: string, principal: VectorPrincipal, tenantId: string): ServicePrincipal {
  const { name, kind, appId, singleTenant, registeredInThisTenant, customSecurityAttributes } = principal;
  return {
    id,
    displayName: name ?? id,
    ...(appId === undefined ? {} : { appId }),
    servicePrincipalType: kind === 'managedIdentity' ? 'ManagedIdentity' : 'Application',
    appOwnerOrganizationId: registeredInThisTenant === true ? tenantId : 'c0000000-0000-4000-8000-00000000ffff',
    signInAudience: singleTenant === true ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    customSecurityAttributes: setsOf(customSecurityAttributes),
  };
}

/** Applications that the vector asks for or its policies name; the fixture's table of their attributes is complete. */
function applicationsOf({ policies, signIn, whatIfRequest }: Vector): readonly string[] {
  const named = policies.flatMap(({ conditions }) => [
    ...(conditions.applications?.includeApplications ?? []),
    ...(conditions.applications?.excludeApplications ?? []),
  ]);
  const asked = [...(signIn?.target.audiences ?? []), ...(whatIfRequest?.signInContext?.includeApplications ?? [])];
  return [...asked, ...named.filter((name) => name.startsWith('app-'))];
}

/** Service principals that policies name and the fixture does not have. */
function principalsNamedBy({ policies }: Vector, known: VectorTenant['servicePrincipals']): readonly string[] {
  const named = policies.flatMap(({ conditions }) => conditions.clientApplications?.includeServicePrincipals ?? []);
  return named.filter((id) => id.startsWith('sp-') && known[id] === undefined);
}

function setsOf(attributes: Attributes = {}): Record<string, Record<string, unknown>> {
  const sets: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of Object.entries(attributes)) {
    const [set = '', ...attribute] = path.split('_');
    sets[set] = { ...sets[set], [attribute.join('_')]: value };
  }
  return sets;
}
