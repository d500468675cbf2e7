import type { Demand } from '../../../../src/core/conditional-access/demand.ts';
import type { Effect, Outcome, PolicyStanding, Truth } from '../../../../src/core/conditional-access/result.ts';
import type { Side } from '../../../../src/core/impact/change.ts';

const MFA: Demand = { text: 'grant mfa', controls: [{ control: 'mfa', displayName: 'MFA' }], isOpen: false };

/** A policy that surely applies and surely does that. */
export function standing(
  policyId: string,
  [least, most]: readonly [Effect, Effect],
  more: Partial<PolicyStanding> = {},
): PolicyStanding {
  return {
    ...{ policyId, state: 'enabled', applies: true, effect: { least, most } },
    ...{ sessionControls: [], conditions: [], demands: [MFA] },
    ...more,
  };
}

/** One that applies, or does not, or may. */
export function applying(applies: Truth, effect: Effect, more: Partial<PolicyStanding> = {}): PolicyStanding {
  return standing('policy', [effect, effect], { applies, ...more });
}

export function side(outcome: Outcome, ...policies: readonly PolicyStanding[]): Side {
  return { outcome, decidedBy: [], policies, missing: [] };
}

/** A side of which no more is known than that the outcome is one of these. */
export function from(least: Effect, most: Effect): Side {
  return side(least === most ? least : 'unknown', standing('policy', [least, most]));
}
