import type { FSWatcher } from 'node:fs';
import { lstatSync, readdirSync, statSync, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';

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
    this.#add(folder, recursive, () => undefined);
  }

  close(): void {
    for (const watcher of [...this.#watchers.values()]) watcher.close();
  }

  /** `found` is told of what is in the folder and below it. Links are not followed: they may lead anywhere, also here. */
  #add(folder: string, recursive: boolean, found: (path: string) => void): void {
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
    if (!recursive) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      found(path);
      if (entry.isDirectory()) this.#add(path, true, found);
    }
  }

  /** What was made in a new folder before it was watched is a change too. A folder of a known name may be another one. */
  #addNew(folder: string): void {
    this.#forget(folder);
    try {
      this.#add(folder, true, this.#changed);
    } catch {
      // Gone again, or closed to us: its own folder tells.
    }
  }

  /** Closes the watchers of a folder and of all below it: those of a folder that was moved away would go on watching it there. */
  #forget(folder: string): void {
    for (const [watched, watcher] of [...this.#watchers]) {
      if (watched !== folder && !watched.startsWith(folder + sep)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
  }
}

/** A folder itself, not a link to one; a path that cannot be looked at is none. */
function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Folders themselves with everything below; of a file its folder, because editors replace files. */
function foldersOf(paths: readonly string[]): { folder: string; recursive: boolean }[] {
  const folders = new Map<string, boolean>();
  for (const path of paths) {
    const below = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = below ? path : dirname(path);
    folders.set(folder, below || folders.get(folder) === true);
  }
  // Outermost and recursive ones first, so that a folder of a single file is not taken for the end of the tree.
  return [...folders]
    .map(([folder, recursive]) => ({ folder, recursive }))
    .sort((a, b) => Number(b.recursive) - Number(a.recursive));
}
