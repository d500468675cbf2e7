import type { PolicyTestimony, SignInAttempt } from '../../signaling/attempt.ts';
import type { CompiledPolicy } from '../compile.ts';
import { emptyMask, set } from './bitset.ts';
import { Numbers } from './numbers.ts';

/** What a record says of one policy of the tenant. */
export interface HeardPolicy {
  /** Position in the tenant's order. */
  readonly at: number;
  readonly says: PolicyTestimony;
  /** One number for all that says the same. */
  readonly number: number;
}

/** What a record says of policies of the tenant. */
export interface HeardPolicies {
  readonly policies: readonly HeardPolicy[];
  /** Their positions. */
  readonly mask: Uint32Array;
}

type Testimony = NonNullable<SignInAttempt['testimony']>;

/** Finds the policies that a testimony speaks of; once for sign-ins that share it. */
export function createHearing(
  policies: readonly CompiledPolicy[],
): (testimony: Testimony | undefined) => HeardPolicies {
  const positions = new Map<string, number[]>();
  for (const [at, { policy }] of policies.entries())
    positions.set(policy.id, [...(positions.get(policy.id) ?? []), at]);
  const numbers = new Numbers();
  const known = new WeakMap<Testimony, HeardPolicies>();
  const nothing = heardPolicies([], policies.length);
  return (testimony) => {
    if (testimony === undefined || testimony.size === 0) return nothing;
    const before = known.get(testimony);
    if (before !== undefined) return before;
    const heard: HeardPolicy[] = [];
    for (const [id, says] of testimony) {
      const { applied, controlsSatisfied, satisfied, notSatisfied } = says;
      const held = positions.get(id);
      if (held === undefined) continue;
      const number = numbers.of(`${applied} ${controlsSatisfied} ${satisfied} ${notSatisfied}`);
      for (const at of held) heard.push({ at, says, number });
    }
    const all = heardPolicies(heard, policies.length);
    known.set(testimony, all);
    return all;
  };
}

function heardPolicies(policies: readonly HeardPolicy[], count: number): HeardPolicies {
  const mask = emptyMask(count);
  for (const { at } of policies) set(mask, at);
  return { policies, mask };
}
