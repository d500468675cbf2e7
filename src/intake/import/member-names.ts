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
export function comparable(name: string): string {
  const lower = name.toLowerCase().replace(/(?<=[a-z0-9])_(?=[a-z0-9])/g, '');
  return Object.hasOwn(OTHER_NAMES, lower) ? (OTHER_NAMES[lower] ?? lower) : lower;
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
    for (const [name, each] of Object.entries(members)) found.set(comparable(name), each);
  }
  return (name) => found.get(comparable(name));
}
