import type { ColumnKind, ColumnValue, SignInColumn } from '../../core/sign-in-log/columns.ts';
import { columnNamed, SIGN_IN_COLUMN_NAMES } from '../../core/sign-in-log/columns.ts';
import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import { unreachable } from '../../core/values/unreachable.ts';
import type { ComparisonOperator, Literal, ODataFilter, Operand } from './filter.ts';

/** Columns by the path of their member. */
const COLUMNS: ReadonlyMap<string, SignInColumn> = new Map(
  SIGN_IN_COLUMN_NAMES.flatMap((name) => {
    const { path } = columnNamed(name);
    return path === undefined ? [] : [[path, name]];
  }),
);

export interface SplitFilter {
  /** What the sign-in log answers by itself. */
  readonly conditions: readonly SignInCondition[];
  /** What remains to be asked of each record that fits the conditions (filter-matches.ts). */
  readonly rest: ODataFilter | undefined;
}

/** Parts a filter into what columns can answer and what only the record can; a sign-in fits if it fits both. */
export function splitFilter(filter: ODataFilter): SplitFilter {
  const parts = filter.kind === 'and' ? filter.operands : [filter];
  const conditions: SignInCondition[] = [];
  const rest: ODataFilter[] = [];
  for (const part of parts) {
    const condition = conditionOf(part);
    if (condition === undefined) rest.push(withConditions(part));
    else conditions.push(condition);
  }
  const [only] = rest;
  if (rest.length < 2) return { conditions, rest: only };
  return { conditions, rest: { kind: 'and', operands: rest } };
}

/** What columns say inside a part that only the record can answer is asked of the columns there too. */
function withConditions(filter: ODataFilter): ODataFilter {
  const condition = conditionOf(filter);
  if (condition !== undefined) return { kind: 'condition', condition };
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map(withConditions) };
    case 'not':
      return { ...filter, operand: withConditions(filter.operand) };
    default:
      return filter;
  }
}

function conditionOf(filter: ODataFilter): SignInCondition | undefined {
  switch (filter.kind) {
    case 'and': {
      const and = all(filter.operands.map(conditionOf));
      return and === undefined ? undefined : { and };
    }
    case 'or': {
      const or = all(filter.operands.map(conditionOf));
      return or === undefined ? undefined : { or };
    }
    case 'not': {
      const not = conditionOf(filter.operand);
      return not === undefined ? undefined : { not };
    }
    case 'truth': {
      const column = columnOf(filter.operand);
      if (column === undefined || columnNamed(column).kind !== 'boolean') return undefined;
      return { column, operator: 'eq', value: true };
    }
    case 'compare':
      return comparisonOf(filter.operator, filter.left, filter.right);
    case 'in': {
      const column = columnOf(filter.operand);
      if (column === undefined) return undefined;
      const values = filter.values.map((literal) => valueFor(column, literal));
      return values.every((value) => value !== undefined) ? { column, operator: 'in', values } : undefined;
    }
    case 'call': {
      const column = columnOf(filter.text);
      const { part } = filter;
      if (column === undefined || filter.function === 'endsWith') return undefined;
      if (part.kind !== 'literal' || typeof part.value !== 'string') return undefined;
      if (!SEARCHED.has(columnNamed(column).kind)) return undefined;
      return { column, operator: filter.function, value: part.value };
    }
    case 'any':
      return eventTypeOf(filter);
    case 'all':
    case 'isof':
      return undefined;
    case 'condition':
      return filter.condition;
    default:
      return unreachable(filter);
  }
}

/** Kinds of column in which a part is looked for, and which have an order that Graph knows too. */
const SEARCHED: ReadonlySet<ColumnKind> = new Set<ColumnKind>(['text', 'address', 'id']);
const ORDERED: ReadonlySet<ColumnKind> = new Set<ColumnKind>(['time', 'number']);

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

function comparisonOf(operator: ComparisonOperator, left: Operand, right: Operand): SignInCondition | undefined {
  if (left.kind === 'literal') {
    return right.kind === 'literal' ? undefined : comparisonOf(MIRRORED[operator], right, left);
  }
  const column = columnOf(left);
  if (column === undefined || right.kind !== 'literal') return undefined;
  const value = valueFor(column, right);
  if (value === undefined) return undefined;
  const ordered = operator !== 'eq' && operator !== 'ne';
  if (ordered && !ORDERED.has(columnNamed(column).kind)) return undefined;
  return { column, operator, value };
}

function columnOf(operand: Operand): SignInColumn | undefined {
  if (operand.kind !== 'path' || operand.variable) return undefined;
  return COLUMNS.get(operand.members.join('/'));
}

/** The literal as the column keeps it; `undefined` if the column holds values of another type. */
function valueFor(column: SignInColumn, { value, type }: Literal): ColumnValue | undefined {
  if (value === null) return null;
  switch (columnNamed(column).kind) {
    case 'time':
      return type === 'dateTime' ? value : undefined;
    case 'number':
      return type === 'number' ? value : undefined;
    case 'boolean':
      return type === 'boolean' ? value : undefined;
    default:
      return type === 'text' || type === 'guid' ? value : undefined;
  }
}

/** `signInEventTypes/any(t: t eq 'interactiveUser')`: the column holds the types of a record, parted by commas. */
function eventTypeOf(filter: ODataFilter & { readonly kind: 'any' | 'all' }): SignInCondition | undefined {
  const { condition } = filter;
  if (filter.path.members.join('/') !== 'signInEventTypes' || condition?.kind !== 'compare') return undefined;
  const { operator, left, right } = condition;
  if (operator !== 'eq' || left.kind !== 'path' || !left.variable || left.members.length !== 1) return undefined;
  if (right.kind !== 'literal' || typeof right.value !== 'string') return undefined;
  const column = 'signInEventType';
  return {
    or: [
      { column, operator: 'eq', value: right.value },
      { column, operator: 'startsWith', value: `${right.value},` },
      { column, operator: 'contains', value: `,${right.value}` },
    ],
  };
}

function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}
