import process from 'node:process';
import { setImmediate } from 'node:timers';
import { setImmediate as turn } from 'node:timers/promises';

const HEARD = ['SIGINT', 'SIGTERM'] as const;

/** The first process of a container, to which the system delivers only signals that it listens to. */
const IS_FIRST_PROCESS = process.pid === 1;

/**
 * SIGINT and SIGTERM. What listens to them is called in a turn of the event loop, and a computation gives it none: so nobody
 * listens but while something is waited for or has to be tidied up, and at any other time the system ends the process at once.
 * That is safe, because every write is whole or absent.
 */
export class Signals {
  readonly #controller = new AbortController();
  /** What is going on that wants to hear of signals. */
  #hearing = 0;
  readonly #listener = (signal: NodeJS.Signals) => {
    this.#controller.abort(signal);
    // Who sends a second one does not want to wait. Not at once: the library of the prompts, which hears of this one after us,
    // ends the process where nobody else listens.
    setImmediate(() => this.#unlisten());
  };

  constructor() {
    if (IS_FIRST_PROCESS) this.#begin();
  }

  /** Aborted by the first signal that was heard; its name is the reason. */
  get interrupted(): AbortSignal {
    return this.#controller.signal;
  }

  /** Until the work is done, the first signal aborts `interrupted`, and the work ends itself. */
  async hearing<T>(work: () => Promise<T>): Promise<T> {
    this.#begin();
    try {
      return await work();
    } finally {
      await delivered();
      this.#end();
    }
  }

  /** A computation that lets nothing else run: a signal ends the process, also where it would be heard otherwise. */
  async computing<T>(work: () => T): Promise<T> {
    if (this.#hearing === 0 || IS_FIRST_PROCESS) return work();
    await delivered();
    this.interrupted.throwIfAborted();
    this.#unlisten();
    try {
      return work();
    } finally {
      if (!this.interrupted.aborted) this.#listen();
    }
  }

  #begin(): void {
    if (this.#hearing++ === 0 && !this.interrupted.aborted) this.#listen();
  }

  #end(): void {
    if (--this.#hearing === 0) this.#unlisten();
  }

  #listen(): void {
    for (const signal of HEARD) process.on(signal, this.#listener);
  }

  #unlisten(): void {
    for (const signal of HEARD) process.off(signal, this.#listener);
  }
}

/** A signal that came before is told of in the next turn but one; without a listener it would be lost. */
async function delivered(): Promise<void> {
  await turn();
  await turn();
}
