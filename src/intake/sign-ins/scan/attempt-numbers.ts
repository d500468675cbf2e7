import type { Address } from '../../../core/network/address.ts';
import type { AddressWords } from '../../../core/network/plain-address.ts';
import type { NumberedRows } from '../../../core/signaling/numbered-attempt.ts';
import {
  ADDRESS_WIDTH,
  numberOfShape,
  PART,
  PARTS_WIDTH,
  putAddress,
  RECORDED,
  WORDS_WIDTH,
} from '../../../core/signaling/numbered-attempt.ts';
import type { NetworkFacts } from '../facts/network-path-of.ts';
import { addressOf, isPublishedEgress } from '../facts/network-path-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import { ADDRESSES, UNREAD } from './address-words.ts';
import type { AttemptMemory } from './attempt-memory.ts';
import { ContentNumbers } from './content-numbers.ts';
import { DeviceNumbers } from './device-numbers.ts';
import { IdentityNumbers } from './identity-numbers.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { PartReader } from './part-reader.ts';

/** Gives the numbers of the parts of attempts to those who judge by them (numbered-attempt.ts). */
export class AttemptNumbers {
  readonly #parts: AttemptMemory;
  readonly #identities: IdentityNumbers;
  readonly #client: ContentNumbers<AttemptParts['client']>;
  readonly #devices: DeviceNumbers;
  readonly #risk: ContentNumbers<AttemptParts['risk']>;
  readonly #flow: ContentNumbers<AttemptParts['flow']>;
  readonly #session: ContentNumbers<AttemptParts['session']>;
  readonly #country: ContentNumbers<string | undefined>;
  /** What reads addresses that are written otherwise than most, by their places. */
  readonly #addresses = Object.values(ADDRESSES).map(
    (name) => new PartReader([name], (record) => addressOf(record[name])),
  );
  readonly #isEgress: (address: AddressWords) => boolean;
  /** The country of another address than the record's is asked for by its text: nothing follows from numbers alone. */
  readonly #areCountriesAsked: boolean;
  #numbering = {};
  #numbers = new Int32Array(0);

  constructor(parts: AttemptMemory, { isEgress, countryOf }: NetworkFacts) {
    this.#parts = parts;
    this.#identities = new IdentityNumbers(parts);
    this.#client = new ContentNumbers(parts.client, (client) => client ?? '');
    this.#devices = new DeviceNumbers(parts.device);
    this.#risk = new ContentNumbers(parts.risk, (risk) => risk ?? '');
    this.#flow = new ContentNumbers(parts.flow, (flow) => Object.values(flow).join());
    this.#session = new ContentNumbers(parts.session, (session) => Object.values(session).join());
    this.#country = new ContentNumbers(parts.country, (country) => country ?? '');
    this.#isEgress = isEgress ?? isPublishedEgress;
    this.#areCountriesAsked = countryOf !== undefined;
  }

  /** Forgets all parts: what was numbered until now is told apart from what will be. */
  clear(): void {
    this.#parts.clear();
    const numbers = [this.#identities, this.#client, this.#devices, this.#risk, this.#flow, this.#session];
    for (const each of [...numbers, this.#country, ...this.#addresses]) each.clear();
    this.#numbering = {};
  }

  /**
   * Room for the numbers of so many sign-ins that were read together, and whose addresses are `words`; that of those before is used again.
   */
  rows(count: number, words: Uint32Array): NumberedRows {
    // No number is given anew among them.
    if (this.#parts.workload.isFullWith(count)) this.clear();
    if (this.#numbers.length < count * PARTS_WIDTH) this.#numbers = new Int32Array(count * PARTS_WIDTH);
    return { numbering: this.#numbering, numbers: this.#numbers, words };
  }

  /** Puts the numbers of a sign-in into its row; false where a part has none, as nothing of it may be remembered. */
  put(signIn: NumberedSignIn, { numbers, words }: NumberedRows, row: number): boolean {
    if (this.#areCountriesAsked) return false;
    const parts = this.#parts;
    const identity = this.#identities.number(signIn);
    const target = parts.target.number(signIn);
    const testimony = parts.testimony.number(signIn);
    const reach = parts.reach.number(signIn);
    if (identity === 0 || target === 0 || testimony === 0 || reach === 0) return false;
    const at = row * PARTS_WIDTH;
    numbers[at + PART.identity] = identity;
    numbers[at + PART.who] = this.#identities.whoOf(signIn, identity);
    numbers[at + PART.target] = target;
    numbers[at + PART.client] = this.#client.number(signIn);
    numbers[at + PART.deviceClaims] = this.#devices.number(signIn);
    numbers[at + PART.device] = parts.device.number(signIn);
    numbers[at + PART.risk] = this.#risk.number(signIn);
    numbers[at + PART.flow] = this.#flow.number(signIn);
    numbers[at + PART.session] = this.#session.number(signIn);
    numbers[at + PART.testimony] = testimony;
    numbers[at + PART.reach] = reach;
    numbers[at + PART.country] = this.#country.number(signIn);
    numbers[at + PART.shape] = this.#shape(signIn, words, row);
    return true;
  }

  /** The number of the shape of the way, when all addresses are there. */
  #shape(signIn: NumberedSignIn, words: Uint32Array, row: number): number {
    const { through, country } = this.#parts;
    const at = row * WORDS_WIDTH;
    for (let place = 0; place < this.#addresses.length; place++) {
      const reader = this.#addresses[place] as PartReader<Address | undefined>;
      if (words[at + place * ADDRESS_WIDTH] === UNREAD) putAddress(words, row, place, reader.part(signIn));
    }
    return numberOfShape(words, row, {
      isRecordedEgress: this.#isRecordedEgress(words, at + RECORDED * ADDRESS_WIDTH),
      isThrough: through.part(signIn),
      hasCountry: country.part(signIn) !== undefined,
      isOfThisTenant: this.#identities.isOfThisTenant,
      mayBeFromElsewhere: this.#identities.mayBeFromElsewhere,
    });
  }

  #isRecordedEgress(words: Uint32Array, at: number): boolean {
    const version = words[at] as number;
    if (version === 0) return false;
    const address = version === 4 ? this.#ipv4 : this.#ipv6;
    for (let word = 0; word < address.words.length; word++) address.words[word] = words[at + 1 + word] as number;
    return this.#isEgress(address);
  }

  /** Of all addresses two objects, as they are looked for and not kept. */
  readonly #ipv4: { readonly version: 4; readonly words: [number] } = { version: 4, words: [0] };
  readonly #ipv6: { readonly version: 6; readonly words: [number, number, number, number] } = {
    version: 6,
    words: [0, 0, 0, 0],
  };
}
