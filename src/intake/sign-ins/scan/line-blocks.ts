import { readSync } from 'node:fs';

/** Bytes of one block: some hundred sign-ins. */
const BLOCK = 1024 * 1024;

/** Bytes that are looked at, at once, for the end of a line. */
const LOOK = 32 * 1024;

/** How far the end of a line is looked for; one that is longer is no sign-in's, and is read in pieces. */
const LONGEST_LINE = 8 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** A part of an open file: whole lines, unless one is longer than anybody reads. */
export interface LineBlock {
  readonly descriptor: number;
  readonly from: number;
  readonly to: number;
  /** The bytes begin inside a line. */
  readonly isInside: boolean;
}

/** The blocks of a file from an offset on, each ending with a line. */
export function* lineBlocks(descriptor: number, from: number, size: number): Generator<LineBlock> {
  const buffer = Buffer.allocUnsafeSlow(LOOK);
  let isInside = false;
  for (let start = from; start < size; ) {
    const end = lineEnd(descriptor, buffer, Math.min(start + BLOCK, size), size);
    const to = end ?? Math.min(start + BLOCK, size);
    yield { descriptor, from: start, to, isInside };
    isInside = end === undefined;
    start = to;
  }
}

/** The first end of a line at or behind an offset; `undefined` where it is too far away. */
function lineEnd(descriptor: number, buffer: Buffer, offset: number, size: number): number | undefined {
  if (offset === size) return size;
  for (let at = offset - 1; at - offset < LONGEST_LINE; at += buffer.length) {
    const length = readSync(descriptor, buffer, 0, buffer.length, at);
    // Of a file that became shorter nothing is left to look for, and no room is made for what is gone.
    if (length === 0) return at >= size ? size : offset;
    const found = buffer.subarray(0, length).indexOf(LINE_FEED);
    if (found !== -1) return at + found + 1;
  }
  return undefined;
}

/** Reads the bytes of a block into memory that has room for a 0 behind them; gives how many there were. */
export function readBlock({ descriptor, from, to }: LineBlock, bytes: Uint8Array): number {
  let length = 0;
  while (from + length < to) {
    const read = readSync(descriptor, bytes, length, to - from - length, from + length);
    if (read === 0) break;
    length += read;
  }
  bytes[length] = 0;
  return length;
}
