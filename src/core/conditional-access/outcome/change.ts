import type { Evaluation, Outcome, PolicyStanding } from '../result.ts';

/**
 * What a change of the tenant does to one sign-in (SEED, D-POL): the outcome of all policies together
 * before and after. One policy that newly allows means nothing while another still blocks.
 */
export const CHANGE_CLASSES = [
  'newlyBlocked',
  'newlyDenied',
  'newlyPrompted',
  'newlyAllowed',
  'lessProtected',
  'unknown',
  'unchanged',
] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

type Judged = Pick<Evaluation, 'outcome'> & { readonly policies: readonly PolicyStanding[] };

/**
 * A worse outcome is named by what it becomes, a better one by what it was: whom nothing stops any more is newly allowed, who
 * is no longer asked is less protected. The same outcome is less protected where an enabled policy that asked for something,
 * or limited the session, no longer applies, and unknown where it is not known whether it does. Report-only and disabled
 * policies change nothing.
 */
export function classifyChange(before: Judged, after: Judged): ChangeClass {
  if (before.outcome === 'unknown' || after.outcome === 'unknown') return 'unknown';
  const [from, to] = [SEVERITIES[before.outcome], SEVERITIES[after.outcome]];
  if (to > from) return WORSE[after.outcome];
  if (to < from) return before.outcome === 'interrupted' ? 'lessProtected' : 'newlyAllowed';
  return CLASS_OF_LOSS[lossOf(before, after)];
}

const SEVERITIES: { readonly [outcome in Exclude<Outcome, 'unknown'>]: number } = {
  granted: 0,
  interrupted: 1,
  denied: 2,
  blocked: 3,
};

const WORSE: { readonly [outcome in Exclude<Outcome, 'unknown'>]: ChangeClass } = {
  granted: 'unchanged',
  interrupted: 'newlyPrompted',
  denied: 'newlyDenied',
  blocked: 'newlyBlocked',
};

/** Whether something that was asked before is no longer asked after. */
export type Loss = 'none' | 'possible' | 'certain';

const CLASS_OF_LOSS: { readonly [loss in Loss]: ChangeClass } = {
  none: 'unchanged',
  possible: 'unknown',
  certain: 'lessProtected',
};

/**
 * Someone who is still blocked or denied is no less protected for it. What surely was asked and may not be asked any more, or
 * may have been and surely is not, may be lost; what may be asked on both sides hangs on the same facts, and stays.
 */
export function lossOf(before: Judged, after: Judged): Loss {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return 'none';
  if (noLongerDemanding(before, after).length > 0) return 'certain';
  const [was, becomes] = [demandsIn(before), demandsIn(after)];
  return isWithin(was.sure, becomes.sure) && isWithin(was.possible, becomes.possible) ? 'none' : 'possible';
}

/** Whether all of some are among others. */
export function isWithin(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].every((one) => others.has(one));
}

/** Ids of the policies that surely ask for something before which no policy can ask for after. */
export function noLongerDemanding(before: Judged, after: Judged): string[] {
  const { possible } = demandsIn(after);
  return before.policies
    .filter((policy) => policy.applies === true && demandsOf(policy).some((demand) => !possible.has(demand)))
    .map(({ policyId }) => policyId);
}

/** What is asked by policies that surely apply, and by those that may. */
function demandsIn({ policies }: Judged): {
  readonly sure: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
} {
  const of = (asking: readonly PolicyStanding[]) => new Set(asking.flatMap(demandsOf));
  return {
    sure: of(policies.filter(({ applies }) => applies === true)),
    possible: of(policies.filter(({ applies }) => applies !== false)),
  };
}

/** What an enabled policy asks for, by what it asks: the same demand of another policy protects as well. */
function demandsOf({ state, controls, operator, sessionControls }: PolicyStanding): readonly string[] {
  if (state.toLowerCase() !== 'enabled') return [];
  const limits = sessionControls.map((control) => `session ${control}`);
  if (controls.length === 0) return limits;
  const asked = controls.map(({ control, displayName }) => `${control} ${displayName}`).join();
  return [`${operator ?? ''} ${asked}`, ...limits];
}

/** What a change is as a whole. */
export type ChangeVerdict = 'equivalent' | 'stricter' | 'looser' | 'both' | 'unknown';

/** Classes in which something becomes stricter, and looser. */
export const STRICTER: ReadonlySet<ChangeClass> = new Set<ChangeClass>([
  'newlyBlocked',
  'newlyDenied',
  'newlyPrompted',
]);
export const LOOSER: ReadonlySet<ChangeClass> = new Set<ChangeClass>(['newlyAllowed', 'lessProtected']);

/** The verdict on a change by the classes that it has for any sign-in. */
export function verdictOf(classes: Iterable<ChangeClass>): ChangeVerdict {
  const found = [...classes];
  const [stricter, looser] = [STRICTER, LOOSER].map((set) => found.some((one) => set.has(one)));
  if (stricter === true) return looser === true ? 'both' : 'stricter';
  if (looser === true) return 'looser';
  return found.includes('unknown') ? 'unknown' : 'equivalent';
}
