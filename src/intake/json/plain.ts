import type { JsonLimits } from './document.ts';
import { countMembers } from './offsets.ts';

/**
 * The value of a text in which there is nothing to tell: strict JSON, no member twice, no number that loses digits, nothing too
 * deep, too long or half a character. `undefined` for every other text, which the careful reader then reads.
 */
export function plainJson(text: string, limits: JsonLimits): { readonly value: unknown } | undefined {
  if (MAY_LOSE_DIGITS.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const members = membersIn(value, { ...limits, isWellFormed: isWellFormed(text) }, 0);
  // A member that stands twice in the text is there once in the value.
  return Number.isNaN(members) || members !== countMembers(text) ? undefined : { value };
}

/** Where a number of sixteen digits or more may stand, or one with an exponent: its value does not tell what was lost. */
const MAY_LOSE_DIGITS = /[[:,\s]-?\d[\d.]*(?:[\d.]{15}|e[-+]?\d+\s*[,\]}])/i;

/** Limits, and whether no text of the document can hold half a character. */
interface Bounds extends JsonLimits {
  readonly isWellFormed: boolean;
}

/** An escape may write half a character, and be one half of a whole one. */
function isWellFormed(text: string): boolean {
  return text.isWellFormed() && !/\\u[dD]/.test(text);
}

/** Members of the value and of all inside; NaN where something is to be told. */
function membersIn(value: unknown, limits: Bounds, depth: number): number {
  if (typeof value === 'string') return isPlainText(value, limits) ? 0 : Number.NaN;
  if (typeof value === 'number') return isPlainNumber(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= limits.depth) return Number.NaN;
  return Array.isArray(value) ? membersOfList(value, limits, depth) : membersOfObject(value, limits, depth);
}

function membersOfList(list: readonly unknown[], limits: Bounds, depth: number): number {
  let count = 0;
  for (const each of list) count += membersIn(each, limits, depth + 1);
  return count;
}

function membersOfObject(object: object, limits: Bounds, depth: number): number {
  const members = object as Readonly<Record<string, unknown>>;
  let count = 0;
  // Not by their entries: of an export those would be as many lists as it has members.
  for (const name in members) {
    count += isPlainText(name, limits) ? 1 + membersIn(members[name], limits, depth + 1) : Number.NaN;
  }
  return count;
}

function isPlainText(text: string, { textLength, isWellFormed }: Bounds): boolean {
  return text.length <= textLength && (isWellFormed || text.isWellFormed());
}

function isPlainNumber(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}
