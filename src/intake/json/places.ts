import { readFile } from 'node:fs/promises';
import { decodeText } from '../text/decode.ts';
import type { JsonDocument } from './document.ts';
import { readJson } from './read.ts';

export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds lines and columns in files that were read before: each file is parsed again once, for its places only. */
export class JsonPlaces {
  readonly #documents = new Map<string, JsonDocument | undefined>();

  /** Where the value that a JSON Pointer names begins; of the nearest parent when there is none. `undefined`: not JSON. */
  async positionOf(file: string, pointer: string): Promise<LineAndColumn | undefined> {
    if (!this.#documents.has(file)) this.#documents.set(file, await documentOf(file));
    return this.#documents.get(file)?.positionOf(pointer);
  }
}

async function documentOf(file: string): Promise<JsonDocument | undefined> {
  const decoded = decodeText(await readFile(file));
  const reading = decoded.ok ? readJson(decoded.text) : undefined;
  return reading?.ok === true ? reading.document : undefined;
}
