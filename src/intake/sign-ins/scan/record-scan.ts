import { OBJECT_MEMBERS } from '../formats/graph-record.ts';
import { isBehindValue, overBlanks, overColon, overString, overValue } from './json-scan.ts';
import { DOUBT, NameMeanings } from './name-meanings.ts';
import { RawValues } from './raw-values.ts';
import type { ValueNumbers } from './value-numbers.ts';

/** Members of one record that are remembered, to be looked for in the next one. */
const MOST_MEMBERS = 256;

/** Members of the record before that are passed over where the next one lacks them. */
const MOST_LACKING = 2;

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;

/** Where the members of one record stand, in their order, and what each is. */
class MemberPlaces {
  count = 0;
  readonly names = new Int32Array(MOST_MEMBERS);
  readonly values = new Int32Array(MOST_MEMBERS);
  readonly ends = new Int32Array(MOST_MEMBERS);
  readonly meanings = new Int32Array(MOST_MEMBERS);

  add(name: number, value: number, end: number, meaning: number): void {
    if (this.count === MOST_MEMBERS) return;
    this.names[this.count] = name;
    this.values[this.count] = value;
    this.ends[this.count] = end;
    this.meanings[this.count++] = meaning;
  }
}

/**
 * Finds the members that are read in a record that is a sign-in of Graph's, and makes sure that the rest of it is JSON. It
 * gives up at anything unusual: then the record is read whole, by those who know all forms. Records of one export are alike:
 * a member that stands byte by byte as in the record before was walked over there, and so was a value that has a number.
 */
export class RecordScan {
  /** The offsets at which the value of each member that is read begins and ends; -1: there is none. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The number of each value, where it is known already; 0: it is not. Whoever finds it out writes it here. */
  numbers: Int32Array;
  readonly #meaningOf: NameMeanings;
  /** 1 at the places of objects and lists of them. */
  readonly #isObject: Uint8Array;
  readonly #values: ValueNumbers;
  readonly #names = new RawValues();
  /** What each name is, by its number. */
  readonly #meanings: number[] = [];
  /** The record before, in the same bytes, and the one that is scanned. */
  #before = new MemberPlaces();
  #current = new MemberPlaces();
  #numbersBefore: Int32Array;
  #bytes: Uint8Array | undefined;
  /** The member of the record before that should come next. */
  #expected = 0;
  #nameEnd = 0;
  #isWhole = false;

  /** `values` gives numbers to the first of the members. */
  constructor(members: readonly string[], values: ValueNumbers) {
    this.starts = new Int32Array(members.length);
    this.ends = new Int32Array(members.length);
    this.numbers = new Int32Array(members.length);
    this.#numbersBefore = new Int32Array(members.length);
    this.#values = values;
    this.#isObject = Uint8Array.from(members, (name) => (OBJECT_MEMBERS.includes(name) ? 1 : 0));
    this.#meaningOf = new NameMeanings(members);
  }

  /** The numbers of all values hold no longer. */
  forgetNumbers(): void {
    this.numbers.fill(0);
    this.#numbersBefore.fill(0);
  }

  /**
   * Scans from the opening brace to behind the closing one; -1 where anything is unusual. The byte behind the text is 0. `view`
   * is over the same bytes, in which nothing may have been changed since they were scanned for the first time.
   */
  scan(bytes: Uint8Array, view: DataView, from: number): number {
    this.#begin(bytes);
    let at = overBlanks(bytes, from + 1);
    if (bytes[at] === CLOSE_BRACE) return -1;
    for (;;) {
      at = this.#member(bytes, view, at);
      if (at < 0) return -1;
      at = overBlanks(bytes, at);
      const byte = bytes[at++];
      if (byte === CLOSE_BRACE) return this.#end(at);
      if (byte !== COMMA) return -1;
      at = overBlanks(bytes, at);
    }
  }

  #begin(bytes: Uint8Array): void {
    if (this.#isWhole) [this.numbers, this.#numbersBefore] = [this.#numbersBefore, this.numbers];
    this.#isWhole = false;
    this.starts.fill(-1);
    this.numbers.fill(0);
    this.#current.count = 0;
    this.#expected = 0;
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#before.count = 0;
  }

