import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What DuckDB needs of the outside: a folder, which it removes, and nobody who interrupts. */
export const OWN_FOLDER = {
  makeFolder: () => mkdtemp(join(tmpdir(), 'gsa-engine-')),
  interrupted: new AbortController().signal,
};
