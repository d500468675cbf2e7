import { unreachable } from '../../core/values/unreachable.ts';
import type { ComparisonOperator, Literal, ODataFilter, Operand } from './filter.ts';

/** Members of sign-ins for which the sign-in log has a column of its own (`SignInColumn` of the store). */
const COLUMNS = {
  id: 'id',
  createdDateTime: 'createdDateTime',
  userPrincipalName: 'userPrincipalName',
  userId: 'userId',
  appDisplayName: 'appDisplayName',
  appId: 'appId',
  resourceDisplayName: 'resourceDisplayName',
  resourceId: 'resourceId',
  ipAddress: 'ipAddress',
  sourceIpAddress: 'sourceIpAddress',
  globalSecureAccessIpAddress: 'globalSecureAccessIpAddress',
  isThroughGlobalSecureAccess: 'isThroughGlobalSecureAccess',
  signalingStatus: 'signalingStatus',
  'location/countryOrRegion': 'countryOrRegion',
  clientAppUsed: 'clientAppUsed',
  conditionalAccessStatus: 'conditionalAccessStatus',
  outcome: 'outcome',
  decidedBy: 'decidedBy',
  'status/errorCode': 'errorCode',
  correlationId: 'correlationId',
} as const;

type FilterColumn = (typeof COLUMNS)[keyof typeof COLUMNS] | 'signInEventType';
type Value = string | number | boolean | null;

/** A condition on columns, in the form of the store's `SignInCondition`, which intake does not know. */
export type ColumnCondition =
  | {
      readonly column: FilterColumn;
      readonly operator: ComparisonOperator | 'startsWith' | 'contains';
      readonly value: Value;
    }
  | { readonly column: FilterColumn; readonly operator: 'in'; readonly values: readonly Value[] }
  | { readonly and: readonly ColumnCondition[] }
  | { readonly or: readonly ColumnCondition[] }
  | { readonly not: ColumnCondition };

export interface SplitFilter {
  /** What the sign-in log answers by itself. */
  readonly conditions: readonly ColumnCondition[];
  /** What remains to be asked of each record that fits the conditions (filter-matches.ts). */
  readonly rest: ODataFilter | undefined;
}

/** Parts a filter into what columns can answer and what only the record can; a sign-in fits if it fits both. */
export function splitFilter(filter: ODataFilter): SplitFilter {
  const parts = filter.kind === 'and' ? filter.operands : [filter];
  const conditions: ColumnCondition[] = [];
  const rest: ODataFilter[] = [];
  for (const part of parts) {
    const condition = conditionOf(part);
    if (condition === undefined) rest.push(part);
    else conditions.push(condition);
  }
  const [only] = rest;
  if (rest.length < 2) return { conditions, rest: only };
  return { conditions, rest: { kind: 'and', operands: rest } };
}

function conditionOf(filter: ODataFilter): ColumnCondition | undefined {
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
      return column === 'isThroughGlobalSecureAccess' ? { column, operator: 'eq', value: true } : undefined;
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
      if (column === 'createdDateTime' || column === 'errorCode' || column === 'isThroughGlobalSecureAccess') {
        return undefined;
      }
      return { column, operator: filter.function, value: part.value };
    }
    case 'any':
      return eventTypeOf(filter);
    case 'all':
    case 'isof':
      return undefined;
    default:
      return unreachable(filter);
  }
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

function comparisonOf(operator: ComparisonOperator, left: Operand, right: Operand): ColumnCondition | undefined {
  if (left.kind === 'literal') {
    return right.kind === 'literal' ? undefined : comparisonOf(MIRRORED[operator], right, left);
  }
  const column = columnOf(left);
  if (column === undefined || right.kind !== 'literal') return undefined;
  const value = valueFor(column, right);
  if (value === undefined) return undefined;
  const ordered = operator !== 'eq' && operator !== 'ne';
  if (ordered && column !== 'createdDateTime' && column !== 'errorCode') return undefined;
  return { column, operator, value };
}

function columnOf(operand: Operand): FilterColumn | undefined {
  if (operand.kind !== 'path' || operand.variable) return undefined;
  const path = operand.members.join('/');
  return isColumnPath(path) ? COLUMNS[path] : undefined;
}

function isColumnPath(path: string): path is keyof typeof COLUMNS {
  return Object.hasOwn(COLUMNS, path);
}

/** The literal as the column keeps it; `undefined` if the column holds values of another type. */
function valueFor(column: FilterColumn, { value, type }: Literal): Value | undefined {
  if (value === null) return null;
  switch (column) {
    case 'createdDateTime':
      return type === 'dateTime' ? value : undefined;
    case 'errorCode':
      return type === 'number' ? value : undefined;
    case 'isThroughGlobalSecureAccess':
      return type === 'boolean' ? value : undefined;
    default:
      return type === 'text' || type === 'guid' ? value : undefined;
  }
}

/** `signInEventTypes/any(t: t eq 'interactiveUser')`: the column holds the types of a record, parted by commas. */
function eventTypeOf(filter: ODataFilter & { readonly kind: 'any' | 'all' }): ColumnCondition | undefined {
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
