/**
 * A change to a tenant is data: the same value that `--dry-run` shows, that the store applies in one write, that the audit
 * journal records, and that undo inverts. A *slot* is one place in the tenant: an item of a list by its id, or one setting.
 */
export const LIST_NAMES = [
  'policies',
  'namedLocations',
  'deletedPolicies',
  'deletedNamedLocations',
  'users',
  'groups',
  'roleAssignments',
  'roleDefinitions',
  'servicePrincipals',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

export const SETTING_NAMES = [
  'displayName',
  'tenantId',
  'createdDateTime',
  'policiesKnown',
  'namedLocationsKnown',
  'groupsKnown',
  'mfaTrustedIps',
  'applicationGroups',
  'globalSecureAccess',
  'entraIdPlan',
  'settings',
] as const;
export type SettingName = (typeof SETTING_NAMES)[number];

export type SlotChange =
  | {
      readonly list: ListName;
      readonly id: string;
      readonly before: JsonObject | null;
      readonly after: JsonObject | null;
    }
  | { readonly setting: SettingName | DirectoryListName; readonly before: unknown; readonly after: unknown };

/**
 * Lists that are absent while they are not known. As a setting such a list becomes known, from nothing to empty, or not known
 * again; what it holds are slots of their own.
 */
export type DirectoryListName = Exclude<ListName, `${string}olicies` | `${string}amedLocations`>;
export const DIRECTORY_LIST_NAMES: readonly DirectoryListName[] = LIST_NAMES.filter(isDirectoryListName);

function isDirectoryListName(list: ListName): list is DirectoryListName {
  return !/policies$|namedLocations$/i.test(list);
}

export type JsonObject = { readonly [member: string]: unknown };

/** What a step is called in the audit log (`directoryAudit`, META) and which right it needs. */
export interface Activity {
  readonly activityDisplayName: string;
  readonly category: string;
  readonly loggedByService: string;
  readonly operationType: 'Add' | 'Update' | 'Delete' | 'Restore' | 'Import';
  readonly targetResources: readonly { readonly id: string; readonly displayName: string; readonly type: string }[];
}

export interface Step {
  readonly activity: Activity;
  readonly changes: readonly SlotChange[];
}

/** Steps in order; applied all together or not at all. An empty plan writes nothing. */
export interface Plan {
  readonly steps: readonly Step[];
}
