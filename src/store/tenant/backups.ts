import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { isSystemError } from '../../trouble/file-trouble.ts';
import { makeFolder, NotConfirmed, removeQuietly, removeStale, syncFolder, writeDurably } from './durable-write.ts';
import { isPacked, PACKED, pack } from './packed.ts';
import type { TenantFiles } from './path.ts';

/** Backups that are kept; a damaged file that was replaced is kept beyond that. */
const KEPT_BACKUPS = 10;

const NAME = /^(\d{6,})-(?:serial-\d+\.json(?:\.zst)?|damaged\.json)$/;

/** Bytes from which on a backup is packed; a smaller one can be read and compared with any tool. */
const LARGE = 256 * 1024;

/** What the file system says when it knows no second name for a file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

/**
 * Keeps the bytes of the tenant file as they are now, durably, before they are replaced. A second name for the same file
 * costs nothing whatever its size, and the writer never changes a file in place. Returns the path of the backup.
 */
export function keepBackup(files: TenantFiles, serial: number | 'damaged'): string {
  makeFolder(files.backups);
  const [newest] = backupPaths(files);
  if (newest !== undefined && isSameFile(newest, files.tenant)) return newest;
  const ordinal = String(newest === undefined ? 1 : ordinalOf(newest) + 1).padStart(6, '0');
  const backup = join(files.backups, `${ordinal}-${serial === 'damaged' ? serial : `serial-${serial}`}.json`);
  try {
    linkSync(files.tenant, backup);
  } catch (error) {
    if (!isSystemError(error) || !NO_LINKS.has(error.code ?? '')) throw error;
    copyDurably(files.tenant, backup);
  }
  if ((statSync(backup).mode & 0o077) !== 0) chmodSync(backup, 0o600);
  syncFolder(files.backups);
  const ordinary = backupPaths(files).filter((path) => !path.endsWith('-damaged.json'));
  for (const old of ordinary.slice(KEPT_BACKUPS)) removeQuietly(old);
  for (const older of ordinary.slice(1, KEPT_BACKUPS)) packBackup(older);
  return backup;
}

/**
 * The newest backup stays as it is: a second name of bytes that lie there anyway. Older ones of a large tenant are packed, so
 * that ten take about as much as one. What cannot be packed now stays as it is until the next write.
 */
function packBackup(path: string): void {
  try {
    if (isPacked(path)) removeQuietly(path.slice(0, -PACKED.length)); // where a kill came between the two names
    if (isPacked(path) || statSync(path).size < LARGE) return;
    removeStale(`${path}${PACKED}`);
    writeDurably(`${path}${PACKED}`, pack(readFileSync(path)));
  } catch (error) {
    if (isSystemError(error) || error instanceof NotConfirmed) return;
    throw error;
  }
  removeQuietly(path);
}

/** Paths of all backups, newest first: by their number, since a clock may go back. */
export function backupPaths(files: TenantFiles): readonly string[] {
  if (!existsSync(files.backups)) return [];
  return readdirSync(files.backups)
    .filter((name, _, names) => NAME.test(name) && !names.includes(`${name}${PACKED}`))
    .sort((one, other) => ordinalOf(other) - ordinalOf(one))
    .map((name) => join(files.backups, name));
}

function ordinalOf(path: string): number {
  return Number(NAME.exec(basename(path))?.[1] ?? 0);
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = openSync(to, constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
