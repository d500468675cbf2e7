import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { SignInSource } from '../source-files.ts';
import type { EarlyFile } from './scan-threads.ts';
import { beginThread, stateOf, threadsOfThisMachine } from './scan-threads.ts';
import { WORTH_THREADS } from './scanned-lines.ts';

const OPEN_BRACE = 0x7b;

/**
 * Begins a thread where one of these files is large and may be NDJSON, for a caller who has something else to do before it reads
 * them.
 */
export function beginThreadFor(sources: readonly SignInSource[], threads = threadsOfThisMachine()): void {
  if (threads === 0) return;
  try {
    const path = sources.find((source) => typeof source === 'string' && isWorthThread(source));
    // Where some take turns, one has nothing to begin with alone.
    if (typeof path === 'string') beginThread(threads === 1 ? opened(path) : undefined);
  } catch {
    // Whoever reads the files says what is wrong with them.
  }
}

/** A pipe is not opened: whoever does takes something out of it, or waits. */
function isWorthThread(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && status.size >= WORTH_THREADS && firstByteOf(path) === OPEN_BRACE;
}

function opened(path: string): EarlyFile {
  const descriptor = open(path);
  const status = fstatSync(descriptor);
  return { descriptor, from: 0, size: status.size, state: stateOf(status) };
}

function open(path: string): number {
  return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

function firstByteOf(path: string): number | undefined {
  const descriptor = open(path);
  try {
    const first = new Uint8Array(1);
    return readSync(descriptor, first, 0, 1, 0) === 1 ? first[0] : undefined;
  } finally {
    closeSync(descriptor);
  }
}
