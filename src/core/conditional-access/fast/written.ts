import { lookup } from '../../network/range-index.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { differsAtResource, locatedAddress } from '../../signaling/observation.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import { evaluate, gatherFacts, judgePolicy } from '../evaluate.ts';
import { holdingsOf, networkLocationDetails } from '../facts/located.ts';
import { presented } from '../facts/presented.ts';
import { appliedPolicy } from '../record/applied-policy.ts';
import type { AppliedConditionalAccessPolicy } from '../record/sign-in.ts';
import type { ConditionResult, Evaluation } from '../result.ts';
import { APPLIED_POLICY_RESULTS } from '../result.ts';
import { isSet, maskOf } from './bitset.ts';
import { decide } from './decide.ts';
import { DecisionTable } from './decision-table.ts';
import { engineOf } from './engine.ts';
import type { BySlot, Judged } from './judged.ts';
import { Numbers } from './numbers.ts';
import { remembered } from './same-parts.ts';
import { usedSlots } from './slot-bits.ts';

/** What of an evaluation a log writes into a record. */
export interface Written
  extends Pick<
    Evaluation,
    | 'outcome'
    | 'conditionalAccessStatus'
    | 'decidedBy'
    | 'status'
    | 'authenticationRequirement'
    | 'networkLocationDetails'
  > {
  /** Entries that are alike are one object, whichever sign-in they stand in. */
  readonly applied: readonly AppliedConditionalAccessPolicy[];
  /** Names of the facts that are missing, sorted, each once. */
  readonly missing: readonly string[];
}

/** Texts of single conditions of single policies; a tenant has few. */
const CONDITION_TEXTS = 20_000;

/**
 * What a log writes of an evaluation, without making it: the decision, and of each policy the entry that follows from its
 * result and from what its own conditions say. Of a condition the log writes whether it is met and by which kinds of rules,
 * not by which names, so that thousands of people share an entry. Where a record is heard on conditions that are not known,
 * or the address at the resource is looked at, the evaluation is made.
 */
export function createWriter(compiled: CompiledTenant): (attempt: SignInAttempt, observation: Observation) => Written {
  const slots = writtenSlots(compiled);
  const engine = engineOf(compiled);
  const entries = compiled.policies.map(() => new DecisionTable<AppliedConditionalAccessPolicy>());
  const held = new DecisionTable<Written['networkLocationDetails']>();
  const countries = new Numbers<string | null | undefined>();
  const holders = new Numbers<readonly number[] | undefined>();

  return (given, observation) => {
    const attempt = presented(compiled, given);
    const located = locatedAddress(observation);
    const judged = { attempt, observation, holders: located && lookup(compiled.locations.index, located) };
    const parts = slots.map((slot) => slot(judged));
    if (differsAtResource(observation) || isHeard(judged, parts)) {
      return writtenOf(evaluate(compiled, attempt, observation));
    }
    const { results, most: _most, ...decision } = decide(compiled, attempt, observation);
    const claims = engine.claims.of(attempt).number;
    const applied = compiled.policies.map((policy, at) => {
      const code = results[at] ?? 0;
      const entry = entries[at] ?? new DecisionTable();
      entry.begin();
      entry.put(code);
      entry.put(claims);
      for (const { numbers } of parts) entry.put(numbers[at] ?? 0);
      return entry.value(() => entryOf(compiled, policy, judged, code));
    });
    return { ...decision, applied, networkLocationDetails: detailsOf(judged) };
  };

  /** Whether the record says something of a policy with a condition that is not known. */
  function isHeard({ attempt }: Judged, parts: readonly SlotTexts[]): boolean {
    return engine.hearing(attempt.testimony).policies.some(({ at }) => parts.some(({ open }) => isSet(open, at)));
  }

  function detailsOf({ observation, holders: position }: Judged): Written['networkLocationDetails'] {
    held.begin();
    held.put(observation.ipAddress === undefined ? 0 : holders.of(position));
    held.put(countries.of(observation.countryOrRegion));
    return held.value(() => networkLocationDetails(holdingsOf(compiled.locations, observation)));
  }
}

function entryOf(
  compiled: CompiledTenant,
  policy: CompiledPolicy,
  { attempt, observation }: Judged,
  code: number,
): AppliedConditionalAccessPolicy {
  const { evaluation } = judgePolicy(policy, gatherFacts(compiled, attempt, observation), undefined);
  return appliedPolicy({ ...evaluation, result: APPLIED_POLICY_RESULTS[code] ?? 'unknown' });
}

function writtenOf(evaluation: Evaluation): Written {
  const { outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement } = evaluation;
  return {
    ...{ outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement },
    networkLocationDetails: evaluation.networkLocationDetails,
    applied: evaluation.policies.map(appliedPolicy),
    missing: [...new Set(evaluation.missing.map(({ fact }) => fact))].sort(),
  };
}

interface SlotTexts {
  /** A number for each policy, the same where its conditions in the slot say the same. */
  readonly numbers: Int32Array;
  /** Policies with a condition in the slot that is not known. */
  readonly open: Uint32Array;
}

function writtenSlots(compiled: CompiledTenant): readonly BySlot<SlotTexts>[] {
  return usedSlots(compiled).map((slot) => {
    const texts = new Numbers(CONDITION_TEXTS);
    const rows = new DecisionTable<SlotTexts>();
    const conditionsOf = compiled.policies.map(({ conditions }) => conditions.filter((each) => each.slot === slot));
    return remembered(slot, ({ attempt, observation }) => {
      const facts = gatherFacts(compiled, attempt, observation);
      const open: boolean[] = [];
      rows.begin();
      const numbers = Int32Array.from(conditionsOf, (conditions) => {
        const results = conditions.map((condition) => condition.judge(facts));
        open.push(results.some(({ truth }) => truth === 'unknown'));
        const number = results.length === 0 ? 0 : texts.of(JSON.stringify(results.map(textOf)));
        rows.put(number);
        return number;
      });
      return rows.value(() => ({ numbers, open: maskOf(open) }));
    });
  });
}

/** Everything of a condition's result except the people and things that it names. */
function textOf({ condition, truth, includeRules, excludeRules, missing }: ConditionResult) {
  const rules = [includeRules, excludeRules].map((list) => list.map(({ ruleSatisfied }) => ruleSatisfied));
  return [condition, truth, rules, missing];
}
