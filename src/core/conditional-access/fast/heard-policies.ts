import type { PolicyTestimony, SignInAttempt } from '../../signaling/attempt.ts';
import type { CompiledPolicy } from '../compile.ts';
import { Numbers } from './numbers.ts';

/** What a record says of one policy of the tenant. */
export interface HeardPolicy {
  /** Position in the tenant's order. */
  readonly at: number;
  readonly says: PolicyTestimony;
  /** One number for all that says the same. */
  readonly number: number;
}

type Testimony = NonNullable<SignInAttempt['testimony']>;

/** Finds the policies that a testimony speaks of; once for sign-ins that share it. */
export function createHearing(
  policies: readonly CompiledPolicy[],
): (testimony: Testimony | undefined) => readonly HeardPolicy[] {
  const positions = new Map<string, number[]>();
  for (const [at, { policy }] of policies.entries())
    positions.set(policy.id, [...(positions.get(policy.id) ?? []), at]);
  const numbers = new Numbers();
  const known = new WeakMap<Testimony, readonly HeardPolicy[]>();
  return (testimony) => {
    if (testimony === undefined || testimony.size === 0) return NOTHING;
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
    known.set(testimony, heard);
    return heard;
  };
}

const NOTHING: readonly HeardPolicy[] = [];
