import { evaluate } from '../conditional-access/evaluate.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import { decide, locationAnswer } from '../conditional-access/fast/decide.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { classifyChange, noLongerDemanding } from '../conditional-access/outcome/change.ts';
import { whyUnreached } from '../conditional-access/record/reach.ts';
import type { Evaluation, Outcome } from '../conditional-access/result.ts';
import { isGrantControl } from '../graph/controls.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { createObserver } from '../signaling/observe-again.ts';
import { commonPolicies, heardLater } from './common-policies.ts';
import { differingPolicies } from './differing-policies.ts';
import { locatedAlike } from './located-alike.ts';
import { certainClass, certainlyStoppedBy, mayDemandLess, possibleClasses } from './outcome-range.ts';
import type { World } from './world.ts';

/** What becomes of one sign-in. */
export interface Change {
  readonly class: ChangeClass;
  /** `undefined` where Entra sees the same on both sides: then nothing was decided, as nothing can differ. */
  readonly outcomes: { readonly before: Outcome; readonly after: Outcome } | undefined;
  /** Ids of the policies that make the difference; for unknown `stoppedBy` and those whose answer hangs on a missing fact. */
  readonly decidedBy: readonly string[];
  /** For unknown: the policies that stop the user in any case, who was let in before; else empty. */
  readonly stoppedBy: readonly string[];
  /** For unknown: the classes that it could be of. For unchanged: less protected, where a demand may be gone. Else empty. */
  readonly couldBe: readonly ChangeClass[];
  /** Facts that were missing, sorted; empty unless unknown. */
  readonly missing: readonly string[];
}

export interface Forecast {
  judge(attempt: SignInAttempt): Change;
  /** The same sign-in with every reason, for a worked example. */
  explain(attempt: SignInAttempt): Pair;
}

/** What Entra sees on either side; nothing of the session changes it. */
type Views = readonly [before: Observation, after: Observation];

interface Pair {
  readonly before: Evaluation;
  readonly after: Evaluation;
}

const UNTOUCHED: Change = {
  class: 'unchanged',
  outcomes: undefined,
  decidedBy: [],
  stoppedBy: [],
  couldBe: [],
  missing: [],
};

/** How many pairs of results are remembered; more than any tenant has, so that memory stays flat. */
const REMEMBERED = 20_000;

/**
 * Tells what becomes of each sign-in between two worlds (SEED, D-POL). The fast path decides and
 * counts, without hearing what the records say of policies: that only narrows what is unknown, so a known outcome stays as
 * it is. The explaining path is asked where something is open, and where the class hangs on which policies apply.
 */
