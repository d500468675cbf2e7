import type { Evaluation, Outcome, PolicyEvaluation } from '../result.ts';

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

type Judged = Pick<Evaluation, 'outcome' | 'policies'>;

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
  // What is no longer surely asked may still be asked: then nobody knows.
  return isLessProtected(before, withOpenOnes(after)) ? 'lessProtected' : 'unchanged';
}

/** As if every policy applied of which it is not known. */
function withOpenOnes({ outcome, policies }: Judged): Judged {
  const open = policies.map((policy) =>
    policy.applies === 'unknown' ? { ...policy, applies: true as const } : policy,
  );
  return { outcome, policies: open };
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
  return noLongerDemanding(before, after).length > 0;
}

/** Ids of the policies that ask for something before which no policy asks for after. */
export function noLongerDemanding(before: Judged, after: Judged): string[] {
  const demands = new Set(after.policies.flatMap(demandsOf));
  return before.policies
    .filter((policy) => demandsOf(policy).some((demand) => !demands.has(demand)))
    .map(({ policyId }) => policyId);
}

/** What an applying enabled policy asks for, by what it asks: the same demand of another policy protects as well. */
function demandsOf({ state, applies, controls, operator, sessionControls }: PolicyEvaluation): readonly string[] {
  if (state.toLowerCase() !== 'enabled' || applies !== true) return [];
  const limits = sessionControls.map((control) => `session ${control}`);
  if (controls.length === 0) return limits;
  const asked = controls.map(({ control, displayName }) => `${control} ${displayName}`).join();
  return [`${operator ?? ''} ${asked}`, ...limits];
}
