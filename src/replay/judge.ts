import { compile } from '../core/conditional-access/compile.ts';
import { createEvaluator } from '../core/conditional-access/fast/remember.ts';
import { observingOptions } from '../core/conditional-access/observing.ts';
import type { LoggedSignIn, SignIn } from '../core/conditional-access/record/sign-in.ts';
import { overwritten, toSignIn } from '../core/conditional-access/record/sign-in-record.ts';
import type { Evaluation } from '../core/conditional-access/result.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import { observe } from '../core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';

export interface Judgement {
  readonly evaluation: Evaluation;
  readonly logged: LoggedSignIn;
}

export type Judge = (record: SignIn, attempt: SignInAttempt) => Judgement;

/** Prepares a tenant once; the judge then works out of each sign-in what Entra sees, decides and writes into its log. */
export function createJudge(tenant: Tenant, tenantSerial: number, signalingStatus: SignalingStatus): Judge {
  const compiled = compile(tenant);
  const evaluate = createEvaluator(compiled);
  const options = observingOptions(compiled);
  return (record, attempt) => {
    const evaluation = evaluate(attempt, observe(attempt, signalingStatus, options));
    const { outcome, decidedBy, missing } = evaluation;
    const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
    const written = toSignIn(record, evaluation);
    const source = attempt.network.source.address;
    return {
      evaluation,
      logged: {
        record: source === undefined ? written : { ...written, sourceIpAddress: source.text },
        replay: {
          ...{ signalingStatus, outcome, decidedBy, missing: facts, tenantSerial },
          recorded: overwritten(record, written),
        },
      },
    };
  };
}
