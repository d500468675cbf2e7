import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';

/**
 * Names of members as tools write them. Graph's are in camel case; the PowerShell SDK and .NET begin them with a capital,
 * the Python SDK writes `display_name`, and the classes of the AzureAD module `OdataType` and `_Operator`.
 */

const OTHER_NAMES: Readonly<Record<string, string>> = {
  odatatype: '@odata.type',
  'odata.type': '@odata.type',
  _operator: 'operator',
};

/** One spelling for all of these, to compare by. */
export const comparable = onceForEachName((name: string): string => {
  const lower = name.toLowerCase().replace(/(?<=[a-z0-9])_(?=[a-z0-9])/g, '');
  return Object.hasOwn(OTHER_NAMES, lower) ? (OTHER_NAMES[lower] ?? lower) : lower;
});

/** Names that are remembered, and how long they may be: no file makes what is remembered large. */
const REMEMBERED = { names: 2048, length: 64 };

/** What follows from a name alone, worked out once for all the objects of a list that have it. */
export function onceForEachName<Value extends string | boolean>(
  make: (name: string) => Value,
): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = make(name);
    if (name.length > REMEMBERED.length) return value;
    if (known.size >= REMEMBERED.names) known.clear();
    known.set(name, value);
    return value;
  };
}

/** Members in which the SDKs keep what their classes have no property for. */
const EXTRAS = ['AdditionalProperties', 'additionalProperties', 'AdditionalData', 'additionalData', 'additional_data'];

/** The name and the content of such a member; `undefined` without one. */
export function extrasOf(value: JsonObject): { readonly name: string; readonly members: JsonObject } | undefined {
  for (const name of EXTRAS) {
    const members = value[name];
    if (isJsonObject(members)) return { name, members };
  }
  return undefined;
}

export type Has = (name: string) => unknown;

/** Looks members up as the readers will: in any spelling, and among the extras. */
export function lookUp(value: JsonObject): Has {
  const found = new Map<string, unknown>();
  const extras = extrasOf(value);
  for (const members of extras === undefined ? [value] : [extras.members, value]) {
    for (const name in members) found.set(comparable(name), members[name]);
  }
  return (name) => found.get(comparable(name));
}

/** One member as {@link lookUp} finds it, for who asks the object for hardly another: a company has more members of groups than people. */
export function memberOf(value: JsonObject, name: string): unknown {
  const wanted = comparable(name);
  const extras = extrasOf(value);
  let found: unknown;
  for (const members of extras === undefined ? [value] : [extras.members, value]) {
    for (const each in members) if (comparable(each) === wanted) found = members[each];
  }
  return found;
}

/** Whether a member has a value: a class of an SDK, and a row of a table, have every member that they know, most of them without one. */
export function saysSomething(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}
