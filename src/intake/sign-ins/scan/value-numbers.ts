import { STEP_MEMBERS } from '../facts/satisfied-of.ts';
import { begins, elementsOf, overBlanks, overColon, overString, overValue } from './json-scan.ts';
import type { FreshValues } from './raw-values.ts';
import { RawValues } from './raw-values.ts';
import type { RecordScan } from './record-scan.ts';

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** A list of many values, each of which comes again and again: one number for each, and one for the list of numbers. */
const LISTED = 'appliedConditionalAccessPolicies';

/** A list of objects with the time of the sign-in in each: only some members of them are read. */
const STEPS = 'authenticationDetails';

/** What has got a number since it was asked for: texts of values, and lists of the numbers of such texts. */
export interface FreshNumbers {
  readonly texts: FreshValues;
  readonly lists: FreshValues;
}

/** Numbers for the values of the members of one record after the other: positive for a text, negative for a list. */
export class ValueNumbers {
  readonly #width: number;
  /** Those of the record before; 0 where it says nothing of the next one. */
  readonly #last: Int32Array;
  readonly #listed: number;
  readonly #steps: number;
  readonly #raw = new RawValues();
  readonly #lists = new RawValues();
  readonly #places: number[] = [];
  #scratch = new Uint8Array(4096);
  #scratchView = new DataView(this.#scratch.buffer);
  #length = 0;

  constructor(members: readonly string[]) {
    this.#width = members.length;
    this.#last = new Int32Array(members.length);
    this.#listed = members.indexOf(LISTED);
    this.#steps = members.indexOf(STEPS);
  }

  get isFull(): boolean {
    return this.#raw.isFull || this.#lists.isFull;
  }

  clear(): void {
    this.#raw.clear();
    this.#lists.clear();
    this.#last.fill(0);
  }

  /** Whether anything has got a number since `fresh` was asked. */
  get hasFresh(): boolean {
    return this.#raw.hasFresh || this.#lists.hasFresh;
  }

  /** What has got a number since this was asked for the last time. */
  fresh(): FreshNumbers {
    return { texts: this.#raw.fresh(), lists: this.#lists.fresh() };
  }

  /** Writes into `row`, from an offset, the number of each member that is read; 0: the record has none. */
  take({ starts, ends }: RecordScan, bytes: Uint8Array, view: DataView, row: Int32Array, offset: number): void {
    for (let at = 0; at < this.#width; at++) {
      const start = starts[at] as number;
      const end = ends[at] as number;
      if (start < 0) row[offset + at] = 0;
      else if (at === this.#listed && bytes[start] === OPEN_BRACKET) {
        row[offset + at] = this.#numberOfList(bytes, view, start);
      } else if (at === this.#steps && bytes[start] === OPEN_BRACKET) {
        row[offset + at] = this.#numberOfSteps(bytes, view, start, end);
      } else {
        // Most members have the same value in record after record.
        const number = this.#raw.numberOf(bytes, view, start, end, this.#last[at] as number);
        row[offset + at] = number;
        this.#last[at] = number;
      }
    }
  }

  /** A negative number: these lists are kept apart. */
  #numberOfList(bytes: Uint8Array, view: DataView, start: number): number {
    const places = this.#places;
    elementsOf(bytes, start, places);
    this.#length = 0;
    for (let at = 0; at < places.length; at += 2) {
      const number = this.#raw.numberOf(bytes, view, places[at] as number, places[at + 1] as number, 0);
      this.#makeRoom(4);
      this.#scratchView.setInt32(this.#length, number, true);
      this.#length += 4;
    }
    return -this.#lists.numberOf(this.#scratch, this.#scratchView, 0, this.#length, 0);
  }

  /** The list with nothing but the members that are read; as it is where anything else than objects stands in it. */
  #numberOfSteps(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const places = this.#places;
    elementsOf(bytes, start, places);
    this.#length = 0;
    this.#put(OPEN_BRACKET);
    for (let at = 0; at < places.length; at += 2) {
      if (at > 0) this.#put(COMMA);
      if (!this.#putStep(bytes, places[at] as number)) return this.#raw.numberOf(bytes, view, start, end, 0);
    }
    this.#put(0x5d);
    return this.#raw.numberOf(this.#scratch, this.#scratchView, 0, this.#length, 0);
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

const READ = STEP_MEMBERS.map((name) => Buffer.from(JSON.stringify(name)));

function isRead(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = 0; at < READ.length; at++) {
    const name = READ[at];
    if (name !== undefined && name.length === to - from && begins(bytes, from, name)) return true;
  }
  return false;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}
