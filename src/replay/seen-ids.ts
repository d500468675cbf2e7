import { bitsOfId } from '../core/values/id-bits.ts';
import type { ReadSignIn } from '../intake/types.ts';

/** Places at the beginning, and how full they may get before there are more: 15 bytes an id where they are full. */
const FIRST = 512;
const FULL = 0.8;

/** Few places become twice as many, for moving takes time; from these six megabytes on they become a third more, and an id takes 20 bytes at most. */
const MANY = 2 ** 19;
const GROWTH = 1.3;

/** Numbers a place: two of the id, both 0 where none is, and one of the content that came with it first. */
const NUMBERS = 3;

/** A record by its id. */
export type Identified = Pick<ReadSignIn, 'id' | 'idBits'>;

/** What an id tells of its record: the first, one that says the same as one before, or one that says something else. */
export type Sighting = 'new' | 'repeated' | 'other';

/**
 * Which ids were seen, and with which contents, without either: 64 bits of each id and 32 of what came with it, in one array. Of ten
 * million different ids, two share their bits in one run of some 400,000.
 */
export class SeenIds {
  #places = new Uint32Array(FIRST * NUMBERS);
  #count = 0;
  /** The contents besides the first, of ids that came with several. */
  readonly #others = new Map<string, Set<number>>();

  /** Memory of the ids. */
  get bytes(): number {
    return this.#places.byteLength;
  }

  /** Whether the id is new, and if not, whether the content is. Letter case of the id does not count, as in the log. */
  see(signIn: Identified, content: number): Sighting {
    const { high, low } = signIn.idBits ?? bitsOfId(signIn.id);
    // Both 0 would be an empty place.
    const first = put(this.#places, high, high === 0 && low === 0 ? 1 : low, content);
    if (first === undefined) {
      if (++this.#count > (this.#places.length / NUMBERS) * FULL) this.#grow();
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

  #grow(): void {
    const small = this.#places;
    const places = small.length / NUMBERS;
    this.#places = new Uint32Array(Math.ceil(places * (places < MANY ? 2 : GROWTH)) * NUMBERS);
    for (let at = 0; at < small.length; at += NUMBERS) {
      const high = small[at] as number;
      const low = small[at + 1] as number;
      if (high !== 0 || low !== 0) put(this.#places, high, low, small[at + 2] as number);
    }
  }
}

/** Puts the bits at the first free place from where they belong; where they are already, the content that they have there. */
function put(places: Uint32Array, high: number, low: number, content: number): number | undefined {
  const room = places.length / NUMBERS;
  // The share of all numbers is the share of the places, whatever their number: no remainder, which is slow.
  let place = Math.floor((high / 2 ** 32) * room);
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
