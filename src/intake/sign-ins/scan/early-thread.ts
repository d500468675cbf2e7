import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import type { SignInSource } from '../source-files.ts';
import { beginThread, threadsOfThisMachine } from './scan-threads.ts';
import { WORTH_THREADS } from './scanned-lines.ts';

const OPEN_BRACE = 0x7b;

/**
 * Begins a thread where one of these files is large and may be NDJSON, for a caller who has something else to do before it reads
 * them.
 */
export function beginThreadFor(sources: readonly SignInSource[], threads = threadsOfThisMachine()): void {
  if (threads === 0) return;
  try {
    if (sources.some((source) => typeof source === 'string' && isWorthThread(source))) beginThread();
  } catch {
    // Whoever reads the files says what is wrong with them.
  }
}

/** A pipe is not opened: whoever does takes something out of it, or waits. */
function isWorthThread(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && status.size >= WORTH_THREADS && firstByteOf(path) === OPEN_BRACE;
}

function firstByteOf(path: string): number | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const first = new Uint8Array(1);
    return readSync(descriptor, first, 0, 1, 0) === 1 ? first[0] : undefined;
  } finally {
    closeSync(descriptor);
  }
}
