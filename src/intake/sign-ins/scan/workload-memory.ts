import type { Identity } from '../../../core/signaling/attempt.ts';
import { IDENTITY_MEMBERS, identityOf } from '../facts/identity-of.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { PartReader } from './part-reader.ts';
import { columnOf, placesOf } from './row-places.ts';
import { Tuples } from './tuples.ts';
import { PLACED } from './value-places.ts';

/** Workloads that are remembered. */
const MOST = 32_768;

const WHO = columnOf('person');
const [APPLICATION] = placesOf(['appId']) as [number];

/** Identities of workloads, each read once: unlike people they are told apart by the application that signs in, too. */
export class WorkloadMemory {
  readonly #reader = new PartReader(IDENTITY_MEMBERS, identityOf);
  readonly #numbers = new Tuples(2);
  readonly #row = new Int32Array(2);
  /** By number, from 1. */
  #known: Identity[] = [];

  clear(): void {
    this.#numbers.clear();
    this.#known = [];
    this.#reader.clear();
  }

  /** Whether there is no room for so many more without forgetting. */
  isFullWith(more: number): boolean {
    return this.#known.length + more > MOST;
  }

  /** The number of the identity; 0 where a value of it has none. */
  number(signIn: NumberedSignIn): number {
    const { numbers, offset } = signIn;
    const [who, application] = [numbers[offset + WHO] as number, numbers[offset + APPLICATION] as number];
    if (who === 0 || application >= PLACED) return 0;
    this.#row[0] = who;
    this.#row[1] = application;
    const number = this.#numbers.number(this.#row);
    if (number > this.#known.length) this.#known.push(this.#reader.part(signIn));
    return number;
  }

  part(signIn: NumberedSignIn): Identity {
    const number = this.number(signIn);
    return number === 0 ? this.#reader.part(signIn) : (this.#known[number - 1] as Identity);
  }
}
