import { constants, createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { GsaError } from '../../trouble/error.ts';
import { checkNotShortened } from './shortened-file.ts';

const READ_AHEAD = 256 * 1024;
/** Milliseconds that a pipe is given until its writer has come. */
const LONGEST_START = 10_000;
/** Milliseconds between two looks at a pipe that has nothing yet; the first looks come sooner. */
const LONGEST_PAUSE = 20;

/**
 * The bytes of a file or of a pipe such as `<(zcat x.gz)`, as a stream. A pipe is never waited for where nobody could be
 * heard: its reading ends with the interruption, and one into which nobody writes is refused. Throws GsaError `invalid` for
 * a device, a pipe without a writer and a file that becomes shorter, and what the system says for a path that cannot be opened.
 */
export async function* bytesOfSource(path: string, interrupted?: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await handle.stat();
    if (status.isFile()) yield* bytesOfFile(path, status.size);
    else if (status.isFIFO()) yield* bytesOfPipe(handle, path, interrupted);
    else
      throw new GsaError('invalid', `\`${path}\` is not a regular file`, {
        hint: 'give a file, or - for standard input',
      });
  } finally {
    await handle.close();
  }
}

async function* bytesOfFile(path: string, size: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: READ_AHEAD })) {
    read += chunk.length;
    yield chunk;
  }
  checkNotShortened(path, size, read);
}

async function* bytesOfPipe(
  handle: FileHandle,
  path: string,
  interrupted: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const started = performance.now();
  let begun = false;
  let pause = 1;
  for (;;) {
    interrupted?.throwIfAborted();
    const chunk = await nextOf(handle);
    if (chunk !== undefined && chunk.length > 0) {
      begun = true;
      pause = 1;
      yield chunk;
      continue;
    }
    // Nothing yet, or nobody writes: the end of a pipe that has begun, and of one that has not a writer who may still come.
    if (chunk !== undefined && begun) return;
    if (chunk !== undefined && performance.now() - started > LONGEST_START) {
      throw new GsaError('invalid', `\`${path}\` is a pipe into which nobody writes`, {
        hint: 'start its writer first',
      });
    }
    await setTimeout(pause, undefined, interrupted === undefined ? {} : { signal: interrupted }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}

/** What the pipe holds; empty where it has no writer, `undefined` where its writer has nothing at the moment. */
async function nextOf(handle: FileHandle): Promise<Uint8Array | undefined> {
  const buffer = Buffer.allocUnsafe(READ_AHEAD);
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}
