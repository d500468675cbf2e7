import { InvalidArgumentError } from 'commander';
import type { PolicyState } from '../core/tenant/policy.ts';

/** What people type for Graph's states; Graph's own names are taken too. */
const POLICY_STATES: { readonly [word: string]: PolicyState } = {
  enabled: 'enabled',
  disabled: 'disabled',
  'report-only': 'enabledForReportingButNotEnforced',
  enabledForReportingButNotEnforced: 'enabledForReportingButNotEnforced',
};

export function policyState(text: string): PolicyState {
  const state = POLICY_STATES[text];
  if (state === undefined) throw new InvalidArgumentError('one of: enabled, disabled, report-only.');
  return state;
}
