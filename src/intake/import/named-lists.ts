import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import { kindOf } from './kind.ts';
import { listOfName } from './list-names.ts';
import { comparable, memberOf } from './member-names.ts';

/** Lists that hold items; beside them, or where nothing but lists is there, those too that hold nothing and are called so. */
export function listsByName(value: JsonObject): (readonly [name: string, list: readonly unknown[]])[] {
  const all = Object.entries(value).flatMap(([name, each]) => (Array.isArray(each) ? [[name, each] as const] : []));
  const filled = all.filter(([name, list]) => list.some(holdsItems) || contextOfName(name, list) !== '');
  const isOfLists = filled.length > 0 || all.length === Object.keys(value).length;
  return isOfLists
    ? [...filled, ...all.filter(([name, list]) => list.length === 0 && listOfName(name) !== undefined)]
    : filled;
}

/**
 * The context that the name of a list stands for: objects of a directory may have no member that only their kind has. Empty where they are
 * of another kind, or have no id and so are nothing that Graph lists.
 */
export function contextOfName(name: string, list: readonly unknown[]): string {
  const kind = listOfName(name);
  if (list.length === 0 || (kind !== 'users' && kind !== 'groups' && kind !== 'servicePrincipals')) return '';
  const hasId = (element: unknown) => isJsonObject(element) && typeof memberOf(element, 'id') === 'string';
  if (!list.every(hasId)) return '';
  const kinds = new Set(list.map((element) => (isJsonObject(element) ? kindOf(element, '') : undefined)));
  kinds.delete(kind);
  return kinds.size === 1 && kinds.has(undefined) ? `#${kind}` : '';
}

/**
 * The settings beside lists, or beside MFA trusted IPs, which no object of Graph has: an object of their own. `undefined`: the object is
 * one of Graph's, and whatever stands in it is a member of it.
 */
export function settingsBeside(
  value: JsonObject,
  lists: readonly (readonly [name: string, list: unknown])[],
): JsonObject | undefined {
  const isOfSettings = (name: string) => comparable(name) === comparable('mfaTrustedIps');
  if (lists.length === 0 && !Object.keys(value).some(isOfSettings)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter(([name, each]) => typeof each !== 'object' || each === null || isOfSettings(name)),
  );
}

/** Whether an element of a list is an item, or the answer of a batch request that holds some. */
export function holdsItems(element: unknown): boolean {
  if (!isJsonObject(element)) return false;
  if (kindOf(element, '') !== undefined) return true;
  const { body } = element;
  return isJsonObject(body) && (Array.isArray(body['value']) || kindOf(body, '') !== undefined);
}
