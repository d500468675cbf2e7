import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES, classifyChange } from '../conditional-access/outcome/change.ts';
import type { OutcomeRange } from '../conditional-access/outcome/range.ts';
import { outcomeRange } from '../conditional-access/outcome/range.ts';
import { modeOf } from '../conditional-access/policy-mode.ts';
import type { Effect } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';
import type { Side } from './change.ts';

/**
 * The class of a change that is certain although an outcome is not known: whoever was at most asked and is now blocked is
 * newly blocked, whatever the user's risk was. `undefined` where what is missing could turn it.
 */
export function certainClass(before: Side, after: Side): ChangeClass | undefined {
  return certainBetween(outcomeRange(before), outcomeRange(after));
}

/** The same by the outcomes that remain possible. */
export function certainBetween(was: OutcomeRange, becomes: OutcomeRange): ChangeClass | undefined {
  if (was.most < becomes.least && becomes.least === becomes.most) return changeOf(was.most, becomes.least);
  if (becomes.most >= was.least) return undefined;
  // Blocked and denied people are let in alike; only who was asked for certain is less protected.
  return was.least === was.most || was.least >= DENIED ? changeOf(was.least, becomes.most) : undefined;
}

/**
 * Ids of the policies that surely stop somebody who surely was let in, or only asked: so much is certain also where it is not
 * known which of several policies stops them, or how. Empty where it is not certain.
 */
export function certainlyStoppedBy(before: Side, after: Side): readonly string[] {
  if (!isSurelyStopped(outcomeRange(before), outcomeRange(after))) return [];
  return after.policies
    .filter(
      ({ state, applies, effect }) =>
        modeOf(state) === 'enabled' && applies === true && EFFECTS.indexOf(effect.least) >= DENIED,
    )
    .map(({ policyId }) => policyId);
}

/** Whether somebody surely was let in, or only asked, and surely is stopped. */
export function isSurelyStopped(was: OutcomeRange, becomes: OutcomeRange): boolean {
  return was.most < DENIED && becomes.least >= DENIED;
}

/** The classes that the change of a sign-in could be of, for all that is known. */
export function possibleClasses(before: Side, after: Side): readonly ChangeClass[] {
  return possibleBetween(outcomeRange(before), outcomeRange(after));
}

/** The same by the outcomes that remain possible. */
export function possibleBetween(was: OutcomeRange, becomes: OutcomeRange): readonly ChangeClass[] {
  const at = ((was.least * WIDTH + was.most) * WIDTH + becomes.least) * WIDTH + becomes.most;
  POSSIBLE[at] ??= classesBetween(was, becomes);
  return POSSIBLE[at];
}

const WIDTH = EFFECTS.length;

/** By the least and the most before, and then after. */
const POSSIBLE: (readonly ChangeClass[] | undefined)[] = [];

function classesBetween(was: OutcomeRange, becomes: OutcomeRange): readonly ChangeClass[] {
  const found = new Set<ChangeClass>();
  for (let from = was.least; from <= was.most; from++) {
    for (let to = becomes.least; to <= becomes.most; to++) {
      found.add(changeOf(from, to));
      // One outcome on both sides may come of other policies, of which one asked for more.
      if (from === to && to < DENIED) found.add('lessProtected');
    }
  }
  return CHANGE_CLASSES.filter((kind) => found.has(kind));
}

/** Whether, with the same outcome, a policy that may apply before may ask for nothing after: so much is not known. */
export function mayDemandLess(before: Side, after: Side, differing: ReadonlySet<string>): boolean {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return false;
  const later = new Map(after.policies.map(({ policyId, applies }) => [policyId, applies]));
  return before.policies.some(({ policyId, applies, demands }) => {
    const becomes = later.get(policyId) ?? false;
    const isOpen = applies === 'unknown' || becomes === 'unknown';
    return differing.has(policyId) && isOpen && demands.length > 0 && applies !== false && becomes !== true;
  });
}

const DENIED = EFFECTS.indexOf('denied');

function changeOf(from: number, to: number): ChangeClass {
  const [outcome, later] = [named(from), named(to)];
  return classifyChange({ outcome, policies: [] }, { outcome: later, policies: [] });
}

function named(position: number): Effect {
  return EFFECTS[position] ?? 'blocked';
}
