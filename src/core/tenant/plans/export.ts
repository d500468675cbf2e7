import type { MarkedList } from '../knowledge.ts';
import { IS_PART, IS_WHOLE, isListKnown } from '../knowledge.ts';
import type { Tenant } from '../tenant.ts';
import { isSignalingStatusAssumed } from '../tenant.ts';

/** The kinds of `gsa export --kind`. */
export const EXPORT_KINDS = ['policies', 'locations', 'users', 'groups', 'roles', 'settings'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** A file to write: a name from the list below, never from a tenant's ids or names (hazards 19). */
export interface ExportFile {
  readonly file: string;
  readonly text: string;
}

const METADATA = 'https://graph.microsoft.com/beta/$metadata#';

/**
 * The files of an export in the shapes of Microsoft Graph, so that importing them gives the same tenant again. What the
 * tenant does not know has no file. Items are written whole, in their order.
 */
export function planExport(tenant: Tenant, kinds: readonly ExportKind[] = EXPORT_KINDS): readonly ExportFile[] {
  const { deletedItems, globalSecureAccess: gsa } = tenant;
  const files: Readonly<Record<ExportKind, readonly (ExportFile | undefined)[]>> = {
    policies: [
      markedFile(tenant, 'policies', 'policies.json'),
      someFile('deletedPolicies.json', 'identity/conditionalAccess/policies', deletedItems.policies),
    ],
    locations: [
      markedFile(tenant, 'namedLocations', 'namedLocations.json'),
      someFile('deletedNamedLocations.json', 'identity/conditionalAccess/namedLocations', deletedItems.namedLocations),
    ],
    users: [
      listFile('users.json', 'users', tenant.users),
      listFile('servicePrincipals.json', 'servicePrincipals', tenant.servicePrincipals),
    ],
    groups: [groupsFile(tenant)],
    roles: [
      listFile('roleDefinitions.json', 'roleManagement/directory/roleDefinitions', tenant.roleDefinitions),
      listFile('roleAssignments.json', 'roleManagement/directory/roleAssignments', tenant.roleAssignments),
    ],
    settings: [
      isSignalingStatusAssumed(tenant)
        ? undefined
        : objectFile('conditionalAccessSettings.json', 'networkAccess/settings/conditionalAccess/$entity', {
            ...gsa.conditionalAccess,
          }),
      gsa.onboardingStatus === undefined
        ? undefined
        : objectFile('tenantStatus.json', 'networkAccess/tenantStatus/$entity', {
            onboardingStatus: gsa.onboardingStatus,
          }),
      listFile('forwardingProfiles.json', 'networkAccess/forwardingProfiles', gsa.forwardingProfiles),
      tenant.mfaTrustedIps === undefined
        ? undefined
        : { file: 'mfaTrustedIps.json', text: asText({ mfaTrustedIps: tenant.mfaTrustedIps }) },
    ],
  };
  return EXPORT_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) => files[kind].filter(isFile));
}

/** What may not be all of a list says so; where none of it is there, there is no file. */
function markedFile(tenant: Tenant, list: MarkedList, file: string): ExportFile | undefined {
  const context = `identity/conditionalAccess/${list}`;
  if (isListKnown(tenant, list)) return listFile(file, context, tenant[list]);
  return tenant[list].length === 0 ? undefined : objectFile(file, context, { [IS_PART]: true, value: tenant[list] });
}

/** Groups are all that there are where the tenant says so; an empty list says it by itself. */
function groupsFile({ groups, groupsKnown }: Tenant): ExportFile | undefined {
  if (groups === undefined || groups.length === 0 || groupsKnown !== true)
    return listFile('groups.json', 'groups', groups);
  return objectFile('groups.json', 'groups', { [IS_WHOLE]: true, value: groups });
}

function listFile(file: string, context: string, value: readonly object[] | undefined): ExportFile | undefined {
  return value === undefined ? undefined : objectFile(file, context, { value });
}

/** A list that is a file only when there is something in it. */
function someFile(file: string, context: string, value: readonly object[]): ExportFile | undefined {
  return value.length === 0 ? undefined : listFile(file, context, value);
}

function objectFile(file: string, context: string, members: object): ExportFile {
  return { file, text: asText({ '@odata.context': `${METADATA}${context}`, ...members }) };
}

function asText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function isFile(file: ExportFile | undefined): file is ExportFile {
  return file !== undefined;
}
