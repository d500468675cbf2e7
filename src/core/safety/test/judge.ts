import { evaluate } from '../../conditional-access/evaluate.ts';
import type { Evaluation } from '../../conditional-access/result.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import { observe } from '../../signaling/observe.ts';
import type { SignalingStatus } from '../../tenant/tenant.ts';
import type { Scene } from './scene.ts';

/** Judges one sign-in with every reason, under a status or the tenant's own. */
export function judge(scene: Scene, attempt: SignInAttempt, signaling: SignalingStatus | undefined): Evaluation {
  const status = signaling ?? scene.tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  return evaluate(scene.compiled, attempt, observe(attempt, status, scene.options));
}
