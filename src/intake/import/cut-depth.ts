import { pointerTo } from '../json/pointer.ts';
import { isJsonObject } from '../json/value.ts';
import { isPrintedObject } from '../text/printed-object.ts';

/** Names are written by people, and may look like anything. */
const BY_PEOPLE = new Set(['displayname', 'description', 'name']);

/** The pointer of the first member that was cut off at a depth; `undefined` where none was. */
export function cutAt(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return isPrintedObject(value) ? pointer : undefined;
  if (Array.isArray(value))
    return firstOf(
      value.map((each, at) => [String(at), each] as const),
      pointer,
    );
  return isJsonObject(value) ? firstOf(Object.entries(value), pointer) : undefined;
}

function firstOf(members: readonly (readonly [string, unknown])[], pointer: string): string | undefined {
  for (const [name, each] of members) {
    if (BY_PEOPLE.has(name.toLowerCase())) continue;
    const found = cutAt(each, pointerTo(pointer, name));
    if (found !== undefined) return found;
  }
  return undefined;
}
