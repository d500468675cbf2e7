import { GsaError } from '../../trouble/error.ts';

const MAGIC = 0xff744f63;
const HEADER = 8;
const FANOUT = 256 * 4;
const ID = 20;
/** Set in an offset that stands in the table of the large ones instead. */
const LARGE = 0x80000000;

/** The index of a pack: the ids of its objects in order, and an offset for each (gitformat-pack(5), version 2). */
export class PackIndex {
  readonly #bytes: Buffer;
  readonly #count: number;

  /** Throws GsaError `invalid` for an index of another version. `path` is only named. */
  constructor(bytes: Buffer, path: string) {
    const isOurs = bytes.length >= HEADER + FANOUT && bytes.readUInt32BE(0) === MAGIC && bytes.readUInt32BE(4) === 2;
    this.#count = isOurs ? bytes.readUInt32BE(HEADER + FANOUT - 4) : 0;
    if (!isOurs || bytes.length < this.#offsets + this.#count * 4) {
      throw new GsaError('invalid', `\`${path}\` is no index of a pack that gsa reads`, { hint: 'git gc' });
    }
    this.#bytes = bytes;
  }

  /** Bytes from the begin of the pack; `undefined`: it does not hold the object. */
  offsetOf(id: string): number | undefined {
    const wanted = Buffer.from(id, 'hex');
    const at = this.#firstFrom(wanted);
    if (at >= this.#count || !this.#idAt(at).equals(wanted)) return undefined;
    const offset = this.#bytes.readUInt32BE(this.#offsets + at * 4);
    if (offset < LARGE) return offset;
    const large = this.#offsets + this.#count * 4 + (offset - LARGE) * 8;
    return large + 8 <= this.#bytes.length ? Number(this.#bytes.readBigUInt64BE(large)) : undefined;
  }

  /** Ids that begin so, at most a few: more than one is as good as none. */
  idsFrom(beginning: string): readonly string[] {
    const found: string[] = [];
    for (let at = this.#firstFrom(Buffer.from(beginning.padEnd(2 * ID, '0'), 'hex')); at < this.#count; at++) {
      const id = this.#idAt(at).toString('hex');
      if (!id.startsWith(beginning) || found.length > 9) break;
      found.push(id);
    }
    return found;
  }

  /** Position of the first id that is not before the wanted one. */
  #firstFrom(wanted: Buffer): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#idAt(middle).compare(wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #idAt(at: number): Buffer {
    const start = HEADER + FANOUT + at * ID;
    return this.#bytes.subarray(start, start + ID);
  }

  /** Behind the ids and a checksum of four bytes for each. */
  get #offsets(): number {
    return HEADER + FANOUT + this.#count * (ID + 4);
  }
}
