import { fstatSync, statSync, writeSync } from 'node:fs';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { isSystemError } from '../trouble/file-trouble.ts';
import type { Output } from './context.ts';

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Bytes that an empty pipe takes: who writes no more never waits for its reader, and need not hear of a signal meanwhile. */
const AT_ONCE = 65_536;

/**
 * What the process writes to. Node's stream is opened when it is needed, for a terminal and for what is long: it takes a start
 * longer to begin than many commands their work. What is short goes to a file or a pipe without it.
 */
export class StandardOutput implements Output {
  readonly #descriptor: number;
  readonly #open: () => Stream;
  #opened: Stream | undefined;
  /** How many bytes may still go past the stream; `undefined` until somebody asks. */
  #left: number | undefined;

  constructor(descriptor: number, open: () => Stream) {
    this.#descriptor = descriptor;
    this.#open = open;
  }

  get isTTY(): boolean {
    return this.#atOnce() === 0 && this.#stream().isTTY === true;
  }

  get columns(): number | undefined {
    return this.#atOnce() === 0 ? this.#stream().columns : undefined;
  }

  async write(text: string): Promise<void> {
    let bytes = Buffer.from(text);
    if (bytes.length <= this.#atOnce()) bytes = bytes.subarray(this.#writeAtOnce(bytes));
    if (bytes.length > 0) await this.#writeToStream(bytes);
  }

  #atOnce(): number {
    this.#left ??= mayBeTerminal(this.#descriptor) ? 0 : AT_ONCE;
    return this.#left;
  }

  /** How many bytes were taken; a pipe that another process made not to wait takes the rest from the stream. */
  #writeAtOnce(bytes: Buffer): number {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EAGAIN') throw error;
    }
    this.#left = written < bytes.length ? 0 : this.#atOnce() - written;
    return written;
  }

  #writeToStream(bytes: Buffer): Promise<void> {
    this.#left = 0;
    return new Promise((resolve, reject) => {
      this.#stream().write(bytes, (error) => (error == null ? resolve() : reject(error)));
    });
  }

  #stream(): Stream {
    // Without a listener the error of a closed pipe would end the process as a crash; each write reports it instead.
    this.#opened ??= this.#open().on('error', () => undefined);
    return this.#opened;
  }
}

/** Only a device can be one; the one that forgets everything is none. On Windows Node alone knows. */
function mayBeTerminal(descriptor: number): boolean {
  if (process.platform === 'win32') return true;
  const status = fstatSync(descriptor);
  return status.isCharacterDevice() && status.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}
