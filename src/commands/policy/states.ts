import type { PolicyState } from '../../core/graph/words.ts';
import { GsaError } from '../../trouble/error.ts';

/** What people type for Graph's states; `policyState` takes Graph's own names too. */
export const POLICY_STATES = ['enabled', 'disabled', 'report-only'] as const;

/** The state that is meant, of an option or an argument; throws GsaError `usage`. */
export function policyState(text: string): PolicyState {
  switch (text) {
    case 'enabled':
    case 'disabled':
    case 'enabledForReportingButNotEnforced':
      return text;
    case 'report-only':
      return 'enabledForReportingButNotEnforced';
    default:
      throw new GsaError('usage', `\`${text}\` is not a state of a policy`, {
        hint: `one of: ${POLICY_STATES.join(', ')}`,
      });
  }
}
