import type { AskedControl } from '../demand.ts';
import type { CompiledControl, CompiledGrant } from './controls.ts';
import { isEnough } from './enough.ts';

/**
 * Whether whoever has satisfied the first grant has satisfied the second too, whatever is not known of their controls: it asks for all that
 * the second asks for, and for more, or for the same in the same words. Of two that ask for the same in other words neither does.
 */
export function asksForAllOf(one: CompiledGrant, other: CompiledGrant): boolean {
  // What two policies have lost need not be the same.
  if (one.mayBlock || other.mayBlock) return one === other;
  if (textOfAsked(one) === textOfAsked(other)) return true;
  return isAllAsked(other, one) && !isAllAsked(one, other);
}

function isAllAsked(grant: CompiledGrant, by: CompiledGrant): boolean {
  // Of several controls that nobody says how to combine, one is enough or all are asked for.
  const asked = choicesOf(by, by.operator ?? 'OR');
  return choicesOf(grant, grant.operator ?? 'AND').every((wanted) =>
    asked.some((choice) => choice.every((control) => isEnough(control, wanted) === true)),
  );
}

/** The controls of which one each is asked for. */
function choicesOf({ controls, session }: CompiledGrant, operator: 'AND' | 'OR'): readonly (readonly AskedControl[])[] {
  const each = operator === 'AND' || controls.length === 0 ? controls.map((control) => [control]) : [controls];
  return [...each, ...session.map((control) => [control])];
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
