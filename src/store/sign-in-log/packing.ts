import { pack } from './zstd.ts';

/** Packs the text of one block at a time, perhaps while something else is done. */
export interface Packing {
  /** Memory for the next text, of at least so many bytes; what stands in it is packed without being copied. */
  room(bytes: number): Buffer;
  /** Begins with a text, which stays as it is until the next one is begun. What was begun before and not taken is forgotten. */
  begin(text: Uint8Array): void;
  /** What was begun, packed. */
  take(): Uint8Array;
}

/** Memory that is used again and again: what comes and goes with each block makes V8 look through all objects time after time. */
class Room {
  #bytes = Buffer.alloc(0);

  of(bytes: number): Buffer {
    if (bytes > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(2 * bytes);
    return this.#bytes;
  }
}

/** Packs at once. */
export class PackingHere implements Packing {
  readonly #room = new Room();
  #content: Uint8Array = NOTHING;

  room(bytes: number): Buffer {
    return this.#room.of(bytes);
  }

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

/** Texts in the memory: one is put together while the one before is packed. */
const TEXTS = 2;

/** Numbers at the beginning of the memory: what is going on, where the text begins, and the bytes of the text and of its content. */
const STATE = 0;
const FROM = 1;
const LENGTH = 2;
const PACKED = 3;
const HEAD_BYTES = 16;

/** `STATE`, which begins with 0: a text waits; its content lies there; it found no room. */
const ASKED = 1;
const DONE = 2;
const TOO_LARGE = 3;

/** Milliseconds after which a thread is taken for one that will never answer: some ten thousand times what a block takes. */
const PATIENCE = 10_000;

/** Memory that two threads see, through which one has the other pack. */
export function packingMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + (TEXTS + 1) * MOST_TEXT);
}

function headOf(memory: SharedArrayBuffer): Int32Array {
  return new Int32Array(memory, 0, HEAD_BYTES / Int32Array.BYTES_PER_ELEMENT);
}

function textAt(memory: SharedArrayBuffer, head: Int32Array): Uint8Array {
  return new Uint8Array(memory, head[FROM], head[LENGTH]);
}

function contentIn(memory: SharedArrayBuffer): Uint8Array {
  return new Uint8Array(memory, HEAD_BYTES + TEXTS * MOST_TEXT, MOST_TEXT);
}

/** Has another thread pack, which {@link packForOthers} runs in. Where that does not answer any more, it packs at once. */
export class PackingElsewhere implements Packing {
  readonly #memory: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #patience: number;
  readonly #room = new Room();
  /** Which of the texts the next one is. */
  #next = 0;
  #isAlone = false;
  /** What was packed at once. */
  #packed: Uint8Array | undefined;

  constructor(memory: SharedArrayBuffer, patience = PATIENCE) {
    this.#memory = memory;
    this.#head = headOf(memory);
    this.#patience = patience;
  }

  room(bytes: number): Buffer {
    if (bytes > MOST_TEXT) return this.#room.of(bytes);
    return Buffer.from(this.#memory, HEAD_BYTES + this.#next * MOST_TEXT, MOST_TEXT);
  }

  begin(text: Uint8Array): void {
    const isAsked = this.#isAnswered() && text.buffer === this.#memory;
    this.#packed = isAsked ? undefined : pack(text);
    if (!isAsked) return;
    this.#next = (this.#next + 1) % TEXTS;
    this.#head[FROM] = text.byteOffset;
    this.#head[LENGTH] = text.length;
    Atomics.store(this.#head, STATE, ASKED);
    Atomics.notify(this.#head, STATE);
  }

  take(): Uint8Array {
    if (this.#packed !== undefined) return this.#packed;
    const isPacked = this.#isAnswered() && Atomics.load(this.#head, STATE) === DONE;
    if (isPacked) return contentIn(this.#memory).slice(0, this.#head[PACKED]);
    return pack(textAt(this.#memory, this.#head));
  }

  /** Waits for the answer to what was asked; false where none came, now or before. */
  #isAnswered(): boolean {
    while (!this.#isAlone && Atomics.load(this.#head, STATE) === ASKED) {
      this.#isAlone = Atomics.wait(this.#head, STATE, ASKED, this.#patience) === 'timed-out';
    }
    return !this.#isAlone;
  }
}

/** Packs whatever another thread asks for, until this thread is ended. */
export function packForOthers(memory: SharedArrayBuffer): never {
  const head = headOf(memory);
  const content = contentIn(memory);
  for (;;) {
    const state = Atomics.load(head, STATE);
    if (state === ASKED) {
      const packed = pack(textAt(memory, head));
      const fits = packed.length <= MOST_TEXT;
      if (fits) content.set(packed);
      head[PACKED] = packed.length;
      giveBack(packed);
      Atomics.store(head, STATE, fits ? DONE : TOO_LARGE);
      Atomics.notify(head, STATE);
    } else Atomics.wait(head, STATE, state);
  }
}

/** Frees the memory of a result at once: in a thread that makes no other garbage some 64 MB of it would wait. */
function giveBack({ buffer }: Uint8Array): void {
  // That of a short one is the pool of all short ones.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
