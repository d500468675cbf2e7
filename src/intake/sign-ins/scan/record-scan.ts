import { DOUBTFUL } from '../draft-of.ts';
import { LIST_NAMES } from '../json/levels.ts';
import { begins, overBlanks, overColon, overString, overValue } from './json-scan.ts';

/** What the name of a member is to the scan: a place from 0, or one of these. */
const UNREAD = -1;
const DOUBT = -2;

/** Names of one record that are remembered, to be looked for in the next one. */
const MOST_NAMES = 256;

const QUOTE = 0x22;
const COMMA = 0x2c;
const CLOSE_BRACE = 0x7d;
const BACKSLASH = 0x5c;

/**
 * Finds the members that are read in a record that is a sign-in of Graph's, and makes sure that the rest of it is JSON. It
 * gives up at anything unusual: then the record is read whole, by those who know all forms.
 */
export class RecordScan {
  /** The offsets at which the value of each member that is read begins and ends; -1: there is none. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly #places: ReadonlyMap<string, number>;
  readonly #doubtful: ReadonlySet<string>;
  /** Names of the last record in their order, quotes included, and what each is: records of one export are alike. */
  readonly #names: Uint8Array[] = [];
  readonly #meanings = new Int32Array(MOST_NAMES);

  constructor(members: readonly string[]) {
    this.starts = new Int32Array(members.length);
    this.ends = new Int32Array(members.length);
    this.#places = new Map(members.map((name, at) => [name, at]));
    this.#doubtful = new Set([...DOUBTFUL, ...LIST_NAMES.map(({ name }) => name)]);
  }

  /** Scans from the opening brace to behind the closing one; -1 where anything is unusual. The byte behind the text is 0. */
  scan(bytes: Uint8Array, from: number): number {
    this.starts.fill(-1);
    let at = overBlanks(bytes, from + 1);
    if (bytes[at] === CLOSE_BRACE) return -1;
    for (let count = 0; ; count++) {
      const meaning = this.#meaningOf(bytes, at, count);
      if (meaning === DOUBT) return -1;
      at = overColon(bytes, this.#nameEnd);
      if (at < 0) return -1;
      const start = at;
      at = overValue(bytes, at, 1);
      if (at < 0) return -1;
      if (meaning >= 0 && !this.#take(meaning, start, at)) return -1;
      at = overBlanks(bytes, at);
      const byte = bytes[at++];
      if (byte === CLOSE_BRACE) return at;
      if (byte !== COMMA) return -1;
      at = overBlanks(bytes, at);
    }
  }

  #nameEnd = 0;

  /** False for a member that stands twice: `JSON.parse` takes the last one. */
  #take(place: number, start: number, end: number): boolean {
    if (this.starts[place] !== -1) return false;
    this.starts[place] = start;
    this.ends[place] = end;
    return true;
  }

  #meaningOf(bytes: Uint8Array, at: number, count: number): number {
    const expected = this.#names[count];
    if (expected !== undefined && begins(bytes, at, expected)) {
      this.#nameEnd = at + expected.length;
      return this.#meanings[count] as number;
    }
    return this.#read(bytes, at, count);
  }

  #read(bytes: Uint8Array, at: number, count: number): number {
    if (bytes[at] !== QUOTE) return DOUBT;
    const end = overString(bytes, at + 1);
    if (end < 0) return DOUBT;
    this.#nameEnd = end;
    const name = bytes.subarray(at, end);
    const meaning = this.#meaning(name);
    if (meaning !== DOUBT && count < MOST_NAMES) {
      this.#names[count] = name.slice();
      this.#meanings[count] = meaning;
    }
    return meaning;
  }

  /** A name with an escape in it may be any. */
  #meaning(quoted: Uint8Array): number {
    if (quoted.includes(BACKSLASH)) return DOUBT;
    const name = Buffer.from(quoted.subarray(1, -1)).toString('latin1');
    if (!/^[a-z]/.test(name) || this.#doubtful.has(name)) return DOUBT;
    return this.#places.get(name) ?? UNREAD;
  }
}
