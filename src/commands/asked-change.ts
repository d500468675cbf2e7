import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { otherStatus } from '../core/tenant/tenant.ts';
import type { Session } from '../shell/session.ts';
import type { SupposedChange } from './supposed-change.ts';
import { supposed } from './supposed-change.ts';
import { tenantWith } from './tenant-at.ts';

/** A change as a user asked it, with both tenants found. */
export interface AskedTenants {
  readonly before: Tenant;
  readonly statusBefore: SignalingStatus;
  readonly after: Tenant;
  readonly statusAfter: SignalingStatus;
}

/** The tenant as it is and as it would be; without any change that is named, under the opposite signaling status. */
export async function askedChange(
  session: Session,
  tenant: Tenant,
  asked: { readonly of: readonly SupposedChange[]; readonly with: string | undefined },
): Promise<AskedTenants> {
  const statusBefore = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const other = asked.with === undefined ? tenant : await tenantWith(session, tenant, asked.with);
  const { tenant: after, signalingStatus } = supposed(other, asked.of);
  const own = after.globalSecureAccess.conditionalAccess.signalingStatus;
  const opposite = otherStatus(statusBefore);
  const isSwitch = after === tenant && signalingStatus === undefined;
  return { before: tenant, statusBefore, after, statusAfter: signalingStatus ?? (isSwitch ? opposite : own) };
}
