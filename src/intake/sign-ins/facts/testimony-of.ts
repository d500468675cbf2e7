import type { AppliedConditionalAccessPolicy } from '../../../core/conditional-access/record/sign-in.ts';
import type { PolicyTestimony } from '../../../core/signaling/attempt.ts';
import { conditionList } from './condition-names.ts';
import { textOf } from './members.ts';

/** Results of `appliedConditionalAccessPolicies` that prove whether all conditions held, and then the controls (D-RO). */
const PROVED: Readonly<Record<string, { readonly applied: boolean; readonly controlsSatisfied: boolean | undefined }>> =
  {
    success: { applied: true, controlsSatisfied: true },
    failure: { applied: true, controlsSatisfied: false },
    notApplied: { applied: false, controlsSatisfied: undefined },
    reportOnlySuccess: { applied: true, controlsSatisfied: true },
    reportOnlyFailure: { applied: true, controlsSatisfied: false },
    reportOnlyInterrupted: { applied: true, controlsSatisfied: false },
    reportOnlyNotApplied: { applied: false, controlsSatisfied: undefined },
  };

/** What the record says about policies, by policy id; `undefined` where it says nothing, an empty map where there are none. */
export function testimonyOf(
  policies: readonly AppliedConditionalAccessPolicy[] | null | undefined,
): ReadonlyMap<string, PolicyTestimony> | undefined {
  if (policies === null || policies === undefined) return undefined;
  const testimony = new Map<string, PolicyTestimony>();
  for (const policy of policies) {
    const id = textOf(policy.id);
    const result = textOf(policy.result);
    if (id === undefined || result === undefined) continue;
    const proved = Object.hasOwn(PROVED, result) ? PROVED[result] : undefined;
    testimony.set(id, {
      result,
      satisfied: conditionList(policy.conditionsSatisfied),
      notSatisfied: conditionList(policy.conditionsNotSatisfied),
      applied: proved?.applied,
      controlsSatisfied: proved?.controlsSatisfied,
    });
  }
  return testimony;
}
