import { compile } from '../core/conditional-access/compile.ts';
import { createWriter } from '../core/conditional-access/fast/written.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { Detailed } from '../core/conditional-access/record/judged-sign-in.ts';
import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import { observe } from '../core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { egressOf } from '../intake/sign-ins/facts/egress-of.ts';
import { toAttempt } from '../intake/sign-ins/facts/to-attempt.ts';
import { recordOf } from '../intake/sign-ins/scan/quick-sign-in.ts';
import type { Rewriting } from '../store/types.ts';

/** Makes the written record of a sign-in as `gsa replay` does at once: by what it says itself and by the tenant that judged it. */
export const rewriting: Rewriting = { recordOf, detailsBy };

function detailsBy(tenant: Tenant): (record: SignIn, status: SignalingStatus) => Detailed {
  const compiled = compile(tenant);
  const write = createWriter(compiled);
  const options = observingOptions(compiled);
  const facts = egressOf(tenant);
  return (record, status) => {
    const attempt = toAttempt(record, facts);
    return write(attempt, observe(attempt, status, options));
  };
}
