import type { Address } from '../../network/address.ts';
import { lookup } from '../../network/range-index.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { locatedAddress } from '../../signaling/observation.ts';
import type { CompiledTenant } from '../compile.ts';
import { evaluate, gatherFacts } from '../evaluate.ts';
import { presented } from '../facts/presented.ts';
import { isRecordedAddress } from '../outcome/testimony.ts';
import type { Evaluation, PolicyEvaluation } from '../result.ts';
import { claimsKey, distinctControls } from './claims.ts';
import { differsAtResource } from './decide.ts';
import { Numbers } from './numbers.ts';
import type { Judged } from './slot-bits.ts';
import { remembered, usedSlots } from './slot-bits.ts';

export type Evaluator = (attempt: SignInAttempt, observation: Observation) => Evaluation;

/** Policies of remembered evaluations: some 40 MB. When it is full, remembering begins anew. */
const CAPACITY = 40_000;

/** Where hardly a sign-in is like another, remembering costs more than it saves: then it rests, and is tried again. */
const TRIED = 1_000;
const WORTHWHILE = 1 / 4;
const RESTING = 20_000;

/**
 * The explaining evaluator with a memory, for many sign-ins: an evaluation follows from what the conditions of each slot say,
 * from which controls are satisfied, from the locations that hold the address, and from what the record testifies where the
 * facts leave something open. Sign-ins that are alike in all of these share one evaluation, and its policies are the same
 * objects (invariant 9: equal to `evaluate` in every member).
 */
export function createEvaluator(compiled: CompiledTenant): Evaluator {
  const classes = compiledClasses(compiled);
  const controls = distinctControls(compiled.policies);
  const isStrict = compiled.policies.some(({ mode, isStrictLocation }) => mode === 'enabled' && isStrictLocation);
  const capacity = Math.max(50, Math.floor(CAPACITY / Math.max(compiled.policies.length, 1)));
  let known = new Map<string, Evaluation>();
  let [tried, made, resting] = [0, 0, 0];

  function recall(key: string, make: () => Evaluation): Evaluation {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= capacity) known = new Map();
    made++;
    const evaluation = make();
    known.set(key, evaluation);
    return evaluation;
  }

  function isWorthwhile(): boolean {
    if (resting > 0) {
      resting--;
      return false;
    }
    if (++tried < TRIED) return true;
    if (made > tried * (1 - WORTHWHILE)) {
      resting = RESTING;
      known = new Map();
    }
    [tried, made] = [0, 0];
    return true;
  }

  return (given, observation) => {
    const attempt = presented(compiled, given);
    if (isStrict && differsAtResource(observation)) return evaluate(compiled, attempt, observation);
    if (!isWorthwhile()) return evaluate(compiled, attempt, observation);
    const key = `${classes(attempt, observation)} ${claimsKey(controls, attempt)}`;
    const alone = recall(key, () => evaluate(compiled, { ...attempt, testimony: undefined }, observation));
    const said = testimonyKey(alone, attempt, observation);
    const evaluation = said === '' ? alone : recall(`${key} ${said}`, () => evaluate(compiled, attempt, observation));
    return { ...evaluation, observation };
  };
}

/** One text for all sign-ins of which every condition of every policy, and every named location, says the same. */
function compiledClasses(compiled: CompiledTenant): (attempt: SignInAttempt, observation: Observation) => string {
  const slots = usedSlots(compiled).map((slot) => {
    const numbers = new Numbers();
    return remembered(slot, ({ attempt, observation }: Judged) => {
      const facts = gatherFacts(compiled, attempt, observation);
      const results = compiled.policies.map(({ conditions }) =>
        conditions.filter((condition) => condition.slot === slot).map((condition) => condition.judge(facts)),
      );
      return numbers.of(JSON.stringify(results));
    });
  });
  const held = new Numbers<readonly number[] | undefined>();
  const holdersOf = (address: Address | undefined) =>
    address === undefined ? undefined : lookup(compiled.locations.index, address);
  return (attempt, observation) => {
    const judged: Judged = { attempt, observation, holders: holdersOf(locatedAddress(observation)) };
    let text = `${held.of(holdersOf(observation.ipAddress))} ${observation.countryOrRegion}`;
    for (const slot of slots) text += ` ${slot(judged)}`;
    return text;
  };
}

/** What the record says of the policies that the facts leave open; empty where it has nothing to say. */
function testimonyKey({ policies }: Evaluation, attempt: SignInAttempt, observation: Observation): string {
  const { testimony } = attempt;
  if (testimony === undefined || testimony.size === 0) return '';
  let text = '';
  for (const { policyId } of openPolicies(policies)) {
    const says = testimony.get(policyId);
    if (says === undefined) continue;
    text += ` ${policyId} ${says.result} ${says.applied} ${says.controlsSatisfied} ${says.satisfied} ${says.notSatisfied}`;
  }
  return text === '' ? '' : `${isRecordedAddress({ attempt, observation })}${text}`;
}

const OPEN = new WeakMap<readonly PolicyEvaluation[], readonly PolicyEvaluation[]>();

function openPolicies(policies: readonly PolicyEvaluation[]): readonly PolicyEvaluation[] {
  const known = OPEN.get(policies);
  if (known !== undefined) return known;
  const open = policies.filter(
    ({ conditions, effect }) => effect.least !== effect.most || conditions.some(({ truth }) => truth === 'unknown'),
  );
  OPEN.set(policies, open);
  return open;
}
