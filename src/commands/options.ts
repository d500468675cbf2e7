import { InvalidArgumentError } from 'commander';
import { isInstant, isRealDay } from '../core/values/calendar.ts';
import { isGuid } from '../core/values/guid.ts';

/** Parsers of option values. Each throws commander's error, which names the option and says what would do. */

/** An instant with a zone, as RFC 3339 in UTC. A day that does not exist is refused: `Date` would make it another. */
export function isoTime(text: string): string {
  if (!isInstant(text)) throw new InvalidArgumentError('give a time with a zone, such as 2026-01-15T09:00:00Z.');
  return new Date(text).toISOString().replace('.000Z', 'Z');
}

/** A day, as the first instant of it in UTC, or an instant with a zone. */
export function isoDateOrTime(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return isoTime(text);
  if (!isRealDay(text)) throw new InvalidArgumentError('that day does not exist.');
  return `${text}T00:00:00Z`;
}

/** Milliseconds of each unit of a duration. */
export const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A duration such as `500ms`, `10s`, `2h` (plain numbers are seconds), in milliseconds. */
export function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('give a duration, such as 500ms, 10s or 2m.');
  return Number(match[1]) * UNITS[(match[2] ?? 's') as keyof typeof UNITS];
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value === 0) {
    throw new InvalidArgumentError('give a whole number above 0.');
  }
  return value;
}

/** An id as Microsoft Entra gives it. */
export function guid(text: string): string {
  if (!isGuid(text)) throw new InvalidArgumentError('give an id of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx.');
  return text.toLowerCase();
}

export function portNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('give a port from 1 to 65535.');
  return value;
}

/** A percentage, with its sign or without. */
export function percent(text: string): number {
  const value = /^\d+(\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!(value <= 100)) throw new InvalidArgumentError('give a percentage from 0 to 100.');
  return value;
}

/** Values that are joined by commas. */
export function parts(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Collects a repeatable option whose values may hold commas themselves, as names of files do. */
export function each(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), text];
}

/** Collects a repeatable option of known words, which may also be joined by commas. */
export function choicesOf(known: readonly string[]) {
  return (text: string, previous: readonly string[] | undefined): readonly string[] => {
    const wrong = parts(text).find((part) => !known.includes(part));
    if (wrong !== undefined) throw new InvalidArgumentError(`Allowed choices are ${known.join(', ')}.`);
    return list(text, previous);
  };
}

/** Collects a repeatable option, whose values may also be joined by commas. */
export function list(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...parts(text)];
}
