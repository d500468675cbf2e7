import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The content is in place, but the disk did not confirm that it stays there after a power cut. */
export class NotConfirmed extends Error {
  constructor(file: string, cause: unknown) {
    super(file, { cause });
    this.name = 'NotConfirmed';
  }
}

/** Flags of a file that this program alone makes: never one that was planted, never through a link. */
const ONLY_NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Puts the pieces at `target`, one behind the other, so that every moment shows the old bytes or the new ones, whole, and on return
 * the new ones survive a power cut. Mode 0600 whatever the umask. Throws what the file system throws, with the old bytes in place; or
 * {@link NotConfirmed} with the new ones in place. The caller holds the lock.
 */
export function writeDurably(target: string, ...pieces: readonly Uint8Array[]): void {
  const folder = dirname(target);
  const temporary = join(folder, `${temporaryPrefix(target)}${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  const file = openSync(temporary, ONLY_NEW, 0o600);
  try {
    try {
      fchmodSync(file, 0o600);
      for (const piece of pieces) writeAll(file, piece);
      fsyncSync(file);
      // The last defence against a file system that lost bytes without an error.
      const { size } = fstatSync(file);
      if (size !== bytesOf(pieces)) throw shortWrite(temporary);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  try {
    syncFolder(folder);
  } catch (error) {
    throw new NotConfirmed(target, error);
  }
}

export function bytesOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** Writes every byte: a disk that fills takes a part, reports that as success and fails at the next try. */
export function writeAll(file: number, content: Uint8Array): void {
  let done = 0;
  while (done < content.length) {
    const taken = writeSync(file, content, done, content.length - done);
    if (taken === 0) throw shortWrite(undefined);
    done += taken;
  }
}

/** Makes the names in a folder durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder and the missing ones above it, 0700 each, one by one: the recursive mkdir of Node never ends below
 * `/proc`. A folder that is there stays as it is.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  chmodSync(folder, 0o700);
  syncFolder(dirname(folder));
}

/** Removes what killed writers of this file left behind. The caller holds the lock, so none of it is in use. */
export function removeStale(target: string): void {
  const folder = dirname(target);
  const prefix = temporaryPrefix(target);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && name.endsWith('.tmp')) removeQuietly(join(folder, name));
  }
}

export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed now is removed by the next writer.
  }
}

const temporaryPrefix = (target: string): string => `.${basename(target)}.`;

function shortWrite(path: string | undefined): NodeJS.ErrnoException {
  return Object.assign(new Error('short write'), { code: 'ENOSPC', errno: -28, syscall: 'write', path });
}
