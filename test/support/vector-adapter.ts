import { existsSync, readFileSync } from 'node:fs';
import type { WhatIfRequest } from '../../src/core/conditional-access/what-if-request.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import type { Device, ExternalUserType, SignInAttempt, Target } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../../src/core/tenant/directory.ts';
import type { NamedLocation } from '../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';

/** The vectors that stand beside the repository, where they do; their own words say how to read them (`meta.how_to_read`). */
export const VECTOR_FILE = new URL('../../../shared/vectors/conditional-access.json', import.meta.url);

export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly mode?: string;
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly tenantOverrides?: Overrides;
  readonly signIn?: VectorSignIn;
  readonly whatIfRequest?: WhatIfRequest;
  readonly expected: {
    readonly perPolicy?: Readonly<
      Record<string, { readonly result: string; readonly conditionsNotSatisfied?: string }>
    >;
    readonly overall?: {
      readonly outcome: string;
      readonly conditionalAccessStatus?: string;
      readonly errorCodeAnyOf?: readonly number[];
    };
    readonly policyApplies?: boolean;
  };
}

export interface VectorFile {
  readonly tenant: VectorTenant;
  readonly vectors: readonly Vector[];
  readonly pairs: readonly {
    readonly signalingEnabled: string;
    readonly signalingDisabled: string;
    readonly effectOfDisabling: string;
    readonly pattern: string;
  }[];
}

interface VectorTenant {
  readonly tenantId: string;
  readonly users: Readonly<Record<string, VectorUser>>;
  readonly groups: Readonly<Record<string, { readonly name: string; readonly memberOf?: readonly string[] }>>;
  readonly servicePrincipals: Readonly<Record<string, VectorPrincipal>>;
  readonly appGroups: Readonly<Record<string, readonly string[]>>;
  readonly appCustomSecurityAttributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly mfaTrustedIps: readonly string[];
  readonly namedLocations: readonly NamedLocation[];
}

interface VectorUser {
  readonly name: string;
  readonly userType?: string;
  readonly externalUserType?: string;
  readonly homeTenantId?: string;
  readonly memberOf?: readonly string[];
  readonly directoryRoles?: readonly {
    readonly roleTemplateId: string;
    readonly assignment: string;
    readonly scope: string;
    readonly custom?: boolean;
  }[];
}

interface VectorPrincipal {
  readonly name: string;
  readonly kind: string;
  readonly singleTenant?: boolean;
  readonly registeredInThisTenant?: boolean;
}

interface Overrides extends Partial<VectorTenant> {
  readonly namedLocationsAdded?: readonly NamedLocation[];
  readonly namedLocationPatches?: Readonly<Record<string, object>>;
}

interface VectorSignIn {
  readonly identity: {
    readonly kind: string;
    readonly userId?: string;
    readonly servicePrincipalId?: string;
    readonly [fact: string]: unknown;
  };
  readonly target: {
    readonly kind: string;
    readonly audiences?: readonly string[];
    readonly userAction?: string;
    readonly authenticationContext?: string;
  };
  readonly ipAddress?: string;
  readonly countryOrRegion?: string | null;
  readonly throughGlobalSecureAccess?: boolean;
  readonly compliantNetwork?: boolean;
  readonly ipAddressSeenByResource?: string | null;
  readonly device?: (Device & { readonly registered?: boolean }) | null;
  readonly [fact: string]: unknown;
}

/** The file, or `undefined` where this checkout stands alone. */
export function readVectors(): VectorFile | undefined {
  return existsSync(VECTOR_FILE) ? JSON.parse(readFileSync(VECTOR_FILE, 'utf8')) : undefined;
}

export function tenantOf(fixture: VectorTenant, vector: Vector): Tenant {
  const { namedLocationsAdded = [], namedLocationPatches = {}, ...overrides } = vector.tenantOverrides ?? {};
  const { users, groups, servicePrincipals, ...rest } = { ...fixture, ...overrides };
  const locations = rest.namedLocations.map((location) => ({ ...location, ...namedLocationPatches[location.id] }));
  return {
    tenantId: rest.tenantId,
    displayName: 'Contoso',
    createdDateTime: '2024-01-01T00:00:00Z',
    policies: vector.policies,
    namedLocations: [...locations, ...namedLocationsAdded],
    deletedItems: { policies: [], namedLocations: [] },
    mfaTrustedIps: rest.mfaTrustedIps,
    users: Object.entries(users).map(([id, user]) => userOf(id, user)),
    groups: groupsOf(users, groups),
    roleAssignments: Object.entries(users).flatMap(([id, user]) => assignmentsOf(id, user)),
    roleDefinitions: Object.values(users).flatMap(definitionsOf),
    servicePrincipals: [
      ...Object.entries(servicePrincipals).map(([id, principal]) => principalOf(id, principal, rest.tenantId)),
      ...applicationsOf(vector, rest.appCustomSecurityAttributes),
    ],
    applicationGroups: rest.appGroups,
    globalSecureAccess: { conditionalAccess: { signalingStatus: 'enabled' } },
    settings: {},
  };
}

