import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, setMember } from '../facts/members.ts';
import { shapedMember } from '../formats/graph-record.ts';
import type { KnownValues } from './known-values.ts';
import { placesOf } from './row-places.ts';
import { PLACED } from './value-places.ts';

/**
 * A sign-in by the numbers of its values and of its parts: from an offset {@link ROW_WIDTH} of them. `bytes` are those in which the
 * values stand that have no number.
 */
export interface NumberedSignIn {
  readonly bytes: Uint8Array;
  readonly values: KnownValues;
  readonly numbers: Int32Array;
  readonly offset: number;
}

/** Values of each member that are kept in their form: a power of two, as their numbers are told apart by the last bits. */
const KEPT = 16;

/** Reads a part of a record from the values of its members, each time anew. */
export class PartReader<Part> {
  readonly #members: readonly string[];
  readonly #places: readonly number[];
  readonly #read: (record: Partial<SignIn>) => Part;
  /** Of each member the values that came last: parts that differ in one of them have the others in common. */
  readonly #keptNumbers: Int32Array;
  readonly #kept: unknown[];

  constructor(members: readonly string[], read: (record: Partial<SignIn>) => Part) {
    this.#members = members;
    this.#places = placesOf(members);
    this.#read = read;
    this.#keptNumbers = new Int32Array(members.length * KEPT);
    this.#kept = new Array(members.length * KEPT).fill(undefined);
  }

  /** Forgets the values, as their numbers say nothing any more. */
  clear(): void {
    this.#keptNumbers.fill(0);
    this.#kept.fill(undefined);
  }

  part(signIn: NumberedSignIn): Part {
    return this.#read(this.#recordOf(signIn));
  }

  /** The members in the form that `finishRecord` gives them. */
  #recordOf(signIn: NumberedSignIn): Partial<SignIn> {
    const record: Members = {};
    for (let column = 0; column < this.#members.length; column++) {
      const number = signIn.numbers[signIn.offset + (this.#places[column] as number)] as number;
      if (number === 0) continue;
      const shaped = this.#shaped(column, number, signIn);
      if (shaped !== undefined) setMember(record, this.#members[column] as string, shaped);
    }
    return record;
  }

  /** The value in the form of its member; `undefined`: it says nothing. */
  #shaped(column: number, number: number, { values, bytes }: NumberedSignIn): unknown {
    const at = column * KEPT + (number & (KEPT - 1));
    if (this.#keptNumbers[at] === number) return this.#kept[at];
    const value = values.value(number, bytes);
    const shaped = isBlank(value) ? undefined : shapedMember(this.#members[column] as string, value);
    const said = isBlank(shaped) ? undefined : shaped;
    if (number >= PLACED) return said;
    this.#keptNumbers[at] = number;
    this.#kept[at] = said;
    return said;
  }
}
