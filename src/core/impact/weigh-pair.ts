import { classifyChange, noLongerDemanding } from '../conditional-access/outcome/change.ts';
import { once } from '../values/once.ts';
import { withBegunLimits } from './begun-limits.ts';
import type { Change, Side } from './change.ts';
import { attributed, changed, openChange, outcomesOf, settledAs, unchanged } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';
import { differingPolicies } from './differing-policies.ts';
import { certainClass, certainlyStoppedBy, mayDemandLess, possibleClasses } from './outcome-range.ts';

/** The same sign-in on both sides. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** The class by everything that is known, with what it could be besides. */
export function weighPair({ before, after }: Sides, common: CommonPolicies): Change {
  const differing = once(() => differingPolicies(before, after, common));
  const change = weighKnown({ before, after }, differing);
  return withBegunLimits(change, before, after, (id) => differing().has(id));
}

type Differing = () => ReadonlySet<string>;

function weighKnown(pair: Sides, differing: Differing): Change {
  const { before: was, after: becomes } = pair;
  const kind = classifyChange(was, becomes);
  const isOutcomeOpen = was.outcome === 'unknown' || becomes.outcome === 'unknown';
  if (kind === 'unknown' && isOutcomeOpen) return weighOpen(pair, differing());
  if (kind === 'unknown' || kind === 'unchanged') {
    // The outcome stays; whether something is no longer asked may hang on what is not known, and then the gates count it.
    const mayLose = kind === 'unknown' || mayDemandLess(was, becomes, differing());
    return unchanged(was, becomes, mayLose);
  }
  if (was.outcome !== becomes.outcome) return changed(was, becomes);
  return settledAs(kind, outcomesOf(was, becomes), noLongerDemanding(was, becomes));
}

/** An outcome is not known: what is certain all the same, or everything that it could be. */
function weighOpen({ before: was, after: becomes }: Sides, differing: ReadonlySet<string>): Change {
  if (differing.size === 0) return unchanged(was, becomes);
  const certain = certainClass(was, becomes);
  if (certain !== undefined) return attributed(certain, was, becomes);
  const known = { stoppedBy: certainlyStoppedBy(was, becomes), couldBe: possibleClasses(was, becomes) };
  return openChange(was, becomes, known, (id) => differing.has(id));
}
