import { bitsOfId } from '../core/values/id-bits.ts';
import type { ReadSignIn } from '../intake/types.ts';
import { IdRuns, ROW } from './id-runs.ts';

/** Parts of the memory, each for the ids whose bits begin alike. */
const PARTS = 64;
const BITS_OF_PART = 6;

/** Places of the first part at the beginning, how full they may get before there are more, and how many more there are then. */
const FIRST = 16;
const FULL = 0.8;
const GROWTH = 1.6;

/** Ids that are held in memory at most: some 5 MB. */
const MOST_HELD = 262_144;

/** A record by its id. */
export type Identified = Pick<ReadSignIn, 'id' | 'idBits'>;

/** What an id tells of its record: the first, one that says the same as one before, or one that says something else. */
export type Sighting = 'new' | 'repeated' | 'other';

/** How many ids are held in memory, and the folder for those that are not. */
export interface SeenIdsOptions {
  readonly most?: number;
  readonly folder?: string;
}

/**
 * Which ids were seen, and with which contents, without either: 64 bits of each id and 32 of what came with it. Of ten million different
 * ids, two share their bits in one run of some 400,000. The last are held in memory, in 19 bytes each; those before wait in a file, so
 * that memory stays flat. Where no file can be made, all are held. Places hold the rows of {@link IdRuns}, both numbers of the id 0 where
 * none is.
 */
export class SeenIds {
  /** They begin with sizes of their own, so that they are full one after the other: to move all at once would take twice the memory. */
  readonly #parts = Array.from({ length: PARTS }, (_, part) => placesFor(FIRST * GROWTH ** (part / PARTS)));
  /** How many ids each part has. */
  readonly #counts = new Uint32Array(PARTS);
  readonly #runs: IdRuns;
  #most: number;
  #held = 0;
  /** The contents besides the first, of ids that came with several. */
  readonly #others = new Map<string, Set<number>>();

  constructor({ most = MOST_HELD, folder }: SeenIdsOptions = {}) {
    this.#most = most;
    this.#runs = new IdRuns(folder);
  }

  /** Memory of the ids that are held. */
  get bytes(): number {
    return this.#parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Whether the id is new, and if not, whether the content is. Letter case of the id does not count, as in the log. */
  see(signIn: Identified, content: number): Sighting {
    const { high, low: given } = signIn.idBits ?? bitsOfId(signIn.id);
    // Both 0 would be an empty place.
    const low = high === 0 && given === 0 ? 1 : given;
    const first = this.#runs.find(high, low) ?? this.#put(high, low, content);
    if (first === undefined) return 'new';
    return first === content || !this.#isOther(signIn.id.toLowerCase(), content) ? 'repeated' : 'other';
  }

  /** Gives the file back, if there is one; nothing is asked any more. */
  end(): void {
    this.#runs.end();
  }

  /** Puts the id among those that are held; what came with it first, where it is there already. */
  #put(high: number, low: number, content: number): number | undefined {
    const part = high >>> (32 - BITS_OF_PART);
    const places = this.#parts[part] as Uint32Array;
    const first = put(places, high, low, content);
    if (first !== undefined) return first;
    const count = (this.#counts[part] as number) + 1;
    this.#counts[part] = count;
    if (count > (places.length / ROW) * FULL) this.#parts[part] = grown(places);
    if (++this.#held >= this.#most) this.#letGo();
    return undefined;
  }

  /** Moves what is held into the file. */
  #letGo(): void {
    const rows = new Uint32Array(this.#held * ROW);
    let used = 0;
    // The parts follow one another as the ids that belong into them do.
    for (const places of this.#parts) used = putInOrder(rows, used, places);
    if (!this.#runs.keep(rows)) {
      this.#most = Number.POSITIVE_INFINITY;
      return;
    }
    this.#held = 0;
    this.#counts.fill(0);
    for (const places of this.#parts) places.fill(0);
  }

  /** Whether the content comes with the id for the first time. */
  #isOther(id: string, content: number): boolean {
    const others = this.#others.get(id) ?? new Set();
    this.#others.set(id, others);
    return others.size < others.add(content).size;
  }
}

function placesFor(ids: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.ceil(ids) * ROW);
}

function grown(small: Uint32Array): Uint32Array<ArrayBuffer> {
  const places = placesFor((small.length / ROW) * GROWTH);
  for (let at = 0; at < small.length; at += ROW) {
    const high = small[at] as number;
    const low = small[at + 1] as number;
    if (high !== 0 || low !== 0) put(places, high, low, small[at + 2] as number);
  }
  return places;
}

/** Puts the bits at the first free place from where they belong; where they are already, the content that they have there. */
function put(places: Uint32Array, high: number, low: number, content: number): number | undefined {
  const room = places.length / ROW;
  let place = placeOf(high, room);
  for (;;) {
    const at = place * ROW;
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

/** Where the id belongs among so many places: the share of all numbers behind the bits of the part. No remainder, which is slow. */
function placeOf(high: number, room: number): number {
  return Math.floor((((high << BITS_OF_PART) >>> 0) / 2 ** 32) * room);
}

/** Copies the rows of the places behind `used` in the order of their ids, in which they nearly stand; where they end. */
function putInOrder(rows: Uint32Array, used: number, places: Uint32Array): number {
  let end = used;
  // Those that found no place up to the last one stand at the beginning, and belong behind all others.
  for (const areFromEnd of [false, true]) {
    for (let from = 0; from < places.length; from += ROW) {
      const [high, low] = [places[from] as number, places[from + 1] as number];
      if (high === 0 && low === 0) continue;
      if (placeOf(high, places.length / ROW) * ROW > from !== areFromEnd) continue;
      let at = end;
      for (; at > used && isBehind(rows, at - ROW, high, low); at -= ROW) rows.copyWithin(at, at - ROW, at);
      rows[at] = high;
      rows[at + 1] = low;
      rows[at + 2] = places[from + 2] as number;
      end += ROW;
    }
  }
  return end;
}

/** Whether the row belongs behind an id. */
function isBehind(rows: Uint32Array, at: number, high: number, low: number): boolean {
  const first = rows[at] as number;
  return first > high || (first === high && (rows[at + 1] as number) > low);
}
