import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Identity, SignInAttempt } from '../../../core/signaling/attempt.ts';
import type { NumberedRows } from '../../../core/signaling/numbered-attempt.ts';
import { isOfThisTenant } from '../../../core/signaling/tunnel.ts';
import type { NetworkFacts, TrafficSource } from '../facts/network-path-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import { attemptOf, networkOf } from '../facts/to-attempt.ts';
import { marksOf } from '../formats/graph-record.ts';
import type { SignInMark } from '../marks.ts';
import { AttemptMemory } from './attempt-memory.ts';
import { AttemptNumbers } from './attempt-numbers.ts';
import { PartMemory } from './part-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { PartReader } from './part-reader.ts';

/** Attempts of records of which only the values are known; what many records repeat is read once. */
export class FactMemory {
  readonly #facts: NetworkFacts;
  readonly #parts: AttemptMemory;
  readonly #numbers: AttemptNumbers;
  readonly #marks = new PartMemory('marks', marksOf);
  readonly #application = new PartMemory('application', asItIs);
  readonly #kind = new PartMemory('kind', asItIs);
  readonly #names = new PartMemory('names', asItIs);
  readonly #applied = new PartMemory('testimony', asItIs);
  readonly #address = new PartReader(['ipAddress'], asItIs);
  readonly #account = new PartMemory('account', asItIs);
  readonly #location = new PartMemory('location', asItIs);
  readonly #way = new PartMemory('way', asItIs);
  readonly #stated = new PartReader(['sourceIpAddress'], asItIs);

  constructor(facts: NetworkFacts) {
    this.#facts = facts;
    this.#parts = new AttemptMemory(facts);
    this.#numbers = new AttemptNumbers(this.#parts, facts);
  }

  clear(): void {
    this.#numbers.clear();
    const told = [this.#marks, this.#application, this.#kind, this.#names, this.#applied];
    const found = [this.#account, this.#location, this.#way];
    for (const part of [...told, ...found, this.#address, this.#stated]) part.clear();
  }

  /** Room for the numbers of so many sign-ins that were read together, and whose addresses are `words` (address-words.ts). */
  rows(count: number, words: Uint32Array): NumberedRows {
    return this.#numbers.rows(count, words);
  }

  /** Puts the numbers of a sign-in into its row; false where one of its parts has none. */
  putNumbers(signIn: NumberedSignIn, rows: NumberedRows, row: number): boolean {
    return this.#numbers.put(signIn, rows, row);
  }

  identity(signIn: NumberedSignIn): Identity {
    return this.#parts.identity(signIn);
  }

  attempt(signIn: NumberedSignIn): SignInAttempt {
    const parts = this.#parts;
    const identity = parts.identity(signIn);
    return attemptOf({
      identity,
      target: parts.target.part(signIn),
      network: this.#networkOf(signIn, isOfThisTenant(identity)),
      client: parts.client.part(signIn),
      device: parts.device.part(signIn),
      risk: parts.risk.part(signIn),
      flow: parts.flow.part(signIn),
      session: parts.session.part(signIn),
      testimony: parts.testimony.part(signIn),
      reach: parts.reach.part(signIn),
    });
  }

  /** What of the record is counted, compared and shown, by what it is about. */
  application(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#application.part(signIn);
  }

  kind(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#kind.part(signIn);
  }

  names(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#names.part(signIn);
  }

  applied(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#applied.part(signIn);
  }

  address(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#address.part(signIn);
  }

  /** What a log finds it by, in parts, as records differ by one of them and not by all. */
  account(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#account.part(signIn);
  }

  location(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#location.part(signIn);
  }

  way(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#way.part(signIn);
  }

  stated(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#stated.part(signIn);
  }

  /** What is special about the record, as far as it has an id and a time. */
  marks(signIn: NumberedSignIn): readonly SignInMark[] {
    return this.#marks.part(signIn);
  }

  /** Paths through many addresses of the service differ nearly always, and their members do not. */
  #networkOf(signIn: NumberedSignIn, isOfThisTenant: boolean): AttemptParts['network'] {
    return networkOf(this.#parts.network(signIn), { isOfThisTenant }, this.#facts, noTraffic);
  }
}

function asItIs(record: Partial<SignIn>): Partial<SignIn> {
  return record;
}

/** A traffic log is asked for the whole record: then nothing is read in parts. */
function noTraffic(): TrafficSource | undefined {
  return undefined;
}
