import type { Stats } from 'node:fs';
import { fstatSync } from 'node:fs';
import { access, constants, lstat, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { GsaError } from '../trouble/error.ts';
import { isSystemError } from '../trouble/file-trouble.ts';
import { shellWord } from '../trouble/shell-word.ts';

/** The place that the bytes of a report go to. */
export type ReportPlace =
  /** No file stands there; `folder` is what has to be there first. */
  | { readonly kind: 'new'; readonly path: string; readonly folder: string }
  | { readonly kind: 'file'; readonly path: string; readonly stats: Stats }
  /** A device, a FIFO, or what another process holds open: written through, since a file in its place would destroy it. */
  | { readonly kind: 'stream'; readonly path: string; readonly fifo: boolean }
  /** A stream of this process, such as /dev/stdout. */
  | { readonly kind: 'own'; readonly descriptor: number };

/** 40 links: the limit at which systems report ELOOP. */
const MOST_LINKS = 40;

/**
 * Follows the links of a path to what stands there, a dangling one to where it points. Throws what the file system throws,
 * and a GsaError where nothing may be written. Makes nothing.
 */
export async function findReportPlace(typed: string, absolute: string): Promise<ReportPlace> {
  let path = absolute;
  for (let links = 0; ; links++) {
    if (links > MOST_LINKS) throw new GsaError('invalid', `cannot write \`${typed}\`: its links lead in a circle`);
    const folder = await realpath(dirname(path)).catch(unlessMissing);
    if (folder === undefined) {
      if (links > 0) throw deadEnd(typed, path);
      break;
    }
    const descriptor = descriptorOf(folder, path);
    if (descriptor !== undefined) return descriptor;
    path = join(folder, lastName(path));
    const found = await lstat(path).catch(unlessMissing);
    if (found === undefined) break;
    if (!found.isSymbolicLink()) return await whatStands(typed, path);
    path = resolve(folder, await readlink(path));
  }
  if (typed.endsWith('/') || typed.endsWith(sep)) throw isFolder(typed);
  const folder = dirname(path);
  await access(await nearestThere(folder), constants.W_OK | constants.X_OK);
  return { kind: 'new', path, folder };
}

/** The folder in which the first missing one would be made. */
async function nearestThere(folder: string): Promise<string> {
  const there = await stat(folder).catch(unlessMissing);
  return there === undefined ? await nearestThere(dirname(folder)) : folder;
}

async function whatStands(typed: string, path: string): Promise<ReportPlace> {
  const stats = await stat(path);
  if (stats.isDirectory()) throw isFolder(typed);
  await access(path, constants.W_OK);
  if (!stats.isFile()) return { kind: 'stream', path, fifo: stats.isFIFO() };
  // To root nothing is forbidden, yet somebody took the write bits away for a reason.
  if ((stats.mode & 0o222) === 0) {
    throw new GsaError('invalid', `cannot write \`${typed}\`: it is write-protected`, {
      hint: `name another file, or make it writable first: chmod u+w ${shellWord(typed)}`,
    });
  }
  return { kind: 'file', path, stats };
}

/** Descriptors look like links to files, but what they hold open may be written from the middle on, or have no name. */
function descriptorOf(folder: string, path: string): ReportPlace | undefined {
  const holder = /^\/proc\/(\d+)(?:\/task\/\d+)?\/fd$/.exec(folder)?.[1];
  const name = lastName(path);
  if ((holder === undefined && folder !== '/dev/fd') || !/^\d+$/.test(name)) return undefined;
  if (holder !== undefined && holder !== String(process.pid)) {
    return { kind: 'stream', path: join(folder, name), fifo: false };
  }
  const descriptor = Number(name);
  // Asked now whether it is open, before anything is done that the report would tell of.
  if (descriptor <= LAST_DESCRIPTOR) fstatSync(descriptor);
  else throw new GsaError('invalid', `cannot write \`${path}\`: there is no such descriptor`);
  return { kind: 'own', descriptor };
}

const LAST_DESCRIPTOR = 2 ** 31 - 1;

const lastName = (path: string): string => path.slice(dirname(path).length).replace(/^[/\\]/, '');

function unlessMissing(error: unknown): undefined {
  if (isSystemError(error) && error.code === 'ENOENT') return undefined;
  throw error;
}

function isFolder(typed: string): GsaError {
  return new GsaError('invalid', `cannot write \`${typed}\`: it is a folder`, {
    hint: `name a file in it, such as ${typed.replace(/[/\\]+$/, '')}/report`,
  });
}

function deadEnd(typed: string, path: string): GsaError {
  return new GsaError(
    'invalid',
    `cannot write \`${typed}\`: it is a link into \`${dirname(path)}\`, which is not there`,
    {
      hint: `make that folder first: mkdir -p ${dirname(path)}`,
    },
  );
}
