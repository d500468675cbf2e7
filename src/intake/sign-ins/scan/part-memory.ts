import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { PartReader } from './part-reader.ts';
import type { RecordPart } from './record-parts.ts';
import { RECORD_PARTS } from './record-parts.ts';
import { columnOf } from './row-places.ts';

/** Stands where nothing was read yet. */
const UNREAD = Symbol('unread');

/** Reads a part of a record once for each number that it has (record-parts.ts). */
export class PartMemory<Part> {
  readonly #column: number;
  readonly #reader: PartReader<Part>;
  /** By its number. */
  readonly #known: (Part | typeof UNREAD)[] = [UNREAD];

  constructor(part: RecordPart, read: (record: Partial<SignIn>) => Part) {
    this.#column = columnOf(part);
    this.#reader = new PartReader(RECORD_PARTS[part], read);
  }

  clear(): void {
    this.#known.length = 1;
    this.#reader.clear();
  }

  /** The number of the part; 0 where a value of it has none. */
  number({ numbers, offset }: NumberedSignIn): number {
    return numbers[offset + this.#column] as number;
  }

  part(signIn: NumberedSignIn): Part {
    const number = this.number(signIn);
    const known = number < this.#known.length ? (this.#known[number] as Part | typeof UNREAD) : UNREAD;
    return known === UNREAD ? this.#partOf(signIn, number) : known;
  }

  #partOf(signIn: NumberedSignIn, number: number): Part {
    const part = this.#reader.part(signIn);
    if (number === 0) return part;
    // A hole would make the list a slow one.
    while (this.#known.length < number) this.#known.push(UNREAD);
    this.#known[number] = part;
    return part;
  }
}
