import type { Identity } from '../../signaling/attempt.ts';
import type { CompiledTenant } from '../compile.ts';
import { isTakenAsItIs } from '../facts/presented.ts';
import type { Judged, SlotAnswer, SlotAnswers } from './slot-bits.ts';
import { keyOfIdentity, sameIdentity, widening } from './slot-bits.ts';

/**
 * How many are remembered; then it starts anew, so that no stream of sign-ins can fill the memory. Twice as many as a company
 * of thirty thousand has: records of one person differ in whether they say that no agent signs in.
 */
const CAPACITY = 65_536;

/** What is remembered of one who signs in. */
export interface Person {
  readonly identity: Identity;
  /** The tenant has nothing to add to what their sign-ins say. */
  readonly isTakenAsItIs: boolean;
  /** What the conditions on people say, of an ordinary client and of Exchange ActiveSync. */
  plain: SlotAnswer | undefined;
  widened: SlotAnswer | undefined;
  /** Another one with the same key. */
  readonly next: Person | undefined;
}

/** Everybody who has signed in, found once for all that hangs on who it is. */
export class Persons {
  readonly #compiled: CompiledTenant;
  readonly #answers: SlotAnswers | undefined;
  readonly #known = new Map<string | undefined, Person>();
  #size = 0;

  /** `answers` says what the conditions on people say; absent: no policy has one. */
  constructor(compiled: CompiledTenant, answers: SlotAnswers | undefined) {
    this.#compiled = compiled;
    this.#answers = answers;
  }

  of(identity: Identity): Person {
    const key = keyOfIdentity(identity);
    for (let person = this.#known.get(key); person !== undefined; person = person.next) {
      if (sameIdentity(person.identity, identity)) return person;
    }
    return this.#keep(key, identity);
  }

  answer(person: Person, judged: Judged): SlotAnswer | undefined {
    const isWidened = widening(judged.attempt);
    if (isWidened === false) {
      person.plain ??= this.#answers?.(judged);
      return person.plain;
    }
    if (isWidened === undefined) return this.#answers?.(judged);
    person.widened ??= this.#answers?.(judged);
    return person.widened;
  }

  #keep(key: string | undefined, identity: Identity): Person {
    if (this.#size >= CAPACITY) {
      this.#known.clear();
      this.#size = 0;
    }
    this.#size++;
    const isPlain = isTakenAsItIs(this.#compiled, identity);
    const next = this.#known.get(key);
    const person = { identity, isTakenAsItIs: isPlain, plain: undefined, widened: undefined, next };
    this.#known.set(key, person);
    return person;
  }
}
