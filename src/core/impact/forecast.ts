import type { CompiledTenant } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import { decide, locationAnswer, mayApply } from '../conditional-access/fast/decide.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import { explainSome } from '../conditional-access/fast/some-explained.ts';
import type { Standings } from '../conditional-access/fast/standings.ts';
import { createStandings } from '../conditional-access/fast/standings.ts';
import { isUndocumentedControl } from '../conditional-access/grant/session-controls.ts';
import { whyUnreached } from '../conditional-access/record/reach.ts';
import { isGrantControl } from '../graph/controls.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { createObserver } from '../signaling/observe-again.ts';
import { Alike } from './alike.ts';
import type { Change, ExplainedPair, Pair, Side } from './change.ts';
import { changed, either, settledAs, UNTOUCHED, unchanged } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';
import { commonPolicies, heardLater } from './common-policies.ts';
import { locatedAlike } from './located-alike.ts';
import type { Sides } from './weigh-pair.ts';
import { weighPair } from './weigh-pair.ts';
import type { World } from './world.ts';

export interface Forecast {
  judge(attempt: SignInAttempt): Change;
  /** The same sign-in with every policy and every reason. */
  explain(attempt: SignInAttempt): Pair;
  /** The same with the reasons of these policies alone, for a worked example. */
  explainThose(attempt: SignInAttempt, policyIds: readonly string[]): ExplainedPair;
}

/** What Entra sees on either side; nothing of the session changes it. */
type Views = readonly [before: Observation, after: Observation];

/** What the fast path makes of both sides, without hearing the record. */
interface Decisions {
  readonly was: Decision;
  readonly becomes: Decision;
}

const UNKNOWN = codeOf('unknown');

/** How many pairs of results are remembered; more than any tenant has, so that memory stays flat. */
const REMEMBERED = 20_000;

/**
 * Tells what becomes of each sign-in between two worlds (SEED, D-POL). The fast path decides and
 * counts, without hearing what the records say of policies: that only narrows what is unknown, so a known outcome stays as
 * it is. The explaining path is asked where something is open, and where the class hangs on which policies apply.
 */
export function createForecast(before: World, after: World): Forecast {
  return new WorldsApart(before, after);
}

class WorldsApart implements Forecast {
  readonly #before: World;
  readonly #after: World;
  readonly #isSameTenant: boolean;
  readonly #common: CommonPolicies;
  readonly #isLocatedAlike: ReturnType<typeof locatedAlike>;
  /** Some policy limits sessions by what nobody documents, so that an outcome may be another than it seems. */
  readonly #hasUndocumented: boolean;
  readonly #observeBefore: (attempt: SignInAttempt) => Observation;
  readonly #observeAfter: (attempt: SignInAttempt) => Observation;
  readonly #standingsBefore: Standings;
  readonly #standingsAfter: Standings;
  readonly #byResults = new Map<string, Change>();
  readonly #alike = new Alike<Change>();

