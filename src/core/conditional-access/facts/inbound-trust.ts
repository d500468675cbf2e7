import type { GrantControl } from '../../graph/controls.ts';
import type { ExternalUserType } from '../../graph/words.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { InboundTrust } from '../../tenant/cross-tenant-access.ts';
import { lower, objects } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { UserSubject } from './subject.ts';

/** Kinds of user whose home is another tenant of Microsoft Entra. */
const FROM_ELSEWHERE: ReadonlySet<ExternalUserType> = new Set([
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
]);

/** Controls that are not supported for people of other tenants, so that nothing satisfies them (D-B2B). */
export const UNSUPPORTED_ELSEWHERE = {
  approvedApplication: false,
  compliantApplication: false,
  passwordChange: false,
} as const satisfies Partial<Readonly<Record<GrantControl, false>>>;

/**
 * The claims of somebody from another tenant as this one takes them: it sees a device of another tenant only where it trusts
 * the claim, and without trust nobody in B2B direct connect can do multifactor authentication (D-B2B). Whose account is in another
 * tenant cannot change its password here, so that nobody who is asked to gets in (D-B2B). Who may be from here, or a tenant whose
 * cross-tenant access settings are not known, leaves the claims as they are.
 */
export function trustedClaims(tenant: Tenant, attempt: SignInAttempt, subject: UserSubject): SignInAttempt {
  if (!isFromElsewhere(subject)) return attempt;
  const { types } = subject;
  const trust = inboundTrustOf(tenant, subject.homeTenantId);
  return {
    ...attempt,
    canChangePassword: false,
    satisfied: {
      ...attempt.satisfied,
      ...UNSUPPORTED_ELSEWHERE,
      ...(trust?.isCompliantDeviceAccepted === false ? { compliantDevice: false } : {}),
      ...(trust?.isHybridAzureADJoinedDeviceAccepted === false ? { domainJoinedDevice: false } : {}),
    },
    ...(trust?.isMfaAccepted === false && types.every((type) => type === 'b2bDirectConnectUser')
      ? { canPerformMfa: false }
      : {}),
  };
}

/** Whether the person surely has a home in another tenant of Microsoft Entra. */
export function isFromElsewhere({ types }: UserSubject): boolean {
  return types.length > 0 && types.every((type) => FROM_ELSEWHERE.has(type));
}

/** What is said for the person's tenant, else what holds for all; `undefined`: not known. */
function inboundTrustOf(
  { crossTenantAccessPolicy }: Tenant,
  homeTenantId: string | undefined,
): InboundTrust | null | undefined {
  if (crossTenantAccessPolicy === undefined) return undefined;
  const partners = objects(crossTenantAccessPolicy.partners);
  // Whose tenant is not known may be a partner's.
  if (homeTenantId === undefined && partners.length > 0) return undefined;
  const partner = partners.find(({ tenantId }) => lower(tenantId) === homeTenantId);
  return partner?.inboundTrust ?? crossTenantAccessPolicy.default?.inboundTrust;
}
