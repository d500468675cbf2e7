import { isMarked } from '../../core/tenant/knowledge.ts';
import type { TenantParts } from '../../core/tenant/plans/tenant-parts.ts';
import { unreachable } from '../../core/values/unreachable.ts';
import type { ImportedFiles, ImportedSetting, Located } from '../types.ts';

/** What was imported, without its places: ready for `planImport`. */
export function partsOf(imported: ImportedFiles): TenantParts {
  return {
    policies: imported.policies.map(itsValue),
    namedLocations: imported.namedLocations.map(itsValue),
    users: imported.users.map(itsValue),
    groups: imported.groups.map(itsValue),
    roleAssignments: imported.roleAssignments.map(itsValue),
    roleDefinitions: imported.roleDefinitions.map(itsValue),
    servicePrincipals: imported.servicePrincipals.map(itsValue),
    emptyLists: imported.emptyLists,
    cutLists: imported.cutLists,
    areAllGroups: imported.areAllGroups,
    ...settingsOf(imported.settings.map(itsValue)),
  };
}

/** The same of files that somebody names as a tenant: policies and locations that stand alone there are all that it has. */
export function partsOfNamed(imported: ImportedFiles): TenantParts {
  const parts = partsOf(imported);
  const { aloneLists } = imported;
  return { ...parts, cutLists: imported.cutLists.filter((list) => !isMarked(list) || !aloneLists.includes(list)) };
}

type Settings = Pick<
  TenantParts,
  'conditionalAccess' | 'onboardingStatus' | 'securityDefaults' | 'forwardingProfiles' | 'mfaTrustedIps'
>;

/** The settings of a run, each once: two that differ are an error before this. */
function settingsOf(imported: readonly ImportedSetting[]): Settings {
  const settings: { -readonly [K in keyof Settings]: Settings[K] } = {};
  for (const each of imported) {
    switch (each.setting) {
      case 'conditionalAccess':
        settings.conditionalAccess = each.value;
        break;
      case 'onboardingStatus':
        settings.onboardingStatus = each.value;
        break;
      case 'securityDefaults':
        settings.securityDefaults = each.value;
        break;
      case 'forwardingProfiles':
        settings.forwardingProfiles = each.value;
        break;
      case 'mfaTrustedIps':
        settings.mfaTrustedIps = each.value;
        break;
      default:
        unreachable(each);
    }
  }
  return settings;
}

function itsValue<T>({ value }: Located<T>): T {
  return value;
}
