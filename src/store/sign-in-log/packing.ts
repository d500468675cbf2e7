import { pack } from './zstd.ts';

/** Packs the text of one block at a time, perhaps while something else is done. */
export interface Packing {
  /** Begins; the text may change as soon as this returns. What was begun before and not taken is forgotten. */
  begin(text: Uint8Array): void;
  /** What was begun, packed. */
  take(): Uint8Array;
}

/** Packs at once. */
export class PackingHere implements Packing {
  #content: Uint8Array = NOTHING;

  begin(text: Uint8Array): void {
    this.#content = pack(text);
  }

  take(): Uint8Array {
    return this.#content;
  }
}

const NOTHING = new Uint8Array(0);

/** Bytes of a text that another thread packs; blocks are half as large, unless one record is. */
const MOST_TEXT = 2 * 1024 * 1024;

/** Numbers at the beginning of the memory: what is going on, and the bytes of the text and of the content. */
const STATE = 0;
const TEXT = 1;
const CONTENT = 2;
const HEAD_BYTES = 16;

/** `STATE`, which begins with 0: a text waits; its content lies there; it found no room. */
const ASKED = 1;
const DONE = 2;
const TOO_LARGE = 3;

/** Milliseconds after which a thread is taken for one that will never answer: some ten thousand times what a block takes. */
const PATIENCE = 10_000;

/** Memory that two threads see, through which one has the other pack. */
export function packingMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + 2 * MOST_TEXT);
}

/** The head of such memory, and its places for the text and its content. */
function partsOf(memory: SharedArrayBuffer) {
  return {
    head: new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT),
    text: new Uint8Array(memory, HEAD_BYTES, MOST_TEXT),
    content: new Uint8Array(memory, HEAD_BYTES + MOST_TEXT, MOST_TEXT),
  };
}

/** Has another thread pack, which {@link packForOthers} runs in. Where that does not answer any more, it packs at once. */
export class PackingElsewhere implements Packing {
  readonly #parts: ReturnType<typeof partsOf>;
  readonly #patience: number;
  #isAlone = false;
  /** What was packed at once. */
  #packed: Uint8Array | undefined;

  constructor(memory: SharedArrayBuffer, patience = PATIENCE) {
    this.#parts = partsOf(memory);
    this.#patience = patience;
  }

  begin(text: Uint8Array): void {
    const { head, text: room } = this.#parts;
    const isAsked = this.#isAnswered() && text.length <= MOST_TEXT;
    this.#packed = isAsked ? undefined : pack(text);
    if (!isAsked) return;
    room.set(text);
    head[TEXT] = text.length;
    Atomics.store(head, STATE, ASKED);
    Atomics.notify(head, STATE);
  }

  take(): Uint8Array {
    const { head, text, content } = this.#parts;
    if (this.#packed !== undefined) return this.#packed;
    if (this.#isAnswered() && Atomics.load(head, STATE) === DONE) return content.slice(0, head[CONTENT]);
    return pack(text.subarray(0, head[TEXT]));
  }

  /** Waits for the answer to what was asked; false where none came, now or before. */
  #isAnswered(): boolean {
    const { head } = this.#parts;
    while (!this.#isAlone && Atomics.load(head, STATE) === ASKED) {
      this.#isAlone = Atomics.wait(head, STATE, ASKED, this.#patience) === 'timed-out';
    }
    return !this.#isAlone;
  }
}

/** Packs whatever another thread asks for, until this thread is ended. */
export function packForOthers(memory: SharedArrayBuffer): never {
  const { head, text, content } = partsOf(memory);
  for (;;) {
    const state = Atomics.load(head, STATE);
    if (state === ASKED) {
      const packed = pack(text.subarray(0, head[TEXT]));
      const fits = packed.length <= MOST_TEXT;
      if (fits) content.set(packed);
      head[CONTENT] = packed.length;
      Atomics.store(head, STATE, fits ? DONE : TOO_LARGE);
      Atomics.notify(head, STATE);
    } else Atomics.wait(head, STATE, state);
  }
}
