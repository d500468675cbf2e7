import type { Condition, LostList } from '../../tenant/lost-lists.ts';
import { lostOfConditions } from '../../tenant/lost-locations.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { lacks } from './include-exclude.ts';
import type { IncludeExclude } from './unmodelled.ts';

/** The entry that stands for a list that an export lost: whatever is asked may have been in it (invariant 11). */
export function lostEntry<Facts>(fact: string, match: (facts: Facts) => EntryMatch = () => lacks(fact)): Entry<Facts> {
  return { value: fact, label: fact, rule: 'unknownFutureValue', match };
}

/** How what is asked may be in a lost list; `undefined`: it cannot be in that one. */
type MayHold<Facts> = (
  lost: LostList,
  mayBe: (facts: Facts) => EntryMatch,
) => ((facts: Facts) => EntryMatch) | undefined;

/** Entries for the lists of a condition that were lost, on their sides. */
export function lostEntries<Facts>(
  conditions: ConditionSet,
  condition: Condition,
  mayHold: MayHold<Facts> = (_, mayBe) => mayBe,
): IncludeExclude<Facts> {
  const entries = lostOfConditions(conditions)
    .filter((lost) => lost.condition === condition)
    .flatMap((list) => {
      const { fact } = list;
      const match = mayHold(list, () => lacks(fact));
      if (match === undefined) return [];
      const entry = lostEntry(fact, match);
      return [{ list, entry: list.isFilter === true ? { ...entry, isAmbiguous: true as const } : entry }];
    });
  // A filter may have included or excluded.
  const on = (wanted: 'include' | 'exclude') =>
    entries.flatMap(({ list, entry }) => (list.side === wanted || list.isFilter === true ? [entry] : []));
  return { includes: on('include'), excludes: on('exclude') };
}
