import { isObject } from './is-object.ts';

/** Whether two JSON values mean the same: member order does not count, an `undefined` member is an absent one. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isSameJson(item, b[at]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const members = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...members].every((member) => isSameJson(ownMember(a, member), ownMember(b, member)));
}

/** Own members only, so that `__proto__` and `constructor` are ordinary text. */
function ownMember(value: object, member: string): unknown {
  return Object.hasOwn(value, member) ? (value as Readonly<Record<string, unknown>>)[member] : undefined;
}

/** One text for all JSON values that mean the same. */
export function textOfJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) => (isObject(item) && !Array.isArray(item) ? inOrder(item) : item)) ?? ''
  );
}

function inOrder(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
