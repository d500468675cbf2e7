import type { PolicyState } from '../core/graph/words.ts';
import { GsaError } from '../trouble/error.ts';

/** What people type for the states: the portal's words first, then Graph's. */
const STATES: { readonly [word: string]: PolicyState } = {
  on: 'enabled',
  off: 'disabled',
  'report-only': 'enabledForReportingButNotEnforced',
  enabled: 'enabled',
  disabled: 'disabled',
  enabledForReportingButNotEnforced: 'enabledForReportingButNotEnforced',
};

/** The words that help and completion offer. */
export const POLICY_STATES = ['enabled', 'disabled', 'report-only', 'on', 'off'] as const;

/** The state that is meant, of an option or an argument, in any case; throws GsaError `usage`. */
export function policyState(text: string): PolicyState {
  const wanted = text.toLowerCase().replaceAll(' ', '-');
  const found = Object.entries(STATES).find(([word]) => word.toLowerCase() === wanted);
  if (found !== undefined) return found[1];
  throw new GsaError('usage', `\`${text}\` is not a state of a policy`, {
    hint: `one of: ${POLICY_STATES.join(', ')}`,
  });
}
