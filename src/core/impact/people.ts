import { ByNumber, numberOf, PART } from '../signaling/numbered-attempt.ts';
import type { Counted } from './counted.ts';

/** Somebody who signs in, or a workload. */
export interface CountedPerson {
  /** Given in the order in which people come, from 0. */
  readonly number: number;
  /** The counts that have them already, in bits. */
  in: number;
}

/** The people behind sign-ins, each once: nearly every sign-in is of somebody who was there before. */
export class People {
  readonly #byId = new Map<string, CountedPerson>();
  /** By the number of who they are, which is the same whatever else is said of them. */
  readonly #byNumber = new ByNumber<CountedPerson>();

  get size(): number {
    return this.#byId.size;
  }

  /** How many people the count of that bit has. */
  countIn(bit: number): number {
    let count = 0;
    for (const person of this.#byId.values()) if ((person.in & bit) !== 0) count++;
    return count;
  }

  /** Who signs in; the id is read only of those who have no number or were not there before. */
  of(signIn: Pick<Counted, 'numbered' | 'personId'>): CountedPerson {
    const { numbered } = signIn;
    if (numbered === undefined) return this.withId(signIn.personId);
    const number = numberOf(numbered, PART.who);
    const known = this.#byNumber.find(numbered.rows, number);
    return known ?? this.#byNumber.keep(numbered.rows, number, this.withId(signIn.personId));
  }

  withId(id: string): CountedPerson {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const person = { number: this.#byId.size, in: 0 };
    this.#byId.set(id, person);
    return person;
  }
}
