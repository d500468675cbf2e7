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
  const members = membersIn(value, limits, 0);
  // A member that stands twice in the text is there once in the value.
  return Number.isNaN(members) || members !== countMembers(text) ? undefined : { value };
}

/** Where a number of sixteen digits or more may stand, or one with an exponent: its value does not tell what was lost. */
const MAY_LOSE_DIGITS = /[[:,\s]-?\d[\d.]*(?:[\d.]{15}|e[-+]?\d+\s*[,\]}])/i;

/** Members of the value and of all inside; NaN where something is to be told. */
function membersIn(value: unknown, limits: JsonLimits, depth: number): number {
  if (typeof value === 'string') return isPlainText(value, limits) ? 0 : Number.NaN;
  if (typeof value === 'number') return isPlainNumber(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= limits.depth) return Number.NaN;
  return Array.isArray(value) ? membersOfList(value, limits, depth) : membersOfObject(value, limits, depth);
}

function membersOfList(list: readonly unknown[], limits: JsonLimits, depth: number): number {
  let count = 0;
  for (const each of list) count += membersIn(each, limits, depth + 1);
  return count;
}

function membersOfObject(object: object, limits: JsonLimits, depth: number): number {
  let count = 0;
  for (const [name, each] of Object.entries(object)) {
    count += isPlainText(name, limits) ? 1 + membersIn(each, limits, depth + 1) : Number.NaN;
  }
  return count;
}

function isPlainText(text: string, { textLength }: JsonLimits): boolean {
  return text.length <= textLength && text.isWellFormed();
}

function isPlainNumber(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}
