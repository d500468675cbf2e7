import { randomBytes } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { GsaError } from '../trouble/error.ts';
import { isSystemError, whatToDo, wordsOf } from '../trouble/file-trouble.ts';
import type { Context, Output } from './context.ts';
import { ownedName, removeLeftBehind } from './left-behind.ts';
import { untilReaderLeft } from './reader-left.ts';
import type { ReportPlace } from './report-place.ts';
import { findReportPlace } from './report-place.ts';

type Content = string | AsyncIterable<string>;
type Streams = Pick<Context, 'stdout' | 'stderr' | 'interrupted'>;

/** Milliseconds between two looks whether somebody reads a FIFO. */
const LOOK = 50;

/** Milliseconds that a reader of a FIFO is waited for, as long as a writer is where one is read. */
const LONGEST_WAIT = 10_000;

/** A file, or the folder of many, that a report must not take the place of. */
export interface KeptFile {
  /** The path behind every link. */
  readonly path: string;
  /** A noun with its article. */
  readonly what: string;
  /** Everything in the folder is kept too. */
  readonly isFolder?: true;
}

/**
 * Throws where nothing can be written, or where a report would destroy what the command reads or lives on, before anything
 * is done that the report would tell of.
 */
export async function checkReportPlace(typed: string, absolute: string, kept: readonly KeptFile[]): Promise<void> {
  try {
    const place = await findReportPlace(typed, absolute);
    if (place.kind !== 'new' && place.kind !== 'file') return;
    for (const each of kept) {
      if (!(await isTaken(place, each))) continue;
      throw new GsaError('usage', `\`${typed}\` is ${each.what}: a report would take its place`, {
        hint: 'name another file',
      });
    }
  } catch (error) {
    throw inWords(typed, error);
  }
}

async function isTaken(place: ReportPlace & { kind: 'new' | 'file' }, { path, isFolder }: KeptFile): Promise<boolean> {
  if (place.path === path || (isFolder === true && place.path.startsWith(path + sep))) return true;
  const stats = place.kind === 'file' ? await stat(path).catch(() => undefined) : undefined;
  return place.kind === 'file' && stats?.dev === place.stats.dev && stats.ino === place.stats.ino;
}

/**
 * Writes to where the path leads. A file appears whole or not at all, with the mode it had; what is no file is written
 * through. The folder of the path is made.
 */
export async function writeReport(typed: string, absolute: string, content: Content, streams: Streams): Promise<void> {
  try {
    const place = await findReportPlace(typed, absolute);
    if (place.kind === 'own') await writeOwn(place.descriptor, content, streams);
    else if (place.kind === 'stream') await writeThrough(place, content, streams.interrupted);
    else await writeFileWhole(place, content);
  } catch (error) {
    throw inWords(typed, error);
  }
}

async function writeFileWhole(place: ReportPlace & { kind: 'new' | 'file' }, content: Content): Promise<void> {
  if (place.kind === 'new') await makeFolder(place.folder);
  await removeLeftBehind(dirname(place.path));
  const temporary = join(dirname(place.path), `${ownedName('.gsa-')}${randomBytes(6).toString('hex')}.tmp`);
  // Never more open than what it replaces, also while it is written.
  const mode = place.kind === 'file' ? place.stats.mode & 0o666 : 0o666;
  const file = await open(temporary, 'wx', mode).catch((error: unknown) => {
    // A folder may take no new file, and still hold one that may be written.
    if (place.kind === 'file' && isSystemError(error) && error.code !== 'ENOSPC') return undefined;
    throw error;
  });
  if (file === undefined) return await writeFile(place.path, content, OVER);
  try {
    try {
      await writeFile(file, content);
    } finally {
      await file.close();
    }
    await put(temporary, place);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Renames, which is one step; where that would take something from the file (its owner, its other names), copies. */
async function put(temporary: string, place: ReportPlace & { kind: 'new' | 'file' }): Promise<void> {
  if (place.kind === 'file') {
    const { uid, gid, nlink, mode } = place.stats;
    const made = await stat(temporary);
    if (nlink > 1 || uid !== made.uid || gid !== made.gid) return await copy(temporary, place.path);
    if (mode !== made.mode) await chmod(temporary, mode & 0o7777);
  }
  try {
    await rename(temporary, place.path);
  } catch (error) {
    // The file itself is mounted there, as containers do.
    if (place.kind === 'file' && isSystemError(error) && error.code === 'EBUSY') await copy(temporary, place.path);
    else throw error;
  }
}

/** Flags without O_CREAT: in a folder that all may write, Linux refuses it for a file or FIFO of somebody else. */
const OVER = { flag: constants.O_WRONLY | constants.O_TRUNC };

const copy = (from: string, to: string): Promise<void> => writeFile(to, createReadStream(from), OVER);

async function writeThrough(
  { path, fifo }: ReportPlace & { kind: 'stream' },
  content: Content,
  interrupted: AbortSignal,
): Promise<void> {
  const reader = fifo ? await readerOf(path, interrupted, performance.now() + LONGEST_WAIT) : undefined;
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND).finally(() => reader?.close());
  try {
    await untilReaderLeft(writeFile(file, content));
  } finally {
    await file.close();
  }
}

/** Opening a FIFO waits for its reader where no signal ends the wait; this one can be interrupted. */
async function readerOf(path: string, interrupted: AbortSignal, until: number): Promise<{ close(): Promise<void> }> {
  for (;;) {
    interrupted.throwIfAborted();
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'ENXIO') throw error;
    }
    if (performance.now() > until)
      throw new GsaError('invalid', `\`${path}\` is a pipe from which nobody reads`, {
        hint: 'start its reader first',
      });
    await setTimeout(LOOK);
  }
}

/** Through the stream that writes there anyway, so that nothing overtakes anything. */
async function writeOwn(descriptor: number, content: Content, { stdout, stderr }: Streams): Promise<void> {
  const output: Output | undefined = { 1: stdout, 2: stderr }[descriptor];
  if (output === undefined) {
    await untilReaderLeft(pipeline(pieces(content), createWriteStream('', { fd: descriptor, autoClose: false })));
  } else {
    for await (const piece of pieces(content)) await output.write(piece);
  }
}

async function* pieces(content: Content): AsyncGenerator<string> {
  if (typeof content === 'string') yield content;
  else yield* content;
}

/** One by one: the recursive mkdir of Node never ends below `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    await makeFolder(dirname(folder));
  }
  await mkdir(folder).catch((error: unknown) => {
    // Another process was faster.
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
  });
}

/** Error messages name the path that the user typed, never the temporary file. */
function inWords(typed: string, error: unknown): unknown {
  // What is not the file system's comes from the text itself, which is made while it is written.
  if (!isSystemError(error)) return error;
  return new GsaError('invalid', `cannot write \`${typed}\`: ${wordsOf(error)}`, {
    hint: whatToDo(error, typed),
    cause: error,
  });
}
