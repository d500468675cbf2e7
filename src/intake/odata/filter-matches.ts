import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { holds } from '../../core/sign-in-log/holds.ts';
import { unreachable } from '../../core/values/unreachable.ts';
import { readInstant } from '../sign-ins/facts/instants.ts';
import { isMembers } from '../sign-ins/facts/members.ts';
import { addressOf } from '../sign-ins/facts/network-path-of.ts';
import type { ComparisonOperator, Literal, ODataFilter, Operand, Path } from './filter.ts';

/** A sign-in of the log, or any other object, which no replay has judged. */
export type FilteredItem =
  | LoggedSignIn
  | { readonly record: { readonly [member: string]: unknown }; readonly replay?: undefined };

/** What the variables of lambdas stand for. */
type Scope = ReadonlyMap<string, unknown>;

const NOTHING: Scope = new Map();
const REPLAY_MEMBERS = new Set(['outcome', 'signalingStatus', 'decidedBy']);
const ADDRESS_MEMBERS = new Set([
  'ipAddress',
  'sourceIpAddress',
  'globalSecureAccessIpAddress',
  'ipAddressFromResourceProvider',
]);

/**
 * Whether a sign-in fits a filter. Text compares without regard to case, as Entra does and as the sign-in log's columns do.
 * A member that is absent is null: null equals null alone, is less or greater than nothing, and contains nothing
 * (OData 4.01, part 2, section 5.1.1.1), so every condition is true or false, and `not` turns it.
 */
export function matches(filter: ODataFilter, signIn: FilteredItem, scope: Scope = NOTHING): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matches(operand, signIn, scope));
    case 'or':
      return filter.operands.some((operand) => matches(operand, signIn, scope));
    case 'not':
      return !matches(filter.operand, signIn, scope);
    case 'isof':
      return typeOf(signIn) === filter.type.toLowerCase();
    case 'condition':
      return signIn.replay !== undefined && holds(filter.condition, signIn);
    case 'truth':
      return operandValue(filter.operand, signIn, scope) === true;
    case 'compare': {
      const { operator, left, right } = filter;
      const read = readerFor(left, right);
      return compare(operator, read(operandValue(left, signIn, scope)), read(operandValue(right, signIn, scope)));
    }
    case 'in': {
      const value = operandValue(filter.operand, signIn, scope);
      return filter.values.some((literal) => {
        const read = readerFor(filter.operand, literal);
        return compare('eq', read(value), read(literal.value));
      });
    }
    case 'call': {
      const text = operandValue(filter.text, signIn, scope);
      const part = operandValue(filter.part, signIn, scope);
      if (typeof text !== 'string' || typeof part !== 'string') return false;
      return called(filter.function, text.toLowerCase(), part.toLowerCase());
    }
    case 'any':
    case 'all': {
      const { kind, path, variable, condition } = filter;
      const found = operandValue(path, signIn, scope);
      const elements: readonly unknown[] = Array.isArray(found) ? found : [];
      if (variable === undefined || condition === undefined) return elements.length > 0;
      const holds = (element: unknown) => matches(condition, signIn, new Map([...scope, [variable, element]]));
      return kind === 'any' ? elements.some(holds) : elements.every(holds);
    }
    default:
      return unreachable(filter);
  }
}

function typeOf({ record }: FilteredItem): string {
  return String(record['@odata.type'] ?? '')
    .replace(/^#/, '')
    .toLowerCase();
}

function called(name: 'startsWith' | 'endsWith' | 'contains', text: string, part: string): boolean {
  if (name === 'contains') return text.includes(part);
  return name === 'startsWith' ? text.startsWith(part) : text.endsWith(part);
}

function operandValue(operand: Operand, signIn: FilteredItem, scope: Scope): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'path':
      return pathValue(operand, signIn, scope);
    case 'lower':
    case 'upper': {
      const text = operandValue(operand.operand, signIn, scope);
      if (typeof text !== 'string') return null;
      return operand.kind === 'lower' ? text.toLowerCase() : text.toUpperCase();
    }
    default:
      return unreachable(operand);
  }
}

function pathValue({ members, variable }: Path, { record, replay }: FilteredItem, scope: Scope): unknown {
  const [first = '', ...others] = members;
  if (!variable && first === 'decidedBy') return replay?.decidedBy.join(',') ?? null;
  const root: unknown = REPLAY_MEMBERS.has(first) ? replay : record;
  let value = variable ? scope.get(first) : memberOf(root, first);
  for (const member of others) value = memberOf(value, member);
  return value ?? null;
}

function memberOf(value: unknown, name: string): unknown {
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** How both sides are read before they are compared: as times, as addresses or as they are. */
function readerFor(left: Operand, right: Operand): (value: unknown) => unknown {
  const sides = [left, right];
  if (sides.some((side) => isLiteral(side) && side.type === 'dateTime') || sides.some(isTime)) return timeOf;
  return sides.some(isAddress) ? addressTextOf : (value) => value;
}

function isLiteral(operand: Operand): operand is Literal {
  return operand.kind === 'literal';
}

function isTime(operand: Operand): boolean {
  return operand.kind === 'path' && /DateTime$/.test(operand.members.at(-1) ?? '');
}

function isAddress(operand: Operand): boolean {
  return operand.kind === 'path' && !operand.variable && ADDRESS_MEMBERS.has(operand.members[0] ?? '');
}

/** UTC without the `Z`: such texts sort as their times do, however many digits they have. */
function timeOf(value: unknown): unknown {
  return readInstant(value, 'stated')?.slice(0, -1) ?? null;
}

function addressTextOf(value: unknown): unknown {
  return addressOf(value)?.text ?? value;
}

function compare(operator: ComparisonOperator, left: unknown, right: unknown): boolean {
  switch (operator) {
    case 'eq':
      return equal(left, right);
    case 'ne':
      return !equal(left, right);
    default: {
      const order = orderOf(left, right);
      if (order === undefined) return false;
      if (order === 0) return operator === 'le' || operator === 'ge';
      return order < 0 ? operator === 'lt' || operator === 'le' : operator === 'gt' || operator === 'ge';
    }
  }
}

function equal(left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === typeof right && typeof left !== 'string') return left === right;
  // `status/errorCode eq '50126'`: people quote numbers.
  return String(left).toLowerCase() === String(right).toLowerCase();
}

/** Negative, zero or positive; `undefined` where the two cannot be put in order. */
function orderOf(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
