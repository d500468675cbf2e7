import type { AddressWords } from '../../../core/network/plain-address.ts';
import type { NumberedRows } from '../../../core/signaling/numbered-attempt.ts';
import {
  ADDRESS_WIDTH,
  numberOfShape,
  PART,
  PARTS_WIDTH,
  PROXY,
  putAddress,
  RECORDED,
  RESOURCE_PROVIDER,
  STATED,
  WORDS_WIDTH,
} from '../../../core/signaling/numbered-attempt.ts';
import type { NetworkFacts } from '../facts/network-path-of.ts';
import { isFromElsewhere, isMember, isPublishedEgress } from '../facts/network-path-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import type { AttemptMemory } from './attempt-memory.ts';
import { DeviceRests } from './device-rests.ts';
import type { NumberedSignIn, PartMemory } from './part-memory.ts';
import { quadAt } from './plain-text.ts';
import { READ_MEMBERS } from './read-members.ts';
import { PLACED } from './value-places.ts';

/** Gives numbers to the parts of attempts, for those who judge by them (numbered-attempt.ts). */
export class AttemptNumbers {
  readonly #parts: AttemptMemory;
  readonly #client: ByContent<AttemptParts['client']>;
  readonly #deviceClaims: ByContent<AttemptParts['device']>;
  readonly #devices = new DeviceRests();
  readonly #risk: ByContent<AttemptParts['risk']>;
  readonly #flow: ByContent<AttemptParts['flow']>;
  readonly #session: ByContent<AttemptParts['session']>;
  readonly #country: ByContent<string | undefined>;
  readonly #isEgress: (address: AddressWords) => boolean;
  /** The country of another address than the record's is asked for by its text: nothing follows from numbers alone. */
  readonly #areCountriesAsked: boolean;
  #numbering = {};
  #numbers = new Int32Array(0);
  #words = new Uint32Array(0);

  constructor(parts: AttemptMemory, { isEgress, countryOf }: NetworkFacts) {
    this.#parts = parts;
    this.#client = new ByContent(parts.client, (client) => client ?? '');
    this.#deviceClaims = new ByContent(parts.device, textOfClaims);
    this.#risk = new ByContent(parts.risk, (risk) => risk ?? '');
    this.#flow = new ByContent(parts.flow, (flow) => Object.values(flow).join());
    this.#session = new ByContent(parts.session, ({ mfa }) => String(mfa));
    this.#country = new ByContent(parts.country, (country) => country ?? '');
    this.#isEgress = isEgress ?? isPublishedEgress;
    this.#areCountriesAsked = countryOf !== undefined;
  }

