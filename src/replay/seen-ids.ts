/** Places at the beginning, and how full they may get before there are half as many again: 11 to 16 bytes an id. */
const FIRST = 512;
const FULL = 0.75;
const GROWTH = 1.5;

/**
 * Which ids were seen, without the ids: 64 bits of each, in one array. Of ten million different ids, two share their bits
 * in one run of some 400,000.
 */
export class SeenIds {
  /** Two numbers an id, both 0 where none is. */
  #places = new Uint32Array(FIRST * 2);
  #count = 0;

  /** Memory of the ids. */
  get bytes(): number {
    return this.#places.byteLength;
  }

  /** Whether the id is new. Letter case does not count, as in the log. */
  add(id: string): boolean {
    const text = id.toLowerCase();
    const [high, low] = [bitsOf(text, 0x9e3779b1), bitsOf(text, 0x5f356495)];
    // Both 0 would be an empty place.
    const isNew = put(this.#places, high, high === 0 && low === 0 ? 1 : low);
    if (isNew && ++this.#count > (this.#places.length / 2) * FULL) this.#grow();
    return isNew;
  }

  #grow(): void {
    const small = this.#places;
    this.#places = new Uint32Array(Math.ceil((small.length / 2) * GROWTH) * 2);
    for (let at = 0; at < small.length; at += 2) {
      const [high = 0, low = 0] = [small[at], small[at + 1]];
      if (high !== 0 || low !== 0) put(this.#places, high, low);
    }
  }
}

/** Puts the bits at the first free place from where they belong; false when they are there. */
function put(places: Uint32Array, high: number, low: number): boolean {
  const room = places.length / 2;
  // The share of all numbers is the share of the places, whatever their number: no remainder, which is slow.
  let place = Math.floor((high / 2 ** 32) * room);
  for (;;) {
    const at = place * 2;
    if (places[at] === high && places[at + 1] === low) return false;
    if (places[at] === 0 && places[at + 1] === 0) {
      places[at] = high;
      places[at + 1] = low;
      return true;
    }
    place = place + 1 === room ? 0 : place + 1;
  }
}

/**
 * 32 bits of a text: each unit is multiplied in, by an odd number of the caller's, and the end is mixed as MurmurHash3 does,
 * so that every bit counts.
 */
function bitsOf(text: string, multiplier: number): number {
  let bits = multiplier;
  for (let at = 0; at < text.length; at++) {
    bits = Math.imul(bits ^ text.charCodeAt(at), multiplier);
    bits ^= bits >>> 15;
  }
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
