import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds of work after which the event loop gets a turn. */
const LONGEST = 50;
/** Looks at the clock are cheap, but not for every sign-in. */
const ITEMS_A_LOOK = 32;

/** Turns of the event loop in a long loop: signals are heard in one, and a stream that never waits for anything gives none. */
export class Turns {
  #since = performance.now();
  #items = 0;

  /** Whether it is time for one; asked for every item. */
  areDue(): boolean {
    return ++this.#items % ITEMS_A_LOOK === 0 && performance.now() - this.#since >= LONGEST;
  }

  async take(): Promise<void> {
    await turn();
    this.#since = performance.now();
  }
}
