import { z } from 'zod';
import { isInstant, isRealDay } from '../../core/values/calendar.ts';

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
