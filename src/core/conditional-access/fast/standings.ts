import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { differsAtResource } from '../../signaling/observation.ts';
import { isRecordedAddress } from '../../signaling/recorded-address.ts';
import type { CompiledTenant } from '../compile.ts';
import { heardAt, heardEffect } from '../outcome/testimony.ts';
import { mayEnforce } from '../policy-mode.ts';
import type { PolicyStanding, Truth } from '../result.ts';
import { all } from '../truth.ts';
import { isSet, nextIn, union } from './bitset.ts';
import { grantAt } from './claimed-effects.ts';
import type { Grounds } from './decide.ts';
import type { DecisionEngine, Scratch } from './engine.ts';
import { engineOf } from './engine.ts';
import type { HeardPolicies, HeardPolicy } from './heard-policies.ts';
import { ask, judgedOf, match } from './match.ts';
import type { OpenAnswer } from './open-answers.ts';
import { openAt } from './open-answers.ts';
import { PolicyStandings } from './policy-standings.ts';
import type { SlotAnswer } from './slot-bits.ts';

/** How the policies that can decide stand to one sign-in. */
export interface Standing {
  /** Positions of the policies that may apply, whatever the record says of them. */
  readonly possible: Uint32Array;
  /** Whether the policy may apply; one that the tenant lacks does not. */
  mayApply(policyId: string): boolean;
  /** The policies of which `isAsked`, the same as `evaluate` says of them, without reasons. */
  of(isAsked: (policyId: string) => boolean): readonly PolicyStanding[];
  /** The same of the policies at these positions. */
  at(positions: Uint32Array): readonly PolicyStanding[];
}

/** Standings from the bits: of a sign-in few policies are asked. */
export class Standings {
  readonly #engine: DecisionEngine;
  readonly #compiled: CompiledTenant;
  /** By position; of policies that cannot decide there are none. */
  readonly #policies: readonly (PolicyStandings | undefined)[];
  readonly #positions: ReadonlyMap<string, readonly number[]>;

  constructor(compiled: CompiledTenant) {
    this.#compiled = compiled;
    this.#engine = engineOf(compiled);
    this.#policies = compiled.policies.map((policy) =>
      mayEnforce(policy.mode) ? new PolicyStandings(policy) : undefined,
    );
    const deciding = [...compiled.policies.keys()].filter((at) => this.#policies[at] !== undefined);
    this.#positions = Map.groupBy(deciding, (at) => compiled.policies[at]?.policy.id ?? '');
  }

  /** `undefined` where the address at the resource has to be looked at too. */
  of(given: SignInAttempt, observation: Observation): Standing | undefined {
    const engine = this.#engine;
    if (engine.hasStrictLocation && differsAtResource(observation)) return undefined;
    const judged = judgedOf(engine, this.#compiled, given, observation);
    ask(engine, judged, engine.location);
    return this.byAnswers({
      claims: engine.claims.of(judged.attempt),
      said: engine.hearing(judged.attempt.testimony),
      isRecorded: isRecordedAddress(judged.attempt, observation),
    });
  }

  /** The standing of who was asked of last, by the answers in the scratch of the engine. */
  byAnswers(grounds: Grounds): Standing {
    const engine = this.#engine;
    match(engine);
    // The engine is asked of other sign-ins before this one is told.
    const { answers, sure, possible } = engine.scratch;
    const said = { answers: answers.slice(), sure: sure.slice(), possible: possible.slice() };
    const policies = this.#policies;
    const positions = this.#positions;
    return {
      possible: said.possible,
      mayApply: (policyId) => positions.get(policyId)?.some((at) => isSet(said.possible, at)) === true,
      of: (isAsked) =>
        policies.flatMap((policy, at) =>
          policy !== undefined && isAsked(policy.policyId) ? [standingOf(engine, said, grounds, policy, at)] : [],
        ),
      at: (mask) => {
        const standings: PolicyStanding[] = [];
        for (let at = nextIn(mask, 0); at >= 0; at = nextIn(mask, at + 1)) {
          const policy = policies[at];
          if (policy !== undefined) standings.push(standingOf(engine, said, grounds, policy, at));
        }
        return standings;
      },
    };
  }
}

/** Positions of the policies of one tenant that may apply on either side. */
export function possibleInEither(before: Standing, after: Standing): Uint32Array {
  return union(before.possible, after.possible);
}

/** What the slots said of one sign-in. */
type Said = Pick<Scratch, 'sure' | 'possible' | 'answers'>;

function standingOf(
  engine: DecisionEngine,
  said: Said,
  grounds: Grounds,
  policy: PolicyStandings,
  at: number,
): PolicyStanding {
  const location = engine.location === undefined ? undefined : said.answers.at(-1);
  const says = saysOf(grounds.said, at);
  const applies = appliesAt(said, grounds, at, says);
  const located = truthAt(location, grounds, at, says);
  return policy.standing(applies, located, heardEffect(grantAt(engine, grounds.claims, at).effect, says));
}

type Says = HeardPolicy['says'] | undefined;

function saysOf({ mask, policies }: HeardPolicies, at: number): Says {
  return isSet(mask, at) ? policies.find((one) => one.at === at)?.says : undefined;
}

function appliesAt({ sure, possible, answers }: Said, grounds: Grounds, at: number, says: Says): Truth {
  if (isSet(sure, at)) return true;
  return isSet(possible, at) && heardTruth(answers, grounds, at, says);
}

/** What one slot says of the policy. */
function truthAt(answer: SlotAnswer | undefined, grounds: Grounds, at: number, says: Says): Truth {
  if (answer === undefined || isSet(answer.sure, at)) return true;
  return isSet(answer.possible, at) ? heardTruth([answer], grounds, at, says) : false;
}

/** What the conditions that are open come to, with what the record says of them. */
function heardTruth(answers: readonly OpenAnswer[], { isRecorded }: Grounds, at: number, says: Says): Truth {
  if (says === undefined) return 'unknown';
  return all(openAt(answers, at).map((each) => heardAt(each, says, isRecorded).truth));
}
