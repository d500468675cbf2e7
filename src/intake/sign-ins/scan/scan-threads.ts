import { Worker } from 'node:worker_threads';
import type { LineBlock } from './line-blocks.ts';
import type { ScannedBy } from './line-records.ts';
import type { ScanRequest } from './scan-thread.ts';

/** Where the code of a thread lies: beside this file, or where the build puts it. */
const THREAD = import.meta.url.endsWith('.ts') ? './scan-thread.ts' : '../intake/sign-ins/scan/scan-thread.js';

/** Blocks that a thread has at once: one that it scans, and those that wait for it or for the reader. */
const AHEAD = 3;

/** Scans blocks in threads, and gives what they find in the order of the blocks. Nothing of it may be used after the next. */
export async function* scannedInThreads(blocks: Iterable<LineBlock>, count: number): AsyncGenerator<ScannedBy> {
  const threads = Array.from({ length: count }, (_, number) => new ScanThread(number));
  try {
    const waiting: { readonly thread: ScanThread; readonly lines: Promise<ScannedBy> }[] = [];
    const ask = (thread: ScanThread, block: LineBlock) => waiting.push({ thread, lines: thread.scan(block) });
    let turn = 0;
    for (const block of blocks) {
      const thread = threads[turn++ % count] as ScanThread;
      if (waiting.length < count * AHEAD) ask(thread, block);
      else {
        const first = waiting.shift();
        if (first === undefined) continue;
        const lines = await first.lines;
        yield lines;
        first.thread.giveBack(lines.bytes.buffer);
        ask(thread, block);
      }
    }
    for (const { lines } of waiting) yield await lines;
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** One thread; it answers in the order in which it is asked. */
class ScanThread {
  readonly #number: number;
  readonly #worker = new Worker(new URL(THREAD, import.meta.url));
  readonly #asked: { resolve(lines: ScannedBy): void; reject(error: unknown): void }[] = [];
  readonly #memory: ArrayBuffer[] = [];

  constructor(number: number) {
    this.#number = number;
    this.#worker.unref();
    this.#worker.on('message', (lines: ScannedBy) => this.#asked.shift()?.resolve(lines));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('a thread that scans sign-ins has ended')));
  }

  scan(block: LineBlock): Promise<ScannedBy> {
    const memory = this.#memory.pop();
    const request: ScanRequest = { scanner: this.#number, block, memory };
    const lines = new Promise<ScannedBy>((resolve, reject) => this.#asked.push({ resolve, reject }));
    // Whoever waits for it hears of the error; until then nobody does.
    lines.catch(() => undefined);
    this.#worker.ref();
    this.#worker.postMessage(request, memory === undefined ? [] : [memory]);
    return lines;
  }

  giveBack(memory: ArrayBuffer): void {
    this.#memory.push(memory);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}
