import type { CompiledTenant } from '../core/conditional-access/compile.ts';
import { compile } from '../core/conditional-access/compile.ts';
import type { Decision } from '../core/conditional-access/fast/decide.ts';
import { decide } from '../core/conditional-access/fast/decide.ts';
import { createWriter } from '../core/conditional-access/fast/written.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { Unreached } from '../core/conditional-access/record/reach.ts';
import type { LoggedSignIn, SignIn } from '../core/conditional-access/record/sign-in.ts';
import { overwritten, withWritten } from '../core/conditional-access/record/sign-in-record.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import type { Observation } from '../core/signaling/observation.ts';
import { createObserver } from '../core/signaling/observe-again.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';

/** Works out of each sign-in what Entra sees and decides; writes it into a log only when asked. */
export interface Judge {
  readonly compiled: CompiledTenant;
  see(attempt: SignInAttempt): Observation;
  decide(attempt: SignInAttempt, observation: Observation): Decision;
  write(record: SignIn, attempt: SignInAttempt, observation: Observation): LoggedSignIn;
  /** A sign-in that no policy was asked for: it stands in the log as it was recorded. */
  writeUnreached(record: SignIn, unreached: Unreached): LoggedSignIn;
}

/** Prepares a tenant once for judging many sign-ins under one signaling status. */
export function createJudge(tenant: Tenant, tenantSerial: number, signalingStatus: SignalingStatus): Judge {
  const compiled = compile(tenant);
  const write = createWriter(compiled);
  return {
    compiled,
    see: createObserver(signalingStatus, observingOptions(compiled)),
    decide: (attempt, observation) => decide(compiled, attempt, observation),
    writeUnreached: (record, unreached) => ({
      record,
      replay: { signalingStatus, outcome: 'notReached', unreached, decidedBy: [], missing: [], tenantSerial },
    }),
    write: (record, attempt, observation) => {
      const made = write(attempt, observation);
      const { outcome, decidedBy, missing } = made;
      const written = withWritten(record, made, observation);
      const source = attempt.network.source.address;
      return {
        record: source === undefined ? written : { ...written, sourceIpAddress: source.text },
        replay: {
          ...{ signalingStatus, outcome, decidedBy, missing, tenantSerial },
          recorded: overwritten(record, written),
        },
      };
    },
  };
}
