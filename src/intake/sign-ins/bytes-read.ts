import { stat } from 'node:fs/promises';
import type { OpenableFile } from './source-files.ts';

/** Counts the bytes that were read of some files, for who wants to know how much is left. */
export class BytesRead {
  readonly #total: number | undefined;
  readonly #onBytes: (read: number, total: number | undefined) => void;
  #before = 0;
  #read = 0;

  constructor(total: number | undefined, onBytes: (read: number, total: number | undefined) => void) {
    this.#total = total;
    this.#onBytes = onBytes;
  }

  add(bytes: number): void {
    this.#read += bytes;
    this.#onBytes(this.#read, this.#total);
  }

  /** The file is read from its beginning again: what was read of it does not count. */
  beginFile(): void {
    this.#read = this.#before;
  }

  /** The chunks of the next file, counted as they pass. */
  async *counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#before = this.#read;
    for await (const chunk of chunks) {
      this.add(chunk.length);
      yield chunk;
    }
  }
}

/** Bytes of all files; `undefined` where one is a stream, or nobody knows how long it is. */
export async function totalOf(files: readonly OpenableFile[]): Promise<number | undefined> {
  let total = 0;
  for (const { path } of files) {
    const status = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (status === undefined || !status.isFile()) return undefined;
    total += status.size;
  }
  return total;
}
