import { InvalidArgumentError } from 'commander';
import type { PolicyState } from '../core/graph/words.ts';
import { findPolicy } from '../core/tenant/lookup.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { theOne } from './find.ts';
import { POLICY_STATES, policyState } from './policy-states.ts';

/** A change that is asked about: the switch, or the state of one policy. */
export type SupposedChange =
  | { readonly of: 'signaling'; readonly to: SignalingStatus; readonly text: string }
  | { readonly of: 'policy'; readonly name: string; readonly to: PolicyState | 'deleted'; readonly text: string };

/** Collects `signaling=<status>` and `policy:<name>=<state>`; a name may hold equals signs and commas. */
export function supposedChanges(text: string, previous: readonly SupposedChange[] = []): readonly SupposedChange[] {
  return [...previous, changeOf(text)];
}

function changeOf(text: string): SupposedChange {
  if (text === 'signaling=enabled' || text === 'signaling=disabled') {
    return { of: 'signaling', to: text === 'signaling=enabled' ? 'enabled' : 'disabled', text };
  }
  const [, name, word] = /^policy:(.+)=([^=]+)$/.exec(text) ?? [];
  if (name === undefined || word === undefined) throw notAChange();
  return { of: 'policy', name, to: word === 'deleted' ? word : stateIn(word), text };
}

function stateIn(word: string): PolicyState {
  try {
    return policyState(word);
  } catch {
    throw notAChange();
  }
}

function notAChange(): InvalidArgumentError {
  return new InvalidArgumentError(
    `give signaling=enabled, signaling=disabled or policy:<name>=<state>, a state being one of ${[...POLICY_STATES, 'deleted'].join(', ')}.`,
  );
}

/** The tenant as it would be, and the status that was asked for; throws GsaError `invalid` where no policy has the name. */
export function supposed(
  tenant: Tenant,
  changes: readonly SupposedChange[],
): { readonly tenant: Tenant; readonly signalingStatus: SignalingStatus | undefined } {
  let [now, signalingStatus]: [Tenant, SignalingStatus | undefined] = [tenant, undefined];
  for (const change of changes) {
    if (change.of === 'signaling') signalingStatus = change.to;
    else now = withPolicy(now, theOne(findPolicy(now, change.name), 'policy', change.name).id, change.to);
  }
  return { tenant: now, signalingStatus };
}

function withPolicy(tenant: Tenant, id: string, to: PolicyState | 'deleted'): Tenant {
  const policies =
    to === 'deleted'
      ? tenant.policies.filter((policy) => policy.id !== id)
      : tenant.policies.map((policy) => (policy.id === id ? { ...policy, state: to } : policy));
  return { ...tenant, policies };
}
