import { isUndocumentedControl } from '../conditional-access/grant/session-controls.ts';
import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { classifyChange, noLongerDemanding } from '../conditional-access/outcome/change.ts';
import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import type { Outcome, PolicyStanding } from '../conditional-access/result.ts';
import type { Change, Side } from './change.ts';
import { attributed, changed, openChange, outcomesOf, possible, settledAs, unchanged } from './change.ts';
import type { CommonPolicies } from './common-policies.ts';
import { differingPolicies } from './differing-policies.ts';
import { certainClass, certainlyStoppedBy, mayDemandLess, possibleClasses } from './outcome-range.ts';

/** The same sign-in on both sides. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/**
 * The class by everything that is known. A session control that nobody documents may stop whom it newly reaches, as token protection
 * does.
 */
export function weighPair(pair: Sides, common: CommonPolicies): Change {
  const change = weighKnown(pair, common);
  if (!pair.after.policies.some(hasUndocumented)) return change;
  const gained = undocumentedControls(pair.after).filter(
    (one) => !undocumentedControls(pair.before).some((was) => was.isSure && isSameControl(was, one)),
  );
  const worse = WORSE_THAN[pair.before.outcome];
  const isStopped = pair.after.outcome === 'blocked' || pair.after.outcome === 'denied';
  return gained.length === 0 || worse.length === 0 || isStopped
    ? change
    : withUndocumented(change, pair, gained, worse);
}

/** What a sign-in of that outcome may newly be. */
const WORSE_THAN: { readonly [outcome in Outcome]: readonly ChangeClass[] } = {
  granted: ['newlyBlocked', 'newlyDenied', 'newlyPrompted'],
  interrupted: ['newlyBlocked', 'newlyDenied'],
  denied: ['newlyBlocked'],
  blocked: [],
  unknown: ['newlyBlocked', 'newlyDenied', 'newlyPrompted'],
};

interface Undocumented {
  readonly policyId: string;
  readonly control: string;
  readonly isSure: boolean;
}

function isSameControl(one: Undocumented, other: Undocumented): boolean {
  return one.policyId === other.policyId && one.control === other.control;
}

function hasUndocumented({ sessionControls }: PolicyStanding): boolean {
  return sessionControls.some(isUndocumentedControl);
}

/** The session controls that nobody documents of policies that apply, or may. */
function undocumentedControls({ policies }: Side): readonly Undocumented[] {
  return policies
    .filter(({ applies, state }) => applies !== false && mayEnforce(modeOf(state)))
    .flatMap(({ policyId, applies, sessionControls }) =>
      sessionControls.filter(isUndocumentedControl).map((control) => ({ policyId, control, isSure: applies === true })),
    );
}

function withUndocumented(
  change: Change,
  { before, after }: Sides,
  gained: readonly Undocumented[],
  worse: readonly ChangeClass[],
): Change {
  const missing = gained.map(({ control }) => `meaning of sessionControls.${control}`);
  return {
    class: 'unknown',
    outcomes: { ...outcomesOf(before, after), after: 'unknown' },
    decidedBy: [...new Set([...change.decidedBy, ...gained.map(({ policyId }) => policyId)])],
    stoppedBy: change.stoppedBy,
    couldBe: [...new Set([...possible(change), ...worse])],
    missing: [...new Set([...change.missing, ...missing])].sort(),
  };
}

function weighKnown(pair: Sides, common: CommonPolicies): Change {
  const { before: was, after: becomes } = pair;
  const kind = classifyChange(was, becomes);
  const isOutcomeOpen = was.outcome === 'unknown' || becomes.outcome === 'unknown';
  if (kind === 'unknown' && isOutcomeOpen) return weighOpen(pair, common);
  if (kind === 'unknown' || kind === 'unchanged') {
    // The outcome stays; whether something is no longer asked may hang on what is not known, and then the gates count it.
    const mayLose = kind === 'unknown' || mayDemandLess(was, becomes, differingPolicies(was, becomes, common));
    return unchanged(was, becomes, mayLose);
  }
  if (was.outcome !== becomes.outcome) return changed(was, becomes);
  return settledAs(kind, outcomesOf(was, becomes), noLongerDemanding(was, becomes));
}

/** An outcome is not known: what is certain all the same, or everything that it could be. */
function weighOpen({ before: was, after: becomes }: Sides, common: CommonPolicies): Change {
  const differing = differingPolicies(was, becomes, common);
  if (differing.size === 0) return unchanged(was, becomes);
  const certain = certainClass(was, becomes);
  if (certain !== undefined) return attributed(certain, was, becomes);
  const known = { stoppedBy: certainlyStoppedBy(was, becomes), couldBe: possibleClasses(was, becomes) };
  return openChange(was, becomes, known, (id) => differing.has(id));
}
