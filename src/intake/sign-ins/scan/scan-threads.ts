import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LineBlock } from './line-blocks.ts';
import type { ScannedBy } from './line-records.ts';
import type { ScanRequest } from './scan-thread.ts';
import { SLOTS } from './scanner-code.ts';

/** Where the code of a thread lies: beside this file, or where the build puts it. */
const THREAD = import.meta.url.endsWith('.ts') ? './scan-thread.ts' : '../intake/sign-ins/scan/scan-thread.js';

/** Blocks that a thread has at once, each in a slot: one that it scans, and those that wait for it or for the reader. */
const AHEAD = SLOTS;

/** Threads that were begun before anybody had blocks for them. */
const begun: ScanThread[] = [];

/**
 * Begins a thread for the next file that is scanned in threads: it gets ready while this one is busy with something else. It
 * keeps no process from ending.
 */
export function beginThread(): void {
  begun.push(new ScanThread());
}

/** One scans about as fast as the other judges; a second one would find out for itself what the first one knows. */
export function threadsOfThisMachine(): number {
  return availableParallelism() > 1 ? 1 : 0;
}

/** Scans blocks in threads, and gives what they find in the order of the blocks. Nothing of it may be used after the next. */
export async function* scannedInThreads(blocks: Iterable<LineBlock>, count: number): AsyncGenerator<ScannedBy> {
  const threads = Array.from({ length: count }, () => begun.pop() ?? new ScanThread());
  try {
    const waiting: Promise<ScannedBy>[] = [];
    const others = blocks[Symbol.iterator]();
    let turn = 0;
    for (;;) {
      // Several at once: to wake a thread for each block costs more than the block.
      if (waiting.length <= (count * AHEAD) / 2) {
        for (let next = others.next(); next.done !== true; next = others.next()) {
          const number = turn % count;
          const slot = Math.floor(turn++ / count) % AHEAD;
          waiting.push((threads[number] as ScanThread).scan({ scanner: number, block: next.value, slot }));
          if (waiting.length === count * AHEAD) break;
        }
      }
      const first = waiting.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** One thread; it answers in the order in which it is asked. */
class ScanThread {
  readonly #worker = new Worker(new URL(THREAD, import.meta.url));
  readonly #asked: { resolve(lines: ScannedBy): void; reject(error: unknown): void }[] = [];
  #ended: { readonly cause: unknown } | undefined;

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', (lines: ScannedBy) => this.#asked.shift()?.resolve(lines));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that scans sign-ins has ended')));
  }

  scan(request: ScanRequest): Promise<ScannedBy> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended.cause);
    const lines = new Promise<ScannedBy>((resolve, reject) => this.#asked.push({ resolve, reject }));
    // Whoever waits for it hears of the error; until then nobody does.
    lines.catch(() => undefined);
    this.#worker.ref();
    this.#worker.postMessage(request);
    return lines;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(cause: unknown): void {
    this.#ended ??= { cause };
    for (const { reject } of this.#asked.splice(0)) reject(this.#ended.cause);
  }
}
