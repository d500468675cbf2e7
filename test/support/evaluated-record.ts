import { appliedPolicy } from '../../src/core/conditional-access/record/applied-policy.ts';
import type { SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import { withWritten } from '../../src/core/conditional-access/record/sign-in-record.ts';
import type { Evaluation } from '../../src/core/conditional-access/result.ts';

/** The record with what the explaining evaluator says of it, where the replay takes what the fast writer says. */
export function toSignIn(record: SignIn, evaluation: Evaluation): SignIn {
  const { policies, missing, ...others } = evaluation;
  const written = { ...others, applied: policies.map(appliedPolicy), missing: missing.map(({ fact }) => fact) };
  return withWritten(record, written, evaluation.observation);
}
