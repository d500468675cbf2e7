import type { ConditionKind } from '../../graph/conditions.ts';
import { conditionNamed } from '../../graph/conditions.ts';
import type { ConditionResult, RuleSatisfied, Truth } from '../result.ts';
import { and, any, not } from '../truth.ts';

/** Whether one entry of an include or exclude list matches, the rule it is by, and which facts an unknown answer lacks. */
export interface EntryMatch {
  readonly truth: Truth;
  readonly rule?: string;
  readonly facts?: readonly string[];
}

export const MATCH: EntryMatch = { truth: true };
export const NO_MATCH: EntryMatch = { truth: false };

export function lacks(...facts: readonly string[]): EntryMatch {
  return { truth: 'unknown', facts };
}

/** One entry of a policy's list, prepared: how it is called in the log and for people, and how it is matched. */
export interface Entry<Facts> {
  readonly value: string;
  readonly label: string;
  /** Graph's `conditionalAccessRule` where the match does not give a more precise one. */
  readonly rule: string;
  /** Whether the same entry in another list may stand for something else. */
  readonly isAmbiguous?: true;
  match(facts: Facts): EntryMatch;
}

/**
 * The pattern of every list condition: any include, and no exclude. Exclusion wins over inclusion (D-USERS, D-NET, D-APPS;
 * L-REAL `excludeRulesSatisfied`); what is not included stays false even where an exclusion is unknown.
 */
export function judgeLists<Facts>(
  condition: ConditionKind,
  includes: readonly Entry<Facts>[],
  excludes: readonly Entry<Facts>[],
  facts: Facts,
): ConditionResult {
  const included = matchesOf(includes, facts);
  const excluded = matchesOf(excludes, facts);
  const isIncluded = any(included.map(({ entry, match }) => inclusionBy(entry, match.truth, excludes)));
  const isExcluded = any(excluded.map(({ match }) => match.truth));
  const truth = and(isIncluded, not(isExcluded));
  const open = [...(isIncluded === 'unknown' ? included : []), ...(isExcluded === 'unknown' ? excluded : [])];
  const missing = truth === 'unknown' ? factsOf(open.map(({ match }) => match)) : [];
  const says = conditionNamed(condition).called;
  return {
    condition,
    truth,
    origin: 'facts',
    includeRules: rulesOf(condition, included),
    excludeRules: rulesOf(condition, excluded),
    missing: missing.map((fact) => ({ fact, condition })),
    because: because(),
  };

  function because(): string {
    if (isIncluded === false) return `${says} not included`;
    if (isExcluded === true) return `${says} excluded: ${labelsOf(excluded)}`;
    if (truth === 'unknown') return `${says} unknown without ${missing.join(', ')}`;
    return `${says} included: ${labelsOf(included)}`;
  }
}

/** The entries that match, or may; a list may hold thousands, of which nearly none does. */
function matchesOf<Facts>(entries: readonly Entry<Facts>[], facts: Facts): readonly Matched[] {
  const found: Matched[] = [];
  for (const entry of entries) {
    const match = entry.match(facts);
    if (match.truth !== false) found.push({ entry, match });
  }
  return found;
}

type Named = Pick<Entry<never>, 'value' | 'isAmbiguous'>;

/**
 * The inclusion by an entry. One that is excluded too includes nobody, whatever it stands for: so much is known though the entry
 * is not, but where the two may not stand for the same.
 */
function inclusionBy({ value, isAmbiguous }: Named, truth: Truth, excludes: readonly Named[]): Truth {
  if (truth !== 'unknown' || isAmbiguous === true) return truth;
  return excludes.some((entry) => entry.value.toLowerCase() === value.toLowerCase()) ? false : 'unknown';
}

/** The truth of {@link judgeLists}, without what is to be said of it; a property holds them to one answer. */
export function truthOfLists<Facts>(
  includes: readonly Entry<Facts>[],
  excludes: readonly Entry<Facts>[],
  facts: Facts,
): Truth {
  const isIncluded = anyMatch(includes, facts, (entry) => inclusionBy(entry, 'unknown', excludes));
  return isIncluded === false ? false : and(isIncluded, not(anyMatch(excludes, facts, () => 'unknown')));
}

function anyMatch<Facts>(entries: readonly Entry<Facts>[], facts: Facts, whenUnknown: (entry: Named) => Truth): Truth {
  let found: Truth = false;
  for (const entry of entries) {
    const { truth } = entry.match(facts);
    if (truth === true) return true;
    if (truth === 'unknown' && found === false) found = whenUnknown(entry);
  }
  return found;
}

/** A condition that is settled without lists; `facts` are those that an unknown one lacks. */
export function settled(
  condition: ConditionKind,
  truth: Truth,
  because: string,
  facts: readonly string[] = [],
): ConditionResult {
  const missing = facts.map((fact) => ({ fact, condition }));
  return { condition, truth, origin: 'facts', includeRules: [], excludeRules: [], missing, because };
}

type Matched = {
  readonly entry: Pick<Entry<never>, 'value' | 'label' | 'rule' | 'isAmbiguous'>;
  readonly match: EntryMatch;
};

function rulesOf(condition: ConditionKind, matched: readonly Matched[]): RuleSatisfied[] {
  return matched
    .filter(({ match }) => match.truth === true)
    .map(({ entry, match }) => ({
      conditionalAccessCondition: condition,
      ruleSatisfied: match.rule ?? entry.rule,
      value: entry.value,
    }));
}

function labelsOf(matched: readonly Matched[]): string {
  return matched
    .filter(({ match }) => match.truth === true)
    .map(({ entry }) => entry.label)
    .join(', ');
}

function factsOf(matches: readonly EntryMatch[]): string[] {
  return [...new Set(matches.flatMap(({ truth, facts }) => (truth === 'unknown' ? (facts ?? []) : [])))];
}
