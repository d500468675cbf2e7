import { bitsOfId } from '../core/values/id-bits.ts';
import type { ReadSignIn } from '../intake/types.ts';

/** Parts of the memory, each for the ids whose bits begin alike. */
const PARTS = 64;
const BITS_OF_PART = 6;

/** Places of the first part at the beginning, how full they may get before there are more, and how many more there are then. */
const FIRST = 16;
const FULL = 0.8;
const GROWTH = 1.6;

/** Numbers a place: two of the id, both 0 where none is, and one of the content that came with it first. */
const NUMBERS = 3;

/** A record by its id. */
export type Identified = Pick<ReadSignIn, 'id' | 'idBits'>;

/** What an id tells of its record: the first, one that says the same as one before, or one that says something else. */
export type Sighting = 'new' | 'repeated' | 'other';

/**
 * Which ids were seen, and with which contents, without either: 64 bits of each id and 32 of what came with it, in 19 bytes. Of ten
 * million different ids, two share their bits in one run of some 400,000.
 */
export class SeenIds {
  /** They begin with sizes of their own, so that they are full one after the other: to move all at once would take twice the memory. */
  readonly #parts = Array.from({ length: PARTS }, (_, part) => placesFor(FIRST * GROWTH ** (part / PARTS)));
  /** How many ids each part has. */
  readonly #counts = new Uint32Array(PARTS);
  /** The contents besides the first, of ids that came with several. */
  readonly #others = new Map<string, Set<number>>();

  /** Memory of the ids. */
  get bytes(): number {
    return this.#parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Whether the id is new, and if not, whether the content is. Letter case of the id does not count, as in the log. */
  see(signIn: Identified, content: number): Sighting {
    const { high, low } = signIn.idBits ?? bitsOfId(signIn.id);
    const part = high >>> (32 - BITS_OF_PART);
    const places = this.#parts[part] as Uint32Array;
    // Both 0 would be an empty place.
    const first = put(places, high, high === 0 && low === 0 ? 1 : low, content);
    if (first === undefined) {
      const count = (this.#counts[part] as number) + 1;
      this.#counts[part] = count;
      if (count > (places.length / NUMBERS) * FULL) this.#parts[part] = grown(places);
      return 'new';
    }
    return first === content || !this.#isOther(signIn.id.toLowerCase(), content) ? 'repeated' : 'other';
  }

  /** Whether the content comes with the id for the first time. */
  #isOther(id: string, content: number): boolean {
    const others = this.#others.get(id) ?? new Set();
    this.#others.set(id, others);
    return others.size < others.add(content).size;
  }
}

function placesFor(ids: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.ceil(ids) * NUMBERS);
}

function grown(small: Uint32Array): Uint32Array<ArrayBuffer> {
  const places = placesFor((small.length / NUMBERS) * GROWTH);
  for (let at = 0; at < small.length; at += NUMBERS) {
    const high = small[at] as number;
    const low = small[at + 1] as number;
    if (high !== 0 || low !== 0) put(places, high, low, small[at + 2] as number);
  }
  return places;
}

/** Puts the bits at the first free place from where they belong; where they are already, the content that they have there. */
function put(places: Uint32Array, high: number, low: number, content: number): number | undefined {
  const room = places.length / NUMBERS;
  // The share of all numbers behind the bits of the part is the share of the places: no remainder, which is slow.
  let place = Math.floor((((high << BITS_OF_PART) >>> 0) / 2 ** 32) * room);
  for (;;) {
    const at = place * NUMBERS;
    if (places[at] === high && places[at + 1] === low) return places[at + 2];
    if (places[at] === 0 && places[at + 1] === 0) {
      places[at] = high;
      places[at + 1] = low;
      places[at + 2] = content;
      return undefined;
    }
    place = place + 1 === room ? 0 : place + 1;
  }
}
