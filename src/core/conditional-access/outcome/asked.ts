import type { Demand } from '../demand.ts';
import type { CompiledControl, CompiledGrant } from '../grant/controls.ts';
import { areAsked, demandsOfGrant } from './demands.ts';

/**
 * Whether whoever has satisfied the first grant has satisfied the second too, whatever is not known of their controls: it asks for all that
 * the second asks for, and for more, or for the same in the same words. Of two that ask for the same in other words neither does.
 */
export function asksForAllOf(one: CompiledGrant, other: CompiledGrant): boolean {
  // What two policies have lost need not be the same.
  if (one.mayBlock || other.mayBlock) return one === other;
  if (textOfAsked(one) === textOfAsked(other)) return true;
  const [own, others] = [demandsOfGrant(one), demandsOfGrant(other)];
  return areSurelyAsked(others, own) && !areSurelyAsked(own, others);
}

/** What one policy may ask for need not be what another does. */
function areSurelyAsked(demands: readonly Demand[], by: readonly Demand[]): boolean {
  return areAsked(new Set(demands), new Set(by.filter(({ isOpen }) => !isOpen))) === true;
}

/** The same for grants that ask for the same in the same way, where nothing of them was lost. */
export function textOfAsked(grant: CompiledGrant): string {
  return JSON.stringify([grant.blocks, grant.controls.length > 1 ? grant.operator : null, namesOf(grant).sort()]);
}

function namesOf({ controls, session, strength }: CompiledGrant): string[] {
  const names = [...controls, ...session].map(nameOf);
  if (strength === undefined) return names;
  return [...names, JSON.stringify([[...(strength.combinations ?? [])].sort(), strength.openText])];
}

function nameOf({ control, displayName, text }: CompiledControl): string {
  return JSON.stringify([control, displayName, text]);
}
