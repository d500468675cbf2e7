/**
 * An object told as a change of another: parts that are copied from it, and bytes that are new (gitformat-pack(5)). `undefined`:
 * the change does not fit, or would make more than so many bytes.
 */
export function applyDelta(base: Buffer, delta: Buffer, most: number): Buffer | undefined {
  const reader = new DeltaReader(delta);
  const [from, to] = [reader.size(), reader.size()];
  if (from !== base.length || to > most) return undefined;
  const changed = Buffer.alloc(to);
  let written = 0;
  while (!reader.isAtEnd) {
    const part = reader.part(base);
    if (part === undefined || written + part.length > to) return undefined;
    part.copy(changed, written);
    written += part.length;
  }
  return written === to ? changed : undefined;
}

class DeltaReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A number in digits of seven bits, the lowest first. */
  size(): number {
    let [size, digit] = [0, 1];
    for (;;) {
      const byte = this.#next();
      size += (byte & 127) * digit;
      if ((byte & 128) === 0 || this.isAtEnd) return size;
      digit *= 128;
    }
  }

  /** The next piece of the new object; `undefined`: what the change says is impossible. */
  part(base: Buffer): Buffer | undefined {
    const command = this.#next();
    return (command & 128) === 0 ? this.#fresh(command) : this.#copied(command, base);
  }

  #fresh(length: number): Buffer | undefined {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return length > 0 && part.length === length ? part : undefined;
  }

  /** Which bytes of offset and length follow stands in the bits of the command; those that do not are zero. */
  #copied(command: number, base: Buffer): Buffer | undefined {
    const number = (bits: readonly number[]) =>
      bits.reduce((sum, bit, place) => sum + ((command & bit) === 0 ? 0 : this.#next() * 256 ** place), 0);
    const offset = number([1, 2, 4, 8]);
    const length = number([16, 32, 64]) || 0x10000;
    return offset + length <= base.length ? base.subarray(offset, offset + length) : undefined;
  }

  #next(): number {
    return this.#bytes[this.#at++] ?? 0;
  }
}
