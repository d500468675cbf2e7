import type { CompiledTenant } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import { mayApply } from '../conditional-access/fast/decide.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import { areLocatedAlike, isLocated, LocatedPolicies } from '../conditional-access/fast/located-policies.ts';
import { explainSome } from '../conditional-access/fast/some-explained.ts';
import { possibleInEither } from '../conditional-access/fast/standings.ts';
import { isUndocumentedControl } from '../conditional-access/grant/session-controls.ts';
import { whyUnreached } from '../conditional-access/record/reach.ts';
import type { Evaluation } from '../conditional-access/result.ts';
import { isGrantControl } from '../graph/controls.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { mayBeAnotherTenants } from '../signaling/tunnel.ts';
import { Ways } from '../signaling/ways.ts';
import { mayBeginToLimit } from './begun-limits.ts';
import type { Change, ExplainedPair, Pair, Side } from './change.ts';
import { changed, either, settledAs, UNTOUCHED, unchanged } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';
import { commonPolicies } from './common-policies.ts';
import type { DecidedPair } from './decided-pairs.ts';
import { ChangesOfPairs, DecidedPairs } from './decided-pairs.ts';
import type { Hearings, Seen } from './seen.ts';
import { heardBy, hearingsOf, Lookout, standingsOf } from './seen.ts';
import { NumberedLookout } from './seen-by-number.ts';
import { SharedChanges } from './shared-changes.ts';
import type { Sides } from './weigh-pair.ts';
import { weighPair } from './weigh-pair.ts';
import { weighSides } from './weigh-sides.ts';
import type { World } from './world.ts';

export interface Forecast {
  judge(attempt: SignInAttempt): Change;
  /** The same of one of which {@link whyUnreached} says nothing, by the numbers of its parts. */
  judgeNumbered(signIn: NumberedAttempt): Change;
  /** The same sign-in with every policy and every reason. */
  explain(attempt: SignInAttempt): Pair;
  /** The same with the reasons of these policies alone, for a worked example. */
  explainThose(attempt: SignInAttempt, policyIds: readonly string[]): ExplainedPair;
}

const UNKNOWN = codeOf('unknown');

/** How many pairs of results are remembered; more than any tenant has, so that memory stays flat. */
const REMEMBERED = 20_000;

/**
 * Tells what becomes of each sign-in between two worlds (SEED, D-POL). The fast path decides and
 * counts, without hearing what the records say of policies: that only narrows what is unknown, so a known outcome stays as
 * it is. Where something is open, and where the class hangs on which policies apply, these are weighed: in bits, where the two are one
 * tenant and the record tells no more than the facts, else one by one. The explaining path is asked where only reasons tell.
 */
export function createForecast(before: World, after: World): Forecast {
  return new WorldsApart(before, after);
}

class WorldsApart implements Forecast {
  readonly #before: World;
  readonly #after: World;
  readonly #isSameTenant: boolean;
  readonly #common: CommonPolicies;
  /** Some policy limits sessions by what nobody documents, so that an outcome may be another than it seems. */
  readonly #hasUndocumented: boolean;
  /** Session controls of some policy may begin to apply and make more of a sign-in than its outcome shows. */
  readonly #mayLimit: boolean;
  /** Some policy may look at the address at the resource too. */
  readonly #isStrict: boolean;
  readonly #hearings: Hearings;
  readonly #lookout: Lookout;
  readonly #numberedLookout: NumberedLookout;
  readonly #ways = new Ways();
  readonly #byResults = new Map<string, Change>();
  readonly #pairs: DecidedPairs;
  readonly #explained = new ChangesOfPairs();
  readonly #settled = new ChangesOfPairs();
  readonly #shared = new SharedChanges();

