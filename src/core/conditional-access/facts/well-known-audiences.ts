import type { Audience } from '../../signaling/attempt.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { APPLICATION_GROUPS } from './application-groups.ts';
import {
  AGENT_TOKEN_EXCHANGE,
  COVERED_BY_SERVICE_MANAGEMENT_API,
  INTUNE,
  INTUNE_ENROLLMENT,
  SERVICE_MANAGEMENT_API,
  UNGROUPED,
  WINDOWS_AZURE_ACTIVE_DIRECTORY,
} from './well-known-applications.ts';

const GROUPS = Object.values(APPLICATION_GROUPS);

/** A resource that no policy names and that no group of applications holds. */
export const ANY_OTHER_APPLICATION: Audience = {
  appId: 'ffffffff-ffff-4fff-8fff-ffffffffffff',
  displayName: 'any other application',
};

/** Applications that some condition or control treats in a way of its own. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  [SERVICE_MANAGEMENT_API, 'Windows Azure Service Management API'],
  [INTUNE, 'Microsoft Intune'],
  [INTUNE_ENROLLMENT, 'Microsoft Intune Enrollment'],
  [AGENT_TOKEN_EXCHANGE, 'the exchange of agents’ tokens'],
  [WINDOWS_AZURE_ACTIVE_DIRECTORY, 'Windows Azure Active Directory'],
]);

/** Every application of Microsoft that conditions know by its id or by its name. */
export const WELL_KNOWN_AUDIENCES: readonly Audience[] = [
  ...[...SPECIAL].map(([appId, displayName]) => ({ appId, displayName })),
  ...[...GROUPS.flatMap(({ appIds }) => [...appIds]), ...UNGROUPED, ...COVERED_BY_SERVICE_MANAGEMENT_API].map(
    (appId) => ({ appId }),
  ),
  ...GROUPS.flatMap(({ names }) => [...names]).map((displayName, at) => ({ appId: idOfNone(at), displayName })),
];

/** An id that no application has: with a name it stands for an application that is told by its name alone. */
function idOfNone(at: number): string {
  return `ffffffff-ffff-4fff-8fff-ffffffff${at.toString(16).padStart(4, '0')}`;
}

/**
 * The preferred ones, which have names that people know, and one for each other way in which conditions can treat an application
 * that no policy and no tenant names.
 */
export function wellKnownKinds(preferred: readonly Audience[]): Audience[] {
  const kinds = new Set(preferred.map(kindOf));
  const others = new Map<string, Audience>();
  for (const audience of WELL_KNOWN_AUDIENCES) {
    const kind = kindOf(audience);
    if (!kinds.has(kind) && !others.has(kind)) others.set(kind, audience);
  }
  return [...preferred, ...others.values()];
}

function kindOf({ appId, displayName }: Audience): string {
  const name = displayName?.toLowerCase() ?? '';
  const own = SPECIAL.has(appId) ? appId : '';
  const isCovered = COVERED_BY_SERVICE_MANAGEMENT_API.has(appId);
  const groups = GROUPS.map(({ appIds, names }) => [appIds.has(appId), names.has(name)]);
  return [own, isCovered, UNGROUPED.has(appId), groups].join();
}

/** The applications that the tenant's own tables of groups hold. */
export function tabledAudiences({ applicationGroups = {} }: Tenant): Audience[] {
  return Object.values(applicationGroups)
    .flat()
    .map((appId) => ({ appId }));
}
