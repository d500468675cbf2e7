import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GsaError } from '../../trouble/error.ts';
import { errorCode } from '../../trouble/error-code.ts';
import { unreadableFile } from '../../trouble/unreadable-file.ts';
import { bytesOfSource } from '../files/open-source.ts';

/** Sign-ins that come from elsewhere than a file, such as standard input. */
export interface NamedStream {
  /** How messages call it, such as `standard input`. */
  readonly name: string;
  readonly stream: AsyncIterable<Uint8Array>;
}

export type SignInSource = string | NamedStream;

export interface OpenableFile {
  readonly name: string;
  /** Where it lies, if it is a file and no stream. */
  readonly path?: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What the finding of files takes beside their names. */
export interface FindingFiles {
  /** What to name instead of what is not there. */
  readonly hint: string;
  readonly interrupted?: AbortSignal | undefined;
}

/**
 * The files behind the sources, in their order; of a folder every file below it, by path. Throws GsaError `invalid` for a
 * path that is not there or cannot be listed, and where there is no file at all: then nothing has been read.
 */
export async function filesOf(
  sources: readonly SignInSource[],
  { hint, interrupted }: FindingFiles,
): Promise<readonly OpenableFile[]> {
  const files: OpenableFile[] = [];
  for (const source of sources) {
    if (typeof source !== 'string') files.push({ name: source.name, open: () => source.stream });
    else
      for (const path of await pathsOf(source, hint))
        files.push({ name: path, path, open: () => bytesOf(path, { hint, interrupted }) });
  }
  if (files.length === 0) throw noFile(sources, hint);
  return files;
}

async function* bytesOf(path: string, { hint, interrupted }: FindingFiles): AsyncGenerator<Uint8Array> {
  try {
    yield* bytesOfSource(path, interrupted);
  } catch (cause) {
    interrupted?.throwIfAborted();
    throw cause instanceof GsaError ? cause : unreadableFile(path, cause, hint);
  }
}

async function pathsOf(path: string, hint: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
  } catch (cause) {
    throw unreadableFile(path, cause, hint);
  }
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry: Dirent) => join(entry.parentPath, entry.name))
      .sort();
  } catch (cause) {
    throw unlistable(path, cause);
  }
}

function noFile(sources: readonly SignInSource[], hint: string): GsaError {
  const folders = sources.map((source) => `\`${typeof source === 'string' ? source : source.name}\``);
  const which = folders.length === 1 ? `the folder ${folders[0]} holds` : `the folders ${folders.join(', ')} hold`;
  return new GsaError('invalid', `${which} no file to read`, {
    hint: `${hint}; a file whose name begins with a dot is passed over in a folder`,
  });
}

/** A folder that is there, and something below it that is not, or not for us. */
function unlistable(path: string, cause: unknown): GsaError {
  const code = errorCode(cause);
  const place = cause instanceof Error && 'path' in cause && typeof cause.path === 'string' ? cause.path : path;
  const why = code === 'ENOENT' ? 'was gone before it was read' : 'cannot be read';
  return new GsaError('invalid', `the folder \`${path}\` cannot be listed to its end`, {
    hint: 'name the files, or a folder that holds the exported sign-ins and nothing else',
    problems: [{ file: place, message: code === undefined ? why : `${why} (${code})` }],
    cause,
  });
}
