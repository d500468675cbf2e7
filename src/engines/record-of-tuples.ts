import type { Members } from '../intake/sign-ins/facts/members.ts';
import { isMembers, setMember } from '../intake/sign-ins/facts/members.ts';
import { eventTypesOf } from '../intake/sign-ins/formats/azure-monitor.ts';
import type { GroupName } from './fact-columns.ts';
import { GROUPS, LISTS } from './fact-columns.ts';

/** The members of a sign-in of Graph's that the values of some groups say. */
export function membersOf(parts: Readonly<Partial<Record<GroupName, readonly (string | null)[]>>>): Members {
  const members: Members = {};
  for (const [group, values] of Object.entries(parts) as readonly (readonly [
    GroupName,
    readonly (string | null)[],
  ])[]) {
    for (const [at, path] of GROUPS[group].entries()) {
      const value = values[at];
      if (value !== null && value !== undefined) place(members, path, LISTS.has(path) ? parsed(value) : value);
    }
  }
  return finished(members);
}

/** What stands in columns and is no member of a sign-in becomes one, or goes. */
function finished({ category, workloadAppId, ...members }: Members): Members {
  if (members['signInEventTypes'] === undefined) {
    const types = eventTypesOf(category);
    if (types !== undefined) members['signInEventTypes'] = types;
  }
  if (members['appId'] === undefined && workloadAppId !== undefined) members['appId'] = workloadAppId;
  return members;
}

function place(members: Members, path: string, value: unknown): void {
  const dot = path.indexOf('.');
  if (dot === -1) {
    setMember(members, path, value);
    return;
  }
  const parent = path.slice(0, dot);
  const inner = members[parent];
  if (isMembers(inner)) setMember(inner, path.slice(dot + 1), value);
  else setMember(members, parent, { [path.slice(dot + 1)]: value });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
