import { compile } from '../core/conditional-access/compile.ts';
import { createWriter } from '../core/conditional-access/fast/written.ts';
import { observedPlaces } from '../core/conditional-access/observed-places.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { Detailed } from '../core/conditional-access/record/judged-sign-in.ts';
import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import { observe } from '../core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { once } from '../core/values/once.ts';
import { egressOf } from '../intake/sign-ins/facts/egress-of.ts';
import { toAttempt } from '../intake/sign-ins/facts/to-attempt.ts';
import { recordOf } from '../intake/sign-ins/scan/quick-sign-in.ts';
import type { Rewriting } from '../store/types.ts';

/** Makes the written record of a sign-in as `gsa replay` does at once: by what it says itself and by the tenant that judged it. */
export const rewriting: Rewriting = { recordOf, detailsBy };

/** A list of the log asks for locations and for names of policies: whoever is in the directory is read where more is asked. */
function detailsBy(tenant: Tenant): (record: SignIn, status: SignalingStatus) => Detailed {
  const writer = once(() => {
    const compiled = compile(tenant);
    return { write: createWriter(compiled), options: observingOptions(compiled) };
  });
  const places = once(() => observedPlaces(tenant));
  const facts = once(() => egressOf(tenant));
  return (record, status) => {
    const attempt = once(() => toAttempt(record, facts()));
    return {
      applied: () => {
        const { write, options } = writer();
        return write(attempt(), observe(attempt(), status, options)).applied;
      },
      networkLocationDetails: () => places().detailsOf(observe(attempt(), status, places().options)),
      policyName: (id) => tenant.policies.find((policy) => policy.id === id)?.displayName,
    };
  };
}
