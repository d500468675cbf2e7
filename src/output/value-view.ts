import { isObject } from '../core/values/is-object.ts';
import { encodeText } from './encode.ts';
import type { View } from './view.ts';

/** What `--query` selected, as blocks: a list of objects is a table, an object is its members, the rest is text. */
export function viewOfValue(value: unknown): View {
  if (Array.isArray(value)) return [tableOf(value)];
  if (isObject(value)) {
    return [{ block: 'fields', fields: Object.entries(value).map(([name, member]) => [name, textOf(member)]) }];
  }
  return value === null || value === undefined ? [] : [{ block: 'text', text: textOf(value) }];
}

function tableOf(items: readonly unknown[]): View[number] {
  const names = namesOf(items);
  return {
    block: 'table',
    // Everywhere else a header is a word of ours; here it is a member's name, which an export may choose.
    columns: names.map((name) => ({ header: encodeText(name) })),
    rows: items.map((item) => names.map((name) => textOf(memberOf(item, name)))),
    empty: 'Nothing was selected.',
  };
}

/** Members of all objects in the order in which they come; places in lists, from 1; one column for values alone. */
function namesOf(items: readonly unknown[]): readonly string[] {
  if (items.length > 0 && items.every((item) => Array.isArray(item))) {
    const longest = items.reduce<number>((most, item) => Math.max(most, Array.isArray(item) ? item.length : 0), 0);
    return Array.from({ length: longest }, (_, at) => String(at + 1));
  }
  const names = new Set(items.flatMap((item) => (isObject(item) ? Object.keys(item) : ['value'])));
  return [...names];
}

function memberOf(item: unknown, name: string): unknown {
  if (Array.isArray(item)) return item[Number(name) - 1];
  if (isObject(item)) return Object.hasOwn(item, name) ? item[name] : undefined;
  return name === 'value' ? item : undefined;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
