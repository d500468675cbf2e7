import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { decodeText } from '../text/decode.ts';
import { lineStartsOf } from '../text/position.ts';
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
 * The same for all that is asked of one file which was taken by a strict reader, so that it is UTF-8: nothing is parsed again. The text
 * that is looked through has a character for each byte; one of a large tenant in UTF-16 would be larger than all that is known of it.
 */
export async function strictPositions(file: string, pointers: readonly string[]): Promise<PositionOf> {
  if (pointers.length === 0) return () => undefined;
  const text = await byteText(file);
  if (text === undefined) return () => undefined;
  const offsets = offsetsIn(text, pointers, (written) => String(JSON.parse(charactersOf(written))));
  const positions = positionsAt(text, new Set(offsets.values()));
  return (pointer) => positions.get(offsets.get(pointer) ?? 0);
}

/** The bytes of the file behind a byte order mark, a character each; `undefined`: it is no UTF-8. */
async function byteText(file: string): Promise<string | undefined> {
  const bytes = await readFile(file);
  if (!isUtf8(bytes)) return undefined;
  return bytes.toString('latin1', bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0);
}

const MARK = Buffer.from('\uFEFF');

/** What bytes that are characters of a text say as UTF-8. */
function charactersOf(byteText: string): string {
  return Buffer.from(byteText, 'latin1').toString();
}

/** The places of offsets, in one walk over the lines: a large file has millions of them. */
function positionsAt(byteText: string, offsets: ReadonlySet<number>): ReadonlyMap<number, LineAndColumn> {
  const found = new Map<number, LineAndColumn>();
  const starts = lineStartsOf(byteText);
  let [line, start] = [1, 0];
  let next = starts.next();
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    for (; next.done !== true && next.value <= offset; next = starts.next()) [line, start] = [line + 1, next.value];
    found.set(offset, { line, column: charactersOf(byteText.slice(start, offset)).length + 1 });
  }
  return found;
}
