import { isListKnown } from '../../tenant/knowledge.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Evaluation } from '../result.ts';

/**
 * An evaluation where policies that nobody has seen could turn it: one more policy can stop a sign-in, and none lets in whom another blocks
 * (D-POL, invariant 11).
 */
export function underUnseenPolicies(evaluation: Evaluation, tenant: Tenant): Evaluation {
  if (evaluation.outcome === 'blocked' || isListKnown(tenant, 'policies')) return evaluation;
  const missing = [...evaluation.missing, { fact: 'policies', condition: 'policies' as const }];
  return { ...evaluation, outcome: 'unknown', decidedBy: [], status: UNKNOWN, missing };
}

const UNKNOWN: Evaluation['status'] = { errorCode: undefined, failureReason: '', additionalDetails: '' };
