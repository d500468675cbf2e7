import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { differsAtResource } from '../../signaling/observation.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import { controlsOf, operatorOf } from '../grant/controls.ts';
import { NOTHING, named } from '../grant/effect.ts';
import { heard, heardEffect } from '../outcome/testimony.ts';
import { mayEnforce } from '../policy-mode.ts';
import type { PolicyStanding, Truth } from '../result.ts';
import { all } from '../truth.ts';
import type { PolicyBits } from './bitset.ts';
import { isSet } from './bitset.ts';
import type { DecisionEngine } from './engine.ts';
import { engineOf } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import { ask, judgedOf, match } from './match.ts';
import { openAt } from './open-answers.ts';
import type { Judged, SlotAnswer } from './slot-bits.ts';

/** How the policies that can decide stand to one sign-in. */
export interface Standing {
  /** Whether the policy may apply; one that the tenant lacks does not. */
  mayApply(policyId: string): boolean;
  /** The policies of which `isAsked`, the same as `evaluate` says of them, without reasons. */
  of(isAsked: (policyId: string) => boolean): readonly PolicyStanding[];
}

/** `undefined` where the address at the resource has to be looked at too. */
export type Standings = (given: SignInAttempt, observation: Observation) => Standing | undefined;

/** What is the same for every sign-in. */
type Fixed = Pick<PolicyStanding, 'policyId' | 'state' | 'controls' | 'operator' | 'sessionControls'> & {
  readonly at: number;
  readonly isLocated: boolean;
};

/** Standings from the bits: of a sign-in few policies are asked. */
export function createStandings(compiled: CompiledTenant): Standings {
  const engine = engineOf(compiled);
  const deciding = compiled.policies.flatMap((policy, at) => (mayEnforce(policy.mode) ? [fixedOf(policy, at)] : []));
  const positions = Map.groupBy(deciding, ({ policyId }) => policyId);
  return (given, observation) => {
    if (engine.hasStrictLocation && differsAtResource(observation)) return undefined;
    const judged = judgedOf(engine, compiled, given, observation);
    ask(engine, judged, engine.location);
    match(engine);
    // The engine is asked of other sign-ins before this one is told.
    const said = {
      answers: [...engine.scratch.answers],
      sure: engine.scratch.sure.slice(),
      possible: engine.scratch.possible.slice(),
    };
    return {
      mayApply: (policyId) => positions.get(policyId)?.some(({ at }) => isSet(said.possible, at)) === true,
      of: (isAsked) =>
        deciding.filter(({ policyId }) => isAsked(policyId)).map((fixed) => standingOf(engine, said, judged, fixed)),
    };
  };
}

/** What the slots said of one sign-in. */
interface Said extends PolicyBits {
  readonly answers: readonly SlotAnswer[];
}

function standingOf(engine: DecisionEngine, said: Said, judged: Judged, fixed: Fixed): PolicyStanding {
  const location = engine.location === undefined ? undefined : said.answers.at(-1);
  const claims = engine.claims.of(judged.attempt);
  const says = saysOf(engine.hearing(judged.attempt.testimony).policies, fixed.at);
  const effect = claims.grants[engine.grantOf[fixed.at] ?? 0]?.effect ?? NOTHING;
  return {
    ...fixed,
    applies: appliesAt(said, judged, fixed.at, says),
    conditions: fixed.isLocated ? [{ condition: 'location', truth: truthAt(location, judged, fixed.at, says) }] : [],
    effect: named(heardEffect(effect, says)),
  };
}

function fixedOf({ policy, grant, conditions, sessionControls }: CompiledPolicy, at: number): Fixed {
  return {
    at,
    isLocated: conditions.some(({ slot }) => slot === 'location'),
    policyId: policy.id,
    state: policy.state,
    controls: controlsOf(grant),
    operator: operatorOf(grant),
    sessionControls,
  };
}

type Says = HeardPolicy['says'] | undefined;

function saysOf(said: readonly HeardPolicy[], at: number): Says {
  for (const one of said) if (one.at === at) return one.says;
  return undefined;
}

function appliesAt({ sure, possible, answers }: Said, judged: Judged, at: number, says: Says): Truth {
  if (isSet(sure, at)) return true;
  return isSet(possible, at) && heardTruth(answers, judged, at, says);
}

/** What one slot says of the policy. */
function truthAt(answer: SlotAnswer | undefined, judged: Judged, at: number, says: Says): Truth {
  if (answer === undefined || isSet(answer.sure, at)) return true;
  return isSet(answer.possible, at) ? heardTruth([answer], judged, at, says) : false;
}

/** What the conditions that are open come to, with what the record says of them. */
function heardTruth(answers: readonly SlotAnswer[], judged: Judged, at: number, says: Says): Truth {
  return all(openAt(answers, at).map((each) => heard(each, says, judged).truth));
}
