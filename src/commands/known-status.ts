import { statusNotKnown } from '../core/tenant/status-not-known.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../core/tenant/tenant.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import type { SupposedChange } from './supposed-change.ts';

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

/** The same of the other side of a question, unless the question says its status, or the first side was told of already. */
export async function heedStatusOfOther(
  session: Session,
  [before, after]: readonly [before: Tenant, after: Tenant],
  changes: readonly SupposedChange[],
  hasGate: boolean,
): Promise<void> {
  if (isSignalingStatusAssumed(before) || changes.some(({ of }) => of === 'signaling')) return;
  await heedAssumedStatus(session, after, hasGate);
}
