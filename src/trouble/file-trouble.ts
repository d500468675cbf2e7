import { dirname } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import { GsaError } from './error.ts';
import { shellWord } from './shell-word.ts';

/** Whether this is what a file operation throws. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** The error to throw when the file system refused: what was tried, on which file, and the system's own words. */
export function fileTrouble(doing: string, file: string, error: unknown, hint?: string): unknown {
  if (!isSystemError(error)) return error;
  const why = wordsOf(error);
  return new GsaError('invalid', `cannot ${doing} \`${file}\`: ${why}`, {
    hint: hint ?? whatToDo(error, file),
    cause: error,
  });
}

/** What people call what the system's calls do, where that is another word. */
const CALLS: Readonly<Record<string, string>> = {
  scandir: 'list',
  mkdir: 'make',
  stat: 'look at',
  lstat: 'look at',
  rm: 'remove',
  unlink: 'remove',
};

/** The error to throw for a refusal of the file system of which nobody said more: the call, and the file that the system named. */
export function systemTrouble(error: NodeJS.ErrnoException): GsaError {
  const { path, syscall = 'use' } = error;
  const what = path === undefined ? 'the output' : `\`${path}\``;
  return new GsaError('invalid', `cannot ${CALLS[syscall] ?? syscall} ${what}: ${wordsOf(error)}`, {
    ...(path === undefined ? {} : { hint: whatToDo(error, path) }),
    cause: error,
  });
}

/** What somebody can do about a refusal of the file system. */
export function whatToDo({ code }: NodeJS.ErrnoException, file: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'ask the owner of the file and of its folder for the right, or name another file';
    case 'EROFS':
      return 'that disk is read-only: name a file on another';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'make room on that disk, or name a file on another';
    case 'ENOTDIR':
      return `a part of the path is a file; see \`ls -ld ${shellWord(dirname(file))}\``;
    default:
      return 'name another file';
  }
}

/** `no space left on device (ENOSPC)`. */
export function wordsOf(error: NodeJS.ErrnoException): string {
  const words = error.errno === undefined ? '' : getSystemErrorMessage(error.errno);
  return words ? `${words} (${error.code})` : (error.code ?? 'unknown error');
}
