import type { Stats } from 'node:fs';
import { closeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScannedBy } from './line-records.ts';
import type { ScannedLines } from './line-scanner.ts';
import type { FilePart, ScanRequest } from './scan-thread.ts';

/** Where the code of a thread lies: beside this file, or where the build puts it. */
const THREAD = import.meta.url.endsWith('.ts') ? './scan-thread.ts' : '../intake/sign-ins/scan/scan-thread.js';

/** Threads that were begun before anybody asked for what they find. */
const begun: ScanThread[] = [];

/** A file that is scanned before anybody asks for it, and what it was then: another one may have its name since. */
export interface EarlyFile extends FilePart {
  readonly state: string;
}

/**
 * Begins a thread for the next file that is scanned in threads: it gets ready while this one is busy with something else, and scans
 * ahead as far as there is room where it is known which file that will be. It keeps no process from ending.
 */
export function beginThread(file?: EarlyFile): void {
  begun.push(new ScanThread(file));
}

/** What tells a file from another one with its name, and from what becomes of it. */
export function stateOf({ dev, ino, size, mtimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs].join();
}

/** One scans about as fast as the other judges; a second one would find out for itself what the first one knows. */
export function threadsOfThisMachine(): number {
  return availableParallelism() > 1 ? 1 : 0;
}

/** Threads that scan the files of one reading, one after the other: what a thread has numbered in one it knows in the next. */
export class ScanThreads {
  readonly #count: number;
  #threads: readonly ScanThread[] | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  /**
   * Scans the blocks of a file in the threads, which take turns, and gives what they find in the order of the blocks. Nothing of it may
   * be used after the next. `state`: of the file, where one thread may have begun with it.
   */
  async *scan(part: FilePart, state?: string): AsyncGenerator<ScannedBy> {
    const count = this.#count;
    const early = count === 1 && part.from === 0 ? state : undefined;
    this.#threads ??= Array.from({ length: count }, () => threadFor(early));
    const threads = this.#threads;
    let isWhole = false;
    try {
      for (const [scanner, thread] of threads.entries()) thread.scan({ ...part, scanner, count });
      for (let turn = 0; ; turn++) {
        const thread = threads[turn % count] as ScanThread;
        const lines = await thread.next();
        if (lines === undefined) {
          // Nor have those whose turn would be next anything more to say.
          await Promise.all(threads.filter((other) => other !== thread).map((other) => other.next()));
          isWhole = true;
          return;
        }
        yield { ...lines, scanner: thread };
        thread.release();
      }
    } finally {
      // A thread that is in the middle of a file is of no use for another one.
      if (!isWhole) await this.end();
    }
  }

  async end(): Promise<void> {
    const threads = this.#threads ?? [];
    this.#threads = undefined;
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** One that was begun, unless it scans something else; then a new one. */
function threadFor(state: string | undefined): ScanThread {
  const thread = begun.pop();
  if (thread === undefined) return new ScanThread();
  if (thread.begunWith === undefined || thread.begunWith === state) return thread;
  void thread.end();
  return new ScanThread();
}

/** One thread, and what it has found of which nobody has heard yet. */
class ScanThread {
  readonly #early: EarlyFile | undefined;
  readonly #worker = new Worker(new URL(THREAD, import.meta.url));
  readonly #found: (ScannedLines | undefined)[] = [];
  /** Whether it scans what it was begun with. */
  #isEarly: boolean;
  /** How many blocks of the file the reader is done with. The thread looks for itself: to wake it up takes longer than a block. */
  #released: Int32Array = new Int32Array(0);
  #waiting: { resolve(lines: ScannedLines | undefined): void; reject(cause: unknown): void } | undefined;
  #ended: { readonly cause: unknown } | undefined;

  /** `early`: what it scans at once. */
  constructor(early?: EarlyFile) {
    this.#early = early;
    this.#isEarly = early !== undefined;
    this.#worker.on('message', (lines: ScannedLines | undefined) => this.#hear(lines));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that scans sign-ins has ended')));
    // Behind the listeners: to listen keeps the process from ending.
    this.#worker.unref();
    if (early !== undefined) this.#ask({ ...early, scanner: 0, count: 1 });
  }

  /** The state of the file that it was begun with. */
  get begunWith(): string | undefined {
    return this.#early?.state;
  }

  /** Begins a share of a file, unless it is what was begun early. */
  scan(share: Omit<ScanRequest, 'released'>): void {
    this.#worker.ref();
    if (!this.#isEarly) this.#ask(share);
    this.#isEarly = false;
  }

  /** What was found in the next block of the share; `undefined`: there is none. */
  async next(): Promise<ScannedLines | undefined> {
    if (this.#found.length > 0) return this.#found.shift();
    if (this.#ended !== undefined) throw this.#ended.cause;
    return await new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** The memory of the oldest block may be used again. */
  release(): void {
    Atomics.add(this.#released, 0, 1);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
    if (this.#early !== undefined) closeSync(this.#early.descriptor);
  }

  #ask({ descriptor, from, size, scanner, count }: Omit<ScanRequest, 'released'>): void {
    this.#released = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const request: ScanRequest = { descriptor, from, size, scanner, count, released: this.#released };
    this.#worker.postMessage(request);
  }

  #hear(lines: ScannedLines | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#found.push(lines);
    else waiting.resolve(lines);
  }

  #fail(cause: unknown): void {
    this.#ended ??= { cause };
    this.#waiting?.reject(this.#ended.cause);
    this.#waiting = undefined;
  }
}
