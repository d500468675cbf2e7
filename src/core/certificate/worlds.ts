import type { CompiledPolicy, CompiledTenant } from '../conditional-access/compile.ts';
import { compile } from '../conditional-access/compile.ts';
import { Grounds } from '../conditional-access/grounds.ts';
import { mayEnforce } from '../conditional-access/policy-mode.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import { everyAddressTried } from '../signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import type { AlikeValues } from '../values/alike-values.ts';

/** One of the two worlds that a certificate speaks of, with the policies that can decide. */
export interface CheckedWorld {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly policies: readonly CompiledPolicy[];
  readonly signalingStatus: SignalingStatus;
  readonly options: ObserveOptions;
  readonly grounds: Grounds;
  /** Whether any of these policies asks whether the session is bound to the device. */
  readonly asksForBinding: boolean;
}

export const SIDES = ['before', 'after'] as const;
export type Side = (typeof SIDES)[number];
export type CheckedWorlds = Readonly<Record<Side, CheckedWorld>>;

/** `lists` is shared by the two worlds. */
export function checkedWorld(tenant: Tenant, signalingStatus: SignalingStatus, lists: AlikeValues): CheckedWorld {
  const compiled = compile(tenant);
  const policies = compiled.policies.filter((policy) => mayEnforce(policy.mode) && asksSomething(policy));
  const asksForBinding = policies.some(({ grant }) => grant.session.length > 0);
  const options = everyAddressTried(tenant);
  return {
    tenant,
    compiled,
    policies,
    signalingStatus,
    options,
    grounds: new Grounds(compiled, lists),
    asksForBinding,
  };
}

/** A policy without grant and session controls does nothing to anybody. */
function asksSomething({ grant, sessionControls }: CompiledPolicy): boolean {
  return grant.blocks || grant.mayBlock || grant.controls.length + grant.session.length + sessionControls.length > 0;
}
