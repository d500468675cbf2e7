import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, setMember } from '../facts/members.ts';
import { shapedMember } from '../formats/graph-record.ts';
import type { KnownValues } from './known-values.ts';
import { READ_MEMBERS } from './read-members.ts';
import { Tuples } from './tuples.ts';
import { PLACED } from './value-places.ts';

/**
 * A sign-in by the numbers of its values: from an offset that of each member in {@link READ_MEMBERS}. `bytes` are those in which
 * the values stand that have no number.
 */
export interface NumberedSignIn {
  readonly bytes: Uint8Array;
  readonly values: KnownValues;
  readonly numbers: Int32Array;
  readonly offset: number;
}

/** Parts that are remembered of a kind. */
const MOST_PARTS = 32_768;

/** Reads a part of a record from the values of its members, once for each combination of them, which has a number from 1. */
export class PartMemory<Part> {
  readonly #members: readonly string[];
  readonly #places: Int32Array;
  /** The numbers of the part that was asked for last: records that follow one another have most parts in common. */
  readonly #row: Int32Array;
  #last = 0;
  /** A value of the part stands at a place: nothing is known of it from before. */
  #isPlaced = false;
  readonly #known: Tuples<Part>;
  readonly #most: number;
  readonly #read: (record: Partial<SignIn>) => Part;

  constructor(members: readonly string[], read: (record: Partial<SignIn>) => Part, most = MOST_PARTS) {
    this.#read = read;
    this.#most = most;
    this.#members = members;
    this.#places = Int32Array.from(members, (name) => READ_MEMBERS.indexOf(name));
    this.#row = new Int32Array(members.length);
    this.#known = new Tuples(members.length);
  }

  clear(): void {
    this.#known.clear();
    this.#last = 0;
  }

  /** Whether all numbers are given anew before so many more are given. */
  isFullWith(more: number): boolean {
    return this.#known.size + more > this.#most;
  }

  part(signIn: NumberedSignIn): Part {
    const number = this.number(signIn);
    return number === 0 ? this.#read(this.#recordOf(signIn)) : this.#known.at(number);
  }

  /** The part that has a number. */
  at(number: number): Part {
    return this.#known.at(number);
  }

  /** The number of the part; 0 where a value of it has none. */
  number(signIn: NumberedSignIn): number {
    if (this.#isLast(signIn) && this.#last > 0) return this.#last;
    this.#last = 0;
    if (this.#isPlaced) return 0;
    if (this.#known.size >= this.#most) this.#known.clear();
    // Without a function that makes what is new: it would be made for each sign-in, and nearly never called.
    const known = this.#known.find(this.#row);
    this.#last = known > 0 ? known : this.#known.keep(this.#row, this.#read(this.#recordOf(signIn)));
    return this.#last;
  }

  /** Takes the numbers of the members; false where any is another than before. */
  #isLast({ numbers, offset }: NumberedSignIn): boolean {
    const row = this.#row;
    const places = this.#places;
    let isLast = true;
    this.#isPlaced = false;
    for (let column = 0; column < places.length; column++) {
      const number = numbers[offset + (places[column] as number)] as number;
      if (number >= PLACED) this.#isPlaced = true;
      if (row[column] === number) continue;
      row[column] = number;
      isLast = false;
    }
    return isLast && !this.#isPlaced;
  }

  /** The members in the form that `finishRecord` gives them. */
  #recordOf({ values, numbers, offset, bytes }: NumberedSignIn): Partial<SignIn> {
    const record: Members = {};
    for (let column = 0; column < this.#members.length; column++) {
      const number = numbers[offset + (this.#places[column] as number)] as number;
      if (number === 0) continue;
      const name = this.#members[column] as string;
      const value = values.value(number, bytes);
      const shaped = isBlank(value) ? undefined : shapedMember(name, value);
      if (!isBlank(shaped)) setMember(record, name, shaped);
    }
    return record;
  }
}
