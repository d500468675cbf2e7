import { InvalidArgumentError } from 'commander';
import type { PolicyState } from '../core/tenant/policy.ts';
import { GsaError } from '../shell/error.ts';

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

/** The same for a state among the arguments; throws GsaError `usage`. */
export function stateNamed(text: string): PolicyState {
  const state = POLICY_STATES[text];
  if (state !== undefined) return state;
  throw new GsaError('usage', `\`${text}\` is not a state of a policy`, {
    hint: 'the last word is one of: enabled, disabled, report-only',
  });
}
