import { compile, search } from '@jmespath-community/jmespath';
import { cutMiddle } from '../../core/values/cut-middle.ts';
import { QueryError } from '../query-error.ts';
import { isIterable } from './json.ts';
import { registerFunctions } from './query-functions.ts';
import { growthOf } from './query-growth.ts';

/** Characters of an expression; people type some dozens. */
export const LONGEST_QUERY = 4_000;
/** Times that an expression may repeat what it selects: `[@, @] | [@, @] | …` doubles it with every step. */
const MOST_GROWTH = 10_000;
/** Values that can be shown of a selection. */
const MOST_VALUES = 20_000_000;

registerFunctions();

const SUCH_AS = 'such as value[].displayName';

/** Why an expression is not JMESPath, or more than is read; `undefined` when it is. */
export function queryProblem(expression: string): string | undefined {
  if (expression.length > LONGEST_QUERY) return `it has more than ${LONGEST_QUERY} characters`;
  try {
    if (hasLooseReference(compile(expression))) return `${REFERENCE_TAKERS.join(', ')} alone take an expression with &`;
    return growthOf(expression) > MOST_GROWTH ? 'it would repeat what it selects too many times' : undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Functions that take an expression to ask of each element. */
const REFERENCE_TAKERS = ['map', 'sort_by', 'min_by', 'max_by', 'group_by'];

/** Whether `&…` stands where no function takes it: it is no value, and the library would show how it was parsed. */
function hasLooseReference(node: unknown, isTaken = false): boolean {
  if (Array.isArray(node)) return node.some((each) => hasLooseReference(each, isTaken));
  if (typeof node !== 'object' || node === null) return false;
  const { type, name } = node as { readonly type?: unknown; readonly name?: unknown };
  if (type === 'ExpressionReference' && !isTaken) return true;
  const takes = type === 'Function' && REFERENCE_TAKERS.includes(String(name));
  return Object.values(node).some((each) => hasLooseReference(each, takes));
}

/**
 * The part of a body that a JMESPath expression selects; the expression has been checked. Throws QueryError where its
 * functions are not known, are given other types than they take, or make more than can be shown.
 */
export function select(body: Readonly<Record<string, unknown>>, expression: string): unknown {
  const { value, ...rest } = body;
  const plain = JSON.parse(JSON.stringify(isIterable(value) ? { ...rest, value: [...value] } : body), ownMembersOnly);
  let selected: unknown;
  try {
    selected = search(plain, expression);
    // People ask a list as `[].name`, as other tools answer it; ours is the member `value`.
    const asList: unknown =
      isNothing(selected) && Array.isArray(plain.value) ? search(plain.value, expression) : undefined;
    if (!isNothing(asList)) selected = asList;
  } catch (error) {
    throw new QueryError(`--query cannot be answered: ${messageOf(error)}`, SUCH_AS);
  }
  if (valuesOf(selected, MOST_VALUES) >= MOST_VALUES)
    throw new QueryError('--query selects more than can be shown', SUCH_AS);
  // What an expression has made inherits, and no part of it is a function.
  return typeof selected === 'function' ? null : selected;
}

/** The language knows no members but those of the data: an object here inherits none, such as `constructor`. */
function ownMembersOnly(_name: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.assign(Object.create(null), value) : value;
}

/** Whether a query selected nothing: no value, or a list without items. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function valuesOf(value: unknown, most: number): number {
  if (typeof value === 'string') return 1 + value.length / 100;
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const each of Object.values(value)) {
    count += valuesOf(each, most - count);
    if (count >= most) break;
  }
  return count;
}

function messageOf(error: unknown): string {
  if (error instanceof RangeError) return 'it is too deep or makes too much';
  // The library looks functions up among the names that every JavaScript object has.
  if (error instanceof TypeError) return 'it calls what is no function of JMESPath';
  return cutMiddle(error instanceof Error ? error.message : String(error), LONGEST_MESSAGE);
}

/** Columns of what the library says, which names what was typed. */
const LONGEST_MESSAGE = 200;
