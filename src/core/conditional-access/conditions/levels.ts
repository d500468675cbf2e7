import { factNamed, LEVELS } from '../../graph/sign-in-facts.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { flags } from '../../tenant/policy-words.ts';
import { valueAt } from '../../values/value-at.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { compileEnumLists } from './enum-list.ts';
import { lostEntries } from './lost-entries.ts';

/** The levels of risk that a policy lists: sets, not thresholds (G-COND), so low is not in [medium, high]. */
export function compileLevels(conditions: ConditionSet): (CompiledCondition | undefined)[] {
  return LEVELS.map(({ fact, slot, level: { member, condition, rule } }) =>
    compileEnumLists(
      { condition, slot, known: factNamed(fact).words, rule, fact, read: ({ attempt }) => [attempt[fact]] },
      flags(valueAt(conditions, `/${member}`)),
      [],
      lostEntries<Facts>(conditions, member),
    ),
  );
}
