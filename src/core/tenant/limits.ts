/** The most policies of a tenant, in any state (D-PLAN). */
export const MAXIMUM_POLICIES = 195;
/** The most IP named locations of a tenant (D-NET). */
export const MAXIMUM_IP_LOCATIONS = 195;
/** The most ranges of one location (D-NET). */
export const MAXIMUM_RANGES = 2000;
/** The most ranges among the MFA trusted IPs (D-MFATIP). */
export const MAXIMUM_MFA_TRUSTED_IPS = 50;
/** "Only CIDR masks greater than /8" (D-NET); whether /8 itself passes is UNVERIFIED, so it is let through. */
export const WIDEST_PREFIX = 8;
/** Days for which deleted policies and named locations can be restored (RECOVER). */
export const RESTORABLE_DAYS = 30;

const DAY_IN_MS = 86_400_000;

/** Whether an item deleted at that time can no longer be restored; a time that is no date bars nothing. */
export function isPastRestore(deletedDateTime: string | null | undefined, dateTime: string): boolean {
  return Date.parse(dateTime) - Date.parse(deletedDateTime ?? '') > RESTORABLE_DAYS * DAY_IN_MS;
}

/** The last instant at which an item deleted at that time can be restored, RFC 3339; `undefined` for a time that is no date. */
export function restorableUntil(deletedDateTime: string | null | undefined): string | undefined {
  const deleted = Date.parse(deletedDateTime ?? '');
  return Number.isNaN(deleted)
    ? undefined
    : new Date(deleted + RESTORABLE_DAYS * DAY_IN_MS).toISOString().replace('.000Z', 'Z');
}
