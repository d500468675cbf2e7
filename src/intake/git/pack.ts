import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { applyDelta } from './delta.ts';
import type { GitObject, GitObjectKind } from './object.ts';
import { damaged, inflated, LARGEST_OBJECT, tooLarge } from './object.ts';
import { PackIndex } from './pack-index.ts';

/** What stands in front of an object: its kind, its size once inflated, and where its bytes begin. */
interface EntryHead {
  readonly type: number;
  readonly size: number;
  readonly at: number;
}

/** Types of whole objects; two more tell an object as a change of another (gitformat-pack(5)). */
const WHOLE: { readonly [type: number]: GitObjectKind } = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };
const OFFSET_DELTA = 6;
const REFERENCE_DELTA = 7;

/** A type, a size of at most ten digits of seven bits, and the id or the distance of what is changed. */
const LONGEST_HEAD = 32;

/** Objects that one is told as a change of; git itself makes chains of at most so many. */
export const LONGEST_CHAIN = 4_095;

/** Looks up an object that lies elsewhere, and may be told as so many changes. */
type ReadObject = (id: string, left: number) => Promise<GitObject>;

/** One file of many objects, and the index that finds them in it (gitformat-pack(5), version 2). */
export class Pack {
  readonly #file: FileHandle;
  readonly #index: PackIndex;

  private constructor(file: FileHandle, index: PackIndex) {
    this.#file = file;
    this.#index = index;
  }

  /** Opens `<base>.pack` with `<base>.idx`. */
  static async open(base: string): Promise<Pack> {
    const index = new PackIndex(await readFile(`${base}.idx`), `${base}.idx`);
    return new Pack(await open(`${base}.pack`), index);
  }

  /** `undefined`: the object is not in this pack. What it is a change of may be, for a reference, in another file. */
  async read(id: string, left: number, readObject: ReadObject): Promise<GitObject | undefined> {
    const at = this.#index.offsetOf(id);
    if (at === undefined) return undefined;
    if (!Number.isSafeInteger(at)) throw damaged(id);
    return this.#objectAt(at, id, readObject, left);
  }

  idsFrom(beginning: string): readonly string[] {
    return this.#index.idsFrom(beginning);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #objectAt(offset: number, id: string, readObject: ReadObject, left: number): Promise<GitObject> {
    const { type, size, at } = await this.#headAt(offset, id);
    const kind = WHOLE[type];
    if (kind !== undefined) return { kind, bytes: await this.#inflatedAt(at, size, id) };
    if (left === 0) throw damaged(id);
    const { base, next } = await this.#baseOf(type, offset, at, id, readObject, left - 1);
    const changed = applyDelta(base.bytes, await this.#inflatedAt(next, size, id), LARGEST_OBJECT);
    if (changed === undefined) throw damaged(id);
    return { kind: base.kind, bytes: changed };
  }

  /** What an entry is a change of, and where its own bytes begin. */
  async #baseOf(
    type: number,
    offset: number,
    at: number,
    id: string,
    readObject: ReadObject,
    left: number,
  ): Promise<{ readonly base: GitObject; readonly next: number }> {
    const bytes = await this.#bytesAt(at, LONGEST_HEAD);
    if (type === REFERENCE_DELTA) {
      const name = bytes.toString('hex', 0, 20);
      if (name === id) throw damaged(id);
      const inside = this.#index.offsetOf(name);
      if (inside !== undefined && !Number.isSafeInteger(inside)) throw damaged(id);
      const base =
        inside === undefined ? await readObject(name, left) : await this.#objectAt(inside, name, readObject, left);
      return { base, next: at + 20 };
    }
    const { distance, length } = distanceIn(bytes);
    if (type !== OFFSET_DELTA || distance <= 0 || distance >= offset) throw damaged(id);
    return { base: await this.#objectAt(offset - distance, id, readObject, left), next: at + length };
  }

  async #headAt(offset: number, id: string): Promise<EntryHead> {
    const bytes = await this.#bytesAt(offset, LONGEST_HEAD);
    let byte = bytes[0] ?? 0;
    const type = (byte >> 4) & 7;
    let [size, digit, length] = [byte & 15, 16, 1];
    while ((byte & 128) !== 0 && length < bytes.length) {
      byte = bytes[length] ?? 0;
      size += (byte & 127) * digit;
      digit *= 128;
      length += 1;
    }
    if (size > LARGEST_OBJECT) throw tooLarge(id);
    return { type, size, at: offset + length };
  }

  /** The compressed bytes are read with some to spare: how many they are stands nowhere. */
  async #inflatedAt(at: number, size: number, id: string): Promise<Buffer> {
    const bytes = inflated(await this.#bytesAt(at, size + Math.ceil(size / 1000) + 128), id);
    if (bytes.length !== size) throw damaged(id);
    return bytes;
  }

  async #bytesAt(at: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  }
}

/** How far back the base lies: digits of seven bits, the highest first, each but the last one more than it says. */
function distanceIn(bytes: Uint8Array): { readonly distance: number; readonly length: number } {
  let byte = bytes[0] ?? 0;
  let [distance, length] = [byte & 127, 1];
  while ((byte & 128) !== 0 && length < bytes.length) {
    byte = bytes[length] ?? 0;
    distance = (distance + 1) * 128 + (byte & 127);
    length += 1;
  }
  return { distance, length };
}
