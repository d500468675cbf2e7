import { basename, resolve } from 'node:path';
import type { ExportedList } from './list-names.ts';
import { listOfName } from './list-names.ts';

/**
 * Folders that exporters write object by object, by the names that EntraExporter, IntuneManagement and IntuneCD give them. What lies
 * there is all of a list where the exporter shows: by more than one object of the list, or by the other folders of an export. One object
 * in a folder may as well have been put there by hand.
 */

/** The folder of a list in which a file lies, and whether the export has others beside it. */
export interface ListFolder {
  readonly path: string;
  readonly isBesideOthers: boolean;
}

export interface FileInFolder {
  readonly file: string;
  /** The folder that was given and in which the file was found; `undefined`: the file itself was named. */
  readonly folder?: string;
}

/** Tells of each file in which folder of a list it lies. */
export function listFolders(
  files: readonly FileInFolder[],
): (file: FileInFolder, list: ExportedList) => ListFolder | undefined {
  const written = new Set(files.flatMap((file) => foldersOf(file).filter(isOfExporter).slice(-1)));
  return (file, list) => {
    const path = foldersOf(file).findLast((folder) => listOfFolder(nameOf(folder)) === list);
    if (path === undefined) return undefined;
    return { path, isBesideOthers: [...written].some((other) => !isWithin(other, path) && !isWithin(path, other)) };
  };
}

/** The folders above a file, the one that was given first, each as its whole path. */
function foldersOf({ file, folder }: FileInFolder): readonly string[] {
  if (folder === undefined) return [];
  const steps = file
    .slice(folder.length)
    .split(/[/\\]/)
    .filter((step) => step !== '');
  const top = basename(resolve(folder)) === '' ? folder : resolve(folder);
  return steps.map((_, depth) => [top, ...steps.slice(0, depth)].join('/'));
}

function nameOf(folder: string): string {
  return folder.split(/[/\\]/).at(-1) ?? '';
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

const OTHER_LIST_FOLDERS: ReadonlyMap<string, ExportedList> = new Map([
  ['accesspolicies', 'policies'],
  ['directoryroles', 'roleAssignments'],
]);

function listOfFolder(name: string): ExportedList | undefined {
  return listOfName(name) ?? OTHER_LIST_FOLDERS.get(lettersOf(name));
}

const OTHER_FOLDERS: ReadonlySet<string> = new Set(
  (
    'organization directory domains identity identityproviders subscribedskus identitygovernance administrativeunits pim policies ' +
    'authenticationcontexts onpremisespublishingprofiles applications devices ' +
    'termsofuse authenticationstrengths authenticationcontext enrollmentconfigurations enrollmentrestrictions ' +
    'enrollmentstatuspage deviceconfiguration deviceconfigurations compliancepolicies compliancescripts compliancenotifications ' +
    'appprotection appconfiguration appconfigurationmanageddevice apptypes settingscatalog administrativetemplates endpointsecurity ' +
    'powershellscripts macscripts healthscripts autopilot assignmentfilters filters roledefinitions roles scopetags intunebranding ' +
    'notifications updatepolicies policysets featureupdates qualityupdates deviceenrollment'
  ).split(' '),
);

function isOfExporter(folder: string): boolean {
  const name = nameOf(folder);
  return listOfFolder(name) !== undefined || OTHER_FOLDERS.has(lettersOf(name));
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
