import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { classifyChange, noLongerDemanding } from '../conditional-access/outcome/change.ts';
import type { Change, Side } from './change.ts';
import { attributed, changed, outcomesOf, settledAs, unchanged } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';
import { differingPolicies } from './differing-policies.ts';
import { certainClass, certainlyStoppedBy, mayDemandLess, possibleClasses } from './outcome-range.ts';

/** The same sign-in on both sides. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

const LESS_PROTECTED: readonly ChangeClass[] = ['lessProtected'];

/** The class by everything that is known. */
export function weighPair(pair: Sides, common: CommonPolicies): Change {
  const { before: was, after: becomes } = pair;
  const kind = classifyChange(was, becomes);
  const isOutcomeOpen = was.outcome === 'unknown' || becomes.outcome === 'unknown';
  if (kind === 'unknown' && isOutcomeOpen) return weighOpen(pair, common);
  if (kind === 'unknown' || kind === 'unchanged') {
    // The outcome stays; whether something is no longer asked may hang on what is not known, and then the gates count it.
    const mayLose = kind === 'unknown' || mayDemandLess(was, becomes, differingPolicies(was, becomes, common));
    return { ...unchanged(was, becomes), couldBe: mayLose ? LESS_PROTECTED : [] };
  }
  if (was.outcome !== becomes.outcome) return changed(was, becomes);
  return settledAs(kind, outcomesOf(was, becomes), noLongerDemanding(was, becomes));
}

/** An outcome is not known: what is certain all the same, or everything that it could be. */
function weighOpen({ before: was, after: becomes }: Sides, common: CommonPolicies): Change {
  const differing = differingPolicies(was, becomes, common);
  if (differing.size === 0) return unchanged(was, becomes);
  const certain = certainClass(was, becomes);
  if (certain !== undefined) return attributed(certain, was, becomes);
  const open = [was, becomes].filter(({ outcome }) => outcome === 'unknown');
  const stoppedBy = certainlyStoppedBy(was, becomes);
  const hanging = open.flatMap(({ decidedBy }) => decidedBy).filter((id) => differing.has(id));
  return {
    class: 'unknown',
    outcomes: outcomesOf(was, becomes),
    decidedBy: [...new Set([...stoppedBy, ...hanging])],
    stoppedBy,
    couldBe: possibleClasses(was, becomes),
    missing: [...new Set(open.flatMap(({ missing }) => missing.map(({ fact }) => fact)))].sort(),
  };
}
