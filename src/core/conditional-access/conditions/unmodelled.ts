import type { ConditionKind } from '../../graph/conditions.ts';
import { MODELLED_MEMBERS } from '../../graph/policy-rows.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { unmodelledMembers } from '../../tenant/policy-words.ts';
import type { CompiledCondition } from '../facts/facts.ts';
import type { Entry } from './include-exclude.ts';
import { lacks, settled } from './include-exclude.ts';

/** A preview member of a list condition: it may include or exclude anything, so it is unknown and named. */
export function unmodelledEntry<Facts>(member: string): Entry<Facts> {
  return { value: member, label: member, rule: 'unknownFutureValue', match: () => lacks(`meaning of ${member}`) };
}

/** Entries for the two lists of a condition. */
export interface IncludeExclude<Facts> {
  readonly includes: readonly Entry<Facts>[];
  readonly excludes: readonly Entry<Facts>[];
}

/** Entries of two origins together. */
export function bothOf<Facts>(some: IncludeExclude<Facts>, others: IncludeExclude<Facts>): IncludeExclude<Facts> {
  return { includes: [...some.includes, ...others.includes], excludes: [...some.excludes, ...others.excludes] };
}

/**
 * The members of a list condition that nobody here knows, each unknown by name: on the side that its name says, as Graph calls
 * all of its lists. Where nothing else is configured, an exclusion by itself leaves open what it is taken from.
 */
export function unmodelledEntries<Facts>(
  condition: object | null | undefined,
  pointer: Exclude<keyof typeof MODELLED_MEMBERS, '/conditions' | '/grantControls'>,
  isConfigured = true,
): IncludeExclude<Facts> {
  const name = pointer.slice('/conditions/'.length);
  const members = unmodelledMembers(condition, MODELLED_MEMBERS[pointer]);
  const isExclude = (member: string) => isConfigured && member.startsWith('exclude');
  const entry = (member: string) => unmodelledEntry<Facts>(`${name}.${member}`);
  return {
    includes: members.filter((member) => !isExclude(member)).map(entry),
    excludes: members.filter(isExclude).map(entry),
  };
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
