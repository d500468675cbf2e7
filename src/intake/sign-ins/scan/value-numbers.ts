import { STEP_MEMBERS } from '../facts/satisfied-of.ts';
import { begins, elementsOf, overBlanks, overColon, overString, overValue } from './json-scan.ts';
import type { FreshValues } from './raw-values.ts';
import { RawValues } from './raw-values.ts';
import { SeldomRepeated } from './seldom-repeated.ts';
import { PLACED, PLACED_MEMBERS, SHORTEST_PLACED } from './value-places.ts';

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** A list of many values, each of which comes again and again: one number for each, and one for the list of numbers. */
export const LISTED = 'appliedConditionalAccessPolicies';

/** A list of objects with the time of the sign-in in each: only some members of them are read. */
export const STEPS = 'authenticationDetails';

/** What has got a number since it was asked for: texts of values, and lists of the numbers of such texts. */
export interface FreshNumbers {
  readonly texts: FreshValues;
  readonly lists: FreshValues;
}

/** Where the values of the members of a record stand; see `RecordScan`, which finds them. */
export interface ValuePlaces {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly numbers: Int32Array;
}

/**
 * Numbers for the values of the members of one record after the other: positive for a text, negative for a list. Values that
 * seldom come again get none: they stay where they stand, and from {@link PLACED} on a number is that place.
 */
export class ValueNumbers {
  /** How many members there are. */
  readonly width: number;
  /** The number of the value that was gone over last; 0: it was not known before. */
  found = 0;
  readonly #listed: number;
  readonly #steps: number;
  readonly #raw = new RawValues();
  readonly #lists = new RawValues();
  readonly #rests = new RawValues();
  readonly #stepLists = new RawValues();
  readonly #seldom: SeldomRepeated;
  /** 1 for each member whose values are never numbered. */
  readonly #isPlaced: Uint8Array;
  /** The number of the steps with the members that are read, by that of their rests. */
  readonly #reduced: number[] = [];
  readonly #places: number[] = [];
  #scratch = new Uint8Array(4096);
  #scratchView = new DataView(this.#scratch.buffer);
  #length = 0;

  /** `window`: values of a member after which it shows whether they repeat. */
  constructor(members: readonly string[], window?: number) {
    this.width = members.length;
    this.#listed = members.indexOf(LISTED);
    this.#steps = members.indexOf(STEPS);
    this.#seldom = new SeldomRepeated(members.length, window);
    this.#isPlaced = Uint8Array.from(members, (name) => (PLACED_MEMBERS.has(name) ? 1 : 0));
  }

  get isFull(): boolean {
    return this.#raw.isFull || this.#lists.isFull || this.#rests.isFull || this.#stepLists.isFull;
  }

  clear(): void {
    this.#raw.clear();
    this.#lists.clear();
    this.#rests.clear();
    this.#stepLists.clear();
    this.#reduced.length = 0;
  }

  /** Whether anything has got a number since `fresh` was asked. */
  get hasFresh(): boolean {
    return this.#raw.hasFresh || this.#lists.hasFresh;
  }

  /** What has got a number since this was asked for the last time. */
  fresh(): FreshNumbers {
    return { texts: this.#raw.fresh(), lists: this.#lists.fresh() };
  }

  /** Goes over the value of a member: quickly over one that is known. The offset behind it, or -1 for what is no JSON. */
  over(member: number, bytes: Uint8Array, view: DataView, at: number): number {
    this.found = 0;
    const byte = bytes[at];
    if (byte !== OPEN_BRACKET && byte !== OPEN_BRACE) return overValue(bytes, at, 1);
    if (member === this.#listed && byte === OPEN_BRACKET) return this.#overList(bytes, view, at);
    if (member === this.#steps && byte === OPEN_BRACKET) return this.#overSteps(bytes, view, at);
    this.found = this.#raw.standing(bytes, view, at);
    return this.found > 0 ? at + this.#raw.lengthOf(this.found) : overValue(bytes, at, 1);
  }

  /** Writes into `row`, from an offset, the number of each member that is read; 0: the record has none. */
  take(
    { starts, ends, numbers }: ValuePlaces,
    bytes: Uint8Array,
    view: DataView,
    row: Int32Array,
    offset: number,
  ): void {
    for (let at = 0; at < this.width; at++) {
      const start = starts[at] as number;
      if (start >= 0) {
        const isSeldom = this.#isPlaced[at] === 1 || this.#seldom.see(at);
        if (numbers[at] === 0) {
          const end = ends[at] as number;
          const isPlaced = isSeldom && end - start >= SHORTEST_PLACED && start < PLACED;
          numbers[at] = isPlaced ? PLACED + start : this.#numberOf(at, bytes, view, start, end);
        }
      }
      row[offset + at] = numbers[at] as number;
    }
  }

  #numberOf(member: number, bytes: Uint8Array, view: DataView, start: number, end: number): number {
    if (member === this.#steps && bytes[start] === OPEN_BRACKET) return this.#reduce(bytes, view, start, end);
    const before = this.#raw.count;
    const number = this.#raw.numberOf(bytes, view, start, end);
    if (number > before) this.#seldom.isNew(member);
    return number;
  }

  /** Finds a negative number: lists of many values are kept apart. */
  #overList(bytes: Uint8Array, view: DataView, from: number): number {
    this.#length = 0;
    let at = overBlanks(bytes, from + 1);
    if (bytes[at] === CLOSE_BRACKET) return this.#endList(at + 1);
    for (;;) {
      at = this.#overElement(bytes, view, at);
      if (at < 0) return -1;
      at = overBlanks(bytes, at);
      const byte = bytes[at++];
      if (byte === CLOSE_BRACKET) return this.#endList(at);
      if (byte !== COMMA) return -1;
      at = overBlanks(bytes, at);
    }
  }

  #endList(end: number): number {
    this.found = -this.#lists.numberOf(this.#scratch, this.#scratchView, 0, this.#length);
    return end;
  }

  #putNumber(number: number): void {
    this.#makeRoom(4);
    this.#scratchView.setInt32(this.#length, number, true);
    this.#length += 4;
  }