  /** Forgets all parts: what was numbered until now is told apart from what will be. */
  clear(): void {
    this.#parts.clear();
    const contents = [this.#client, this.#deviceClaims, this.#risk, this.#flow, this.#session, this.#country];
    for (const content of contents) content.clear();
    this.#devices.clear();
    this.#numbering = {};
  }

  /** Room for so many sign-ins that were read together; that of those before is used again. */
  rows(count: number): NumberedRows {
    // No number is given anew among them.
    if (this.#parts.parts.some((part) => part.isFullWith(count))) this.clear();
    if (this.#numbers.length < count * PARTS_WIDTH) {
      this.#numbers = new Int32Array(count * PARTS_WIDTH);
      this.#words = new Uint32Array(count * WORDS_WIDTH);
    }
    return { numbering: this.#numbering, numbers: this.#numbers, words: this.#words };
  }

  /** Puts the numbers of a sign-in into its row; false where a part has none, as nothing of it may be remembered. */
  put(signIn: NumberedSignIn, { numbers, words }: NumberedRows, row: number): boolean {
    if (this.#areCountriesAsked) return false;
    const parts = this.#parts;
    const person = parts.person.number(signIn);
    if (person === 0) return false;
    const isUser = parts.person.at(person).kind === 'user';
    const workload = isUser ? 0 : parts.workload.number(signIn);
    const target = parts.target.number(signIn);
    const testimony = parts.testimony.number(signIn);
    const reach = parts.reach.number(signIn);
    if ((!isUser && workload === 0) || target === 0 || testimony === 0 || reach === 0) return false;
    const at = row * PARTS_WIDTH;
    numbers[at + PART.identity] = isUser ? person * 2 : workload * 2 + 1;
    numbers[at + PART.target] = target;
    numbers[at + PART.client] = this.#client.number(signIn);
    numbers[at + PART.deviceClaims] = this.#devices.number(signIn, this.#claimsNumber);
    numbers[at + PART.device] = parts.device.number(signIn);
    numbers[at + PART.risk] = this.#risk.number(signIn);
    numbers[at + PART.flow] = this.#flow.number(signIn);
    numbers[at + PART.session] = this.#session.number(signIn);
    numbers[at + PART.testimony] = testimony;
    numbers[at + PART.reach] = reach;
    numbers[at + PART.country] = this.#country.number(signIn);
    numbers[at + PART.shape] = this.#putPath(
      signIn,
      words,
      row,
      isUser ? parts.person.at(person) : parts.workload.at(workload),
    );
    return true;
  }

  readonly #claimsNumber = (signIn: NumberedSignIn): number => this.#deviceClaims.number(signIn);

  /** Puts the addresses; gives the number of the shape of the way. */
  #putPath(signIn: NumberedSignIn, words: Uint32Array, row: number, identity: AttemptParts['identity']): number {
    const { proxy, stated, resourceProvider, through, country } = this.#parts;
    const isEgress = this.#putRecorded(signIn, words, row);
    if (!putQuad(signIn, PROXY_PLACE, words, row, PROXY)) putAddress(words, row, PROXY, proxy.part(signIn));
    if (!putQuad(signIn, STATED_PLACE, words, row, STATED)) putAddress(words, row, STATED, stated.part(signIn));
    if (!putQuad(signIn, RESOURCE_PROVIDER_PLACE, words, row, RESOURCE_PROVIDER))
      putAddress(words, row, RESOURCE_PROVIDER, resourceProvider.part(signIn));
    return numberOfShape(words, row, {
      isRecordedEgress: isEgress,
      isThrough: through.part(signIn),
      hasCountry: country.part(signIn) !== undefined,
      isMember: isMember(identity),
      isFromElsewhere: isFromElsewhere(identity),
    });
  }

  #putRecorded(signIn: NumberedSignIn, words: Uint32Array, row: number): boolean {
    if (putQuad(signIn, RECORDED_PLACE, words, row, RECORDED)) {
      this.#quad.words[0] = words[row * WORDS_WIDTH + RECORDED * ADDRESS_WIDTH + 1] as number;
      return this.#isEgress(this.#quad);
    }
    const { address, isEgress } = this.#parts.recorded.part(signIn);
    putAddress(words, row, RECORDED, address);
    return isEgress;
  }

  /** Of all IPv4 addresses one object, as they are looked for and not kept. */
  readonly #quad: { readonly version: 4; readonly words: [number] } = { version: 4, words: [0] };
}

const placeOf = (name: string) => READ_MEMBERS.indexOf(name);
const RECORDED_PLACE = placeOf('ipAddress');
const PROXY_PLACE = placeOf('globalSecureAccessIpAddress');
const STATED_PLACE = placeOf('sourceIpAddress');
const RESOURCE_PROVIDER_PLACE = placeOf('ipAddressFromResourceProvider');

/** Puts what is not there, and what is four octets at a place, as nearly all addresses are; false for anything else. */
function putQuad(
  { numbers, offset, bytes }: NumberedSignIn,
  member: number,
  words: Uint32Array,
  row: number,
  place: number,
): boolean {
  const number = numbers[offset + member] as number;
  const at = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
  const word = number === 0 ? 0 : number < PLACED ? -1 : quadAt(bytes, number - PLACED);
  if (word < 0) return false;
  words[at] = number === 0 ? 0 : 4;
  words[at + 1] = word;
  words[at + 2] = 0;
  words[at + 3] = 0;
  words[at + 4] = 0;
  return true;
}

/** Everything of a device but the names that it has. */
function textOfClaims({ device, platform, claims, isSessionBound }: AttemptParts['device']): string {
  const has = device === undefined || device === null ? device : [device['isCompliant'], device['trustType']];
  return JSON.stringify([has === undefined, has, platform === undefined, platform, claims, isSessionBound]);
}

/** Numbers parts by their content, from 1: few, where the members differ in much that is not read. */
class ByContent<Content> {
  readonly #memory: PartMemory<Content>;
  readonly #textOf: (part: Content) => string;
  readonly #numbers = new Map<string, number>();
  /** By the number of the part; 0 where it is not known yet. */
  readonly #known: number[] = [];

  constructor(memory: PartMemory<Content>, textOf: (part: Content) => string) {
    this.#memory = memory;
    this.#textOf = textOf;
  }

  clear(): void {
    this.#numbers.clear();
    this.#known.length = 0;
  }

  number(signIn: NumberedSignIn): number {
    const part = this.#memory.number(signIn);
    if (part === 0) return this.#numberOf(this.#memory.part(signIn));
    const known = this.#known[part] ?? 0;
    if (known > 0) return known;
    // A hole would make the list a slow one.
    while (this.#known.length < part) this.#known.push(0);
    const number = this.#numberOf(this.#memory.at(part));
    this.#known[part] = number;
    return number;
  }

  #numberOf(part: Content): number {
    const text = this.#textOf(part);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}
