import type { Decision } from '../conditional-access/decide.ts';
import { decide } from '../conditional-access/decide.ts';
import { codeOf } from '../conditional-access/decision-engine.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import type { ChangeClass } from '../conditional-access/outcome-change.ts';
import { classifyChange, noLongerDemanding } from '../conditional-access/outcome-change.ts';
import type { Evaluation, Outcome } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { observe } from '../signaling/observe.ts';
import { commonPolicies, heardLater } from './common-policies.ts';
import { isSurelyUnchanged } from './surely-unchanged.ts';
import type { World } from './world.ts';

/** What becomes of one sign-in. */
export interface Change {
  readonly class: ChangeClass;
  /** `undefined` where Entra sees the same on both sides: then nothing was decided, as nothing can differ. */
  readonly outcomes: { readonly before: Outcome; readonly after: Outcome } | undefined;
  /** Ids of the policies that make the difference; for unknown those whose answer hangs on a missing fact. */
  readonly decidedBy: readonly string[];
  /** Facts that were missing, sorted; empty unless unknown. */
  readonly missing: readonly string[];
}

export interface Forecast {
  judge(attempt: SignInAttempt): Change;
  /** The same sign-in with every reason, for a worked example. */
  explain(attempt: SignInAttempt): { readonly before: Evaluation; readonly after: Evaluation };
}

const UNTOUCHED: Change = { class: 'unchanged', outcomes: undefined, decidedBy: [], missing: [] };

/** How many pairs of results are remembered; more than any tenant has, so that memory stays flat. */
const REMEMBERED = 20_000;

/**
 * Tells what becomes of each sign-in between two worlds (reference conditional-access §5.3). The fast path decides and
 * counts; the explaining one is asked where the class hangs on which policies apply, or on what is missing.
 */
export function createForecast(before: World, after: World): Forecast {
  const isSameTenant = before.compiled === after.compiled;
  const common = commonPolicies(before, after);
  const remembered = new Map<string, Change>();

  return { judge, explain: (attempt) => explained(sidesOf(attempt)) };

  function sidesOf(attempt: SignInAttempt): Sides {
    const testimony = heardLater(attempt.testimony, common);
    const later = testimony === attempt.testimony ? attempt : { ...attempt, testimony };
    // Testimony on a policy that neither world has would only cost time.
    const earlier = isSameTenant ? later : attempt;
    return {
      earlier,
      later,
      seenBefore: observe(earlier, before.signalingStatus, before.options),
      seenAfter: observe(later, after.signalingStatus, after.options),
    };
  }

  function judge(attempt: SignInAttempt): Change {
    const sides = sidesOf(attempt);
    if (isSameTenant && isSameView(sides.seenBefore, sides.seenAfter)) return UNTOUCHED;
    const was = decide(before.compiled, sides.earlier, sides.seenBefore);
    const becomes = decide(after.compiled, sides.later, sides.seenAfter);
    const outcomes = { before: was.outcome, after: becomes.outcome };
    if (was.outcome === 'unknown' || becomes.outcome === 'unknown') return unknownChange(sides, outcomes);
    if (was.outcome !== becomes.outcome) return changed(was, becomes, outcomes);
    if (was.outcome === 'blocked' || was.outcome === 'denied') return unchanged(outcomes);
    return sameOutcome(sides, was, becomes, outcomes);
  }

  function unknownChange(sides: Sides, outcomes: NonNullable<Change['outcomes']>): Change {
    const { before: was, after: becomes } = explained(sides);
    if (isSurelyUnchanged(was, becomes, common)) return unchanged(outcomes);
    const open = [was, becomes].filter(({ outcome }) => outcome === 'unknown');
    return {
      class: 'unknown',
      outcomes,
      decidedBy: [...new Set(open.flatMap(({ decidedBy }) => decidedBy))],
      missing: [...new Set(open.flatMap(({ missing }) => missing.map(({ fact }) => fact)))].sort(),
    };
  }

  /** The same outcome: less protected where a demand is gone, which the results of all policies tell. */
  function sameOutcome(
    sides: Sides,
    was: Decision,
    becomes: Decision,
    outcomes: NonNullable<Change['outcomes']>,
  ): Change {
    // An unknown result says too little: it may be the conditions or the controls that are not known.
    const isTold = !was.results.includes(UNKNOWN) && !becomes.results.includes(UNKNOWN);
    if (isTold && isSameTenant && areSame(was.results, becomes.results)) return unchanged(outcomes);
    const key = isTold ? `${outcomes.before} ${was.results.join()} ${becomes.results.join()}` : undefined;
    const known = key === undefined ? undefined : remembered.get(key);
    if (known !== undefined) return known;
    const evaluations = explained(sides);
    const change: Change = {
      class: classifyChange(evaluations.before, evaluations.after),
      outcomes,
      decidedBy: noLongerDemanding(evaluations.before, evaluations.after),
      missing: [],
    };
    if (key !== undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(key, change);
    }
    return change;
  }

  function explained({ earlier, later, seenBefore, seenAfter }: Sides) {
    return {
      before: evaluate(before.compiled, earlier, seenBefore),
      after: evaluate(after.compiled, later, seenAfter),
    };
  }
}

interface Sides {
  readonly earlier: SignInAttempt;
  readonly later: SignInAttempt;
  readonly seenBefore: Observation;
  readonly seenAfter: Observation;
}

const UNKNOWN = codeOf('unknown');

function changed(was: Decision, becomes: Decision, outcomes: NonNullable<Change['outcomes']>): Change {
  const kind = classifyChange({ outcome: was.outcome, policies: [] }, { outcome: becomes.outcome, policies: [] });
  const isWorse = kind === 'newlyBlocked' || kind === 'newlyDenied' || kind === 'newlyPrompted';
  return { class: kind, outcomes, decidedBy: (isWorse ? becomes : was).decidedBy, missing: [] };
}

function unchanged(outcomes: NonNullable<Change['outcomes']>): Change {
  return { class: 'unchanged', outcomes, decidedBy: [], missing: [] };
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
    a.resourceIpAddress?.text === b.resourceIpAddress?.text
  );
}