export function createForecast(before: World, after: World): Forecast {
  const isSameTenant = before.compiled === after.compiled;
  const common = commonPolicies(before, after);
  const isLocatedAlike = locatedAlike(before.compiled);
  const remembered = new Map<string, Change>();

  const known: Alike = new WeakMap();
  const observeBefore = createObserver(before.signalingStatus, before.options);
  const observeAfter = createObserver(after.signalingStatus, after.options);

  return { judge, explain };

  function explain(attempt: SignInAttempt): Pair {
    return explainSeen(attempt, look(attempt));
  }

  function explainSeen(attempt: SignInAttempt, [seenBefore, seenAfter]: Views): Pair {
    const later = { ...attempt, testimony: heardLater(attempt.testimony, common) };
    return {
      before: evaluate(before.compiled, isSameTenant ? later : attempt, seenBefore),
      after: evaluate(after.compiled, later, seenAfter),
    };
  }

  /**
   * The class follows from which policies apply and what they do, which two decisions that hear the record stand for, and
   * from what the locations say on both sides: so it is explained once for all sign-ins that are alike in these.
   */
  function explainedOnce(attempt: SignInAttempt, views: Views): Change {
    const later = { ...attempt, testimony: heardLater(attempt.testimony, common) };
    const [first, [seenBefore, seenAfter]] = [isSameTenant ? later : attempt, views];
    const decisions = within(known, decide(before.compiled, first, seenBefore));
    const places = within(decisions, decide(after.compiled, later, seenAfter));
    const others = within(places, locationAnswer(before.compiled, first, seenBefore));
    const place = locationAnswer(after.compiled, later, seenAfter);
    const change = others.get(place)?.change ?? weigh(explainSeen(attempt, views));
    others.set(place, { change });
    return change;
  }

  function look(attempt: SignInAttempt): Views {
    return [observeBefore(attempt), observeAfter(attempt)];
  }

  function judge(attempt: SignInAttempt): Change {
    if (whyUnreached(before.tenant.tenantId, attempt) !== undefined) return UNTOUCHED;
    const { tunnelOfThisTenant, mayBeForeign } = attempt.network;
    return mayBeForeign === true && tunnelOfThisTenant === undefined
      ? throughEither(attempt)
      : judgeSeen(attempt, look(attempt));
  }

  /** Through this tenant's tunnel or through another's, which its own switch does not reach. */
  function throughEither(attempt: SignInAttempt): Change {
    const own = judgeOwnedBy(true, attempt);
    const foreign = isSameTenant ? UNTOUCHED : judgeOwnedBy(false, attempt);
    if (own.class === foreign.class) return own;
    return {
      class: 'unknown',
      outcomes: { before: own.outcomes?.before ?? 'unknown', after: 'unknown' },
      decidedBy: [...new Set([...own.decidedBy, ...foreign.decidedBy])],
      stoppedBy: [],
      missing: [...new Set([...own.missing, ...foreign.missing, 'whose tunnel it is'])].sort(),
      couldBe: [...new Set([...possible(own), ...possible(foreign)])],
    };
  }

  function judgeOwnedBy(tunnelOfThisTenant: boolean, attempt: SignInAttempt): Change {
    const owned = { ...attempt, network: { ...attempt.network, tunnelOfThisTenant } };
    return judgeSeen(owned, look(owned));
  }

  function judgeSeen(attempt: SignInAttempt, views: Views): Change {
    const [seenBefore, seenAfter] = views;
    if (isSameTenant && isSameView(seenBefore, seenAfter)) return UNTOUCHED;
    const explained = () => explainedOnce(attempt, views);
    const isSilent = attempt.testimony === undefined;
    const unheard = isSilent ? attempt : { ...attempt, testimony: undefined };
    const was = decide(before.compiled, unheard, seenBefore);
    const becomes = decide(after.compiled, unheard, seenAfter);
    const outcomes = { before: was.outcome, after: becomes.outcome };
    if (was.outcome === 'unknown' || becomes.outcome === 'unknown') {
      const sides = [
        { seen: seenBefore, decision: was },
        { seen: seenAfter, decision: becomes },
      ] as const;
      if (isSameTenant && common.open.size === 0 && isLocatedAlike(unheard, ...sides)) return unchanged(outcomes);
      return settled(attempt, views, explained());
    }
    if (was.outcome !== becomes.outcome) {
      // Who decides besides may hang on what the record says; a change is rare enough to be looked at closely.
      return isSilent ? changed(was, becomes) : explained();
    }
    if (was.outcome === 'blocked' || was.outcome === 'denied') return unchanged(outcomes);
    // An unknown result says too little: it may be the conditions or the controls that are not known.
    if (was.results.includes(UNKNOWN) || becomes.results.includes(UNKNOWN)) return explained();
    if (isSameTenant && areSame(was.results, becomes.results)) return unchanged(outcomes);
    return rememberedOr(`${outcomes.before} ${was.results.join()} ${becomes.results.join()}`, explained);
  }

  /** What is not known of the session may be either: where both give the same class, that is the class. */
  function settled(attempt: SignInAttempt, views: Views, change: Change): Change {
    const fact = change.missing.find(isGrantControl);
    if (fact === undefined || attempt.satisfied[fact] !== undefined) return change;
    const either = [true, false].map((truth) =>
      judgeSeen({ ...attempt, satisfied: { ...attempt.satisfied, [fact]: truth } }, views),
    );
    const [yes, no] = either;
    if (yes === undefined || no === undefined || yes.class !== no.class || yes.class === 'unknown') return change;
    const decidedBy = [...new Set(either.flatMap((one) => one.decidedBy))];
    return { class: yes.class, outcomes: change.outcomes, decidedBy, stoppedBy: [], couldBe: [], missing: [] };
  }

  /** The same outcome by known results: whether a demand is gone is told by the results of all policies. */
  function rememberedOr(key: string, explained: () => Change): Change {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const change = explained();
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, change);
    return change;
  }

  /** The class by everything that is known. */
  function weigh({ before: was, after: becomes }: Pair): Change {
    const outcomes = { before: was.outcome, after: becomes.outcome };
    const kind = classifyChange(was, becomes);
    const areOutcomesKnown = was.outcome !== 'unknown' && becomes.outcome !== 'unknown';
    if (kind === 'unknown' && !areOutcomesKnown) {
      const differing = differingPolicies(was, becomes, common);
      if (differing.size === 0) return unchanged(outcomes);
      const certain = certainClass(was, becomes);
      if (certain !== undefined) return attributed(certain, was, becomes);
      const open = [was, becomes].filter(({ outcome }) => outcome === 'unknown');
      const stoppedBy = certainlyStoppedBy(was, becomes);
      const hanging = open.flatMap(({ decidedBy }) => decidedBy).filter((id) => differing.has(id));
      return {
        class: kind,
        outcomes,
        decidedBy: [...new Set([...stoppedBy, ...hanging])],
        stoppedBy,
        couldBe: possibleClasses(was, becomes),
        missing: [...new Set(open.flatMap(({ missing }) => missing.map(({ fact }) => fact)))].sort(),
      };
    }
    if (kind === 'unknown' || kind === 'unchanged') {
      // The outcome stays; whether something is no longer asked may hang on what is not known, and then the gates count it.
      const mayLose = kind === 'unknown' || mayDemandLess(was, becomes, differingPolicies(was, becomes, common));
      return { ...unchanged(outcomes), couldBe: mayLose ? LESS_PROTECTED : [] };
    }
    if (was.outcome !== becomes.outcome) return changed(was, becomes);
    return {
      class: kind,
      outcomes,
      decidedBy: noLongerDemanding(was, becomes),
      stoppedBy: [],
      couldBe: [],
      missing: [],
    };
  }
}

