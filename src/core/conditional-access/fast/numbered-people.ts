import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import { ByNumber, numberOf, PART } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { Judged } from './judged.ts';
import { MasksByNumber } from './masks-by-number.ts';
import type { Persons } from './persons.ts';
import { CLIENTS, saidBy } from './persons.ts';
import type { SlotAnswer } from './slot-bits.ts';

/** How somebody who signs in is taken; the tenant takes some otherwise than they present themselves. */
const WORKLOAD = 0;
const AGENT = 1;
const PERSON = 2;
/** A person of whom the same is said with every client, and no less. */
export const PLAIN = 3;
export const OTHERWISE = 4;

/** How many of them make claims of their own. */
export const CLAIMANTS = 4;

/** Makes what a sign-in is judged by. */
type Judging = (signIn: NumberedAttempt, sight: Sight) => Judged;

/**
 * What is asked of everybody who signs in. How they are taken, and what is said of them by ids and groups alone, is the same whether or
 * not they say that no agent signs in: that goes by the number of who they are, and all else by that of the identity.
 */
export class NumberedPeople {
  readonly #persons: Persons;
  readonly #taken = new ByNumber<number>();
  /** Of those who are {@link PLAIN}, with the policies that surely reach them; no other may. */
  readonly #plain = new ByNumber<SlotAnswer>();
  readonly #masks: MasksByNumber;
  /** Of the others, by the client too. */
  readonly #byClient = new ByNumber<SlotAnswer>();
  readonly #clients = new ByNumber<number>();

  /** `width`: words of a mask of all policies. */
  constructor(persons: Persons, width: number) {
    this.#persons = persons;
    this.#masks = new MasksByNumber(width);
  }

  takenOf(signIn: NumberedAttempt): number {
    const who = numberOf(signIn, PART.who);
    return this.#taken.find(signIn.rows, who) ?? this.#taken.keep(signIn.rows, who, this.#take(signIn, who));
  }

  /** Where the masks of those who are {@link PLAIN} stand, by the numbers of who they are. */
  masks({ rows }: NumberedAttempt): Uint32Array {
    return this.#masks.words(rows);
  }

  /** What the conditions on people say; `undefined`: no policy has one. `judged` is for one of whom it was not asked before. */
  answer(signIn: NumberedAttempt, sight: Sight, judged: Judging): SlotAnswer | undefined {
    const plain = this.#plain.find(signIn.rows, numberOf(signIn, PART.who));
    return plain ?? (this.#persons.areAsked ? this.#withClient(signIn, sight, judged) : undefined);
  }

  #take({ identity, rows }: NumberedAttempt, who: number): number {
    const plain = this.#persons.saidAtOnce(identity);
    if (plain !== undefined) {
      this.#plain.keep(rows, who, plain);
      this.#masks.keep(rows, who, plain.sure);
      return PLAIN;
    }
    if (!this.#persons.of(identity).isTakenAsItIs) return OTHERWISE;
    return identity.kind !== 'user' ? WORKLOAD : identity.isAgent === true ? AGENT : PERSON;
  }

  #withClient(signIn: NumberedAttempt, sight: Sight, judged: Judging): SlotAnswer | undefined {
    const { rows } = signIn;
    const client = numberOf(signIn, PART.client);
    const which = this.#clients.find(rows, client) ?? this.#clients.keep(rows, client, saidBy(signIn.attempt));
    const number = numberOf(signIn, PART.identity) * CLIENTS + which;
    const known = this.#byClient.find(rows, number);
    if (known !== undefined) return known;
    const person = this.#persons.of(signIn.identity);
    const answer = person.said[which] ?? this.#persons.answer(person, judged(signIn, sight));
    return answer && this.#byClient.keep(rows, number, answer);
  }
}
