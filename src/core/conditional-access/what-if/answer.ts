import type { AnalysisReason } from '../../graph/conditions.ts';
import { conditionNamed } from '../../graph/conditions.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import type { CompiledTenant } from '../compile.ts';
import type { ConditionResult, Evaluation, PolicyEvaluation } from '../result.ts';

/** Graph's `whatIfAnalysisResult`: the whole policy and whether it applies (G-EVAL). */
export type WhatIfAnalysisResult = ConditionalAccessPolicy & {
  readonly policyApplies: boolean;
  /** Graph's flags: the first unmet reason, as Microsoft's tool gives (D-WHATIF); `notSet` where the policy applies. */
  readonly analysisReasons: string;
};

/** Whether a policy applies, and every reason why not; Microsoft's tool gives the first of them only. */
export interface WhatIfAnswer {
  readonly policyApplies: boolean;
  readonly reasons: readonly AnalysisReason[];
}

/**
 * One policy, as What If answers: only enabled and report-only policies are asked (D-WHATIF), and a policy for whose
 * conditions a detail is missing does not apply, for want of information (G-EVAL, D-WHATIF).
 */
function answerOf(policy: PolicyEvaluation, kind: TargetKind): WhatIfAnswer {
  if (policy.result === 'notEnabled') return { policyApplies: false, reasons: ['policyNotEnabled'] };
  if (policy.applies === true && policy.missing.every(({ condition }) => condition !== 'state')) {
    return { policyApplies: true, reasons: ['notSet'] };
  }
  const unmet = policy.conditions
    .filter(({ truth }) => truth === false)
    .map(({ condition }) => reasonOf(condition, kind));
  const isOpen = policy.conditions.some(({ truth }) => truth === 'unknown') || policy.applies === true;
  const reasons = [...unmet, ...(isOpen ? (['notEnoughInformation'] as const) : [])];
  return { policyApplies: false, reasons: [...new Set(reasons)] };
}

export type TargetKind = 'application' | 'userAction' | 'authenticationContext';

function reasonOf(condition: ConditionResult['condition'], kind: TargetKind): AnalysisReason {
  if (condition !== 'application' || kind === 'application') return conditionNamed(condition).reason;
  return kind === 'userAction' ? 'userActions' : 'authenticationContext';
}

/** The response of Graph's evaluate: every policy with its answer, or the applying ones only. */
export function analyze(
  compiled: CompiledTenant,
  evaluation: Evaluation,
  kind: TargetKind,
  appliedPoliciesOnly = false,
): WhatIfAnalysisResult[] {
  const results = compiled.policies.flatMap(({ policy }, at): WhatIfAnalysisResult[] => {
    const judged = evaluation.policies[at];
    if (judged === undefined) return [];
    const { policyApplies, reasons } = answerOf(judged, kind);
    return [{ ...policy, policyApplies, analysisReasons: reasons[0] ?? 'notEnoughInformation' }];
  });
  return results.filter(({ policyApplies }) => policyApplies || !appliedPoliciesOnly);
}