  constructor(before: World, after: World) {
    this.#before = before;
    this.#after = after;
    this.#isSameTenant = before.compiled === after.compiled;
    this.#common = commonPolicies(before, after);
    this.#hasUndocumented = after.compiled.policies.some(({ sessionControls }) =>
      sessionControls.some(isUndocumentedControl),
    );
    this.#mayLimit = after.compiled.policies.some(
      (policy) => mayBeginToLimit(policy) && (!this.#isSameTenant || isLocated(policy)),
    );
    this.#isStrict = [before, after].some(({ compiled }) =>
      compiled.policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation),
    );
    this.#hearings = hearingsOf(before, after, this.#common);
    const standings = standingsOf(before, after);
    this.#lookout = new Lookout(before, after, this.#hearings, standings);
    this.#numberedLookout = new NumberedLookout(before, after, this.#hearings, standings);
    this.#pairs = new DecidedPairs(new LocatedPolicies(before.compiled, after.compiled));
  }

  explain(attempt: SignInAttempt): Pair {
    const [first, later] = this.#heard(attempt);
    const [seenBefore, seenAfter] = this.#lookout.look(attempt).views;
    return {
      before: evaluate(this.#before.compiled, first, seenBefore),
      after: evaluate(this.#after.compiled, later, seenAfter),
    };
  }

  explainThose(attempt: SignInAttempt, policyIds: readonly string[]): ExplainedPair {
    const pair = this.#explainSome(attempt, policyIds);
    if (!isOpenTunnel(attempt)) return pair;
    // What is not known through one tunnel or the other may be the same through both.
    const [own, other] = [true, false].map((isOurs) => this.#explainSome(withTunnel(attempt, isOurs), []));
    const through = (side: 'before' | 'after') => {
      const outcome = own?.[side].outcome;
      return outcome === undefined || outcome !== other?.[side].outcome ? pair[side] : { ...pair[side], outcome };
    };
    return { before: through('before'), after: through('after') };
  }

  #explainSome(attempt: SignInAttempt, policyIds: readonly string[]): ExplainedPair {
    const [first, later] = this.#heard(attempt);
    const [seenBefore, seenAfter] = this.#lookout.look(attempt).views;
    return {
      before: explainSome(this.#before.compiled, first, seenBefore, policyIds),
      after: explainSome(this.#after.compiled, later, seenAfter, policyIds),
    };
  }

  judge(attempt: SignInAttempt): Change {
    if (whyUnreached(this.#before.tenant.tenantId, attempt) !== undefined) return UNTOUCHED;
    const { tunnelOfThisTenant } = attempt.network;
    // What is seen through another tenant's tunnel is not known, and yet one and the same: no switch of this tenant reaches it.
    if (tunnelOfThisTenant === false && this.#isSameTenant) return UNTOUCHED;
    return isOpenTunnel(attempt) ? this.#throughEither(attempt) : this.#judgeSeen(this.#lookout.look(attempt));
  }

  judgeNumbered(signIn: NumberedAttempt): Change {
    if (this.#isStrict || !this.#ways.of(signIn).isPlain) return this.judge(signIn.attempt);
    const glance = this.#numberedLookout.glance(signIn);
    return this.#isSameTenant && glance.isSameView
      ? UNTOUCHED
      : this.#judgeSeen(this.#numberedLookout.look(signIn, glance));
  }

  /** Through this tenant's tunnel or through another's, which its own switch does not reach. */
  #throughEither(attempt: SignInAttempt): Change {
    const own = this.judge(withTunnel(attempt, true));
    return either(own, this.judge(withTunnel(attempt, false)), 'whose tunnel it is');
  }

  #judgeSeen(seen: Seen): Change {
    if (this.#isSameTenant && seen.isSameView) return UNTOUCHED;
    const unheard = this.#pairs.of(seen.unheard);
    const { was, becomes } = unheard;
    if (was.outcome === 'unknown' || becomes.outcome === 'unknown')
      return this.#isLocatedOnly(seen, unheard) ? unchanged(was, becomes) : this.#judgeOpen(seen, unheard);
    if (was.outcome === becomes.outcome) return this.#judgeSameOutcome(seen, unheard);
    if (this.#hasUndocumented) return this.#explainedOnce(seen, unheard);
    // Who decides besides may hang on what the record says; a change is rare enough to be looked at closely.
    return seen.attempt.testimony === undefined ? changed(was, becomes) : this.#explainedOnce(seen, unheard);
  }

  /** Whether nothing but locations could differ, and they say the same of both sides. */
  #isLocatedOnly({ locations }: Seen, { located }: DecidedPair): boolean {
    // Under strict enforcement the address at the resource counts as well.
    if (!this.#isSameTenant || this.#isStrict || this.#common.open.size > 0) return false;
    return areLocatedAlike(located, locations);
  }

  /** The same known outcome: whether a demand is gone is told by the results of all policies. */
  #judgeSameOutcome(seen: Seen, unheard: DecidedPair): Change {
    const { was, becomes } = unheard;
    if (unheard.unchanged === undefined) unheard.unchanged = this.#sameOutcome(was, becomes) ?? null;
    if (unheard.unchanged !== null) return unheard.unchanged;
    // An unknown result says too little: it may be the conditions or the controls that are not known.
    if (was.results.includes(UNKNOWN) || becomes.results.includes(UNKNOWN)) {
      return this.#isLocatedOnly(seen, unheard) ? unchanged(was, becomes) : this.#explainedOnce(seen, unheard);
    }
    const key = `${was.outcome} ${was.results.join()} ${becomes.results.join()}`;
    const known = this.#byResults.get(key);
    if (known !== undefined) return known;
    const explained = this.#explainedOnce(seen, unheard);
    if (this.#byResults.size >= REMEMBERED) this.#byResults.clear();
    this.#byResults.set(key, explained);
    return explained;
  }

  /** `undefined` where it has to be explained. */
  #sameOutcome(was: Decision, becomes: Decision): Change | undefined {
    if (was.outcome === 'blocked' || was.outcome === 'denied') return unchanged(was, becomes);
    if (was.results.includes(UNKNOWN) || becomes.results.includes(UNKNOWN)) return undefined;
    return this.#isSameTenant && areSame(was.results, becomes.results) ? unchanged(was, becomes) : undefined;
  }

  /**
   * The class follows from which policies apply and what they do, which two decisions that hear the record stand for, and
   * from what the locations say on both sides: so it is explained once for all sign-ins that are alike in these.
   */
  #explainedOnce(seen: Seen, unheard: DecidedPair): Change {
    return this.#explainedAs(seen, unheard, this.#pairs.of(seen.heard));
  }

  #explainedAs(seen: Seen, unheard: DecidedPair, heard: DecidedPair): Change {
    return this.#explained.recall(unheard, heard, seen.locations, () =>
      this.#shared.of(this.#weigh(seen, unheard, heard)),
    );
  }

  #weigh(seen: Seen, unheard: DecidedPair, heard: DecidedPair): Change {
    // What is not documented may hang on the switch itself.
    const isPlain = heard === unheard && !this.#hasUndocumented && !this.#mayLimit && this.#common.open.size === 0;
    const sides = isPlain ? seen.sides : undefined;
    if (sides !== undefined) return weighSides(heard, sides);
    return weighPair(this.#standing(seen, heard) ?? this.#explainPossible(seen), this.#common);
  }

  /** The same where an outcome is not known, as far as what is not known can make a difference. */
  #judgeOpen(seen: Seen, unheard: DecidedPair): Change {
    const heard = this.#pairs.of(seen.heard);
    const settle = () => this.#settle(seen, this.#explainedAs(seen, unheard, heard));
    return seen.isTakenAsItIs ? this.#settled.recall(unheard, heard, seen.locations, settle) : settle();
  }

  /** The sign-in with what its record says of the policies of either side. */
  #heard(attempt: SignInAttempt): readonly [first: SignInAttempt, later: SignInAttempt] {
    return [heardBy(this.#hearings.before, attempt), heardBy(this.#hearings.after, attempt)];
  }

  /** Both sides without reasons; `undefined` where only an explanation tells how they are. */
  #standing({ standings }: Seen, { was, becomes }: DecidedPair): Sides | undefined {
    if (standings === undefined) return undefined;
    const [before, after] = standings;
    // What surely applies on neither side decides nothing and asks for nothing.
    if (this.#isSameTenant) {
      const mayApply = possibleInEither(before, after);
      return { before: sideOf(was, before.at(mayApply)), after: sideOf(becomes, after.at(mayApply)) };
    }
    const mayApply = (id: string) => before.mayApply(id) || after.mayApply(id);
    return { before: sideOf(was, before.of(mayApply)), after: sideOf(becomes, after.of(mayApply)) };
  }

  /** Without the policies that surely do not apply: they decide nothing and ask for nothing. */
  #explainPossible({ attempt, views: [seenBefore, seenAfter] }: Seen): Sides {
    const [first, later] = this.#heard(attempt);
    const [before, after] = [this.#before.compiled, this.#after.compiled];
    const ids = new Set([...possibleIds(before, first, seenBefore), ...possibleIds(after, later, seenAfter)]);
    return {
      before: sideOfEvaluation(evaluate(withPolicies(before, ids), first, seenBefore)),
      after: sideOfEvaluation(evaluate(withPolicies(after, ids), later, seenAfter)),
    };
  }

  /** What is not known of the session may be either: where both give the same class, that is the class. */
  #settle(seen: Seen, change: Change): Change {
    const fact = change.missing.find(isGrantControl);
    if (fact === undefined) return change;
    const { satisfied } = seen.attempt;
    if (satisfied[fact] !== undefined) return change;
    const judgeWith = (truth: boolean) => this.#judgeSeen(seen.supposing({ ...satisfied, [fact]: truth }));
    const yes = judgeWith(true);
    if (yes.class === 'unknown') return change;
    const no = judgeWith(false);
    if (yes.class !== no.class) return change;
    return this.#shared.of(settledAs(yes.class, change.outcomes, [...new Set([...yes.decidedBy, ...no.decidedBy])]));
  }
}

/** Whether the tunnel may be this tenant's and may be another's. */
function isOpenTunnel({ network }: SignInAttempt): boolean {
  return network.tunnelOfThisTenant === undefined && mayBeAnotherTenants(network);
}

function withTunnel(attempt: SignInAttempt, tunnelOfThisTenant: boolean): SignInAttempt {
  return { ...attempt, network: { ...attempt.network, tunnelOfThisTenant } };
}

function sideOf({ outcome, decidedBy, missing }: Decision, policies: Side['policies']): Side {
  return { outcome, decidedBy, policies, missing };
}

function sideOfEvaluation({ outcome, decidedBy, policies, missing }: Evaluation): Side {
  return { outcome, decidedBy, policies, missing: missing.map(({ fact }) => fact) };
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}

function possibleIds(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): readonly string[] {
  return Array.from(mayApply(compiled, attempt, observation), (at) => compiled.policies[at]?.policy.id ?? '');
}

function withPolicies(compiled: CompiledTenant, ids: ReadonlySet<string>): CompiledTenant {
  return { ...compiled, policies: compiled.policies.filter(({ policy }) => ids.has(policy.id)) };
}
