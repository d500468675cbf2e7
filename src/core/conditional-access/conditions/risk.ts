import type { ConditionSet } from '../../tenant/policy.ts';
import type { CompiledCondition } from '../facts/facts.ts';
import { flags, texts } from '../policy-words.ts';
import { compileEnumLists } from './enum-list.ts';

const RISK_LEVELS = ['low', 'medium', 'high', 'hidden', 'none'] as const;

/** Risk levels are sets, not thresholds (G-COND): low is not in [medium, high]. */
export function compileRisks(conditions: ConditionSet): (CompiledCondition | undefined)[] {
  return [
    compileEnumLists(
      {
        condition: 'signInRisk',
        slot: 'signInRisk',
        known: RISK_LEVELS,
        rule: 'unknownFutureValue',
        fact: 'signInRiskLevel',
        read: ({ attempt }) => [attempt.signInRiskLevel],
      },
      texts(conditions.signInRiskLevels),
    ),
    compileEnumLists(
      {
        condition: 'userRisk',
        slot: 'userRisk',
        known: RISK_LEVELS,
        rule: 'unknownFutureValue',
        fact: 'userRiskLevel',
        read: ({ attempt }) => [attempt.userRiskLevel],
      },
      texts(conditions.userRiskLevels),
    ),
    compileEnumLists(
      {
        condition: 'servicePrincipalRisk',
        slot: 'servicePrincipalRisk',
        known: RISK_LEVELS,
        rule: 'unknownFutureValue',
        fact: 'servicePrincipalRiskLevel',
        read: ({ attempt }) => [attempt.servicePrincipalRiskLevel],
      },
      texts(conditions.servicePrincipalRiskLevels),
    ),
    compileEnumLists(
      {
        condition: 'insiderRisk',
        slot: 'insiderRisk',
        known: ['minor', 'moderate', 'elevated'],
        rule: 'insiderRisk',
        fact: 'insiderRiskLevel',
        read: ({ attempt }) => [attempt.insiderRiskLevel],
      },
      flags(conditions.insiderRiskLevels),
    ),
  ];
}
