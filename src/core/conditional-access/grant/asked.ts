import type { CompiledControl, CompiledGrant } from './controls.ts';

/**
 * Whether whoever has satisfied the first grant has satisfied the second too, whatever is not known of their controls: it asks
 * for all that the second asks for, and for all of it at once.
 */
export function asksForAllOf(one: CompiledGrant, other: CompiledGrant): boolean {
  if (textOfAsked(one) === textOfAsked(other)) return true;
  if (one.controls.length > 1 && one.operator !== 'AND') return false;
  const names = new Set(namesOf(one));
  return namesOf(other).every((name) => names.has(name));
}

/** The same for grants that ask for the same in the same way. */
export function textOfAsked(grant: CompiledGrant): string {
  return JSON.stringify([grant.controls.length > 1 ? grant.operator : null, namesOf(grant).sort()]);
}

function namesOf({ controls, session, strength }: CompiledGrant): string[] {
  const names = [...controls, ...session].map(nameOf);
  return strength === undefined ? names : [...names, JSON.stringify([...(strength.combinations ?? [])].sort())];
}

function nameOf({ control, displayName }: CompiledControl): string {
  return JSON.stringify([control, displayName]);
}
