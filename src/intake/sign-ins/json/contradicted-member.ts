import { SUBJECTS } from '../draft-of.ts';
import { overBlanks, overColon, overString, overValue } from '../scan/json-scan.ts';
import { READ_MEMBERS } from '../scan/read-members.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;

/** Members of Graph that a sign-in is told or judged by; whoever looks for another finds the last of several. */
const TOLD: ReadonlySet<string> = new Set([...READ_MEMBERS, ...SUBJECTS, 'id', 'createdDateTime']);

const decoder = new TextDecoder();

/**
 * The first member that is read and stands twice with two values, in the bytes of an object that is valid JSON, or in its
 * `properties`. Readers disagree on such an object (RFC8259: unpredictable): one takes the first value, another the last.
 */
export function contradictedMember(bytes: Uint8Array, from = overBlanks(bytes, 0)): string | undefined {
  const seen = new Map<string, Uint8Array>();
  let at = overBlanks(bytes, from + 1);
  while (bytes[at] === QUOTE) {
    const nameEnd = overString(bytes, at + 1);
    const value = nameEnd < 0 ? -1 : overColon(bytes, nameEnd);
    const end = value < 0 ? -1 : overValue(bytes, value, 1);
    if (end < 0) return undefined;
    const name = String(JSON.parse(decoder.decode(bytes.subarray(at, nameEnd))));
    const said = bytes.subarray(value, end);
    const before = seen.get(name);
    if (before !== undefined && isTold(name) && Buffer.compare(before, said) !== 0) return name;
    seen.set(name, said);
    const inside = name === 'properties' && bytes[value] === OPEN_BRACE ? contradictedMember(bytes, value) : undefined;
    if (inside !== undefined) return inside;
    at = overBlanks(bytes, end);
    if (bytes[at] !== COMMA) return undefined;
    at = overBlanks(bytes, at + 1);
  }
  return undefined;
}

/** Other sources than Graph begin their names otherwise; all of theirs are looked at. */
function isTold(name: string): boolean {
  return TOLD.has(name) || !/^[a-z]/.test(name);
}
