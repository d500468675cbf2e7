import type { CompiledPolicy } from '../compile.ts';
import { controlsOf, operatorOf, TOKEN_PROTECTION } from '../grant/controls.ts';
import type { PolicyStanding } from '../result.ts';

/** What a policy asks for, and how it combines it. */
export type Asking = Pick<PolicyStanding, 'controls' | 'operator' | 'sessionControls'>;

/** Stands between controls of which one is enough; no name has it. */
const OR = '\n';
const GRANT = 'grant ';

const DEMANDS = new WeakMap<object, { readonly of: Asking; readonly demands: readonly string[] }>();

/**
 * What a policy asks for, each demand in words: a limit of the session, or controls of which one is enough. What is asked for together is a
 * demand each. What many sign-ins are asked for is put into words once.
 */
export function demandsOf({ controls, operator, sessionControls }: Asking): readonly string[] {
  const known = DEMANDS.get(controls);
  if (known !== undefined && known.of.operator === operator && known.of.sessionControls === sessionControls)
    return known.demands;
  const demands = demandsIn({ controls, operator, sessionControls });
  DEMANDS.set(controls, { of: { controls, operator, sessionControls }, demands });
  return demands;
}

/** The same of a policy as it is prepared. */
export function demandsOfPolicy({ grant, sessionControls }: CompiledPolicy): readonly string[] {
  return demandsOf({ controls: controlsOf(grant), operator: operatorOf(grant), sessionControls });
}

/** By what it asks: the same demand of another policy protects as well. */
function demandsIn({ controls, operator, sessionControls }: Asking): readonly string[] {
  const limits = sessionControls.map((control) => `session ${control}`);
  // Token protection is among the limits; beside it the grant controls ask for what they ask for alone.
  const asked = controls
    .filter(({ control }) => control !== TOKEN_PROTECTION.control)
    .map(({ control, displayName }) => `${control} ${displayName}`);
  if (operator === 'AND' || asked.length < 2) return [...asked.map((one) => `${GRANT}${one}`), ...limits];
  // Of several that nobody says how to combine, nothing less is known than all of the words.
  return [operator === 'OR' ? `${GRANT}${asked.sort().join(OR)}` : `several ${asked.join(OR)}`, ...limits];
}

const CHOICES = new Map<string, readonly string[]>();

/** The controls of which a demand wants one; `undefined`: it is no such demand. */
function choicesOf(demand: string): readonly string[] | undefined {
  if (!demand.startsWith(GRANT)) return undefined;
  const known = CHOICES.get(demand) ?? demand.slice(GRANT.length).split(OR);
  CHOICES.set(demand, known);
  return known;
}

/** Whether whoever satisfies one demand satisfies the other: each of the controls that are enough for it is enough for the other. */
export function isAtLeast(one: string, other: string): boolean {
  if (one === other) return true;
  const [choices, others] = [choicesOf(one), choicesOf(other)];
  return choices !== undefined && others !== undefined && choices.every((choice) => others.includes(choice));
}

/** Whether some demands are enough for another. */
export function isAsked(demand: string, by: ReadonlySet<string>): boolean {
  if (by.has(demand)) return true;
  for (const one of by) if (isAtLeast(one, demand)) return true;
  return false;
}

/** Whether some demands are enough for all of others. */
export function areAsked(demands: ReadonlySet<string>, by: ReadonlySet<string>): boolean {
  for (const demand of demands) if (!isAsked(demand, by)) return false;
  return true;
}

/** Demands with those of all that they are enough for. */
export function withLesser(demands: readonly string[], all: readonly string[]): readonly string[] {
  return all.filter((one) => demands.some((demand) => isAtLeast(demand, one)));
}
