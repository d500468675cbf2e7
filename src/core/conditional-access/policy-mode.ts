import { lower } from '../tenant/policy-words.ts';

/** `enabledForReportingButNotEnforced` is `reportOnly`; a state that we do not know is `other`. */
export type PolicyMode = 'enabled' | 'disabled' | 'reportOnly' | 'other';

/** Whether a policy of this mode enforces or, as nobody knows its state, may. */
export function mayEnforce(mode: PolicyMode): boolean {
  return mode === 'enabled' || mode === 'other';
}

export function modeOf(state: string): PolicyMode {
  switch (lower(state)) {
    case 'enabled':
      return 'enabled';
    case 'disabled':
      return 'disabled';
    case 'enabledforreportingbutnotenforced':
      return 'reportOnly';
    default:
      return 'other';
  }
}
