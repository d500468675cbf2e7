import { readFile } from 'node:fs/promises';
import { decodeText } from '../text/decode.ts';
import { TextPositions } from '../text/position.ts';
import { JsonOffsets } from './offsets.ts';
import { readJson } from './read.ts';

export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

type PositionOf = (pointer: string) => LineAndColumn | undefined;

/** Finds lines and columns in files that were read before: each file is read again once, for its places only. */
export class JsonPlaces {
  readonly #files = new Map<string, PositionOf>();
  readonly #isStrict: boolean;

  /** Strict: the files were taken by a reader that takes no comments, so that nothing needs to be parsed for the places. */
  constructor({ isStrict = false } = {}) {
    this.#isStrict = isStrict;
  }

  /**
   * The position at which the value of a JSON Pointer begins; of the nearest parent when there is none. `undefined`: not JSON.
   */
  async positionOf(file: string, pointer: string): Promise<LineAndColumn | undefined> {
    const positionOf = this.#files.get(file) ?? (await positionsOf(file, this.#isStrict));
    this.#files.set(file, positionOf);
    return positionOf(pointer);
  }
}

async function positionsOf(file: string, isStrict: boolean): Promise<PositionOf> {
  const decoded = decodeText(await readFile(file));
  if (!decoded.ok) return () => undefined;
  if (isStrict) return positionsIn(decoded.text);
  const reading = readJson(decoded.text);
  return (pointer) => (reading.ok ? reading.document.positionOf(pointer) : undefined);
}

function positionsIn(text: string): PositionOf {
  const positions = new TextPositions(text);
  const offsets = new JsonOffsets(text);
  return (pointer) => positions.at(offsets.of(pointer));
}