function userOf(id: string, { name, userType, externalUserType, homeTenantId }: VectorUser): User {
  return {
    id,
    displayName: name,
    externalUserType: externalUserType ?? 'none',
    ...(userType === undefined ? {} : { userType }),
    ...(homeTenantId === undefined ? {} : { homeTenantId }),
  };
}

/** The fixture says who is in what; a tenant says what holds whom. */
function groupsOf(users: VectorTenant['users'], groups: VectorTenant['groups']): Group[] {
  const held = [...Object.entries(users), ...Object.entries(groups)];
  return Object.entries(groups).map(([id, { name }]) => ({
    id,
    displayName: name,
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

function principalOf(
  id: string,
  { name, kind, singleTenant, registeredInThisTenant }: VectorPrincipal,
  tenantId: string,
): ServicePrincipal {
  return {
    id,
    displayName: name,
    servicePrincipalType: kind === 'managedIdentity' ? 'ManagedIdentity' : 'Application',
    appOwnerOrganizationId: registeredInThisTenant === true ? tenantId : 'c0000000-0000-4000-8000-00000000ffff',
    signInAudience: singleTenant === true ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    customSecurityAttributes: {},
  };
}

/** Applications that the vector asks for; the fixture's table of attributes is complete. */
function applicationsOf(
  { signIn }: Vector,
  attributes: VectorTenant['appCustomSecurityAttributes'],
): ServicePrincipal[] {
  return (signIn?.target.audiences ?? []).map((appId) => {
    const sets: Record<string, Record<string, unknown>> = {};
    for (const [path, value] of Object.entries(attributes[appId] ?? {})) {
      const [set = '', ...attribute] = path.split('_');
      sets[set] = { ...sets[set], [attribute.join('_')]: value };
    }
    return { id: `service principal of ${appId}`, appId, customSecurityAttributes: sets };
  });
}

export function attemptOf(signIn: VectorSignIn): { attempt: SignInAttempt; observation: Observation } {
  const {
    identity,
    target,
    ipAddress,
    countryOrRegion,
    device,
    throughGlobalSecureAccess,
    compliantNetwork,
    ipAddressSeenByResource,
    ...facts
  } = signIn;
  const address = parseAddress(ipAddress ?? '');
  const attempt = {
    satisfied: {},
    ...facts,
    identity:
      identity.kind === 'user'
        ? { ...identity, kind: 'user', externalUserType: identity['externalUserType'] as ExternalUserType }
        : identity,
    target: targetOf(target),
    network: { via: 'direct', source: { address, countryOrRegion } },
    device: deviceOf(device),
  } as SignInAttempt;
  return {
    attempt,
    observation: {
      ipAddress: address,
      seenAddress: 'source',
      countryOrRegion,
      isThroughGlobalSecureAccess: throughGlobalSecureAccess,
      globalSecureAccessIpAddress: undefined,
      compliantNetwork,
      resourceIpAddress: parseAddress(ipAddressSeenByResource ?? ''),
      restored: false,
    },
  };
}

function targetOf(target: VectorSignIn['target']): Target {
  const audiences = target.audiences?.map((appId) => ({ appId }));
  return { ...target, audiences } as Target;
}

/** A registered device is described in full; an unregistered one has nothing. */
function deviceOf(device: VectorSignIn['device']): Device | null | undefined {
  if (device === undefined || device === null || device.registered === false)
    return device === undefined ? undefined : null;
  const { registered: _, ...attributes } = device;
  const names = [
    ...[
      'deviceId',
      'mdmAppId',
      'displayName',
      'enrollmentProfileName',
      'manufacturer',
      'model',
      'operatingSystem',
      'operatingSystemVersion',
    ],
    ...['deviceOwnership', 'isCompliant', 'profileType', 'trustType', 'physicalIds', 'systemLabels'],
    ...Array.from({ length: 15 }, (__, at) => `extensionAttribute${at + 1}`),
  ];
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...attributes };
}
