/** Which claims of other tenants are trusted (Graph `crossTenantAccessPolicyInboundTrust`). */
export interface InboundTrust {
  readonly isMfaAccepted?: boolean | null;
  readonly isCompliantDeviceAccepted?: boolean | null;
  readonly isHybridAzureADJoinedDeviceAccepted?: boolean | null;
}

/** Cross-tenant access settings, as far as they decide a sign-in: what holds for all tenants, and what for single ones. */
export interface CrossTenantAccessPolicy {
  readonly default?: { readonly inboundTrust?: InboundTrust | null };
  readonly partners?: readonly { readonly tenantId: string; readonly inboundTrust?: InboundTrust | null }[];
}
