import type { Evaluation, Outcome } from './result.ts';

/**
 * What a change of the tenant does to one sign-in (reference conditional-access §5.3): the outcome of all policies together
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

type Judged = Pick<Evaluation, 'outcome' | 'policies' | 'sessionControls'>;

/**
 * A worse outcome is named by what it becomes, a better one by what it was: whom nothing stops any more is newly allowed, who
 * is no longer asked is less protected. The same outcome is less protected where an enabled policy that asked for something,
 * or limited the session, no longer applies. Report-only and disabled policies change nothing.
 */
export function classifyChange(before: Judged, after: Judged): ChangeClass {
  if (before.outcome === 'unknown' || after.outcome === 'unknown') return 'unknown';
  const [from, to] = [SEVERITIES[before.outcome], SEVERITIES[after.outcome]];
  if (to > from) return WORSE[after.outcome];
  if (to < from) return before.outcome === 'interrupted' ? 'lessProtected' : 'newlyAllowed';
  return isLessProtected(before, after) ? 'lessProtected' : 'unchanged';
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

/** Someone who is still blocked or denied is no less protected for it. */
function isLessProtected(before: Judged, after: Judged): boolean {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return false;
  const demands = demandsOf(after);
  return [...demandsOf(before)].some((demand) => !demands.has(demand));
}

/** What applying enabled policies ask for, by what they ask: the same demand of another policy protects as well. */
function demandsOf({ policies, sessionControls }: Judged): ReadonlySet<string> {
  const grants = policies
    .filter(({ state, applies }) => state.toLowerCase() === 'enabled' && applies === true)
    .filter(({ controls }) => controls.length > 0)
    .map(
      ({ controls, operator }) =>
        `${operator ?? ''} ${controls.map(({ control, displayName }) => `${control} ${displayName}`).join()}`,
    );
  return new Set([...grants, ...sessionControls.map((control) => `session ${control}`)]);
}
