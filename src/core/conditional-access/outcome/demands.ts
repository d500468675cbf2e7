import type { CompiledPolicy } from '../compile.ts';
import type { AskedControl, Demand } from '../demand.ts';
import type { CompiledGrant } from '../grant/controls.ts';
import { controlsOf, operatorOf, TOKEN_PROTECTION } from '../grant/controls.ts';
import { isEnough, textOfControl } from '../grant/enough.ts';
import type { Truth } from '../result.ts';
import { all, and, or } from '../truth.ts';

const DEMANDS = new WeakMap<CompiledPolicy, readonly Demand[]>();
const DEMANDS_OF_GRANTS = new WeakMap<CompiledGrant, readonly Demand[]>();

/** What a policy asks for. What is asked for together is a demand each. */
export function demandsOfPolicy(policy: CompiledPolicy): readonly Demand[] {
  const known = DEMANDS.get(policy);
  if (known !== undefined) return known;
  const demands = [...demandsOfControls(policy.grant), ...policy.sessionControls.map(limit)];
  DEMANDS.set(policy, demands);
  return demands;
}

/** What its grant asks for, and the session controls that refuse besides. */
export function demandsOfGrant(grant: CompiledGrant): readonly Demand[] {
  const known = DEMANDS_OF_GRANTS.get(grant);
  if (known !== undefined) return known;
  const demands = [...demandsOfControls(grant), ...grant.session.map(({ control }) => limit(control))];
  DEMANDS_OF_GRANTS.set(grant, demands);
  return demands;
}

function limit(control: string): Demand {
  return demand(`session ${control}`, []);
}

function demandsOfControls(grant: CompiledGrant): readonly Demand[] {
  // Token protection is among the limits; beside it the grant controls ask for what they ask for alone.
  const asked = controlsOf(grant).filter(({ control }) => control !== TOKEN_PROTECTION.control);
  const operator = operatorOf(grant);
  if (operator === 'AND' || asked.length < 2) return asked.map((one) => demand(`grant ${textOfControl(one)}`, [one]));
  const oneOfThem = demand(`grant ${asked.map(textOfControl).sort().join('\n')}`, asked);
  // Of several that nobody says how to combine, one is asked for in any case, and each may be.
  const each = operator === 'OR' ? [] : asked.map((one) => demand(`perhaps ${textOfControl(one)}`, [one], true));
  return [oneOfThem, ...each];
}

const BY_TEXT = new Map<string, Demand>();

function demand(text: string, controls: readonly AskedControl[], isOpen = false): Demand {
  const known = BY_TEXT.get(text) ?? { text, controls, isOpen };
  BY_TEXT.set(text, known);
  return known;
}

const COMPARED = new WeakMap<Demand, Map<Demand, Truth>>();

/** Whether one demand implies another: each control that is enough for the one is enough for the other. */
export function implies(one: Demand, other: Demand): Truth {
  if (one === other) return true;
  const others = COMPARED.get(one) ?? new Map<Demand, Truth>();
  const known = others.get(other);
  if (known !== undefined) return known;
  const found = compared(one, other);
  COMPARED.set(one, others.set(other, found));
  return found;
}

function compared(one: Demand, other: Demand): Truth {
  const enough = one.controls.length > 0 && all(one.controls.map((control) => isEnough(control, other.controls)));
  // What may not be asked for surely keeps nothing, and surely is not lost.
  const kept = one.isOpen ? and(enough, 'unknown') : enough;
  return other.isOpen ? or(kept, 'unknown') : kept;
}

/** Whether one of some demands implies another. */
export function isAsked(demand: Demand, by: ReadonlySet<Demand>): Truth {
  if (by.has(demand)) return true;
  let found: Truth = false;
  for (const one of by) {
    found = or(found, implies(one, demand));
    if (found === true) return true;
  }
  return found;
}

/** Whether each of some demands is implied by one of others. */
export function areAsked(demands: ReadonlySet<Demand>, by: ReadonlySet<Demand>): Truth {
  let found: Truth = true;
  for (const demand of demands) {
    found = and(found, isAsked(demand, by));
    if (found === false) return false;
  }
  return found;
}

/** Of all demands those that some of them surely imply, themselves included, and those that they may imply. */
export function withLesser(
  demands: readonly Demand[],
  all: readonly Demand[],
): Readonly<Record<'sure' | 'possible', readonly Demand[]>> {
  const own = new Set(demands);
  const asked = all.map((one) => isAsked(one, own));
  return {
    sure: all.filter((_, at) => asked[at] === true),
    possible: all.filter((_, at) => asked[at] !== false),
  };
}
