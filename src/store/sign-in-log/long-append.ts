import { availableParallelism } from 'node:os';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { ErrorKind, ErrorProblem } from '../../trouble/error.ts';
import { GsaError } from '../../trouble/error.ts';
import type { Appended, Appending, Loggable } from '../types.ts';
import { BatchSender } from './batch-message.ts';
import { beginPacking } from './begin-packing.ts';

/** The log that a thread is begun for. */
export interface ThreadPlace {
  readonly path: string;
  readonly lineage: string;
  readonly timeout: number;
  readonly anchor: string | undefined;
}

/** What the thread begins with. */
export interface ThreadData extends ThreadPlace {
  /** The memory through which it has another thread pack. */
  readonly packing: SharedArrayBuffer;
}

/** What became of a batch. */
export type ThreadAnswer =
  | { readonly appended: Appended }
  /** It takes records that are made later: nothing was done. */
  | { readonly isUnable: true }
  | { readonly trouble: Pick<GsaError, 'message' | 'hint'> & { kind: ErrorKind; problems: readonly ErrorProblem[] } }
  | { readonly bug: unknown };

/** Where the code of the thread lies: beside this file, or where the build puts it. */
const THREAD = import.meta.url.endsWith('.ts') ? './log-thread.ts' : '../store/sign-in-log/log-thread.js';

/** Batches that are written before a thread is begun, which takes as long as some of them. */
const SHORT = 8;

/**
 * Megabytes of half a nursery. V8 begins a thread with one, and a replay lets none grow (replay/heap-growth.ts): what waits for its
 * block would survive in it, and be copied, again and again. Measured on 200,000 sign-ins: 160 times instead of 700, in a quarter of the
 * time, for 6 MB more.
 */
const NURSERY = 4;

/** Of the threads that are begun from now on. */
function beginNurseryAt(megabytes: number): void {
  setFlagsFromString(`--min-semi-space-size=${megabytes}`);
}

/** What a thread needs to be begun, and what is written without one. */
export interface Written extends ThreadPlace {
  append(batch: readonly Loggable[]): Appended;
  notice(words: string): void;
}

/**
 * Many batches, one after the other: those behind the first ones are written in a thread of their own, while whoever makes them
 * makes the next. Each is a transaction there as it is here.
 */
export class LongAppend implements Appending {
  readonly #log: Written;
  readonly #short: number;
  #batches = 0;
  #thread: LogThread | undefined;
  #isHere = availableParallelism() < 2;

  constructor(log: Written, short = SHORT) {
    this.#log = log;
    this.#short = short;
  }

  async append(batch: readonly Loggable[]): Promise<Appended> {
    if (this.#isHere || ++this.#batches <= this.#short) return this.#log.append(batch);
    this.#thread ??= new LogThread(this.#log);
    const appended = await this.#thread.append(batch);
    if (appended !== undefined) return appended;
    await this.end();
    return this.#log.append(batch);
  }

  async end(): Promise<void> {
    this.#isHere = true;
    const notices = await this.#thread?.end();
    this.#thread = undefined;
    for (const words of notices ?? []) this.#log.notice(words);
  }
}

/** One thread, which is asked one thing at a time. */
class LogThread {
  readonly #worker: Worker;
  readonly #packing = beginPacking();
  readonly #sender = new BatchSender();
  #waiting: { resolve(answer: unknown): void; reject(cause: unknown): void } | undefined;
  #ended: { readonly cause: unknown } | undefined;

  constructor({ path, lineage, timeout, anchor }: ThreadPlace) {
    const workerData: ThreadData = { path, lineage, timeout, anchor, packing: this.#packing.memory };
    // Before Node 24 SQLite announces itself as experimental, in each thread anew.
    const env = { ...process.env, NODE_NO_WARNINGS: '1' };
    beginNurseryAt(NURSERY);
    this.#worker = new Worker(new URL(THREAD, import.meta.url), { workerData, env });
    this.#worker.on('message', (answer: unknown) => this.#waiting?.resolve(answer));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('the thread that writes sign-ins has ended')));
  }

  /** `undefined`: nothing was done, as it takes more than a thread has. */
  async append(batch: readonly Loggable[]): Promise<Appended | undefined> {
    const message = this.#sender.messageOf(batch);
    if (message === undefined) return undefined;
    const answer = (await this.#ask(message)) as ThreadAnswer;
    if ('appended' in answer) return answer.appended;
    if ('isUnable' in answer) return undefined;
    if ('bug' in answer) throw answer.bug;
    const { kind, message: words, hint, problems } = answer.trouble;
    throw new GsaError(kind, words, { ...(hint === undefined ? {} : { hint }), problems });
  }

  /** What there is to tell of how it ended. */
  async end(): Promise<readonly string[]> {
    const notices = this.#ended === undefined ? ((await this.#ask(undefined)) as readonly string[]) : [];
    await Promise.all([this.#worker.terminate(), this.#packing.end()]);
    return notices;
  }

  async #ask(question: unknown): Promise<unknown> {
    if (this.#ended !== undefined) throw this.#ended.cause;
    return await new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(question);
    });
  }

  #fail(cause: unknown): void {
    this.#ended ??= { cause };
    this.#waiting?.reject(this.#ended.cause);
  }
}
