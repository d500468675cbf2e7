import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from './files/regular-file.ts';
import { isJsonObject } from './json/value.ts';

/** A run that a folder keeps. */
interface KeptRun {
  readonly createdDateTime: string;
  readonly passed: boolean;
  readonly counts: { readonly [what: string]: number };
}

/** A run is a few counts; what has more bytes is none. */
const MAX_BYTES = 1024 * 1024;

/** Tells a run from every other JSON file. */
export const RUN_KIND = 'gsa.run';

/** The runs of a command that a folder keeps; a folder that is not there keeps none, and other files are none of ours. */
export async function readRuns(folder: string, command: string): Promise<readonly KeptRun[]> {
  const names = await readdir(folder).catch(() => []);
  const runs: KeptRun[] = [];
  for (const name of names.filter((each) => each.startsWith(`gsa-${command}-`) && each.endsWith('.json')).sort()) {
    const bytes = await readRegularFile(join(folder, name), { most: MAX_BYTES, hint: '' }).catch(() => undefined);
    const run = bytes === undefined ? undefined : runOf(Buffer.from(bytes).toString('utf8'));
    if (run !== undefined) runs.push(run);
  }
  return runs;
}

function runOf(text: string): KeptRun | undefined {
  const value = parsed(text);
  if (!isJsonObject(value) || value['kind'] !== RUN_KIND) return undefined;
  const { createdDateTime, passed, counts } = value;
  if (typeof createdDateTime !== 'string' || typeof passed !== 'boolean' || !isJsonObject(counts)) return undefined;
  const numbers = Object.entries(counts).flatMap(([name, count]) => (typeof count === 'number' ? [[name, count]] : []));
  return { createdDateTime, passed, counts: Object.fromEntries(numbers) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
