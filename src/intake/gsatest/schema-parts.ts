import { z } from 'zod';

/** Pieces of the schema that several members share. Descriptions end up in the published JSON Schema: editors show them. */

/**
 * An object without unknown keys. The message carries the keys that there are, so that the problem can name the nearest
 * (problems.ts reads it).
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(' ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `${KNOWN_KEYS}${keys}` : undefined),
  });
}

export const KNOWN_KEYS = 'known keys: ';

export const name = z.string().min(1);
export const names = z.array(name);

export function oneOrMore<Item extends z.ZodType<string>>(item: Item) {
  return z.union([item, z.array(item).min(1)]);
}

/** A country of ISO 3166; `null`: the address maps to none. */
export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { error: 'expected a country of two letters, such as `NL`' })
  .nullable();

export const signaling = z.enum(['enabled', 'disabled']);

export const outcome = z.enum(['granted', 'blocked', 'interrupted', 'denied', 'unknown']);

/** A day that exists. */
export const day = z.string().refine((text) => isRealDay(text), { error: 'expected a day such as `2026-03-01`' });

export const instant = z
  .string()
  .refine((text) => isInstant(text), { error: 'expected a time with a zone, such as `2026-01-15T09:00:00Z`' });

/** `Date` would make 30 February the 2nd of March (hazards 14). */
function isRealDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.getUTCMonth() === Number(match[2]) - 1 && date.getUTCDate() === Number(match[3]);
}

function isInstant(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i.exec(text);
  return match?.[1] !== undefined && isRealDay(match[1]) && !Number.isNaN(Date.parse(text));
}
