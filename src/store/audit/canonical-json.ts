import { isObject } from '../../core/values/is-object.ts';

/** JSON with the members of every object in code unit order, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  // Almost everything is in order already, and then the engine's own writer is ten times as fast.
  if (isInOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return canonicalList(value);
  if (!isObject(value)) return JSON.stringify(value);
  let text = '';
  for (const name of sortedNames(value)) {
    const member = value[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Whether all objects of the value have their names in code unit order. */
function isInOrder(value: unknown): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item)) return false;
    return true;
  }
  if (!isObject(value)) return true;
  let before = '';
  for (const name in value) {
    if (name < before || !isInOrder(value[name])) return false;
    before = name;
  }
  return true;
}

function canonicalList(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
}

/** Most objects come with their names in order already, or have few. */
export function sortedNames(value: object): readonly string[] {
  const names = Object.keys(value);
  for (let at = 1; at < names.length; at++) {
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort();
  }
  return names;
}
