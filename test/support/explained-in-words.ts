import type { CompiledTenant } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import type { Written } from '../../src/core/conditional-access/fast/written.ts';
import { appliedPolicy } from '../../src/core/conditional-access/record/applied-policy.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';

/** What a log has to write of a sign-in, as the explaining evaluator says it. */
export function explainedInWords(compiled: CompiledTenant, attempt: SignInAttempt, observation: Observation): Written {
  const { missing, policies, ...evaluation } = evaluate(compiled, attempt, observation);
  const { outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement } = evaluation;
  return {
    ...{ outcome, conditionalAccessStatus, decidedBy, status, authenticationRequirement },
    networkLocationDetails: evaluation.networkLocationDetails,
    missing: [...new Set(missing.map(({ fact }) => fact))].sort(),
    applied: policies.map(appliedPolicy),
  };
}
