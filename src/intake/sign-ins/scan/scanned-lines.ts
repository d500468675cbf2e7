import { open } from 'node:fs/promises';
import { checkNotShortened } from '../../files/shortened-file.ts';
import { lineBlocks } from './line-blocks.ts';
import type { ScannedBy } from './line-records.ts';
import { SlotScanner, scannedHere } from './scan-blocks.ts';
import { ScanThreads, stateOf } from './scan-threads.ts';

/** Bytes of a file from which on threads are worth their start. */
export const WORTH_THREADS = 16 * 1024 * 1024;

/** Bytes that are kept of a line that does not end; what is longer is read in pieces. */
const LONGEST_LINE = 8 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** Scans the files of one reading, one after the other: what was numbered in one is known in the next. */
export class Scanning {
  readonly #threads: ScanThreads | undefined;
  #own: SlotScanner | undefined;

  /** `threads`: so many scan large files; 0: this one does. */
  constructor(threads: number) {
    this.#threads = threads > 0 ? new ScanThreads(threads) : undefined;
  }

  /** The lines of a regular file from an offset on. Throws GsaError `invalid` where it becomes shorter. */
  async *file(path: string, from: number): AsyncGenerator<ScannedBy> {
    const handle = await open(path);
    try {
      const status = await handle.stat();
      const { size } = status;
      const part = { descriptor: handle.fd, from, size };
      const threads = size - from >= WORTH_THREADS ? this.#threads : undefined;
      let read = from;
      for await (const lines of threads === undefined
        ? scannedHere(this.#scanner, lineBlocks(part.descriptor, from, size))
        : threads.scan(part, stateOf(status))) {
        read += lines.length;
        yield lines;
      }
      checkNotShortened(path, size, read);
    } finally {
      await handle.close();
    }
  }

  /** The lines of a stream, scanned here. */
  async *chunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ScannedBy> {
    const scanner = this.#scanner;
    let rest: Uint8Array = new Uint8Array(0);
    let isInside = false;
    for await (const chunk of chunks) {
      const end = chunk.lastIndexOf(LINE_FEED) + 1;
      const isLong = end === 0 && rest.length + chunk.length > LONGEST_LINE;
      const whole = isLong ? chunk.length : end;
      if (whole > 0) {
        yield scannedOf(scanner, joined(rest, chunk.subarray(0, whole)), isInside);
        isInside = isLong;
        rest = new Uint8Array(0);
      }
      if (whole < chunk.length) rest = joined(rest, chunk.subarray(whole)).subarray(0, -1);
    }
    if (rest.length > 0) yield scannedOf(scanner, joined(rest, new Uint8Array(0)), isInside);
  }

  /** Leaves no thread behind. */
  async end(): Promise<void> {
    await this.#threads?.end();
  }

  get #scanner(): SlotScanner {
    this.#own ??= new SlotScanner();
    return this.#own;
  }
}

/** Bytes of a stream are nobody else's: they and what was found in them stay as they are when the next ones come. */
function scannedOf(scanner: SlotScanner, bytes: Uint8Array<ArrayBuffer>, isInside: boolean): ScannedBy {
  const length = bytes.length - 1;
  const room = scanner.room(0, length);
  room.set(bytes);
  const lines = scanner.scan(0, room, length, isInside);
  return { ...lines, bytes, rows: lines.rows.slice(), words: lines.words.slice(), scanner };
}

/** One behind the other, and a 0 behind both. */
function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(before.length + after.length + 1);
  bytes.set(before);
  bytes.set(after, before.length);
  return bytes;
}
