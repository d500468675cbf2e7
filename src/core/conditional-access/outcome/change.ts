import type { Demand } from '../demand.ts';
import { mayEnforce, modeOf } from '../policy-mode.ts';
import type { Evaluation, Outcome, PolicyStanding } from '../result.ts';
import { areAsked, isAsked } from './demands.ts';

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
 * What the change loses of what was asked. Someone who is still blocked or denied is no less protected. A demand that was surely made is
 * lost for certain where no demand after can imply it, and may be lost where one may imply it and none surely does. A demand that may have
 * been made may be lost too, where its policy surely does not apply after. Of a policy that may apply on both sides nothing is said:
 * whether that hangs on the same facts the standings do not tell, and whoever compares two worlds has to see to it.
 */
export function lossOf(before: Judged, after: Judged): Loss {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return 'none';
  const { sure, possible } = allDemands(after);
  if (before.policies.some((policy) => isLost(policy, possible))) return 'certain';
  const areKept = [allDemands(before).sure, possiblyGone(before, after)].every((each) => areAsked(each, sure) === true);
  return areKept ? 'none' : 'possible';
}

/** What policies may ask for before that surely ask for nothing after. */
function possiblyGone(before: Judged, after: Judged): ReadonlySet<Demand> {
  const asking = before.policies.filter(mayAsk);
  if (asking.length === 0) return new Set();
  const later = new Set(after.policies.filter(mayAsk).map(({ policyId }) => policyId));
  return new Set(asking.filter(({ policyId }) => !later.has(policyId)).flatMap(({ demands }) => demands));
}

/** Ids of the policies that surely ask for something before which no policy can ask for after. */
export function noLongerDemanding(before: Judged, after: Judged): string[] {
  const { possible } = allDemands(after);
  return before.policies.filter((policy) => isLost(policy, possible)).map(({ policyId }) => policyId);
}

/** Whether the policy surely asks for something for which nothing that may be asked after is enough. */
function isLost(policy: PolicyStanding, possible: ReadonlySet<Demand>): boolean {
  return surelyAsks(policy) && policy.demands.some((demand) => isAsked(demand, possible) === false);
}

/** What is asked by policies that surely apply, and by those that may. */
function allDemands({ policies }: Judged): {
  readonly sure: ReadonlySet<Demand>;
  readonly possible: ReadonlySet<Demand>;
} {
  const [sure, possible] = [new Set<Demand>(), new Set<Demand>()];
  for (const policy of policies) {
    if (!mayAsk(policy)) continue;
    const isSure = surelyAsks(policy);
    for (const demand of policy.demands) {
      possible.add(demand);
      if (isSure) sure.add(demand);
    }
  }
  return { sure, possible };
}

function surelyAsks({ state, applies }: PolicyStanding): boolean {
  return applies === true && modeOf(state) === 'enabled';
}

function mayAsk({ state, applies }: PolicyStanding): boolean {
  return applies !== false && mayEnforce(modeOf(state));
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
