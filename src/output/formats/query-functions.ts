import type { compile, JSONValue } from '@jmespath-community/jmespath';
import {
  registerFunction,
  TreeInterpreter,
  TYPE_ARRAY,
  TYPE_ARRAY_NUMBER,
  TYPE_ARRAY_STRING,
  TYPE_EXPREF,
} from '@jmespath-community/jmespath';

/**
 * Functions that the library answers other than JMESPath says: `sort` orders numbers by their digits as text, and `max_by` and `min_by`
 * find nothing by a key that is text.
 */
export function registerFunctions(): void {
  const instead = { override: true };
  registerFunction('sort', sort, [{ types: [TYPE_ARRAY_NUMBER, TYPE_ARRAY_STRING] }], instead);
  const ofElements = [{ types: [TYPE_ARRAY] }, { types: [TYPE_EXPREF] }];
  registerFunction('max_by', (given) => furthest('max_by', given, 1), ofElements, instead);
  registerFunction('min_by', (given) => furthest('min_by', given, -1), ofElements, instead);
}

/** Arguments, of the types that the function is registered with. */
type Given = Parameters<Parameters<typeof registerFunction>[1]>[0];
type Key = number | string;

function sort([keys]: Given): JSONValue {
  return (keys as Key[]).toSorted(compare);
}

/** The first of the elements with the greatest key, or the least; `null` of none. Throws where keys are not all numbers or all text. */
function furthest(name: string, [elements, keyOf]: Given, direction: 1 | -1): JSONValue {
  let found: { readonly element: JSONValue; readonly key: Key } | undefined;
  for (const element of elements as JSONValue[]) {
    const key = TreeInterpreter.visit(keyOf as ReturnType<typeof compile>, element);
    if (!isKey(key) || (found !== undefined && typeof key !== typeof found.key)) {
      throw new Error(`${name}() takes a key that is a number of each element, or text of each`);
    }
    if (found === undefined || compare(key, found.key) * direction > 0) found = { element, key };
  }
  return found?.element ?? null;
}

function isKey(value: unknown): value is Key {
  return typeof value === 'number' || typeof value === 'string';
}

function compare(one: Key, other: Key): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
