import type { Tenant } from './tenant.ts';
import { isCreatedDateTimeKnown } from './tenant.ts';

/** The fact that a tenant lacks whose signaling status is only taken ({@link isSignalingStatusAssumed}). */
export interface StatusNotKnown {
  readonly fact: string;
  /** Commands to type, in backticks: every command that lacks the fact names the same. */
  readonly settle: string;
}

export function statusNotKnown(tenant: Tenant): StatusNotKnown {
  const byAge = isCreatedDateTimeKnown(tenant)
    ? ''
    : ', `gsa tenant set --created <date>` where the tenant was created on or after 2025-06-01 (enabled by default)';
  return {
    fact: 'whether signaling is enabled',
    settle:
      '`gsa import settings.json` with an export of it (`gsa import --requests` prints how)' +
      `${byAge}, \`gsa signaling enable\` where it is enabled, or \`gsa signaling disable --keep-policies\` where it is disabled`,
  };
}
