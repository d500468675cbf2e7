import type { ObserveOptions } from '../signaling/observe.ts';
import { observeOptions } from '../signaling/observe.ts';
import { proxyStandIn } from '../signaling/stand-in.ts';
import { isNobodyTunnelled } from '../signaling/tunnelling.ts';
import type { CompiledTenant } from './compile.ts';
import { mayEnforceStrictLocation } from './grant/session-controls.ts';

/**
 * How a tenant is observed, whatever asks for its answer about a sign-in: with a stand-in for a proxy's address that is not known. Not
 * under strict location enforcement, which compares the address itself with the one at the resource (D-STRICT).
 */
export function observingOptions({ tenant, locations }: Pick<CompiledTenant, 'tenant' | 'locations'>): ObserveOptions {
  const isStrict = tenant.policies.some(mayEnforceStrictLocation);
  const standIn = isStrict ? undefined : proxyStandIn(locations.index, tenant.globalSecureAccess.egressRanges);
  return { ...observeOptions(tenant), ...(standIn === undefined ? {} : { proxyStandIn: standIn }) };
}

/** The same for sign-ins that are still to come, or judged as if: nobody comes through where nobody is tunnelled. */
export function observingAhead(compiled: Pick<CompiledTenant, 'tenant' | 'locations'>): ObserveOptions {
  return { ...observingOptions(compiled), isNobodyTunnelled: isNobodyTunnelled(compiled.tenant) };
}
