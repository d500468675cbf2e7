/** A part of the tenant that a run may not know, because it checks an export that holds something else. */
export type TenantFact = 'policies' | 'namedLocations' | 'signalingStatus' | 'createdDateTime';

/** What a run of the check may be told; every limit has a default. */
export interface CheckOptions {
  /** RFC 3339: the clock of the run. */
  readonly now: string;
  /** Parts of the tenant that are not known, because an export without them is checked. */
  readonly notKnown?: readonly TenantFact[];
  /** Days after which a report-only or a disabled policy counts as left over; {@link LEFTOVER_DAYS}. */
  readonly leftoverDays?: number;
  /** How many IPv4 addresses a named location may hold before it counts as far too wide; 1,048,576, as many as a /12. */
  readonly widestIpv4?: number;
  /** What the sign-in log says about IPv6, where it was read. */
  readonly ipv6SignIns?: { readonly signIns: number; readonly users: number };
}

/** The days where nobody says how many. */
export const LEFTOVER_DAYS = 90;

export type CheckSettings = Required<Omit<CheckOptions, 'ipv6SignIns'>> & Pick<CheckOptions, 'ipv6SignIns'>;

export function settingsOf(options: CheckOptions): CheckSettings {
  const { now, notKnown = [], leftoverDays = LEFTOVER_DAYS, widestIpv4 = 2 ** 20, ipv6SignIns } = options;
  const settings = { now, notKnown, leftoverDays, widestIpv4 };
  return ipv6SignIns === undefined ? settings : { ...settings, ipv6SignIns };
}
