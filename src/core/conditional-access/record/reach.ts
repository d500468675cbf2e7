import type { Reach, SignInAttempt } from '../../signaling/attempt.ts';

/** Why no policy of this tenant was asked for a sign-in that its log has, with the words of reports. */
export const UNREACHED = {
  stoppedBefore: 'stopped before Conditional Access',
  otherTenant: "at another tenant's resource",
  federated: 'issued by AD FS, not by Microsoft Entra',
} as const satisfies Readonly<Record<string, string>>;

export type Unreached = keyof typeof UNREACHED;

export const UNREACHED_REASONS = Object.keys(UNREACHED) as readonly Unreached[];

/**
 * Errors of the first factor, of the account and of the request itself: Conditional Access comes after the first factor (D-NET),
 * so it was never asked (D-ERR). Errors of multifactor authentication, of devices and of policies are not among them.
 */
const STOPPED_BEFORE: ReadonlySet<number> = new Set([
  // The account: unknown, locked, disabled, expired, in the wrong tenant.
  16000, 16003, 50014, 50020, 50034, 50053, 50055, 50057, 50059, 50128, 50144, 50177, 50178, 51004, 90002, 90072,
  // The first factor: wrong or missing.
  50012, 50013, 50017, 50042, 50056, 50058, 50064, 50126, 50181, 80002, 80005, 80007, 80010, 80012, 80014, 81004, 81005,
  81006, 81007, 81009, 81010, 81011, 81012, 1002016, 7000215, 7000222, 700027, 130500, 130501, 130502, 130503, 130504,
  130505,
  // The request: no such application, resource or address to answer to.
  50001, 50011, 500011, 700016, 700030, 650052, 650056, 900144,
]);

/**
 * The reason why a sign-in did not reach this tenant's policies, which judge no other. At a resource of another tenant that
 * tenant's policies decide (D-B2B); what AD FS issues, Microsoft Entra has not seen. `undefined`: it reached them, or nothing
 * says that it did not.
 */
export function whyUnreached(tenantId: string, { reach }: SignInAttempt): Unreached | undefined {
  if (reach === undefined) return undefined;
  if (reach.isFederated === true) return 'federated';
  if (isStopped(reach)) return 'stoppedBefore';
  return isOutbound(tenantId.toLowerCase(), reach) ? 'otherTenant' : undefined;
}

/** A record that says that policies were asked is believed before its error code. */
function isStopped({ errorCode, wasJudged }: Reach): boolean {
  return errorCode !== undefined && wasJudged !== true && STOPPED_BEFORE.has(errorCode);
}

/**
 * Whether a sign-in goes out to another tenant: by the id of this one, or, where neither side has it (a tenant made up for an
 * export), by what the record looks like.
 */
function isOutbound(tenantId: string, { homeTenantId, resourceTenantId, looksOutbound }: Reach): boolean {
  if (homeTenantId === undefined || resourceTenantId === undefined || homeTenantId === resourceTenantId) return false;
  if (resourceTenantId === tenantId) return false;
  return homeTenantId === tenantId || looksOutbound === true;
}
