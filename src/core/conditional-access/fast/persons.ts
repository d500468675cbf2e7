import type { Identity, SignInAttempt } from '../../signaling/attempt.ts';
import type { CompiledTenant } from '../compile.ts';
import { isTakenAsItIs } from '../facts/presented.ts';
import type { Subject, UserSubject } from '../facts/subject.ts';
import { resolveSubject } from '../facts/subject.ts';
import type { Judged } from './judged.ts';
import { keyOfIdentity, sameIdentity, widening } from './same-parts.ts';
import type { PeopleAnswers, SlotAnswer } from './slot-bits.ts';

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
  readonly subject: KnownSubject;
  readonly said: SaidOfPerson;
  /** Another one with the same key. */
  readonly next: Person | undefined;
}

/** What the tenant makes of them, without their groups: these follow from the id, and take room. */
type KnownSubject = Omit<UserSubject, 'memberships'> | undefined;

/** What the conditions on people say, of an ordinary client, of Exchange ActiveSync, and of a client that is not known. */
type SaidOfPerson = [plain: SlotAnswer | undefined, widened: SlotAnswer | undefined, either: SlotAnswer | undefined];

/** How many answers there are of one person. */
export const CLIENTS = 3;

/** Everybody who has signed in, found once for all that hangs on who it is. */
export class Persons {
  readonly #compiled: CompiledTenant;
  readonly #answers: PeopleAnswers | undefined;
  readonly #known = new Map<string | undefined, Person>();
  #size = 0;
  /** Several questions are asked about one sign-in. */
  #last: Person | undefined;

  /** `answers` says what the conditions on people say; absent: no policy has one. */
  constructor(compiled: CompiledTenant, answers: PeopleAnswers | undefined) {
    this.#compiled = compiled;
    this.#answers = answers;
  }

  /** Whether any policy has a condition on people. */
  get areAsked(): boolean {
    return this.#answers !== undefined;
  }

  of(identity: Identity): Person {
    if (this.#last?.identity === identity) return this.#last;
    const key = keyOfIdentity(identity);
    for (let person = this.#known.get(key); person !== undefined; person = person.next) {
      if (sameIdentity(person.identity, identity)) return this.#asLast(person);
    }
    return this.#asLast(this.#keep(key, identity));
  }

  /**
   * What is said of them with every client, where no policy asks for more than who they are and the tenant has nothing to add;
   * `undefined`: ask {@link of}. Nothing of it is remembered.
   */
  saidAtOnce(identity: Identity): SlotAnswer | undefined {
    if (this.#answers === undefined) return undefined;
    const subject = resolveSubject(this.#compiled.people, identity);
    return isTakenAsItIs(this.#compiled, identity, subject) ? this.#answers.ofSubject(subject) : undefined;
  }

  #asLast(person: Person): Person {
    this.#last = person;
    return person;
  }

  answer({ said }: Person, judged: Judged): SlotAnswer | undefined {
    const which = saidBy(judged.attempt);
    said[which] ??= this.#answers?.of(judged);
    return said[which];
  }

  #keep(key: string | undefined, identity: Identity): Person {
    if (this.#size >= CAPACITY) {
      this.#known.clear();
      this.#size = 0;
    }
    this.#size++;
    const next = this.#known.get(key);
    const resolved = resolveSubject(this.#compiled.people, identity);
    const isPlain = isTakenAsItIs(this.#compiled, identity, resolved);
    const subject = knownSubject(resolved);
    const said = saidOf(subject, next) ?? this.#saidAtOnce(resolved);
    const person = { identity, isTakenAsItIs: isPlain, subject, said, next };
    this.#known.set(key, person);
    return person;
  }

  /** The same with every client, where no policy asks for more than who it is. */
  #saidAtOnce(subject: Subject): SaidOfPerson {
    const answer = this.#answers?.ofSubject(subject);
    return [answer, answer, answer];
  }
}

/** What of a person's answers holds for the client of a sign-in. */
export function saidBy(attempt: Pick<SignInAttempt, 'clientAppType'>): 0 | 1 | 2 {
  const isWidened = widening(attempt);
  return isWidened === undefined ? 2 : isWidened ? 1 : 0;
}

/** Records of one person say more or less of them; what the tenant makes of it is mostly the same. */
function saidOf(subject: KnownSubject, known: Person | undefined): SaidOfPerson | undefined {
  for (let person = known; person !== undefined; person = person.next) {
    if (isSameSubject(person.subject, subject)) return person.said;
  }
  return undefined;
}

function knownSubject(subject: Subject): KnownSubject {
  if (subject.kind !== 'user') return undefined;
  const { kind, id, types, homeTenantId, isAgent } = subject;
  return { kind, id, types, homeTenantId, isAgent };
}

function isSameSubject(kept: KnownSubject, asked: KnownSubject): boolean {
  if (kept === undefined || asked === undefined) return false;
  return (
    kept.id === asked.id &&
    kept.isAgent === asked.isAgent &&
    kept.homeTenantId === asked.homeTenantId &&
    kept.types.length === asked.types.length &&
    kept.types.every((type, at) => type === asked.types[at])
  );
}
