import type { CompiledTenant } from '../conditional-access/compile.ts';
import { compile } from '../conditional-access/compile.ts';
import { observingAhead } from '../conditional-access/observing.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';

/** One of the two states of affairs that are compared: a tenant, prepared once, under a signaling status. */
export interface World {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly signalingStatus: SignalingStatus;
  readonly options: ObserveOptions;
}

export function worldOf(tenant: Tenant, signalingStatus: SignalingStatus): World {
  const compiled = compile(tenant);
  return { tenant, compiled, signalingStatus, options: observingAhead(compiled) };
}

/** The same tenant under another status; what was prepared is shared. */
export function switched(world: World, signalingStatus: SignalingStatus): World {
  return { ...world, signalingStatus };
}
