import type { KnowableList } from '../../core/tenant/knowledge.ts';

/** Exports carry all lists but the MFA trusted IPs. */
export type ExportedList = Exclude<KnowableList, 'mfaTrustedIps'>;

const LIST_OF_NAME: ReadonlyMap<string, ExportedList> = new Map([
  ['policies', 'policies'],
  ['conditionalaccess', 'policies'],
  ['conditionalaccesspolicies', 'policies'],
  ['capolicies', 'policies'],
  ['namedlocations', 'namedLocations'],
  ['locations', 'namedLocations'],
  ['users', 'users'],
  ['groups', 'groups'],
  ['roleassignments', 'roleAssignments'],
  ['roleassignmentscheduleinstances', 'roleAssignments'],
  ['serviceprincipals', 'servicePrincipals'],
  ['enterpriseapplications', 'servicePrincipals'],
  ['enterpriseapps', 'servicePrincipals'],
]);

/** The list that a member, a file or a folder is called after. */
export function listOfName(name: string): ExportedList | undefined {
  return LIST_OF_NAME.get(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** By the name of the file, such as `export/namedLocations.json`, and else by that of its folder. */
export function listOfPath(path: string): ExportedList | undefined {
  const [file = '', folder = ''] = path.split(/[/\\]/).reverse();
  return listOfName(file.replace(/\.\w+$/, '')) ?? listOfName(folder);
}
