import type { Effect, Evaluation } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';
import type { Expected } from './compare.ts';
import { compare, isUndecided } from './compare.ts';
import { possibleOutcomes } from './possible-outcomes.ts';
import type { Failure, Mismatch } from './result.ts';

/** What an invariant says of each sign-in of its range: what never comes of it, or what always does. */
export type Statement = { readonly never: ReadonlySet<string> } | { readonly always: Expected };

/** A sign-in that the statement does not hold of. */
export interface Violation {
  readonly mismatches: readonly Mismatch[];
  readonly status: Failure['status'];
}

/** `undefined`: the statement holds of this sign-in, whatever is not known. */
export function violationOf(statement: Statement, evaluation: Evaluation): Violation | undefined {
  return 'never' in statement ? forbiddenIn(statement.never, evaluation) : deviationOf(statement.always, evaluation);
}

/** The outcomes that contradict a statement about nothing but outcomes; `undefined`: it says more than that. */
export function forbiddenOutcomes(statement: Statement): ReadonlySet<Effect> | undefined {
  if ('never' in statement) return outcomes((effect) => statement.never.has(effect));
  const { outcome: wanted, ...others } = statement.always.said;
  const isMore = Object.values(others).some((said) => said !== undefined);
  return isMore || wanted === undefined ? undefined : outcomes((effect) => !wanted.includes(effect));
}

function outcomes(isMeant: (effect: Effect) => boolean): ReadonlySet<Effect> {
  return new Set(EFFECTS.filter(isMeant));
}

function forbiddenIn(never: ReadonlySet<string>, evaluation: Evaluation): Violation | undefined {
  const possible = possibleOutcomes(evaluation);
  const hits = possible.filter((outcome) => never.has(outcome));
  if (hits.length === 0) return undefined;
  const mismatch = { member: 'outcome', expected: `never ${[...never].join(' or ')}`, got: possible.join(' or ') };
  return { mismatches: [mismatch], status: hits.length === possible.length ? 'failed' : 'unknown' };
}

function deviationOf(always: Expected, evaluation: Evaluation): Violation | undefined {
  const mismatches = compare(always, evaluation);
  if (mismatches.length === 0) return undefined;
  const wanted = always.said.outcome;
  const possible = possibleOutcomes(evaluation);
  const isOnlyOutcome = mismatches.every(({ member }) => member === 'outcome');
  if (isOnlyOutcome && wanted !== undefined && possible.every((outcome) => wanted.includes(outcome))) return undefined;
  const isOpen =
    isUndecided(mismatches) && (wanted === undefined || possible.some((outcome) => wanted.includes(outcome)));
  return { mismatches, status: isOpen ? 'unknown' : 'failed' };
}
