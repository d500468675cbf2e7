import type { FSWatcher } from 'node:fs';
import { readdirSync, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** An editor writes a file in several steps: what comes within this time belongs together. Milliseconds. */
const SETTLES = 80;

/**
 * Absolute paths that were written, made or taken away, in the folders of these files and below these folders; each step holds
 * everything since the one before. The first step is empty and comes when watching has begun: from then on nothing is missed.
 * Ends when the signal is aborted.
 */
export async function* watchFiles(
  paths: readonly string[],
  interrupted: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const changed = new Set<string>();
  let wake: (() => void) | undefined;
  const folders = new WatchedFolders((path) => {
    changed.add(path);
    wake?.();
  });
  const stop = () => wake?.();
  interrupted.addEventListener('abort', stop);
  try {
    for (const { folder, recursive } of foldersOf(paths)) folders.add(folder, recursive);
    yield [];
    while (!interrupted.aborted) {
      if (changed.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      await new Promise((resolve) => setTimeout(resolve, SETTLES));
      const step = [...changed].sort();
      changed.clear();
      yield step;
    }
  } finally {
    interrupted.removeEventListener('abort', stop);
    folders.close();
  }
}

/**
 * One watcher for each folder: a watcher of a file, and Node's recursive one on Linux, goes deaf when an editor replaces the
 * file by another of its name.
 */
class WatchedFolders {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed: (path: string) => void;

  constructor(changed: (path: string) => void) {
    this.#changed = changed;
  }

  add(folder: string, recursive: boolean): void {
    if (this.#watchers.has(folder)) return;
    const watcher = watch(folder, (_, name) => {
      if (name === null) return;
      const path = join(folder, name);
      this.#changed(path);
      if (recursive && isFolder(path)) this.#addNew(path);
    });
    // A folder that is taken away is no longer watched, and that is all.
    watcher.on('error', () => this.#forget(folder));
    this.#watchers.set(folder, watcher);
    if (recursive) for (const inside of foldersIn(folder)) this.add(inside, true);
  }

  close(): void {
    for (const watcher of [...this.#watchers.values()]) watcher.close();
  }

  /** What was made in a new folder before it was watched is a change too. A folder of a known name may be another one. */
  #addNew(folder: string): void {
    this.#forget(folder);
    try {
      this.add(folder, true);
      for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        this.#changed(join(folder, entry));
    } catch {
      // Gone again: its own folder tells.
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

/** Folders themselves with everything below; of a file its folder, because editors replace files. */
function foldersOf(paths: readonly string[]): { folder: string; recursive: boolean }[] {
  const folders = new Map<string, boolean>();
  for (const path of paths) {
    const below = isFolder(path);
    const folder = below ? path : dirname(path);
    folders.set(folder, below || folders.get(folder) === true);
  }
  // Outermost and recursive ones first, so that a folder of a single file is not taken for the end of the tree.
  return [...folders]
    .map(([folder, recursive]) => ({ folder, recursive }))
    .sort((a, b) => Number(b.recursive) - Number(a.recursive));
}
