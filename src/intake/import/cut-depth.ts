import { pointerTo } from '../json/pointer.ts';
import { isJsonObject } from '../json/value.ts';

/**
 * What `ConvertTo-Json` writes below its depth, which is 2 unless `-Depth` says more: the object as PowerShell prints it,
 * in place of its members.
 */
const PRINTED =
  /^(@\{.*\}|System\.(Object|String|Int32)\[\]|System\.Collections\.[\w.]+.*|(Microsoft\.(Graph|Open)\.[\w.]+\.)\w+)$/s;

/** Names are written by people, and may look like anything. */
const BY_PEOPLE = new Set(['displayname', 'description', 'name']);

/** The pointer of the first member that was cut off at a depth; `undefined` where none was. */
export function cutAt(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return PRINTED.test(value) ? pointer : undefined;
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