/** What is remembered of sign-ins that are alike, by an object that stands for them; it is forgotten with the object. */
type Alike = WeakMap<object, { readonly change?: Change; readonly alike?: Alike }>;

function within(known: Alike, object: object): Alike {
  const before = known.get(object)?.alike;
  if (before !== undefined) return before;
  const alike: Alike = new WeakMap();
  known.set(object, { alike });
  return alike;
}

function possible({ class: kind, couldBe }: Change): readonly ChangeClass[] {
  return kind === 'unknown' ? couldBe : [kind, ...couldBe];
}

const LESS_PROTECTED: readonly ChangeClass[] = ['lessProtected'];

const UNKNOWN = codeOf('unknown');

type Decided = Pick<Decision, 'outcome' | 'decidedBy'>;

function changed(was: Decided, becomes: Decided): Change {
  const kind = classifyChange({ outcome: was.outcome, policies: [] }, { outcome: becomes.outcome, policies: [] });
  return attributed(kind, was, becomes);
}

/** Worse: by those that now stop; better: by those that stopped. */
function attributed(kind: ChangeClass, was: Decided, becomes: Decided): Change {
  const isWorse = kind === 'newlyBlocked' || kind === 'newlyDenied' || kind === 'newlyPrompted';
  const outcomes = { before: was.outcome, after: becomes.outcome };
  return {
    class: kind,
    outcomes,
    decidedBy: (isWorse ? becomes : was).decidedBy,
    stoppedBy: [],
    couldBe: [],
    missing: [],
  };
}

function unchanged(outcomes: NonNullable<Change['outcomes']>): Change {
  return { class: 'unchanged', outcomes, decidedBy: [], stoppedBy: [], couldBe: [], missing: [] };
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
