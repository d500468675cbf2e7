import type { Identity, NetworkPath, SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { Representative } from './sign-in-classes.ts';

/** One sign-in of a range, in the words of the test file. */
export interface Subject {
  /** The people that it stands for, the one of the attempt first. */
  readonly users: readonly Representative<Identity>[];
  readonly target: string;
  readonly path: string;
  readonly attempt: SignInAttempt;
  readonly status: SignalingStatus;
  /** What is particular about client, platform, flow, risk and device. */
  readonly session?: readonly string[];
}

export function subjectOf({ users, target, path, attempt, status, session = [] }: Subject): string {
  const others = users.reduce((sum, user) => sum + 1 + user.others, 0) - 1;
  const alike = others <= 0 ? '' : ` (and ${others} like them)`;
  return [
    `user: ${users[0]?.text ?? ''}${alike}`,
    `app: ${target}`,
    ...sourceWords(attempt.network),
    `path: ${path}`,
    ...(session.length === 0 ? [] : [`with: ${session.join(' and ')}`]),
    `signaling: ${status}`,
  ].join(', ');
}

function sourceWords({ source }: NetworkPath): string[] {
  const country = source.countryOrRegion === undefined ? '' : ` in ${source.countryOrRegion ?? 'no known country'}`;
  return source.address === undefined ? [] : [`from: ${source.address.text}${country}`];
}
