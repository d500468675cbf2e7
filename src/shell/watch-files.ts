import type { FSWatcher } from 'node:fs';
import { statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** An editor writes a file in several steps: what comes within this time belongs together. Milliseconds. */
const SETTLES = 80;

/**
 * Absolute paths that were written, made or taken away, in the folders of these files and below these folders; each step holds
 * everything since the one before. Ends when the signal is aborted.
 */
export async function* watchFiles(
  paths: readonly string[],
  interrupted: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const changed = new Set<string>();
  let wake: (() => void) | undefined;
  const watchers = foldersOf(paths).map(({ folder, recursive }): FSWatcher => {
    const watcher = watch(folder, { recursive }, (_, name) => {
      if (name !== null) changed.add(join(folder, name));
      wake?.();
    });
    // A folder that is taken away is no longer watched, and that is all.
    return watcher.on('error', () => undefined);
  });
  const stop = () => wake?.();
  interrupted.addEventListener('abort', stop);
  try {
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
    for (const watcher of watchers) watcher.close();
  }
}

/** Folders themselves with everything below; of a file its folder, because editors replace files. */
function foldersOf(paths: readonly string[]): { folder: string; recursive: boolean }[] {
  const folders = new Map<string, boolean>();
  for (const path of paths) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = isFolder ? path : dirname(path);
    folders.set(folder, isFolder || folders.get(folder) === true);
  }
  return [...folders].map(([folder, recursive]) => ({ folder, recursive }));
}
