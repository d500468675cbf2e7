import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Address } from '../../../core/network/address.ts';
import { parseAddress } from '../../../core/network/address.ts';
import { splitPort } from '../../../core/network/address-port.ts';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../../../core/network/gsa-ranges.ts';
import type { AddressWords } from '../../../core/network/plain-address.ts';
import type { AddressFacts, NetworkPath } from '../../../core/signaling/attempt.ts';
import type { PartOf } from './record-part.ts';

/** What is known of addresses beside the record. */
export interface NetworkFacts {
  /** Whether an address belongs to Global Secure Access; the published egress ranges if it is not given. */
  readonly isEgress?: (address: AddressWords) => boolean;
  /** Country of an address, from a database of the user's. The record's own country comes first. */
  readonly countryOf?: (address: Address) => string | null | undefined;
  /** The user's own address at that time, from the traffic log. */
  readonly sourceOf?: (signIn: SignIn) => TrafficSource | undefined;
}

export interface TrafficSource {
  readonly address: Address;
  readonly via: 'globalSecureAccessClient' | 'remoteNetwork';
}

const published = buildEgressIndex();

/** Members that say how the sign-in travelled. */
export const NETWORK_MEMBERS = [
  'ipAddress',
  'globalSecureAccessIpAddress',
  'sourceIpAddress',
  'isThroughGlobalSecureAccess',
  'ipAddressFromResourceProvider',
  'location',
] as const;

type NetworkRecord = PartOf<typeof NETWORK_MEMBERS>;

/** Reads the address as logs write it, with or without a port; a GUID, a name or an empty text is no address. */
export function addressOf(value: unknown): Address | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const plain = parseAddress(value);
  if (plain !== undefined) return plain;
  const parts = splitPort(value);
  return parts === undefined ? undefined : parseAddress(parts.host);
}

/** What the members of a record say of its way, each by itself. */
export interface NetworkWords {
  readonly recorded: RecordedAddress;
  readonly proxy: Address | undefined;
  readonly stated: Address | undefined;
  readonly isThrough: boolean | undefined;
  readonly resourceProvider: Address | undefined;
  readonly country: string | undefined;
}

/** The address that a record names first, and whether it belongs to Global Secure Access. */
export interface RecordedAddress {
  readonly address: Address | undefined;
  readonly isEgress: boolean;
}

export function networkWordsOf(record: NetworkRecord, facts: NetworkFacts): NetworkWords {
  return {
    recorded: recordedAddressIn(record, facts),
    proxy: addressOf(record.globalSecureAccessIpAddress),
    stated: addressOf(record.sourceIpAddress),
    isThrough: isThroughIn(record),
    resourceProvider: addressOf(record.ipAddressFromResourceProvider),
    country: countryIn(record),
  };
}

export function recordedAddressIn(record: Pick<NetworkRecord, 'ipAddress'>, facts: NetworkFacts): RecordedAddress {
  const address = addressOf(record.ipAddress);
  return { address, isEgress: address !== undefined && (facts.isEgress ?? isPublishedEgress)(address) };
}

export function isThroughIn(record: Pick<NetworkRecord, 'isThroughGlobalSecureAccess'>): boolean | undefined {
  return record.isThroughGlobalSecureAccess ?? undefined;
}

/**
 * How the sign-in travelled, and whose the recorded address is (GDOC signin.md, POP). An address in the egress ranges, or the
 * one that the record names as that of Global Secure Access, is the proxy's, whatever the flag beside it says: what the flag says
 * with signaling off is documented nowhere. Any other address is the user's own, direct or restored. Without Graph's beta members
 * (v1.0) the path stays unknown, and so it is where a flag says no beside an address of Global Secure Access.
 */
export function networkPathOf(
  words: NetworkWords,
  identity: { readonly isOfThisTenant: boolean },
  facts: NetworkFacts,
  trafficSource: () => TrafficSource | undefined,
): NetworkPath {
  const { proxy, stated, resourceProvider, country } = words;
  const { address: recorded } = words.recorded;
  const recordedIsProxy = words.recorded.isEgress || (recorded !== undefined && recorded.text === proxy?.text);
  const addressFacts = (address: Address | undefined): AddressFacts => ({
    address,
    countryOrRegion: countryFor(address, recorded, country, facts),
  });
  const through = recordedIsProxy || proxy !== undefined ? true : words.isThrough;
  if (through !== true) {
    const source = addressFacts(stated ?? recorded);
    return { via: through === false ? 'direct' : undefined, source, resourceProvider };
  }
  const traffic = recordedIsProxy && stated === undefined ? trafficSource() : undefined;
  const own = recordedIsProxy ? undefined : recorded;
  const isContradicted = words.isThrough === false && !recordedIsProxy;
  return {
    // A record does not tell the client from a remote network: only the traffic log does.
    via: isContradicted ? undefined : (traffic?.via ?? 'globalSecureAccessClient'),
    source: addressFacts(stated ?? own ?? traffic?.address),
    proxy: addressFacts(recordedIsProxy ? recorded : proxy),
    tunnelOfThisTenant: identity.isOfThisTenant ? true : undefined,
    resourceProvider,
  };
}

/** Whether the address is in the ranges that Microsoft publishes. */
export function isPublishedEgress(address: AddressWords): boolean {
  return isGlobalSecureAccessEgress(address, published);
}

/** Two letters; some pipelines write names, which are not guessed at. */
export function countryIn(record: Pick<NetworkRecord, 'location'>): string | undefined {
  const country = record.location?.countryOrRegion;
  return typeof country === 'string' && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined;
}

/** The record's country belongs to the recorded address and to no other. */
function countryFor(
  address: Address | undefined,
  recorded: Address | undefined,
  country: string | undefined,
  facts: NetworkFacts,
): string | null | undefined {
  if (address === undefined) return undefined;
  if (country !== undefined && recorded?.text === address.text) return country;
  return facts.countryOf?.(address);
}
