import { keepMembersByGuid } from '../../core/tenant/group-members.ts';
import { GUID_LENGTH, GUID_WORDS, readGuid, writeGuid } from '../../core/values/guid-words.ts';
import { behindSpace, CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from './json-signs.ts';

/** GUIDs as they stand in a list of a file, and the place behind it. */
export interface GuidRun {
  readonly words: Uint32Array;
  readonly end: number;
}

/** Room for the run that is read. */
let room = new Uint32Array(1024 * GUID_WORDS);

/**
 * A list of GUIDs in lower case, and of nothing else, that begins at `start`; `undefined` for every other one, be it JSON or not. Those
 * of the members of groups are half of the file of a tenant with few ranges.
 */
export function guidRun(bytes: Buffer, start: number): GuidRun | undefined {
  if (bytes[start] !== OPEN_LIST) return undefined;
  let at = behindSpace(bytes, start + 1);
  for (let count = 0; ; ) {
    if (room.length === count) {
      const larger = new Uint32Array(2 * count);
      larger.set(room);
      room = larger;
    }
    const end = at + 1 + GUID_LENGTH;
    if (bytes[at] !== QUOTE || bytes[end] !== QUOTE || !readGuid(bytes, at + 1, room, count)) return undefined;
    count += GUID_WORDS;
    at = behindSpace(bytes, end + 1);
    if (bytes[at] === CLOSE_LIST) return { words: room.slice(0, count), end: at + 1 };
    if (bytes[at] !== COMMA) return undefined;
    at = behindSpace(bytes, at + 1);
  }
}

/** Gives the group its `members`: a list like any other, made at the first look at it. Who asks who is in which group reads GUIDs. */
export function keepMembers(group: object, words: Uint32Array): void {
  keepMembersByGuid(group, words);
  Object.defineProperty(group, 'members', {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = textsOf(words);
      Object.defineProperty(group, 'members', { value, enumerable: true, configurable: true, writable: true });
      return value;
    },
  });
}

function textsOf(words: Uint32Array): readonly string[] {
  const letters = Buffer.alloc(GUID_LENGTH);
  return Array.from({ length: words.length / GUID_WORDS }, (_, number) => {
    writeGuid(words, number * GUID_WORDS, letters, 0);
    return letters.toString('latin1');
  });
}
