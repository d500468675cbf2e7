import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import { GROUP_MEMBERS } from '../../../core/impact/groups.ts';
import type { Identity, SignInAttempt } from '../../../core/signaling/attempt.ts';
import type { NumberedRows } from '../../../core/signaling/numbered-attempt.ts';
import type { NetworkFacts, TrafficSource } from '../facts/network-path-of.ts';
import { isMember } from '../facts/network-path-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import { attemptOf, networkOf, TESTIMONY_MEMBERS } from '../facts/to-attempt.ts';
import { MARK_MEMBERS, marksOf } from '../formats/graph-record.ts';
import type { SignInMark } from '../marks.ts';
import { AttemptMemory } from './attempt-memory.ts';
import { AttemptNumbers } from './attempt-numbers.ts';
import type { NumberedSignIn } from './part-memory.ts';
import { PartMemory } from './part-memory.ts';

const APPLICATION_MEMBERS = ['appId', 'appDisplayName', 'resourceId', 'resourceDisplayName'];
/** What a log finds sign-ins by, beside {@link APPLICATION_MEMBERS} and addresses. */
const PERSON_MEMBERS = ['userPrincipalName', 'userId'];
const CLIENT_MEMBERS = ['isThroughGlobalSecureAccess', 'clientAppUsed', 'signInEventTypes'];
/** What says how a sign-in came about; apart from the names of people, with each of which it would be another part. */
const KIND_MEMBERS = ['signInEventTypes', 'isInteractive'];
const NAME_MEMBERS = GROUP_MEMBERS.filter((name) => ![...APPLICATION_MEMBERS, ...KIND_MEMBERS].includes(name));

/** Attempts of records of which only the values are known; what many records repeat is read once. */
export class FactMemory {
  readonly #facts: NetworkFacts;
  readonly #parts: AttemptMemory;
  readonly #numbers: AttemptNumbers;
  readonly #marks = new PartMemory<readonly SignInMark[]>(MARK_MEMBERS, marksOf);
  readonly #application = new PartMemory(APPLICATION_MEMBERS, asItIs);
  readonly #kind = new PartMemory(KIND_MEMBERS, asItIs);
  readonly #names = new PartMemory(NAME_MEMBERS, asItIs);
  readonly #applied = new PartMemory(TESTIMONY_MEMBERS, asItIs);
  readonly #address = new PartMemory(['ipAddress'], asItIs);
  readonly #person = new PartMemory(PERSON_MEMBERS, asItIs);
  readonly #client = new PartMemory(CLIENT_MEMBERS, asItIs);
  readonly #stated = new PartMemory(['sourceIpAddress'], asItIs);
  readonly #location = new PartMemory(['location'], asItIs);

  constructor(facts: NetworkFacts) {
    this.#facts = facts;
    this.#parts = new AttemptMemory(facts);
    this.#numbers = new AttemptNumbers(this.#parts, facts);
  }

  clear(): void {
    this.#numbers.clear();
    const told = [this.#marks, this.#application, this.#kind, this.#names, this.#applied, this.#address];
    const found = [this.#person, this.#client, this.#stated, this.#location];
    for (const part of [...told, ...found]) part.clear();
  }

  /** Room for the numbers of so many sign-ins that were read together. */
  rows(count: number): NumberedRows {
    return this.#numbers.rows(count);
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
      network: this.#networkOf(signIn, isMember(identity)),
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
  person(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#person.part(signIn);
  }

  client(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#client.part(signIn);
  }

  stated(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#stated.part(signIn);
  }

  location(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#location.part(signIn);
  }

  /** What is special about the record, as far as it has an id and a time. */
  marks(signIn: NumberedSignIn): readonly SignInMark[] {
    return this.#marks.part(signIn);
  }

  /** Paths through many addresses of the service differ nearly always, and their members do not. */
  #networkOf(signIn: NumberedSignIn, isMember: boolean): AttemptParts['network'] {
    return networkOf(this.#parts.network(signIn), { isMember }, this.#facts, noTraffic);
  }
}

function asItIs(record: Partial<SignIn>): Partial<SignIn> {
  return record;
}

/** A traffic log is asked for the whole record: then nothing is read in parts. */
function noTraffic(): TrafficSource | undefined {
  return undefined;
}
