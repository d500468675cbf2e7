/** What the context of an answer says of whoever stands in a group or in a role (OData JSON 4.01, 10). */
export interface PathOfMembers {
  readonly of: 'group' | 'role';
  readonly id: string;
  readonly isTransitive: boolean;
}

const MEMBERS = /#(groups|directoryRoles)\('([\w-]+)'\)\/(transitiveMembers|members)\b/i;

/** The group or the role whose members a context announces; `undefined`: none. */
export function pathOfMembers(context: string): PathOfMembers | undefined {
  const [, list, id, members] = MEMBERS.exec(context) ?? [];
  if (list === undefined || id === undefined) return undefined;
  return {
    of: /^groups$/i.test(list) ? 'group' : 'role',
    id,
    isTransitive: /^transitive/i.test(members ?? ''),
  };
}

const ALL_OF_ONE = /^(groups|directoryRoles)\('[^']*'\)\/(transitiveMembers|members|scopedMembers)(\(.*\))?$/i;

/** Whether the path of a context is that of all who stand in a group or in a role, with at most the members that were selected. */
export function isAllOfOne(path: string): boolean {
  return ALL_OF_ONE.test(path);
}
