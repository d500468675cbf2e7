import type { Audience } from '../../signaling/attempt.ts';
import type { ApplicationGroupName, ServicePrincipal } from '../../tenant/directory.ts';
import { isSet, lower, objects, texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { EntryMatch } from '../conditions/include-exclude.ts';
import { lacks, MATCH, NO_MATCH } from '../conditions/include-exclude.ts';
import { isAgentResource } from './agents.ts';
import type { WellKnownGroup } from './well-known-applications.ts';
import { ADMIN_PORTALS, GSA_RESOURCES, OFFICE_365, UNGROUPED } from './well-known-applications.ts';

/** The applications of a tenant and the groups that a policy names by one word. */
export interface ApplicationCatalog {
  /** False where the tenant carries no list of service principals. */
  readonly isKnown: boolean;
  readonly byAppId: ReadonlyMap<string, ServicePrincipal>;
  /** Ids from the tenant's own table, which then replaces the built-in one. */
  readonly overrides: ReadonlyMap<ApplicationGroupName, ReadonlySet<string>>;
}

/** The groups that a policy names by one word, as Microsoft publishes them. */
export const APPLICATION_GROUPS: Readonly<Record<ApplicationGroupName, WellKnownGroup>> = {
  Office365: OFFICE_365,
  MicrosoftAdminPortals: ADMIN_PORTALS,
  GlobalSecureAccessResources: GSA_RESOURCES,
};

/** Tenants in which Microsoft registers its own applications. */
export const MICROSOFT_TENANTS: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
]);

export function compileApplications(tenant: Tenant): ApplicationCatalog {
  const principals = objects(tenant.servicePrincipals);
  return {
    isKnown: tenant.servicePrincipals !== undefined,
    byAppId: new Map(
      principals.flatMap((principal) =>
        isSet(principal.appId) ? [[String(principal.appId).toLowerCase(), principal]] : [],
      ),
    ),
    overrides: new Map(
      (['Office365', 'MicrosoftAdminPortals', 'GlobalSecureAccessResources'] as const).flatMap((name) => {
        const ids = tenant.applicationGroups?.[name];
        return ids === undefined ? [] : [[name, new Set(texts(ids).map((id) => id.toLowerCase()))] as const];
      }),
    ),
  };
}

/**
 * Whether a resource belongs to a group. Microsoft publishes the members of Office 365 and of the admin portals by name only
 * (D-O365, D-APPS), so a resource is recognised by a well-known id, by the name in the sign-in record, or by the name the
 * tenant has for it; without any of these the answer is unknown.
 */
export function isInApplicationGroup(
  audience: Audience,
  name: ApplicationGroupName,
  catalog: ApplicationCatalog,
): EntryMatch {
  const appId = audience.appId.toLowerCase();
  const override = catalog.overrides.get(name);
  if (override !== undefined) return override.has(appId) ? MATCH : NO_MATCH;
  const group = APPLICATION_GROUPS[name];
  if (group.appIds.has(appId)) return MATCH;
  const principal = catalog.byAppId.get(appId);
  const owner = lower(principal?.appOwnerOrganizationId);
  if (owner !== undefined && !MICROSOFT_TENANTS.has(owner)) return NO_MATCH;
  const displayName = audience.displayName ?? principal?.displayName;
  if (isSet(displayName)) return group.names.has(String(displayName).trim().toLowerCase()) ? MATCH : NO_MATCH;
  const isKnownElsewhere =
    UNGROUPED.has(appId) || Object.values(APPLICATION_GROUPS).some((other) => other.appIds.has(appId));
  return isKnownElsewhere ? NO_MATCH : lacks(`name of application ${audience.appId}`);
}

/**
 * Whether a token for a blueprint or an agent identity is asked for (D-APPS). These have a principal in the tenant, so a tenant
 * whose principals are known knows; otherwise an application of Microsoft's is surely none.
 */
export function isAgentAudience(audience: Audience, catalog: ApplicationCatalog): EntryMatch {
  const appId = audience.appId.toLowerCase();
  const principal = catalog.byAppId.get(appId);
  if (principal !== undefined) return isAgentResource(principal) ? MATCH : NO_MATCH;
  if (catalog.isKnown || isMicrosofts(audience)) return NO_MATCH;
  return lacks(`whether application ${audience.displayName ?? audience.appId} is an agent`);
}

function isMicrosofts({ appId, displayName }: Audience): boolean {
  const id = appId.toLowerCase();
  const name = displayName?.trim().toLowerCase();
  if (UNGROUPED.has(id)) return true;
  return Object.values(APPLICATION_GROUPS).some(
    ({ appIds, names }) => appIds.has(id) || (name !== undefined && names.has(name)),
  );
}

/**
 * A resource of Global Secure Access itself. Here a bare id that nothing names is taken for an ordinary resource: there are
 * a handful of these, and records name them (our choice; CN gives names only).
 */
export function isGlobalSecureAccessResource(audience: Audience, catalog: ApplicationCatalog): boolean {
  return isInApplicationGroup(audience, 'GlobalSecureAccessResources', catalog).truth === true;
}