  /** The record was whole: the next one is compared with it. */
  #end(at: number): number {
    [this.#before, this.#current] = [this.#current, this.#before];
    this.#isWhole = true;
    return at;
  }

  /** Goes over a member, from the first byte of its name to behind its value. */
  #member(bytes: Uint8Array, view: DataView, at: number): number {
    const { names, values, ends, meanings, count } = this.#before;
    const last = Math.min(this.#expected + MOST_LACKING, count - 1);
    for (let member = this.#expected; member <= last; member++) {
      const from = names[member] as number;
      const length = (ends[member] as number) - from;
      const nameLength = (values[member] as number) - from;
      const alike = alikeFrom(bytes, view, from, at, length);
      if (alike < nameLength) continue;
      this.#expected = member + 1;
      const meaning = meanings[member] as number;
      if (alike === length && isBehindValue(bytes[at + length] as number)) {
        return this.#asBefore(meaning, at, at + nameLength, at + length);
      }
      return this.#value(bytes, view, meaning, at, at + nameLength);
    }
    const meaning = this.#meaningAt(bytes, view, at);
    if (meaning === DOUBT) return -1;
    const value = overColon(bytes, this.#nameEnd);
    return value < 0 ? -1 : this.#value(bytes, view, meaning, at, value);
  }

  #asBefore(meaning: number, name: number, value: number, end: number): number {
    if (meaning >= 0) {
      if (!this.#take(meaning, value, end)) return -1;
      this.numbers[meaning] = this.#numbersBefore[meaning] as number;
    }
    this.#current.add(name, value, end, meaning);
    return end;
  }

  #value(bytes: Uint8Array, view: DataView, meaning: number, name: number, value: number): number {
    const isNumbered = meaning >= 0 && meaning < this.#values.width;
    const end = isNumbered ? this.#values.over(meaning, bytes, view, value) : overValue(bytes, value, 1);
    if (end < 0) return -1;
    if (meaning >= 0 && (this.#isText(bytes, meaning, value) || !this.#take(meaning, value, end))) return -1;
    if (isNumbered) this.numbers[meaning] = this.#values.found;
    this.#current.add(name, value, end, meaning);
    return end;
  }

  /** Whether there is text where an object belongs: perhaps what became of one. */
  #isText(bytes: Uint8Array, place: number, start: number): boolean {
    return this.#isObject[place] === 1 && beginsWithText(bytes, start);
  }

  /** False for a member that stands twice: `JSON.parse` takes the last one. */
  #take(place: number, start: number, end: number): boolean {
    if (this.starts[place] !== -1) return false;
    this.starts[place] = start;
    this.ends[place] = end;
    return true;
  }

  #meaningAt(bytes: Uint8Array, view: DataView, at: number): number {
    if (bytes[at] !== QUOTE) return DOUBT;
    const end = overString(bytes, at + 1);
    if (end < 0) return DOUBT;
    this.#nameEnd = end;
    if (this.#names.isFull) this.#forgetNames();
    const number = this.#names.numberOf(bytes, view, at, end);
    this.#meanings[number] ??= this.#meaningOf.of(bytes.subarray(at, end));
    return this.#meanings[number];
  }

  #forgetNames(): void {
    this.#names.clear();
    this.#meanings.length = 0;
  }
}

function beginsWithText(bytes: Uint8Array, start: number): boolean {
  const at = bytes[start] === OPEN_BRACKET ? overBlanks(bytes, start + 1) : start;
  return bytes[at] === QUOTE;
}

/** How many bytes are the same from two offsets on, of so many that are JSON at the first one: no 0 is among these. */
function alikeFrom(bytes: Uint8Array, view: DataView, known: number, at: number, length: number): number {
  let alike = 0;
  const whole = Math.min(length, bytes.length - at) - 3;
  while (alike < whole && view.getInt32(known + alike, true) === view.getInt32(at + alike, true)) alike += 4;
  while (alike < length && bytes[known + alike] === bytes[at + alike]) alike++;
  return alike;
}
