import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, setMember } from '../facts/members.ts';
import { shapedMember } from '../formats/graph-record.ts';
import type { KnownValues } from './known-values.ts';
import { placesOf } from './record-parts.ts';

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

/** Reads a part of a record from the values of its members, each time anew. */
export class PartReader<Part> {
  readonly #members: readonly string[];
  readonly #places: readonly number[];
  readonly #read: (record: Partial<SignIn>) => Part;

  constructor(members: readonly string[], read: (record: Partial<SignIn>) => Part) {
    this.#members = members;
    this.#places = placesOf(members);
    this.#read = read;
  }

  part(signIn: NumberedSignIn): Part {
    return this.#read(this.#recordOf(signIn));
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