  constructor(before: World, after: World) {
    this.#before = before;
    this.#after = after;
    this.#isSameTenant = before.compiled === after.compiled;
    this.#common = commonPolicies(before, after);
    this.#isLocatedAlike = locatedAlike(before.compiled);
    this.#hasUndocumented = after.compiled.policies.some(({ sessionControls }) =>
      sessionControls.some(isUndocumentedControl),
    );
    this.#standingsBefore = createStandings(before.compiled);
    this.#standingsAfter = this.#isSameTenant ? this.#standingsBefore : createStandings(after.compiled);
    this.#observeBefore = createObserver(before.signalingStatus, before.options);
    this.#observeAfter = createObserver(after.signalingStatus, after.options);
  }

  explain(attempt: SignInAttempt): Pair {
    return this.#explainSeen(attempt, this.#look(attempt));
  }

  explainThose(attempt: SignInAttempt, policyIds: readonly string[]): ExplainedPair {
    const [first, later] = this.#heard(attempt);
    const [seenBefore, seenAfter] = this.#look(attempt);
    return {
      before: explainSome(this.#before.compiled, first, seenBefore, policyIds),
      after: explainSome(this.#after.compiled, later, seenAfter, policyIds),
    };
  }

  judge(attempt: SignInAttempt): Change {
    if (whyUnreached(this.#before.tenant.tenantId, attempt) !== undefined) return UNTOUCHED;
    const { tunnelOfThisTenant, mayBeForeign } = attempt.network;
    // What is seen through another tenant's tunnel is not known, and yet one and the same: no switch of this tenant reaches it.
    if (tunnelOfThisTenant === false && this.#isSameTenant) return UNTOUCHED;
    return mayBeForeign === true && tunnelOfThisTenant === undefined
      ? this.#throughEither(attempt)
      : this.#judgeSeen(attempt, this.#look(attempt));
  }

  /** Through this tenant's tunnel or through another's, which its own switch does not reach. */
  #throughEither(attempt: SignInAttempt): Change {
    const own = this.judge(withTunnel(attempt, true));
    return either(own, this.judge(withTunnel(attempt, false)), 'whose tunnel it is');
  }

  #look(attempt: SignInAttempt): Views {
    return [this.#observeBefore(attempt), this.#observeAfter(attempt)];
  }

  #judgeSeen(attempt: SignInAttempt, views: Views): Change {
    const [seenBefore, seenAfter] = views;
    if (this.#isSameTenant && isSameView(seenBefore, seenAfter)) return UNTOUCHED;
    const unheard = attempt.testimony === undefined ? attempt : { ...attempt, testimony: undefined };
    const was = decide(this.#before.compiled, unheard, seenBefore);
    const becomes = decide(this.#after.compiled, unheard, seenAfter);
    if (was.outcome === 'unknown' || becomes.outcome === 'unknown') {
      return this.#isLocatedOnly(unheard, views, { was, becomes })
        ? unchanged(was, becomes)
        : this.#settled(attempt, views, this.#explainedOnce(attempt, views));
    }
    if (was.outcome === becomes.outcome) return this.#judgeSameOutcome(attempt, views, { was, becomes });
    if (this.#hasUndocumented) return this.#explainedOnce(attempt, views);
    // Who decides besides may hang on what the record says; a change is rare enough to be looked at closely.
    return attempt.testimony === undefined ? changed(was, becomes) : this.#explainedOnce(attempt, views);
  }

  /** Whether nothing but locations could differ, and they say the same of both sides. */
  #isLocatedOnly(unheard: SignInAttempt, [seenBefore, seenAfter]: Views, { was, becomes }: Decisions): boolean {
    if (!this.#isSameTenant || this.#common.open.size > 0) return false;
    const [before, after] = [
      { seen: seenBefore, decision: was },
      { seen: seenAfter, decision: becomes },
    ] as const;
    return this.#isLocatedAlike(unheard, before, after);
  }

  /** The same known outcome: whether a demand is gone is told by the results of all policies. */
  #judgeSameOutcome(attempt: SignInAttempt, views: Views, { was, becomes }: Decisions): Change {
    if (was.outcome === 'blocked' || was.outcome === 'denied') return unchanged(was, becomes);
    // An unknown result says too little: it may be the conditions or the controls that are not known.
    if (was.results.includes(UNKNOWN) || becomes.results.includes(UNKNOWN)) return this.#explainedOnce(attempt, views);
    if (this.#isSameTenant && areSame(was.results, becomes.results)) return unchanged(was, becomes);
    const key = `${was.outcome} ${was.results.join()} ${becomes.results.join()}`;
    const known = this.#byResults.get(key);
    if (known !== undefined) return known;
    const change = this.#explainedOnce(attempt, views);
    if (this.#byResults.size >= REMEMBERED) this.#byResults.clear();
    this.#byResults.set(key, change);
    return change;
  }

  /**
   * The class follows from which policies apply and what they do, which two decisions that hear the record stand for, and
   * from what the locations say on both sides: so it is explained once for all sign-ins that are alike in these.
   */
  #explainedOnce(attempt: SignInAttempt, views: Views): Change {
    const [first, later] = this.#heard(attempt);
    const [seenBefore, seenAfter] = views;
    const [was, becomes] = [
      decide(this.#before.compiled, first, seenBefore),
      decide(this.#after.compiled, later, seenAfter),
    ];
    const alikeIn = [
      was,
      becomes,
      locationAnswer(this.#before.compiled, first, seenBefore),
      locationAnswer(this.#after.compiled, later, seenAfter),
    ];
    return this.#alike.recall(alikeIn, () =>
      weighPair(
        this.#standing(first, later, views, { was, becomes }) ?? this.#explainPossible(attempt, views),
        this.#common,
      ),
    );
  }

  /** Both sides without reasons; `undefined` where only an explanation tells how they are. */
  #standing(
    first: SignInAttempt,
    later: SignInAttempt,
    [seenBefore, seenAfter]: Views,
    decided: Decisions,
  ): Sides | undefined {
    const before = this.#standingsBefore(first, seenBefore);
    const after = this.#standingsAfter(later, seenAfter);
    if (before === undefined || after === undefined) return undefined;
    return { before: sideOf(decided.was, before), after: sideOf(decided.becomes, after) };
  }

  #explainSeen(attempt: SignInAttempt, [seenBefore, seenAfter]: Views): Pair {
    const [first, later] = this.#heard(attempt);
    return {
      before: evaluate(this.#before.compiled, first, seenBefore),
      after: evaluate(this.#after.compiled, later, seenAfter),
    };
  }

  /** Without the policies that surely do not apply: they decide nothing and ask for nothing. */
  #explainPossible(attempt: SignInAttempt, [seenBefore, seenAfter]: Views): Pair {
    const [first, later] = this.#heard(attempt);
    const [before, after] = [this.#before.compiled, this.#after.compiled];
    const ids = new Set([...possibleIds(before, first, seenBefore), ...possibleIds(after, later, seenAfter)]);
    return {
      before: evaluate(withPolicies(before, ids), first, seenBefore),
      after: evaluate(withPolicies(after, ids), later, seenAfter),
    };
  }

  /** The sign-in with what its record says of the policies of either side. */
  #heard(attempt: SignInAttempt): readonly [first: SignInAttempt, later: SignInAttempt] {
    const later = { ...attempt, testimony: heardLater(attempt.testimony, this.#common) };
    return [this.#isSameTenant ? later : attempt, later];
  }

  /** What is not known of the session may be either: where both give the same class, that is the class. */
  #settled(attempt: SignInAttempt, views: Views, change: Change): Change {
    const fact = change.missing.find(isGrantControl);
    if (fact === undefined || attempt.satisfied[fact] !== undefined) return change;
    const judgeWith = (truth: boolean) =>
      this.#judgeSeen({ ...attempt, satisfied: { ...attempt.satisfied, [fact]: truth } }, views);
    const [yes, no] = [judgeWith(true), judgeWith(false)];
    if (yes.class !== no.class || yes.class === 'unknown') return change;
    return settledAs(yes.class, change.outcomes, [...new Set([...yes.decidedBy, ...no.decidedBy])]);
  }
}

function withTunnel(attempt: SignInAttempt, tunnelOfThisTenant: boolean): SignInAttempt {
  return { ...attempt, network: { ...attempt.network, tunnelOfThisTenant } };
}

function sideOf({ outcome, decidedBy, missing }: Decision, policies: Side['policies']): Side {
  return { outcome, decidedBy, policies, missing: missing.map((fact) => ({ fact })) };
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return a.length === b.length;
}

/** Whether Entra and the resource see the same of both; what is not known may differ, unless it is one and the same address. */
function isSameView(a: Observation, b: Observation): boolean {
  return (
    a.seenAddress !== undefined &&
    a.seenAddress === b.seenAddress &&
    a.ipAddress?.text === b.ipAddress?.text &&
    a.countryOrRegion === b.countryOrRegion &&
    a.compliantNetwork !== undefined &&
    a.compliantNetwork === b.compliantNetwork &&
    a.resourceIpAddress?.text === b.resourceIpAddress?.text &&
    a.possibleResourceAddress?.text === b.possibleResourceAddress?.text
  );
}

function possibleIds(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): readonly string[] {
  return Array.from(mayApply(compiled, attempt, observation), (at) => compiled.policies[at]?.policy.id ?? '');
}

function withPolicies(compiled: CompiledTenant, ids: ReadonlySet<string>): CompiledTenant {
  return { ...compiled, policies: compiled.policies.filter(({ policy }) => ids.has(policy.id)) };
}
