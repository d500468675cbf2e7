import type { Planned } from '../core/tenant/plans/objects.ts';
import type { Operation } from '../core/tenant/roles/roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Signature, StoredTenant } from '../store/types.ts';
import type { Call } from './call.ts';
import type { Caller } from './caller.ts';
import { allowed } from './caller.ts';
import { badRequest, GraphError } from './graph-error.ts';
import type { World } from './world.ts';

/**
 * Makes one change for a request: rights, then what the plan itself refuses, then the write, all on the tenant as it stands
 * under the lock. Throws GraphError, and then nothing was written.
 */
export function changeTenant(
  call: Call,
  world: World,
  operation: Operation,
  plan: (tenant: Tenant, caller: Caller, dateTime: string) => Planned,
): Promise<StoredTenant> {
  if (world.readOnly) throw readOnly();
  const who = allowed(world.state.read().tenant, call.claims, operation);
  const dateTime = world.now();
  return world.state.change(
    ({ tenant }) => {
      const planned = plan(tenant, allowed(tenant, call.claims, operation), dateTime);
      if ('refused' in planned) throw badRequest(planned.refused);
      return planned;
    },
    signature(call, world, who),
  );
}

/** The journal names the request instead of the command line, and finds it again by its id. */
function signature(call: Call, world: World, { name, role }: Caller): Signature {
  return {
    ...world.sign(name, role),
    transactionId: call.requestId,
    command: `${call.method} /${call.version}/${call.segments.join('/')}`,
  };
}

function readOnly(): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'gsa.readOnly', message: 'The simulation was started with --read-only.' }],
  });
}
