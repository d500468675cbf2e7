import type { ConditionSet } from '../../tenant/policy.ts';
import type { CompiledCondition } from '../facts.ts';
import type { Entry } from '../include-exclude.ts';
import { lacks, settled } from '../include-exclude.ts';
import { MODELLED_MEMBERS } from '../modelled-members.ts';
import { unmodelledMembers } from '../policy-words.ts';
import type { ConditionKind } from '../result.ts';

/** A preview member of a list condition: it may include or exclude anything, so it is unknown and named. */
export function unmodelledEntry<Facts>(member: string): Entry<Facts> {
  return { value: member, label: member, rule: 'unknownFutureValue', match: () => lacks(`meaning of ${member}`) };
}

const KINDS: ReadonlyMap<string, ConditionKind> = new Map([
  ['times', 'time'],
  ['clients', 'client'],
]);

/**
 * Preview conditions (`agents`, `agentIdRiskLevels`, `times`, `networkAccessSecurity` …): kept, and unknown by name where they
 * are set to something; null, empty and false are not configured (L-CORPUS, G-EVAL; invariant 5).
 */
export function compileUnmodelledConditions(conditions: ConditionSet): CompiledCondition[] {
  return unmodelledMembers(conditions, MODELLED_MEMBERS['/conditions']).map((member) => {
    const kind = KINDS.get(member) ?? 'unmodelled';
    const fact = `meaning of conditions.${member}`;
    const result = settled(kind, 'unknown', `${member} is configured and not modelled`, [fact]);
    return { slot: 'unmodelled', judge: () => result };
  });
}
