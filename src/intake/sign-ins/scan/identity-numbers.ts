import type { Identity } from '../../../core/signaling/attempt.ts';
import { isFromElsewhere, isMember } from '../facts/network-path-of.ts';
import type { AttemptMemory } from './attempt-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';

/** What is known of who signs in, in bits. */
const KNOWN = 1;
const USER = 2;
const MEMBER = 4;
const FROM_ELSEWHERE = 8;

/** Numbers for those who sign in: even ones for people, odd ones for workloads. */
export class IdentityNumbers {
  readonly #parts: AttemptMemory;
  /** By the number of the person. */
  readonly #known: number[] = [0];
  #bits = 0;

  constructor(parts: AttemptMemory) {
    this.#parts = parts;
  }

  clear(): void {
    this.#known.length = 1;
  }

  /** Whether who was asked for last belongs to this tenant. */
  get isMember(): boolean {
    return (this.#bits & MEMBER) !== 0;
  }

  get isFromElsewhere(): boolean {
    return (this.#bits & FROM_ELSEWHERE) !== 0;
  }

  /** 0 where a value of it has no number. */
  number(signIn: NumberedSignIn): number {
    const person = this.#parts.person.number(signIn);
    if (person === 0) return 0;
    const known = person < this.#known.length ? (this.#known[person] as number) : 0;
    this.#bits = known === 0 ? this.#look(signIn, person) : known;
    if ((this.#bits & USER) !== 0) return person * 2;
    const workload = this.#parts.workload.number(signIn);
    return workload === 0 ? 0 : workload * 2 + 1;
  }

  #look(signIn: NumberedSignIn, person: number): number {
    const bits = bitsOf(this.#parts.person.part(signIn));
    while (this.#known.length < person) this.#known.push(0);
    this.#known[person] = bits;
    return bits;
  }
}

/** Of a workload the application makes no difference here. */
function bitsOf(identity: Identity): number {
  const user = identity.kind === 'user' ? USER : 0;
  return KNOWN | user | (isMember(identity) ? MEMBER : 0) | (isFromElsewhere(identity) ? FROM_ELSEWHERE : 0);
}
