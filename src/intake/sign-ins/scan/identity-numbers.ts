import type { Identity } from '../../../core/signaling/attempt.ts';
import { isOfThisTenant, mayBeFromElsewhere } from '../../../core/signaling/tunnel.ts';
import type { SubjectSaid } from '../facts/identity-of.ts';
import type { AttemptMemory } from './attempt-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { columnOf } from './row-places.ts';

const WHO = columnOf('who');

/** What is known of who signs in, in bits. */
const KNOWN = 1;
const USER = 2;
const OF_THIS_TENANT = 4;
const FROM_ELSEWHERE = 8;

const SUBJECTS: Readonly<Record<SubjectSaid, number>> = {
  managedIdentity: 0,
  servicePrincipal: 1,
  user: 2,
  nothing: 3,
};
const SUBJECT_COUNT = Object.keys(SUBJECTS).length;

/** Numbers for those who sign in: even ones for people, odd ones for workloads. */
export class IdentityNumbers {
  readonly #parts: AttemptMemory;
  /** By the number of who it is, for each word of the event types on it. */
  readonly #known: number[] = [0];
  #bits = 0;

  constructor(parts: AttemptMemory) {
    this.#parts = parts;
  }

  clear(): void {
    this.#known.length = 1;
  }

  /** Whether who was asked for last is known to have an account of this tenant. */
  get isOfThisTenant(): boolean {
    return (this.#bits & OF_THIS_TENANT) !== 0;
  }

  get mayBeFromElsewhere(): boolean {
    return (this.#bits & FROM_ELSEWHERE) !== 0;
  }

  /** The number of who was asked for last (`PART.who`), where `identity` is that of the identity. */
  whoOf({ numbers, offset }: NumberedSignIn, identity: number): number {
    return (this.#bits & USER) === 0 ? identity : (numbers[offset + WHO] as number) * 2;
  }

  /** The number of the identity; 0 where a value of it has none. */
  number(signIn: NumberedSignIn): number {
    const person = this.#parts.person.number(signIn);
    if (person === 0) return 0;
    const who =
      (signIn.numbers[signIn.offset + WHO] as number) * SUBJECT_COUNT + SUBJECTS[this.#parts.said.part(signIn)];
    const known = who < this.#known.length ? (this.#known[who] as number) : 0;
    this.#bits = known === 0 ? this.#look(signIn, who) : known;
    if ((this.#bits & USER) !== 0) return person * 2;
    const workload = this.#parts.workload.number(signIn);
    return workload === 0 ? 0 : workload * 2 + 1;
  }

  #look(signIn: NumberedSignIn, who: number): number {
    const bits = bitsOf(this.#parts.person.part(signIn));
    // A hole would make the list a slow one.
    while (this.#known.length < who) this.#known.push(0);
    this.#known[who] = bits;
    return bits;
  }
}

/** Of a workload the application makes no difference here. */
function bitsOf(identity: Identity): number {
  const user = identity.kind === 'user' ? USER : 0;
  const here = isOfThisTenant(identity) ? OF_THIS_TENANT : 0;
  return KNOWN | user | here | (mayBeFromElsewhere(identity) ? FROM_ELSEWHERE : 0);
}
