/** The same id in every tenant (BREAK, ZTA, G-CNNL). */
export const COMPLIANT_NETWORK_LOCATION_ID = '3d46dbda-8382-466a-856d-eb00cbc6b910';
/** "Multifactor authentication trusted IPs" in a policy's locations (L-M365DSC). */
export const MFA_TRUSTED_IPS_LOCATION_ID = '00000000-0000-0000-0000-000000000000';

/** What may stand in a policy's locations beside the ids of the tenant's own, and what it means (G-LOC, L-M365DSC, BREAK). */
const LOCATION_WORDS = {
  All: 'all',
  AllTrusted: 'allTrusted',
  [MFA_TRUSTED_IPS_LOCATION_ID]: 'mfaTrustedIps',
  [COMPLIANT_NETWORK_LOCATION_ID]: 'compliantNetwork',
} as const;
export type LocationWord = (typeof LOCATION_WORDS)[keyof typeof LOCATION_WORDS];

const BY_ENTRY: ReadonlyMap<string, LocationWord> = new Map(
  Object.entries(LOCATION_WORDS).map(([entry, word]) => [entry.toLowerCase(), word]),
);

/** What an entry is by its word alone, in any case (G-LOC); `undefined`: the id of a location, or of none. */
export function locationWord(entry: string): LocationWord | undefined {
  return BY_ENTRY.get(entry.toLowerCase());
}
