import type { AddressWords } from '../network/plain-address.ts';
import type { NetworkPath } from './attempt.ts';
import type { NumberedAttempt } from './numbered-attempt.ts';
import { numberOf, PART, placeOf } from './numbered-attempt.ts';
import { mayBeAnotherTenants } from './tunnel.ts';

/** The way of all sign-ins of one shape: how they came, and at which places of a row their addresses stand; -1: at none. */
export interface Way {
  readonly via: NetworkPath['via'];
  readonly source: number;
  readonly proxy: number;
  readonly recorded: number;
  /** Whether the country of the record is that of the user's own address. */
  readonly hasSourceCountry: boolean;
  /** Not through a tunnel that is, or may be, another tenant's. */
  readonly isPlain: boolean;
  /** Through Global Secure Access, with a proxy whose address nothing tells. */
  readonly isProxyNotKnown: boolean;
}

/** Whether somebody comes through Global Secure Access, with a proxy whose address nothing tells. */
export function isProxyNotKnown({ via, source, proxy }: NetworkPath): boolean {
  return via !== undefined && via !== 'direct' && source.address?.version !== 6 && proxy?.address === undefined;
}

/** Ways by the numbers of their shapes. */
export class Ways {
  readonly #known = new Map<number, Way>();

  of(signIn: NumberedAttempt): Way {
    const shape = numberOf(signIn, PART.shape);
    const known = this.#known.get(shape);
    if (known !== undefined) return known;
    const way = wayOf(signIn);
    this.#known.set(shape, way);
    return way;
  }
}

function wayOf(signIn: NumberedAttempt): Way {
  const { network, recordedIpAddress } = signIn.attempt;
  const place = (address: AddressWords | undefined) => (address === undefined ? -1 : placeOf(signIn, address));
  return {
    via: network.via,
    source: place(network.source.address),
    proxy: place(network.proxy?.address),
    recorded: place(recordedIpAddress),
    hasSourceCountry: network.source.countryOrRegion !== undefined,
    isPlain: !mayBeAnotherTenants(network),
    isProxyNotKnown: isProxyNotKnown(network),
  };
}
