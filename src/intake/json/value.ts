import type { JsonObject } from '../../core/tenant/plans/change.ts';

/** An object of JSON as against an array, `null` or a plain value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value in words, for a message about what was found where something else belongs. */
export function nameOfType(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? `\`${value}\`` : 'an object';
}

/** A text, a number or a boolean as text; nothing of what has members, of which one may be called `toString`. */
export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether two values are one, or the same as text: a number may be written as one. */
export function isSameText(one: unknown, other: unknown): boolean {
  return one === other || (plainText(one) !== '' && plainText(one) === plainText(other));
}
