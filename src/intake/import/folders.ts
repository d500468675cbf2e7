import { GUID_PATTERN } from '../../core/values/guid.ts';
import { stepsOf } from './path-words.ts';

/**
 * What the folders of EntraExporter say of a file: `Groups/<group>/Members/<member>/<member>.json` holds a member of the
 * group, and beside `Members` lie others who are something to the object, each with a few members only.
 */

const MEMBERSHIP = /(?:^|[/\\])Groups[/\\]([\w-]{1,128})[/\\](Transitive)?Members(?:[/\\]|(?:\.\d+)?\.json$)/i;
const ROLE_MEMBERSHIP = new RegExp(
  `(?:^|[/\\\\])DirectoryRoles[/\\\\](${GUID_PATTERN})[/\\\\]Members(?:[/\\\\]|\\.json$)`,
  'i',
);
const ROLE = new RegExp(`(?:^|[/\\\\])DirectoryRoles[/\\\\](${GUID_PATTERN})[/\\\\]\\1\\.json$`, 'i');
const RELATION = new RegExp(
  `[/\\\\]${GUID_PATTERN}[/\\\\](Owners|Members|TransitiveMembers|RegisteredOwners|RegisteredUsers|Manager|MemberOf|DirectReports)[/\\\\]`,
  'i',
);
const ELIGIBLE = /(?:^|[/\\])PIM[/\\]DirectoryRoles[/\\]/i;

/** The group whose members stand in this file, and whether they are those through any other group too (Graph's `transitiveMembers`). */
export function groupOfMember(file: string): { readonly id: string; readonly isTransitive: boolean } | undefined {
  const [, id, transitive] = MEMBERSHIP.exec(file) ?? [];
  return id === undefined ? undefined : { id, isTransitive: transitive !== undefined };
}

/** The role, by its id in `directoryRoles`, whose member stands in this file. */
export function roleOfMember(file: string): string | undefined {
  return ROLE_MEMBERSHIP.exec(file)?.[1];
}

/** EntraExporter writes each role into a folder that is called after its id. */
export function isFolderOfRole(file: string): boolean {
  return ROLE.test(file);
}

/** What somebody in this file is to the object of the folder above, such as `Owners`. */
export function relationOf(file: string): string | undefined {
  return RELATION.exec(file)?.[1];
}

/**
 * EntraExporter keeps the eligible assignments of Privileged Identity Management in a folder, without their context, and others in files
 * that are called so, such as `roleEligibilitySchedules.json`.
 */
export function isNamedEligible(file: string): boolean {
  return ELIGIBLE.test(file) || stepsOf(file).some((step) => step.some((word) => word.startsWith('eligib')));
}
