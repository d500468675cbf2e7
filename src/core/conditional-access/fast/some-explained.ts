import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { differsAtResource } from '../../signaling/observation.ts';
import type { CompiledTenant } from '../compile.ts';
import { evaluate, gatherFacts, judgePolicy } from '../evaluate.ts';
import { presented } from '../facts/presented.ts';
import type { Evaluation } from '../result.ts';
import { APPLIED_POLICY_RESULTS } from '../result.ts';
import { decide } from './decide.ts';
import { engineOf } from './engine.ts';

/** The outcome, and the reasons of some policies. */
export type SomeExplained = Pick<Evaluation, 'outcome' | 'policies' | 'observation'>;

/** What `evaluate` says of the outcome and of these policies; the others are decided and not explained. */
export function explainSome(
  compiled: CompiledTenant,
  given: SignInAttempt,
  observation: Observation,
  policyIds: readonly string[],
): SomeExplained {
  if (engineOf(compiled).hasStrictLocation && differsAtResource(observation)) {
    return evaluate(compiled, given, observation);
  }
  const { outcome, results } = decide(compiled, given, observation);
  const facts = gatherFacts(compiled, presented(compiled, given), observation);
  const policies = compiled.policies.flatMap((policy, at) => {
    if (!policyIds.includes(policy.policy.id)) return [];
    const { evaluation } = judgePolicy(policy, facts, undefined);
    return [{ ...evaluation, result: APPLIED_POLICY_RESULTS[results[at] ?? -1] ?? evaluation.result }];
  });
  return { outcome, policies, observation };
}
