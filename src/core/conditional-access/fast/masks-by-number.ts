import type { NumberedRows } from '../../signaling/numbered-attempt.ts';

const FIRST_NUMBERS = 64;

/** Masks of policies by the number of a part, one behind the other: of tens of thousands each would lie elsewhere. */
export class MasksByNumber {
  readonly #width: number;
  readonly #all = new WeakMap<object, Uint32Array>();
  #numbering: object | undefined;
  #words: Uint32Array = new Uint32Array(0);

  /** `width`: words of a mask. */
  constructor(width: number) {
    this.#width = width;
  }

  /** Where the masks stand: that of a number from `number` times the width on, if it was kept. */
  words({ numbering }: NumberedRows): Uint32Array {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    return this.#words;
  }

  keep({ numbering }: NumberedRows, number: number, mask: Uint32Array): void {
    if (numbering !== this.#numbering) this.#turnTo(numbering);
    const from = number * this.#width;
    if (from + this.#width > this.#words.length) this.#widen(numbering, from);
    this.#words.set(mask, from);
  }

  #turnTo(numbering: object): void {
    this.#numbering = numbering;
    this.#words = this.#all.get(numbering) ?? new Uint32Array(0);
  }

  #widen(numbering: object, from: number): void {
    const wider = new Uint32Array(Math.max(FIRST_NUMBERS * this.#width, from * 2));
    wider.set(this.#words);
    this.#words = wider;
    this.#all.set(numbering, wider);
  }
}
