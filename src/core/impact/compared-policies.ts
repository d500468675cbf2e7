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
  /** What records say otherwise than the evaluation, by how. */
  readonly disagreements: Map<number, Counting<Disagreement>>;
}

/** The policies that records speak of: as many as there are, however many records. */
export class ComparedPolicies {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #known = new Map<string, ComparedPolicy>();

  constructor(policyIds: readonly string[]) {
    this.#positions = new Map(policyIds.map((id, at) => [id.toLowerCase(), at]));
  }

  of(id: string): ComparedPolicy {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const key = id.toLowerCase();
    const position = this.#positions.get(key);
    const policy = { id, key, position, isSecurityDefaults: key === SECURITY_DEFAULTS, disagreements: new Map() };
    this.#known.set(id, policy);
    return policy;
  }

  values(): readonly ComparedPolicy[] {
    return [...this.#known.values()];
  }
}

const CODES: ReadonlyMap<string, number> = new Map(APPLIED_POLICY_RESULTS.map((result, code) => [result, code]));

/** The position of a result that says something in `APPLIED_POLICY_RESULTS`. */
export function saidCode(result: string): number | undefined {
  return result === 'unknown' ? undefined : CODES.get(result);
}
