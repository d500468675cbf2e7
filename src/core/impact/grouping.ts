import type { CompiledTenant } from '../conditional-access/compile.ts';
import { lookupWords } from '../network/range-index.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import { ADDRESS_WIDTH, ByNumber, numberOf, PART, WORDS_WIDTH } from '../signaling/numbered-attempt.ts';
import { Ways } from '../signaling/ways.ts';
import type { Grouped, Member, SignInKind } from './groups.ts';
import { applicationOf, kindOf, kindOfPerson, locationNamer, userOf } from './groups.ts';

/** A sign-in to be grouped; what its record says is read when it is asked for. */
export interface ToGroup {
  readonly told: Grouped;
  readonly attempt: SignInAttempt;
  readonly numbered: NumberedAttempt | undefined;
}

/** The groups of many sign-ins: what hangs on one part of numbered ones is named once. */
export class Grouping {
  readonly #kinds = new ByNumber<SignInKind>();
  readonly #persons = new ByNumber<boolean>();
  readonly #users = new ByNumber<Member>();
  readonly #applications = new ByNumber<Member>();
  /** By the named locations that hold the user's own address, then by its country. */
  readonly #places = new Map<readonly number[], ByNumber<Member>>();
  readonly #ways = new Ways();
  readonly #locations: CompiledTenant['locations'];
  readonly #locationOf: ReturnType<typeof locationNamer>;

  constructor(compiled: CompiledTenant) {
    this.#locations = compiled.locations;
    this.#locationOf = locationNamer(compiled);
  }

  kind(signIn: ToGroup): SignInKind {
    const { numbered } = signIn;
    if (numbered === undefined) return kindOf(signIn.told, signIn.attempt);
    const number = numberOf(numbered, PART.identity);
    const known = this.#kinds.find(numbered.rows, number);
    if (known !== undefined) return known;
    const kind = this.#isPerson(numbered) ? kindOfPerson(signIn.told) : 'workload';
    return this.#kinds.keep(numbered.rows, number, kind);
  }

  /** The same for whoever it is, whatever else is said of them. */
  #isPerson(signIn: NumberedAttempt): boolean {
    const who = numberOf(signIn, PART.who);
    const known = this.#persons.find(signIn.rows, who);
    return known ?? this.#persons.keep(signIn.rows, who, signIn.identity.kind === 'user');
  }

  /** A person without a name of their own is called by what else the record says. */
  user(signIn: ToGroup): Member {
    const { numbered } = signIn;
    const number = numbered === undefined ? 0 : numberOf(numbered, PART.identity);
    const known = numbered === undefined ? undefined : this.#users.find(numbered.rows, number);
    if (known !== undefined) return known;
    // Who it is, is read without the rest.
    const { identity } = numbered ?? signIn.attempt;
    const user = userOf(signIn.told, { identity });
    const isNamed = identity.kind === 'user' && identity.userPrincipalName !== undefined;
    return numbered === undefined || !isNamed ? user : this.#users.keep(numbered.rows, number, user);
  }

  /** Where no resource is named, it is the client, of which a target does not say the name. */
  application(signIn: ToGroup): Member {
    const { numbered } = signIn;
    const number = numbered === undefined ? 0 : numberOf(numbered, PART.target);
    const known = numbered === undefined ? undefined : this.#applications.find(numbered.rows, number);
    if (known !== undefined) return known;
    const { told } = signIn;
    const application = applicationOf(told);
    if (numbered === undefined || told.resourceId === undefined || told.resourceId === null) return application;
    return this.#applications.keep(numbered.rows, number, application);
  }

  location(signIn: ToGroup): Member {
    const { numbered } = signIn;
    if (numbered === undefined) return this.#locationOf(signIn.attempt);
    const { source, hasSourceCountry } = this.#ways.of(numbered);
    const places = this.#placesOf(numbered, source);
    const country = hasSourceCountry ? numberOf(numbered, PART.country) : 0;
    const known = places.find(numbered.rows, country);
    return known ?? places.keep(numbered.rows, country, this.#locationOf(signIn.attempt));
  }

  #placesOf({ rows: { words }, row }: NumberedAttempt, source: number): ByNumber<Member> {
    const from = row * WORDS_WIDTH + source * ADDRESS_WIDTH;
    const holders = source < 0 ? NO_ADDRESS : lookupWords(this.#locations.index, words, from);
    const known = this.#places.get(holders) ?? new ByNumber<Member>();
    this.#places.set(holders, known);
    return known;
  }
}

/** In the place of the named locations that hold an address. */
const NO_ADDRESS: readonly number[] = [];
