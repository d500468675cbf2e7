import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process puts its id into the names of what it makes for a while, so that another can tell when it is gone. */
const OWNED = /^(\.gsa-(\d+)-[\da-f]{12}\.tmp|gsa-(?:rehearsal|serve|duckdb)-(\d+)-\w{6})$/;

/** What such a folder is for. */
export type Purpose = 'rehearsal' | 'serve' | 'duckdb';

/** A folder beside those of all others, which goes with this process; what killed ones left there is removed first. */
export async function makeOwnFolder(purpose: Purpose): Promise<string> {
  await removeLeftBehind(tmpdir());
  return await mkdtemp(join(tmpdir(), ownedName(`gsa-${purpose}-`)));
}

/** The beginning of the name of a file or folder that goes with this process. */
export function ownedName(prefix: '.gsa-' | `gsa-${Purpose}-`): string {
  return `${prefix}${process.pid}-`;
}

/**
 * Removes what killed processes left in a folder: files and folders of our names whose owner is gone. What belongs to a
 * running process, to somebody else or to nobody of ours stays; what cannot be removed is left for the next one.
 */
export async function removeLeftBehind(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const found = OWNED.exec(name);
    const owner = Number(found?.[2] ?? found?.[3]);
    if (found === null || isRunning(owner)) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be asked, and is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
