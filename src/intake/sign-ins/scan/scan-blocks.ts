import type { LineBlock } from './line-blocks.ts';
import { readBlock } from './line-blocks.ts';
import type { ScannedBy } from './line-records.ts';
import { LineScanner } from './line-scanner.ts';

/** Reads and scans blocks of lines, one after the other, in the thread that calls it. */
export class BlockScanner {
  readonly #scanner = new LineScanner();
  readonly #number: number;
  #memory = new ArrayBuffer(0);

  constructor(number: number) {
    this.#number = number;
  }

  /** `memory` is used again, where somebody has no more need of it. */
  scan(block: LineBlock, memory: ArrayBuffer | undefined): ScannedBy {
    const room = block.to - block.from + 1;
    const given = memory ?? this.#memory;
    const bytes = new Uint8Array(given.byteLength < room ? new ArrayBuffer(room + ROOM) : given);
    const length = readBlock(block, bytes);
    return { ...this.#scanner.scan(bytes, length, block.isInside), scanner: this.#number };
  }
}

/** More than a block needs, so that the next one, which may be a little larger, fits in too. */
const ROOM = 64 * 1024;

/** Scans blocks in this thread. */
export function* scannedHere(blocks: Iterable<LineBlock>): Generator<ScannedBy> {
  const scanner = new BlockScanner(0);
  let memory: ArrayBuffer | undefined;
  for (const block of blocks) {
    const lines = scanner.scan(block, memory);
    memory = lines.bytes.buffer;
    yield lines;
  }
}
