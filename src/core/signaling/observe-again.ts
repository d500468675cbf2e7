import type { SignalingStatus } from '../tenant/tenant.ts';
import type { NetworkPath, SignInAttempt, Target } from './attempt.ts';
import type { Observation } from './observation.ts';
import type { ObserveOptions } from './observe.ts';
import { observe } from './observe.ts';
import { resourceKindsOf } from './resource-kind.ts';

export type Observer = (attempt: SignInAttempt) => Observation;

/**
 * `observe` with a memory, for many sign-ins that share their parts: what is seen follows from the path and from the kinds of
 * resources, and from nothing else of the attempt. One observation is one object, so callers may remember by it.
 */
export function createObserver(status: SignalingStatus, options: ObserveOptions): Observer {
  const kinds = new WeakMap<Target, string>();
  const seen = new WeakMap<NetworkPath, Map<string, Observation>>();
  return (attempt) => {
    const { network, target } = attempt;
    let kind = kinds.get(target);
    if (kind === undefined) {
      kind = resourceKindsOf(target).join();
      kinds.set(target, kind);
    }
    let known = seen.get(network);
    if (known === undefined) {
      known = new Map();
      seen.set(network, known);
    }
    const before = known.get(kind);
    if (before !== undefined) return before;
    const observation = observe(attempt, status, options);
    known.set(kind, observation);
    return observation;
  };
}
