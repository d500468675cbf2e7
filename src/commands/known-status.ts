import { statusNotKnown } from '../core/dependencies/settling.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../core/tenant/tenant.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';

/**
 * Where it is only taken for granted whether signaling is enabled, an answer that begins with it is a warning's worth and no gate's
 * (invariant 11): throws GsaError `refused` for a gate, and says so otherwise.
 */
export async function heedAssumedStatus(session: Session, tenant: Tenant, hasGate: boolean): Promise<void> {
  if (!isSignalingStatusAssumed(tenant)) return;
  const { signalingStatus } = tenant.globalSecureAccess.conditionalAccess;
  const { fact, settle } = statusNotKnown(tenant);
  const text = `${fact} is not known, and is taken for ${signalingStatus}`;
  if (!hasGate) return await session.say(`careful: ${text}; ${settle}`);
  throw new GsaError('refused', `no gate is green here: ${text}`, { hint: settle });
}
