import type { ClassCode } from '../diagram/outcomes.ts';
import { FLAG_SETS } from '../levels/flags.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, emptyMask, setBit } from '../worlds/masks.ts';
import type { Side } from '../worlds/policies.ts';
import { Deciding } from './deciding.ts';

/**
 * Of each terminal, and of each place of the diagram (deciders.ts), four masks of policies: what is met and what is certain behind it,
 * for a policy that surely applies so far, and for one that perhaps does.
 */
export const MET_SURELY = 0;
export const MET_PERHAPS = 1;
export const CERTAIN_SURELY = 2;
export const CERTAIN_PERHAPS = 3;
export const KINDS = 4;
/** From what is met to what is certain. */
export const MET_KINDS = 2;

/** Which policies decide the sign-ins of one class that end at a terminal, as masks of each kind, one behind the other. */
export class TerminalMasks {
  readonly #proof: Proof;
  readonly #side: Side;
  /** Words of a mask of policies. */
  readonly #words: number;
  readonly #deciding: readonly { readonly entries: Mask; readonly deciding: Deciding }[];
  readonly #known = new Map<number, Mask>();

  constructor(proof: Proof, code: ClassCode, side: Side) {
    this.#proof = proof;
    this.#side = side;
    this.#words = emptyMask(proof.union.entries.length).length;
    this.#deciding = this.#alike().map((entries) => {
      const mask = emptyMask(proof.union.entries.length);
      for (const at of entries) setBit(mask, at);
      return { entries: mask, deciding: new Deciding(proof, { code, by: { entry: entries[0] ?? 0, side } }) };
    });
  }

  /** The masks of the terminal with that number, reached with these flags. */
  of(number: number, flags: number): Mask {
    const key = number * FLAG_SETS + flags;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const masks = new Uint32Array(KINDS * this.#words);
    const terminal = this.#proof.diagram.terminals[number];
    for (const { entries, deciding } of this.#deciding) {
      for (const [isSure, met, certain] of [
        [true, MET_SURELY, CERTAIN_SURELY],
        [false, MET_PERHAPS, CERTAIN_PERHAPS],
      ] as const) {
        if (deciding.columnOf(terminal, { flags, isSure }) < 0) continue;
        addTo(this.#kindIn(masks, met), entries);
        if (deciding.isAlways(terminal, { flags, isSure })) addTo(this.#kindIn(masks, certain), entries);
      }
    }
    this.#known.set(key, masks);
    return masks;
  }

  #kindIn(masks: Mask, kind: number): Mask {
    return masks.subarray(kind * this.#words, (kind + 1) * this.#words);
  }

  /** Policies that ask for the same: their answers at a terminal are one. */
  #alike(): number[][] {
    const { entries } = this.#proof.union;
    const living = [...entries.keys()].filter((at) => entries[at]?.[this.#side] !== undefined);
    const keyAt = (at: number) => `${entries[at]?.grant} ${entries[at]?.demands.join()} ${entries[at]?.isSure}`;
    return [...Map.groupBy(living, keyAt).values()];
  }
}
