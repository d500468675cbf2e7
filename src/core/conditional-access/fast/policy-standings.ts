import type { CompiledPolicy } from '../compile.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { named } from '../grant/effect.ts';
import { demandsOfPolicy } from '../outcome/demands.ts';
import type { PolicyStanding, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';

/** How one policy can stand to sign-ins: one object for all to whom it stands alike. */
export class PolicyStandings {
  readonly policyId: string;
  readonly #fixed: Pick<PolicyStanding, 'policyId' | 'state' | 'demands' | 'sessionControls'>;
  readonly #isLocated: boolean;
  readonly #known: (PolicyStanding | undefined)[] = [];

  constructor(compiled: CompiledPolicy) {
    const { policy, conditions, sessionControls } = compiled;
    this.policyId = policy.id;
    this.#isLocated = conditions.some(({ slot }) => slot === 'location');
    this.#fixed = {
      policyId: policy.id,
      state: policy.state,
      demands: demandsOfPolicy(compiled),
      sessionControls,
    };
  }

  /** `located`: what the location says, where the policy has a condition on it. */
  standing(applies: Truth, located: Truth, effect: SeverityRange): PolicyStanding {
    const truths = placeOf(applies) * 3 + (this.#isLocated ? placeOf(located) : 0);
    const place = (truths * EFFECTS.length + effect.least) * EFFECTS.length + effect.most;
    const known = this.#known[place];
    if (known !== undefined) return known;
    const standing = {
      ...this.#fixed,
      applies,
      conditions: this.#isLocated ? [{ condition: 'location' as const, truth: located }] : [],
      effect: named(effect),
    };
    this.#known[place] = standing;
    return standing;
  }
}

function placeOf(truth: Truth): number {
  return truth === 'unknown' ? 2 : truth ? 1 : 0;
}
