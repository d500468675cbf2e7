import type { ConditionalAccessPolicy } from './policy.ts';
import { texts } from './policy-words.ts';

/**
 * Since June 30, 2026 a policy that asks for an approved client app can only be disabled or deleted (APPROVED). Whether a change
 * to report-only counts as an edit is in no document, so it is warned of and not refused.
 */
export function readOnlyWarnings(policies: readonly ConditionalAccessPolicy[]): readonly string[] {
  return policies
    .filter(asksForApprovedApp)
    .map(
      ({ displayName }) =>
        `\`${displayName}\` asks for an approved client app: such policies are read-only since June 30, 2026, so that the real tenant may let you only disable or delete it`,
    );
}

function asksForApprovedApp({ grantControls }: ConditionalAccessPolicy): boolean {
  return texts(grantControls?.builtInControls).some((control) => control.toLowerCase() === 'approvedapplication');
}
