import { parentPort } from 'node:worker_threads';
import { lineBlocks } from './line-blocks.ts';
import type { ScannedLines } from './line-scanner.ts';
import { SlotScanner, scanBlock } from './scan-blocks.ts';
import { SLOTS } from './scanner-code.ts';

/** An open file from an offset to its end. */
export interface FilePart {
  readonly descriptor: number;
  readonly from: number;
  readonly size: number;
}

/** What a thread is asked: to scan its share of the blocks of a file, each in the next of its slots. */
export interface ScanRequest extends FilePart {
  /** Which one it is of so many that take turns. */
  readonly scanner: number;
  readonly count: number;
  /** How many of its blocks the reader is done with: one number, in memory that both see. */
  readonly released: Int32Array;
}

/** Milliseconds after which it is looked again whether a slot is free: less than the reader has to do with the others. */
const PAUSE = 1;

const own = new SlotScanner();

parentPort?.on('message', ({ scanner, count, released, descriptor, from, size }: ScanRequest) => {
  let turn = 0;
  let scanned = 0;
  for (const block of lineBlocks(descriptor, from, size)) {
    if (turn++ % count !== scanner) continue;
    waitFor(released, scanned - SLOTS + 1);
    send(scanBlock(own, block, scanned++ % SLOTS));
  }
  parentPort?.postMessage(undefined);
});

function waitFor(released: Int32Array, enough: number): void {
  for (let seen = Atomics.load(released, 0); seen < enough; seen = Atomics.load(released, 0)) {
    Atomics.wait(released, 0, seen, PAUSE);
  }
}

/** The lines themselves stay where both threads see them, and what was found in them mostly, too. */
function send(lines: ScannedLines): void {
  const { rows, words, fresh } = lines;
  const moved = [rows, words, fresh.texts.bytes, fresh.lists.bytes].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : [],
  );
  parentPort?.postMessage(lines, moved);
}
