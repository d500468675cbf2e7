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
 * Errors of the first factor, of the account, of a token or a session that holds no longer, and of the request itself: Conditional Access
 * comes after the first factor (D-NET), so it was never asked (D-ERR). Errors of multifactor authentication, of devices, of consent and of
 * policies are not among them, nor is a token that ended by a sign-in frequency (70043).
 */
const STOPPED_BEFORE: ReadonlySet<number> = new Set([
  // The account: unknown, locked, disabled, expired, in the wrong tenant.
  16000, 16003, 50014, 50020, 50034, 50053, 50055, 50057, 50059, 50128, 50144, 50177, 50178, 51004, 90002, 90072,
  500208, 500571,
  // The tenant: one that settings of tenants, not policies, do not let its people leave or others come to.
  50002, 500021, 500022, 500212, 500213, 1000104,
  // The first factor: wrong or missing.
  50012, 50013, 50017, 50042, 50056, 50058, 50064, 50126, 50180, 50181, 50192, 80001, 80002, 80005, 80007, 80010, 80012,
  80013, 80014, 81004, 81005, 81006, 81007, 81009, 81010, 81011, 81012, 1002016, 7000215, 7000222, 700027, 130004,
  130005, 130006, 130007, 130008, 130500, 130501, 130502, 130503, 130504, 130505,
  // What another identity provider says: not valid, or never came.
  20001, 20012, 20033, 40008, 40009, 40010, 40015, 50006, 50008, 50027, 50048, 50107, 500133, 5000819,
  // A token, a code or a session that holds no longer, or not yet.
  50085, 50089, 50132, 50133, 50139, 50173, 54005, 70000, 70008, 70016, 70018, 70019, 700005, 700081, 700082, 700084,
  // The request: no such application, resource or address to answer to, or none that can be read.
  50001, 50010, 50011, 50049, 50050, 50147, 50194, 500011, 501481, 501491, 650052, 650054, 650056, 650057, 70001, 70002,
  70003, 70004, 70005, 70007, 70011, 700011, 700016, 700025, 700030, 700054, 75001, 75003, 75005, 75008, 75016, 76021,
  76026, 750054, 7500514, 7000112, 7000218, 90004, 90005, 90007, 90013, 90014, 90015, 90019, 90020, 90022, 90023, 90056,
  90100, 90101, 90102, 90107, 90117, 90119, 90120, 90121, 90124, 90126, 90130, 900144, 900382, 900384, 900432, 900561,
  900971, 9001023, 9002313, 9002332,
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
