import { isUtf8 } from 'node:buffer';
import type { CompiledScanner } from './compiled-scanner.ts';
import { compiledScanner } from './compiled-scanner.ts';
import type { LineBlock } from './line-blocks.ts';
import { readBlock } from './line-blocks.ts';
import type { ScannedBy } from './line-records.ts';
import type { ScannedLines } from './line-scanner.ts';
import { LineScanner } from './line-scanner.ts';
import { LARGEST_BLOCK } from './scanner-code.ts';

/** More than a block needs, so that the next one, which may be a little larger, fits in too. */
const ROOM = 64 * 1024;

/**
 * Scans lines that are put into one of its slots, which another thread sees too: compiled, where that runs and the lines are as
 * they mostly are. What was found in a slot holds until other lines are put there.
 */
export class SlotScanner {
  readonly #compiled: CompiledScanner | null;
  /** Scans where nothing compiled runs; else it only leaves lines to be read whole. */
  readonly #scanner: LineScanner;
  readonly #others: Uint8Array[] = [];

  /** `window`: values of a member after which it shows whether they repeat, for the one that is not compiled. */
  constructor(compiled = compiledScanner(), window?: number) {
    this.#compiled = compiled;
    this.#scanner = new LineScanner(window);
  }

  /** Memory for so many bytes and a 0 behind them. */
  room(slot: number, length: number): Uint8Array {
    if (this.#compiled !== null && length <= LARGEST_BLOCK) return this.#compiled.slot(slot);
    const kept = this.#others[slot];
    if (kept !== undefined && kept.length > length) return kept;
    const bytes = new Uint8Array(new SharedArrayBuffer(length + 1 + ROOM));
    this.#others[slot] = bytes;
    return bytes;
  }

  /** `bytes` are those that `room` gave for the slot; `isInside`: they begin in the middle of a line. */
  scan(slot: number, bytes: Uint8Array, length: number, isInside: boolean): ScannedLines {
    if (this.#compiled === null) return this.#scanner.scan(bytes, length, isInside);
    const isUsual = length <= LARGEST_BLOCK && !isInside && isUtf8(bytes.subarray(0, length));
    return isUsual ? this.#compiled.scan(slot, length) : this.#scanner.leave(bytes, length, isInside);
  }
}

/** Reads a block of lines into a slot of the scanner, and scans it. */
export function scanBlock(scanner: SlotScanner, block: LineBlock, slot: number): ScannedLines {
  const bytes = scanner.room(slot, block.to - block.from);
  const length = readBlock(block, bytes);
  return scanner.scan(slot, bytes, length, block.isInside);
}

/** Scans blocks in this thread. */
export function* scannedHere(scanner: SlotScanner, blocks: Iterable<LineBlock>): Generator<ScannedBy> {
  for (const block of blocks) yield { ...scanBlock(scanner, block, 0), scanner };
}
