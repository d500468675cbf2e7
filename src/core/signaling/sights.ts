import type { Address } from '../network/address.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { NumberedAttempt } from './numbered-attempt.ts';
import { ByNumber, numberOf, PART, placeOf, SHAPES } from './numbered-attempt.ts';
import type { Observation } from './observation.ts';
import { differsAtResource, locatedAddress } from './observation.ts';
import type { ObserveOptions } from './observe.ts';
import type { Observer } from './observe-again.ts';
import { createObserver } from './observe-again.ts';
import { isRecordedAddress } from './recorded-address.ts';
import { resourceKindsOf } from './resource-kind.ts';

/**
 * What is seen of all sign-ins of one shape that ask for resources of the same kinds: which of their addresses, and whether of the country.
 */
export interface Sight {
  /** The place of the address that named locations are asked for; -1: none is known. */
  readonly located: number;
  /** Stands for that address in all of them. */
  readonly standIn: Address | undefined;
  /** What is seen of the country: that of the record, none, or nothing. */
  readonly country: 'recorded' | 'none' | 'unknown';
  readonly compliantNetwork: boolean | undefined;
  readonly differsAtResource: boolean;
  /** Whether the address is the one that the record was judged by. */
  readonly isRecorded: boolean;
  /** What was seen of the first of them, and what sees it of the others. */
  readonly first: Observation;
  readonly observe: Observer;
}

/** `observe` for numbered sign-ins: what follows from the shape of the way and the kinds of resources is observed once. */
export class Sights {
  readonly #observe: Observer;
  readonly #kinds = new ByNumber<number>();
  readonly #kindNumbers = new Map<string, number>();
  readonly #known = new Map<number, Sight>();

  constructor(status: SignalingStatus, options: ObserveOptions) {
    this.#observe = createObserver(status, options);
  }

  of(signIn: NumberedAttempt): Sight {
    const key = this.keyOf(signIn);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const sight = sightOf(signIn, this.#observe);
    this.#known.set(key, sight);
    return sight;
  }

  /** One number for all sign-ins that are seen alike, whatever the status is. */
  keyOf(signIn: NumberedAttempt): number {
    return this.#kindsOf(signIn) * SHAPES + numberOf(signIn, PART.shape);
  }

  #kindsOf(signIn: NumberedAttempt): number {
    const target = numberOf(signIn, PART.target);
    const known = this.#kinds.find(signIn.rows, target);
    if (known !== undefined) return known;
    const text = resourceKindsOf(signIn.attempt.target).join();
    const number = this.#kindNumbers.get(text) ?? this.#kindNumbers.size;
    this.#kindNumbers.set(text, number);
    return this.#kinds.keep(signIn.rows, target, number);
  }
}

function sightOf(signIn: NumberedAttempt, observe: Observer): Sight {
  const first = observe(signIn.attempt);
  const located = locatedAddress(first);
  return {
    located: first.ipAddress === undefined ? -1 : placeOf(signIn, first.ipAddress),
    standIn: first.ipAddress === undefined ? located : undefined,
    country: first.countryOrRegion === undefined ? 'unknown' : first.countryOrRegion === null ? 'none' : 'recorded',
    compliantNetwork: first.compliantNetwork,
    differsAtResource: differsAtResource(first),
    isRecorded: isRecordedAddress(signIn.attempt, first),
    first,
    observe,
  };
}
