import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { decodeText } from '../text/decode.ts';
import type { ByteSource } from './byte-window.ts';
import { ByteWindow } from './byte-window.ts';
import { offsetsIn } from './one-reading.ts';
import { readJson } from './read.ts';

export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

type PositionOf = (pointer: string) => LineAndColumn | undefined;

/** Finds lines and columns in files that were read before: each file is read again once, for its places only. */
export class JsonPlaces {
  readonly #files = new Map<string, PositionOf>();

  /** Where the value that a JSON Pointer names begins; of the nearest parent when there is none. `undefined`: not JSON. */
  async positionOf(file: string, pointer: string): Promise<LineAndColumn | undefined> {
    const positionOf = this.#files.get(file) ?? (await positionsOf(file));
    this.#files.set(file, positionOf);
    return positionOf(pointer);
  }
}

async function positionsOf(file: string): Promise<PositionOf> {
  const decoded = decodeText(await readFile(file));
  if (!decoded.ok) return () => undefined;
  const reading = readJson(decoded.text);
  return (pointer) => (reading.ok ? reading.document.positionOf(pointer) : undefined);
}

/**
 * The same for all that is asked of one file which was taken by a strict reader, so that it is UTF-8: nothing is parsed again, and of a
 * large tenant no more than a part is held.
 */
export async function strictPositions(file: string, pointers: readonly string[]): Promise<PositionOf> {
  if (pointers.length === 0) return () => undefined;
  const descriptor = openSync(file, 'r');
  try {
    const source: ByteSource = { read: (into, offset) => readSync(descriptor, into, 0, into.length, offset) };
    if (!isUtf8Throughout(source)) return () => undefined;
    const bytes = new ByteWindow(source);
    const start = MARK.every((byte, at) => bytes.at(at) === byte) ? MARK.length : 0;
    const offsets = offsetsIn(bytes, pointers, start);
    const positions = positionsAt(source, start, new Set(offsets.values()));
    return (pointer) => positions.get(offsets.get(pointer) ?? start);
  } finally {
    closeSync(descriptor);
  }
}

const MARK = Buffer.from('\uFEFF');

/** Bytes that are looked at together, and of how many more a character can be that begins among them. */
const LOOK = { bytes: 1024 * 1024, more: 3 };

function isUtf8Throughout(source: ByteSource): boolean {
  const bytes = Buffer.alloc(LOOK.bytes);
  for (let offset = 0; ; ) {
    const length = source.read(bytes, offset);
    if (length === 0) return true;
    const whole = length < bytes.length ? length : beginOfLast(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return false;
    offset += whole;
  }
}

/** Where the last character begins, which may go on behind the bytes. */
function beginOfLast(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at > bytes.length - 1 - LOOK.more && ((bytes[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}

/** The places of offsets, in one walk over the lines: a large file has millions of them. */
function positionsAt(
  source: ByteSource,
  begin: number,
  offsets: ReadonlySet<number>,
): ReadonlyMap<number, LineAndColumn> {
  const found = new Map<number, LineAndColumn>();
  const bytes = new ByteWindow(source);
  let [line, counted, units] = [1, begin, 0];
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    const { count, last } = bytes.linesBetween(counted, offset);
    if (count > 0) [line, counted, units] = [line + count, last, 0];
    units += bytes.unitsBetween(counted, offset);
    counted = offset;
    found.set(offset, { line, column: units + 1 });
  }
  return found;
}
