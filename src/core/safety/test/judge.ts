import { evaluate } from '../../conditional-access/evaluate.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import { observe } from '../../signaling/observe.ts';
import type { SignalingStatus } from '../../tenant/tenant.ts';
import type { Judged } from './explain.ts';
import type { Scene } from './scene.ts';

/** Judges one sign-in with every reason, under a status or the tenant's own. */
export function judge(scene: Scene, attempt: SignInAttempt, said: SignalingStatus | undefined): Judged {
  const signaling = said ?? scene.tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  return {
    attempt,
    signaling,
    evaluation: evaluate(scene.compiled, attempt, observe(attempt, signaling, scene.options)),
  };
}
