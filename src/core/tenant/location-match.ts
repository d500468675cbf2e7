import type { Address } from '../network/address.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../network/gsa-ranges.ts';
import { rangeHolds, readRanges } from '../network/range.ts';
import { compareTexts } from '../values/compare-texts.ts';
import { rangesOf } from './location-ranges.ts';
import type { NamedLocation } from './named-location.ts';
import {
  isCompliantNetworkNamedLocation,
  isCountryNamedLocation,
  isIpNamedLocation,
  looksUpByGps,
  MFA_TRUSTED_IPS,
  trustOf,
} from './named-location.ts';
import type { Tenant } from './tenant.ts';

export type LocationMatches = {
  /** Whether it is in the egress ranges of Global Secure Access. */
  readonly globalSecureAccessEgress: boolean;
  /** Locations with a range that holds the address; the narrowest such range of each. */
  readonly value: readonly {
    readonly id: string;
    readonly displayName: string;
    /** `null`: not known. */
    readonly isTrusted: boolean | null;
    readonly range: string;
  }[];
  /** Locations that an address alone cannot decide: by country, by GPS, compliant network. */
  readonly undecided: readonly { readonly id: string; readonly displayName: string; readonly reason: string }[];
};

/** Which named locations hold an address (D-NET); those that need more than an address are set apart with the reason. */
export function matchLocations(tenant: Tenant, address: Address): LocationMatches {
  const sorted = tenant.namedLocations.toSorted((a, b) => compareTexts(a.displayName, b.displayName));
  return {
    globalSecureAccessEgress: isGlobalSecureAccessEgress(
      address,
      buildEgressIndex(tenant.globalSecureAccess.egressRanges),
    ),
    value: [
      ...trustedIps(tenant, address),
      ...sorted.flatMap((location) => {
        if (!isIpNamedLocation(location)) return [];
        const [range] = rangesOf(location)
          .filter((each) => rangeHolds(each, address))
          .sort((a, b) => sizeOf(a) - sizeOf(b));
        const { id, displayName } = location;
        return range === undefined
          ? []
          : [{ id, displayName, isTrusted: trustOf(location) ?? null, range: range.text }];
      }),
    ],
    undecided: [
      ...unknownTrustedIps(tenant),
      ...sorted.flatMap((location) => {
        const reason = reasonUndecided(location);
        return reason === undefined ? [] : [{ id: location.id, displayName: location.displayName, reason }];
      }),
    ],
  };
}

/** `AllTrusted` covers them as it covers a trusted location (D-MFATIP). */
function trustedIps({ mfaTrustedIps = [] }: Tenant, address: Address): LocationMatches['value'] {
  const [range] = readRanges(mfaTrustedIps)
    .filter((each) => rangeHolds(each, address))
    .toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return range === undefined ? [] : [{ ...MFA_TRUSTED_IPS, isTrusted: true, range: range.text }];
}

function unknownTrustedIps({ mfaTrustedIps }: Tenant): LocationMatches['undecided'] {
  const reason = 'which they are is not known: `gsa tenant set --mfa-trusted-ips none`, or your ranges';
  return mfaTrustedIps === undefined ? [{ ...MFA_TRUSTED_IPS, reason }] : [];
}

function reasonUndecided(location: NamedLocation): string | undefined {
  if (isIpNamedLocation(location)) return undefined;
  if (isCompliantNetworkNamedLocation(location))
    return 'holds sign-ins through Global Secure Access while signaling is on';
  if (isCountryNamedLocation(location)) {
    return looksUpByGps(location)
      ? 'by the GPS position that Microsoft Authenticator shares'
      : 'by the country of the address, which the sign-in record tells';
  }
  return `locations of type ${location['@odata.type'].replace('#microsoft.graph.', '')} are not evaluated`;
}

/** Addresses in a range, as a number good enough to order by. */
function sizeOf({ first, last }: { readonly first: readonly number[]; readonly last: readonly number[] }): number {
  return last.reduce((sum, word, at) => sum * 2 ** 32 + word - (first[at] ?? 0), 0);
}
