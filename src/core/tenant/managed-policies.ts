import type { ConditionalAccessPolicy } from './policy.ts';

/**
 * Policies that Microsoft deploys and calls `Microsoft-managed: …` can be switched on and off and edited in what they exclude; they
 * "can't be renamed or deleted" (MANAGED). No member of Graph tells them, so their name does.
 */
function isMicrosoftManaged({ displayName }: Pick<ConditionalAccessPolicy, 'displayName'>): boolean {
  return /^microsoft-managed:/i.test(displayName.trim());
}

/** Why these policies cannot all be deleted; `undefined`: they can. */
export function undeletable(policies: readonly ConditionalAccessPolicy[]): string | undefined {
  const names = policies.filter(isMicrosoftManaged).map(({ displayName }) => `\`${displayName}\``);
  if (names.length === 0) return undefined;
  return (
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} managed by Microsoft and cannot be deleted: ` +
    'switch them off or to report-only instead (`gsa policy set-state`)'
  );
}
