import type { CompiledTenant } from '../../conditional-access/compile.ts';
import { compile } from '../../conditional-access/compile.ts';
import type { ObserveOptions } from '../../signaling/observe.ts';
import { everyAddressTried } from '../../signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';

/** One of the two states of affairs that a proof compares: a tenant under a signaling status. */
export interface ProofWorld {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly signalingStatus: SignalingStatus;
  /** Options without a stand-in for the proxy: a proof goes through all egress addresses. */
  readonly options: ObserveOptions;
}

export function proofWorld(tenant: Tenant, signalingStatus: SignalingStatus): ProofWorld {
  return worldOf(compile(tenant), signalingStatus);
}

/** The same of a tenant that is compiled. */
export function worldOf(compiled: CompiledTenant, signalingStatus: SignalingStatus): ProofWorld {
  const { tenant } = compiled;
  return {
    tenant,
    compiled: withoutStrictLocation(compiled),
    signalingStatus,
    options: everyAddressTried(tenant),
  };
}

/** The address at the resource is no part of a proof: that strict location enforcement is left out is said with every answer. */
function withoutStrictLocation(compiled: CompiledTenant): CompiledTenant {
  return { ...compiled, policies: compiled.policies.map((policy) => ({ ...policy, mayEnforceStrictLocation: false })) };
}

/** The same tenant under another status; what was compiled is shared. */
export function proofUnder(world: ProofWorld, signalingStatus: SignalingStatus): ProofWorld {
  return { ...world, signalingStatus };
}

/** The two worlds of one question, in the order of time. */
export interface WorldPair {
  readonly before: ProofWorld;
  readonly after: ProofWorld;
}
