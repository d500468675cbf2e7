import type { Members } from '../facts/members.ts';
import { isMembers, setMember } from '../facts/members.ts';

/** Members of objects beside the sign-in, as scripts flatten them: `status_errorCode`, `Location.City`. */
export const FLATTENED = /^(status|location|deviceDetail)[._](?=[a-z])/i;

/** The record with such members inside their objects again; itself, where there are none. */
export function unflattened(record: Members): Members {
  if (!Object.keys(record).some((name) => FLATTENED.test(name))) return record;
  const members: Members = {};
  for (const [name, value] of Object.entries(record)) {
    const parent = FLATTENED.exec(name)?.[1];
    if (parent === undefined) setMember(members, name, value);
    else {
      const inner: Members = isMembers(members[parent]) ? { ...members[parent] } : {};
      setMember(inner, name.slice(parent.length + 1), value);
      setMember(members, parent, inner);
    }
  }
  return members;
}
