import type { CompiledControl, CompiledGrant } from './controls.ts';

/**
 * Whether whoever has satisfied the first grant has satisfied the second too, whatever is not known of their controls: it asks
 * for all that the second asks for, and for all of it at once.
 */
export function asksForAllOf(one: CompiledGrant, other: CompiledGrant): boolean {
  // What two policies have lost need not be the same.
  if (one.mayBlock || other.mayBlock) return one === other;
  if (textOfAsked(one) === textOfAsked(other)) return true;
  if (one.controls.length > 1 && one.operator !== 'AND') return false;
  const names = new Set(namesOf(one));
  return namesOf(other).every((name) => names.has(name));
}

/** The same for grants that ask for the same in the same way, where nothing of them was lost. */
export function textOfAsked(grant: CompiledGrant): string {
  return JSON.stringify([grant.controls.length > 1 ? grant.operator : null, namesOf(grant).sort()]);
}

function namesOf({ controls, session, strength }: CompiledGrant): string[] {
  const names = [...controls, ...session].map(nameOf);
  if (strength === undefined) return names;
  return [...names, JSON.stringify([[...(strength.combinations ?? [])].sort(), strength.openText])];
}

function nameOf({ control, displayName, text }: CompiledControl): string {
  return JSON.stringify([control, displayName, text]);
}
