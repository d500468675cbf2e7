import type { AddressWords } from '../network/plain-address.ts';
import type { Identity, SignInAttempt } from './attempt.ts';

/**
 * Parts of a sign-in that a reader of many numbers, by their places in a row of numbers: equal numbers stand for equal parts. Of
 * `deviceClaims` that is the platform, what the device proves and whether the session is bound to it; `device` is 0 where the device
 * has no number of its own. `testimony` is the list of policies as the record has it. `shape` says which addresses there are and which of
 * them are alike.
 */
export const PART = {
  ...{ identity: 0, target: 1, client: 2, deviceClaims: 3, device: 4, risk: 5, flow: 6, session: 7 },
  ...{ testimony: 8, reach: 9, country: 10, shape: 11, who: 12 },
} as const;
export type Part = keyof typeof PART;
export const PARTS_WIDTH = 13;

/** Addresses as a record has them, by their places in a row of words. */
export const RECORDED = 0;
export const PROXY = 1;
export const STATED = 2;
export const RESOURCE_PROVIDER = 3;
const ADDRESSES = 4;

/** Of each address its version, 4 or 6 (0: there is none), then four words, of which IPv4 fills the first. */
export const ADDRESS_WIDTH = 5;
export const WORDS_WIDTH = ADDRESSES * ADDRESS_WIDTH;

/** Rows of sign-ins that were read together. */
export interface NumberedRows {
  /** Whose numbers they are: those of another one say nothing here. */
  readonly numbering: object;
  /** {@link PARTS_WIDTH} numbers of each sign-in. */
  readonly numbers: Int32Array;
  /** {@link WORDS_WIDTH} words of each sign-in. */
  readonly words: Uint32Array;
}

/** A sign-in by the numbers of its parts; good until the next ones are read. */
export interface NumberedAttempt {
  readonly rows: NumberedRows;
  /** Its position among the rows. */
  readonly row: number;
  /** Who signs in, made without the rest. */
  readonly identity: Identity;
  /** What the numbers stand for, made when it is first asked for. */
  readonly attempt: SignInAttempt;
}

export function numberOf({ rows, row }: NumberedAttempt, part: number): number {
  return rows.numbers[row * PARTS_WIDTH + part] as number;
}

const NONE: undefined[] = [];

/** What follows from one part, by its number; forgotten with the numbering. */
export class ByNumber<Value> {
  readonly #all = new WeakMap<object, (Value | undefined)[]>();
  #numbering: object | undefined;
  #values: (Value | undefined)[] = NONE;

  find({ numbering }: NumberedRows, number: number): Value | undefined {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    return this.#values[number];
  }

  keep({ numbering }: NumberedRows, number: number, value: Value): Value {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    // Numbers come nearly in turn; a hole would make the list a slow one.
    while (this.#values.length < number) this.#values.push(undefined);
    this.#values[number] = value;
    return value;
  }

  #turnTo(numbering: object): void {
    this.#numbering = numbering;
    // With something in it that is no number, every list is of the same kind to V8.
    this.#values = this.#all.get(numbering) ?? [undefined];
    this.#all.set(numbering, this.#values);
  }
}

const FIRST_NUMBERS = 64;

/** Numbers that follow from one part, by its number: side by side, where a list would hold an object for each large one. */
export class NumbersByNumber {
  readonly #all = new WeakMap<object, Float64Array>();
  #numbering: object | undefined;
  #values: Float64Array = new Float64Array(0);

  /** `undefined` where nothing is kept. */
  find({ numbering }: NumberedRows, number: number): number | undefined {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    const value = number < this.#values.length ? (this.#values[number] as number) : Number.NaN;
    return Number.isNaN(value) ? undefined : value;
  }

  keep({ numbering }: NumberedRows, number: number, value: number): number {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    if (number >= this.#values.length) this.#widen(numbering, number);
    this.#values[number] = value;
    return value;
  }

  #turnTo(numbering: object): void {
    this.#numbering = numbering;
    this.#values = this.#all.get(numbering) ?? new Float64Array(0);
  }

  #widen(numbering: object, number: number): void {
    const wider = new Float64Array(Math.max(FIRST_NUMBERS, number * 2)).fill(Number.NaN);
    wider.set(this.#values);
    this.#values = wider;
    this.#all.set(numbering, wider);
  }
}

/** What of a sign-in's way is the same for many, whatever its addresses are; these stand in a row of words. */
export interface PathShape {
  readonly isRecordedEgress: boolean;
  readonly isThrough: boolean | undefined;
  readonly hasCountry: boolean;
  readonly isOfThisTenant: boolean;
  readonly mayBeFromElsewhere: boolean;
}

/** More than the number of any shape. */
export const SHAPES = 2 ** 18;

/** No address, IPv4, IPv6. */
const VERSIONS = 3;

/** One number for all ways of a shape: which addresses there are, which are alike, and what is said of them. */
export function numberOfShape(words: Uint32Array, row: number, shape: PathShape): number {
  let number = 0;
  for (let place = 0; place < ADDRESSES; place++) {
    const at = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
    number = number * VERSIONS + (words[at] === 0 ? 0 : words[at] === 4 ? 1 : 2);
    for (let other = 0; other < place; other++) {
      number = number * 2 + (areAlike(words, at, at - (place - other) * ADDRESS_WIDTH) ? 1 : 0);
    }
  }
  number = number * 3 + (shape.isThrough === undefined ? 0 : shape.isThrough ? 1 : 2);
  number = number * 2 + (shape.isRecordedEgress ? 1 : 0);
  number = number * 2 + (shape.hasCountry ? 1 : 0);
  number = number * 2 + (shape.isOfThisTenant ? 1 : 0);
  return number * 2 + (shape.mayBeFromElsewhere ? 1 : 0);
}

function areAlike(words: Uint32Array, one: number, other: number): boolean {
  for (let at = 0; at < ADDRESS_WIDTH; at++) if (words[one + at] !== words[other + at]) return false;
  return true;
}

/** Puts an address into the row; `undefined`: there is none. */
export function putAddress(words: Uint32Array, row: number, place: number, address: AddressWords | undefined): void {
  const at = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
  words[at] = address?.version ?? 0;
  for (let word = 0; word < 4; word++) words[at + 1 + word] = address?.words[word] ?? 0;
}

/** Where an address of the sign-in stands in its row; addresses that are alike may stand for one another. */
export function placeOf({ rows: { words }, row }: NumberedAttempt, address: AddressWords): number {
  for (let place = 0; place < ADDRESSES; place++) {
    const from = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
    if (words[from] === address.version && address.words.every((word, at) => words[from + 1 + at] === word))
      return place;
  }
  throw new Error('the address is none of the sign-in');
}
