import type { CompiledTenant } from '../core/conditional-access/compile.ts';
import { compile } from '../core/conditional-access/compile.ts';
import type { Decision } from '../core/conditional-access/fast/decide.ts';
import { decide } from '../core/conditional-access/fast/decide.ts';
import { createEvaluator } from '../core/conditional-access/fast/remember.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { LoggedSignIn, SignIn } from '../core/conditional-access/record/sign-in.ts';
import { overwritten, toSignIn } from '../core/conditional-access/record/sign-in-record.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import type { Observation } from '../core/signaling/observation.ts';
import { observe } from '../core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';

/** Works out of each sign-in what Entra sees and decides; writes it into a log only when asked. */
export interface Judge {
  readonly compiled: CompiledTenant;
  see(attempt: SignInAttempt): Observation;
  decide(attempt: SignInAttempt, observation: Observation): Decision;
  write(record: SignIn, attempt: SignInAttempt, observation: Observation): LoggedSignIn;
}

/** Prepares a tenant once for judging many sign-ins under one signaling status. */
export function createJudge(tenant: Tenant, tenantSerial: number, signalingStatus: SignalingStatus): Judge {
  const compiled = compile(tenant);
  const evaluate = createEvaluator(compiled);
  const options = observingOptions(compiled);
  return {
    compiled,
    see: (attempt) => observe(attempt, signalingStatus, options),
    decide: (attempt, observation) => decide(compiled, attempt, observation),
    write: (record, attempt, observation) => {
      const evaluation = evaluate(attempt, observation);
      const { outcome, decidedBy, missing } = evaluation;
      const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
      const written = toSignIn(record, evaluation);
      const source = attempt.network.source.address;
      return {
        record: source === undefined ? written : { ...written, sourceIpAddress: source.text },
        replay: {
          ...{ signalingStatus, outcome, decidedBy, missing: facts, tenantSerial },
          recorded: overwritten(record, written),
        },
      };
    },
  };
}
