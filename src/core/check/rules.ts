import type { Rule } from './rule.ts';
import { approvedAppRetiring } from './rules/approved-app-retiring.ts';
import { blockWithoutExclusion } from './rules/block-without-exclusion.ts';
import { compliantNetworkBlocksIntune } from './rules/compliant-network-blocks-intune.ts';
import { compliantNetworkWithoutSignaling } from './rules/compliant-network-without-signaling.ts';
import { danglingLocation } from './rules/dangling-location.ts';
import { duplicateLocation } from './rules/duplicate-location.ts';
import { duplicatePolicy } from './rules/duplicate-policy.ts';
import { emergencyAccessNotExcluded } from './rules/emergency-access-not-excluded.ts';
import { emergencyAccessNotMarked } from './rules/emergency-access-not-marked.ts';
import { emptyLocation } from './rules/empty-location.ts';
import { hostBits } from './rules/host-bits.ts';
import { ipPolicyWithoutSignaling } from './rules/ip-policy-without-signaling.ts';
import { ipv4OnlyLocation } from './rules/ipv4-only-location.ts';
import { disabledLeftover, reportOnlyLeftover } from './rules/leftovers.ts';
import { namedLocationLimit, policyLimit } from './rules/limits.ts';
import { locationHoldsProxyEgress } from './rules/location-holds-proxy-egress.ts';
import { allTrustedWithoutTrusted, gpsLocation, unknownCountries } from './rules/locations-of-doubt.ts';
import { mfaTrustedIps } from './rules/mfa-trusted-ips.ts';
import { overlappingLocations } from './rules/overlapping-locations.ts';
import { policyNeverApplies } from './rules/policy-never-applies.ts';
import { policyWithoutControls } from './rules/policy-without-controls.ts';
import { previewMember } from './rules/preview-member.ts';
import { privateRange } from './rules/private-range.ts';
import { signalingNotEnabled } from './rules/signaling-not-enabled.ts';
import { strictLocationWithGsa } from './rules/strict-location-with-gsa.ts';
import { syntheticRange } from './rules/synthetic-range.ts';
import { unknownGrantControl } from './rules/unknown-grant-control.ts';
import { unknownValue } from './rules/unknown-value.ts';
import { unreadableRange } from './rules/unreadable-range.ts';
import { unusedLocation } from './rules/unused-location.ts';
import { wideLocation } from './rules/wide-location.ts';

/**
 * Every rule of `gsa check`, by id. Ids are for ever: 001 to 019 Global Secure Access, 020 to 029 lock-out, 030 to 049 named
 * locations, 050 to 069 policies, 070 to 079 limits of the service. A rule that goes leaves its number unused.
 */
export const RULES: readonly Rule[] = [
  ipPolicyWithoutSignaling,
  compliantNetworkWithoutSignaling,
  signalingNotEnabled,
  locationHoldsProxyEgress,
  strictLocationWithGsa,
  compliantNetworkBlocksIntune,
  syntheticRange,
  mfaTrustedIps,
  emergencyAccessNotExcluded,
  emergencyAccessNotMarked,
  blockWithoutExclusion,
  danglingLocation,
  unusedLocation,
  duplicateLocation,
  overlappingLocations,
  wideLocation,
  privateRange,
  unreadableRange,
  hostBits,
  ipv4OnlyLocation,
  emptyLocation,
  allTrustedWithoutTrusted,
  unknownCountries,
  gpsLocation,
  policyNeverApplies,
  policyWithoutControls,
  unknownGrantControl,
  unknownValue,
  previewMember,
  approvedAppRetiring,
  duplicatePolicy,
  reportOnlyLeftover,
  disabledLeftover,
  policyLimit,
  namedLocationLimit,
];

/** Finds a rule by id or by name, in any case. */
export function findRule(idOrName: string): Rule | undefined {
  const wanted = idOrName.toLowerCase();
  return RULES.find(({ id, name }) => id.toLowerCase() === wanted || name === wanted);
}