  #overElement(bytes: Uint8Array, view: DataView, at: number): number {
    const known = this.#raw.standing(bytes, view, at);
    const end = known > 0 ? at + this.#raw.lengthOf(known) : overValue(bytes, at, 2);
    if (end >= 0) this.#putNumber(known > 0 ? known : this.#raw.numberOf(bytes, view, at, end));
    return end;
  }

  /**
   * Goes over a list of steps. They differ in their time and are otherwise alike: what follows the time of each is looked for.
   * The number is that of the list with nothing but the members that are read.
   */
  #overSteps(bytes: Uint8Array, view: DataView, from: number): number {
    const end = this.#overRests(bytes, view, from);
    if (end < 0) return overValue(bytes, from, 1);
    const rests = this.#stepLists.numberOf(this.#scratch, this.#scratchView, 0, this.#length);
    this.found = this.#reduced[rests] ??= this.#reduce(bytes, view, from, end);
    return end;
  }

  /** Puts a number for what follows the time in each step; -1 where a step does not begin with one, or is no JSON. */
  #overRests(bytes: Uint8Array, view: DataView, from: number): number {
    this.#length = 0;
    let at = from + 1;
    for (;;) {
      if (!begins(bytes, at, TIMED)) return -1;
      const rest = overString(bytes, at + TIMED.length);
      if (rest < 0) return -1;
      const known = this.#rests.standing(bytes, view, rest);
      const end = known > 0 ? rest + this.#rests.lengthOf(known) : overValue(bytes, at, 2);
      if (end < 0) return -1;
      this.#putNumber(known > 0 ? known : this.#rests.numberOf(bytes, view, rest, end));
      if (bytes[end] === CLOSE_BRACKET) return end + 1;
      if (bytes[end] !== COMMA) return -1;
      at = end + 1;
    }
  }

  /** The number of the steps with nothing but what is read; of the list as it is where it holds anything else than objects. */
  #reduce(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const places = this.#places;
    elementsOf(bytes, start, places);
    this.#length = 0;
    this.#put(OPEN_BRACKET);
    for (let at = 0; at < places.length; at += 2) {
      if (at > 0) this.#put(COMMA);
      if (!this.#putStep(bytes, places[at] as number)) return this.#raw.numberOf(bytes, view, start, end);
    }
    this.#put(CLOSE_BRACKET);
    return this.#raw.numberOf(this.#scratch, this.#scratchView, 0, this.#length);
  }

  #putStep(bytes: Uint8Array, from: number): boolean {
    if (bytes[from] !== OPEN_BRACE) return false;
    this.#put(OPEN_BRACE);
    let at = overBlanks(bytes, from + 1);
    for (let put = 0; bytes[at] !== CLOSE_BRACE; at = overBlanks(bytes, bytes[at] === COMMA ? at + 1 : at)) {
      const nameEnd = overString(bytes, at + 1);
      const value = overColon(bytes, nameEnd);
      const end = overValue(bytes, value, 0);
      if (hasEscape(bytes, at, nameEnd)) return false;
      if (isRead(bytes, at, nameEnd)) {
        if (put++ > 0) this.#put(COMMA);
        this.#putAll(bytes, at, nameEnd);
        this.#put(0x3a);
        this.#putAll(bytes, value, end);
      }
      at = overBlanks(bytes, end);
    }
    this.#put(CLOSE_BRACE);
    return true;
  }

  #put(byte: number): void {
    this.#makeRoom(1);
    this.#scratch[this.#length++] = byte;
  }

  #putAll(bytes: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    for (let at = start; at < end; at++) this.#scratch[this.#length++] = bytes[at] as number;
  }

  #makeRoom(length: number): void {
    if (this.#length + length <= this.#scratch.length) return;
    const more = new Uint8Array((this.#length + length) * 2);
    more.set(this.#scratch);
    this.#scratch = more;
    this.#scratchView = new DataView(more.buffer);
  }
}

/** A step that begins with its time, as Graph writes it. */
export const TIMED = Buffer.from('{"authenticationStepDateTime":"');

export const READ_OF_STEPS = STEP_MEMBERS.map((name) => Buffer.from(JSON.stringify(name)));

function isRead(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = 0; at < READ_OF_STEPS.length; at++) {
    const name = READ_OF_STEPS[at];
    if (name !== undefined && name.length === to - from && begins(bytes, from, name)) return true;
  }
  return false;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}
