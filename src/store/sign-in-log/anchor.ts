import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { isObject } from '../../core/values/is-object.ts';
import { isSystemError } from '../../trouble/file-trouble.ts';
import { removeStale, writeDurably } from '../tenant/durable-write.ts';
import type { LogAnchor } from '../types.ts';

/** A file that is larger is not one that this program wrote. */
const MAX_BYTES = 4096;

/**
 * How far the log of that lineage had come when it was acknowledged last, by the file beside it; `undefined` where no such file is
 * there, or one that says nothing of this lineage.
 */
export function readLogAnchor(path: string, lineage: string): LogAnchor | undefined {
  try {
    const value: unknown = JSON.parse(smallText(path));
    if (!isObject(value) || value['lineage'] !== lineage) return undefined;
    const { write, hash } = value;
    if (!Number.isSafeInteger(write) || typeof hash !== 'string') return undefined;
    return { write: Number(write), hash };
  } catch (error) {
    if (error instanceof SyntaxError || isSystemError(error)) return undefined;
    throw error;
  }
}

/** Puts it there durably: after the write that it acknowledges, so that the log is never behind it. Throws the system's error. */
export function keepLogAnchor(path: string, lineage: string, { write, hash }: LogAnchor): void {
  removeStale(path);
  writeDurably(path, Buffer.from(`${JSON.stringify({ lineage, write, hash })}\n`));
}

/** The text of a small regular file; of anything else, none. */
function smallText(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return '';
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, MAX_BYTES));
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
