import type { AppliedConditionalAccessPolicy } from '../conditional-access/record/sign-in.ts';
import { APPLIED_POLICY_RESULTS } from '../conditional-access/result.ts';
import type { Disagreement } from './agreement.ts';

/** Security defaults stand among a record's policies and are none: nobody can import them, and gsa does not evaluate them. */
const SECURITY_DEFAULTS = 'securitydefaults';

export type Counting<Counted> = Omit<Counted, 'count'> & { count: number };

/** A policy that records speak of, by the id as they write it. */
export interface ComparedPolicy {
  readonly id: string;
  /** The same in lower case. */
  readonly key: string;
  /** In the tenant's order; `undefined`: the tenant has no such policy. */
  readonly position: number | undefined;
  readonly isSecurityDefaults: boolean;
  /** What records say of it, by the position of the result. */
  readonly sayings: (Saying | undefined)[];
  /** What records say otherwise than the evaluation, in the order in which it was found. */
  readonly disagreements: Counting<Disagreement>[];
}

/** One result of one policy: one for all records that give it. */
export interface Saying {
  readonly policy: ComparedPolicy;
  /** The position of the result in `APPLIED_POLICY_RESULTS`. */
  readonly code: number;
  /** Those of the disagreements of the policy that are of this result, by how the evaluation differs. */
  readonly found: (Counting<Disagreement> | undefined)[];
}

/** What one record says of all policies. */
export interface Sayings {
  /** No policy is listed. */
  readonly isSilent: boolean;
  readonly comparable: readonly Saying[];
  /** Results that say nothing, such as `unknown`. */
  readonly incomparable: number;
  /** Something is said of a policy that the tenant has. */
  readonly areAnyKnown: boolean;
  /** A policy is said to have stopped the sign-in. */
  readonly isFailureTold: boolean;
  /** Security defaults decided, and no policy did. */
  readonly isOfSecurityDefaults: boolean;
}

type Listed = readonly AppliedConditionalAccessPolicy[] | null | undefined;

/** The policies that records speak of: as many as there are, however many records. */
export class ComparedPolicies {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #known = new Map<string, ComparedPolicy>();
  readonly #spokenOf = new Set<string>();

  constructor(policyIds: readonly string[]) {
    this.#positions = new Map(policyIds.map((id, at) => [id.toLowerCase(), at]));
  }

  /** How many policies records give a result of that can be compared. */
  get spokenOf(): number {
    return this.#spokenOf.size;
  }

  sayingsOf(listed: Listed): Sayings {
    const comparable: Saying[] = [];
    let incomparable = 0;
    let isOfSecurityDefaults = false;
    for (const { id, result } of listed ?? []) {
      if (typeof id !== 'string' || typeof result !== 'string') continue;
      const policy = this.#of(id);
      const code = saidCode(result);
      if (policy.isSecurityDefaults) isOfSecurityDefaults = true;
      if (code === undefined || policy.isSecurityDefaults) incomparable++;
      else comparable.push(sayingOf(policy, code));
    }
    for (const { policy } of comparable) this.#spokenOf.add(policy.key);
    return {
      isSilent: (listed ?? []).length === 0,
      ...{ comparable, incomparable },
      areAnyKnown: comparable.some(({ policy }) => policy.position !== undefined),
      isFailureTold: comparable.some(({ code }) => code === FAILURE),
      isOfSecurityDefaults,
    };
  }

  values(): readonly ComparedPolicy[] {
    return [...this.#known.values()];
  }

  #of(id: string): ComparedPolicy {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const key = id.toLowerCase();
    const policy = {
      ...{ id, key, position: this.#positions.get(key), isSecurityDefaults: key === SECURITY_DEFAULTS },
      ...{ sayings: [], disagreements: [] },
    };
    this.#known.set(id, policy);
    return policy;
  }
}

function sayingOf(policy: ComparedPolicy, code: number): Saying {
  const saying = policy.sayings[code] ?? { policy, code, found: [] };
  policy.sayings[code] = saying;
  return saying;
}

const FAILURE = APPLIED_POLICY_RESULTS.indexOf('failure');
const CODES: ReadonlyMap<string, number> = new Map(APPLIED_POLICY_RESULTS.map((result, code) => [result, code]));

/** The position of a result that says something in `APPLIED_POLICY_RESULTS`. */
function saidCode(result: string): number | undefined {
  return result === 'unknown' ? undefined : CODES.get(result);
}
