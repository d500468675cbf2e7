import { GUID_WORDS, readGuidText } from './guid-words.ts';

/** Room at the beginning. */
const FEWEST = 256;

/** Numbers from 0 on for ids in lower case, each its own. A GUID, which nearly all are, takes some 32 bytes and no text. */
export class IdNumbers {
  /** By the bits of the GUIDs, one more than the number of each; 0 where none is. */
  #places = new Int32Array(2 * FEWEST);
  /** The GUIDs by their numbers. */
  #words = new Uint32Array(GUID_WORDS * FEWEST);
  readonly #others = new Map<string, number>();
  readonly #asked = new Uint32Array(GUID_WORDS);
  #count = 0;

  /** The number of the id, which is a new one where it has none. */
  of(id: string): number {
    if (readGuidText(id, this.#asked, 0)) return this.ofGuid(this.#asked, 0);
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    const number = this.#next();
    this.#others.set(id, number);
    return number;
  }

  /** The same of a GUID that is read already. */
  ofGuid(words: Uint32Array, at: number): number {
    const place = this.#placeOf(words, at);
    const known = this.#places[place] as number;
    if (known > 0) return known - 1;
    const number = this.#next();
    for (let word = 0; word < GUID_WORDS; word++) this.#words[number * GUID_WORDS + word] = words[at + word] as number;
    this.#places[place] = number + 1;
    if (2 * this.#count > this.#places.length) this.#spread();
    return number;
  }

  /** The number of the id, if it has one. */
  find(id: string): number | undefined {
    if (!readGuidText(id, this.#asked, 0)) return this.#others.get(id);
    const known = this.#places[this.#placeOf(this.#asked, 0)] as number;
    return known > 0 ? known - 1 : undefined;
  }

  #next(): number {
    const number = this.#count++;
    if (this.#words.length === number * GUID_WORDS) {
      const words = new Uint32Array(2 * this.#words.length);
      words.set(this.#words);
      this.#words = words;
    }
    return number;
  }

  /** Where the GUID is, or would be put. */
  #placeOf(words: Uint32Array, at: number): number {
    const last = this.#places.length - 1;
    for (let place = bitsOf(words, at) & last; ; place = (place + 1) & last) {
      const number = (this.#places[place] as number) - 1;
      if (number < 0 || this.#is(number, words, at)) return place;
    }
  }

  #is(number: number, words: Uint32Array, at: number): boolean {
    const own = this.#words;
    const from = number * GUID_WORDS;
    return (
      own[from] === words[at] &&
      own[from + 1] === words[at + 1] &&
      own[from + 2] === words[at + 2] &&
      own[from + 3] === words[at + 3]
    );
  }

  #spread(): void {
    const crowded = this.#places;
    this.#places = new Int32Array(4 * crowded.length);
    for (let place = 0; place < crowded.length; place++) {
      const number = crowded[place] as number;
      if (number > 0) this.#places[this.#placeOf(this.#words, (number - 1) * GUID_WORDS)] = number;
    }
  }
}

/** Bits that differ between GUIDs that somebody counted up as between random ones. */
function bitsOf(words: Uint32Array, at: number): number {
  let bits = words[at] as number;
  for (let word = 1; word < GUID_WORDS; word++) {
    bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) ^ (words[at + word] as number);
  }
  bits = Math.imul(bits ^ (bits >>> 15), 0xc2b2ae35);
  return bits ^ (bits >>> 13);
}
