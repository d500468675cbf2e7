import { evaluate } from '../conditional-access/evaluate.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { Judged } from './explain.ts';
import type { Scene } from './scene.ts';

/** Evaluates one sign-in, with every reason. */
export function judge({ compiled, options }: Scene, attempt: SignInAttempt, signaling: SignalingStatus): Judged {
  return { attempt, signaling, evaluation: evaluate(compiled, attempt, observe(attempt, signaling, options)) };
}

export function ownSignaling({ tenant }: Scene): SignalingStatus {
  return tenant.globalSecureAccess.conditionalAccess.signalingStatus;
}
