import type { BothSides } from '../conditional-access/fast/both-sides.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import type { Change } from './change.ts';
import { attributed, changed, openChange, outcomesOf, settledAs, unchanged } from './change.ts';
import type { DecidedPair } from './decided-pairs.ts';
import { certainBetween, isSurelyStopped, possibleBetween } from './outcome-range.ts';

/** `weighPair` in bits: for one tenant without anything undocumented, where the record tells no more than the facts. */
export function weighSides({ was, becomes }: DecidedPair, sides: BothSides): Change {
  if (was.outcome === 'unknown' || becomes.outcome === 'unknown') return weighOpen(was, becomes, sides);
  if (was.outcome !== becomes.outcome) return changed(was, becomes);
  // Whoever is still stopped is no less protected.
  if (becomes.outcome === 'blocked' || becomes.outcome === 'denied') return unchanged(was, becomes);
  const { loss } = sides;
  if (loss === 'certain') return settledAs('lessProtected', outcomesOf(was, becomes), sides.noLongerDemanding);
  return unchanged(was, becomes, loss === 'possible' || sides.mayDemandLess);
}

function weighOpen(was: Decision, becomes: Decision, sides: BothSides): Change {
  if (!sides.areDiffering) return unchanged(was, becomes);
  const [before, after] = sides.ranges;
  const certain = certainBetween(before, after);
  if (certain !== undefined) return attributed(certain, was, becomes);
  const stoppedBy = isSurelyStopped(before, after) ? sides.stopping : [];
  const known = { stoppedBy, couldBe: possibleBetween(before, after) };
  return openChange(was, becomes, known, (id) => sides.isDiffering(id));
}
