import { readFile } from 'node:fs/promises';
import { decodeText } from '../text/decode.ts';
import { TextPositions } from '../text/position.ts';
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

/** The same for all that is asked of one file which was taken by a strict reader: nothing is parsed again. */
export async function strictPositions(file: string, pointers: readonly string[]): Promise<PositionOf> {
  if (pointers.length === 0) return () => undefined;
  const decoded = decodeText(await readFile(file));
  if (!decoded.ok) return () => undefined;
  const offsets = offsetsIn(decoded.text, pointers);
  const positions = new TextPositions(decoded.text);
  return (pointer) => positions.at(offsets.get(pointer) ?? 0);
}
