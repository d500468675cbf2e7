import { withTunnelOwner } from '../conditional-access/facts/tunnel-owner.ts';
import type { Identity, NetworkPath, SignInAttempt, Target } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { SignInRange } from './invariant-range.ts';
import type { Scene } from './scene.ts';
import type { Representative } from './sign-in-classes.ts';

/** What is the same in every sign-in of a range. */
export type SharedFacts = Omit<SignInAttempt, 'identity' | 'target' | 'network'>;

/** One sign-in of a range, with what of the range it is made of. */
export interface SignInOfRange {
  readonly attempt: SignInAttempt;
  readonly user: Representative<Identity>;
  readonly target: Representative<Target>;
  readonly network: { readonly value: NetworkPath; readonly text: string };
  readonly signaling: SignalingStatus;
}

export function countOf({ users, targets, networks, signaling }: SignInRange): number {
  return users.length * targets.length * networks.length * signaling.length;
}

/** Every sign-in of the range, one after the other: there are too many to hold. */
export function* signInsOf(
  { users, targets, networks, signaling }: SignInRange,
  facts: SharedFacts,
  { compiled }: Scene,
): Generator<SignInOfRange> {
  for (const user of users) {
    for (const target of targets) {
      for (const network of networks) {
        const parts = { identity: user.value, target: target.value, network: network.value };
        const attempt = withTunnelOwner(compiled.people, { ...facts, ...parts });
        for (const status of signaling) yield { attempt, user, target, network, signaling: status };
      }
    }
  }
}

/** The sign-in as a failure names it. */
export function subjectOf({ user, target, network, signaling }: SignInOfRange): string {
  const alike = user.others === 0 ? '' : ` (and ${user.others} like them)`;
  return [
    `user: ${user.text}${alike}`,
    `app: ${target.text}`,
    ...sourceWords(network.value),
    `path: ${network.text}`,
    `signaling: ${signaling}`,
  ].join(', ');
}

function sourceWords({ source }: NetworkPath): string[] {
  const country = source.countryOrRegion === undefined ? '' : ` in ${source.countryOrRegion ?? 'no known country'}`;
  return source.address === undefined ? [] : [`from: ${source.address.text}${country}`];
}
