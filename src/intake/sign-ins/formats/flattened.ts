import { lowerFirst } from '../../../core/values/lower-first.ts';
import type { Members } from '../facts/members.ts';
import { isMembers, setMember } from '../facts/members.ts';

/** Members of objects beside the sign-in, as scripts flatten them: `status_errorCode`, `Location.City`. */
export const FLATTENED = /^(status|location|deviceDetail)[._](?=[a-z])/i;

const PARENTS = ['status', 'location', 'deviceDetail'];

/** The record with such members inside their objects again; itself, where there are none. */
export function unflattened(record: Members): Members {
  if (!Object.keys(record).some((name) => FLATTENED.test(name))) return record;
  const members: Members = {};
  for (const [name, value] of Object.entries(record)) {
    const written = FLATTENED.exec(name)?.[1];
    const parent = PARENTS.find((each) => each.toLowerCase() === written?.toLowerCase());
    if (written === undefined || parent === undefined) setMember(members, name, value);
    else {
      const inner: Members = isMembers(members[parent]) ? { ...members[parent] } : {};
      setMember(inner, lowerFirst(name.slice(written.length + 1)), value);
      setMember(members, parent, inner);
    }
  }
  return members;
}
