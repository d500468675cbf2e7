import type { FoundSignIn } from '../../core/conditional-access/record/found-sign-in.ts';
import type { JudgedSignIn, SeenWords, Verdict } from '../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { Batch, Loggable } from '../types.ts';
import type { PackedTenant } from './judgings.ts';
import { packedTenant, tenantOfPacked } from './judgings.ts';

/**
 * Judged sign-ins on their way to another thread. The texts lie where both see them; what many share goes there once, and has a
 * number from then on.
 */
export interface BatchMessage {
  readonly tenants: Fresh<PackedTenant>;
  readonly verdicts: Fresh<Verdict>;
  readonly persons: Fresh<FoundSignIn['person']>;
  readonly applications: Fresh<FoundSignIn['application']>;
  readonly clients: Fresh<FoundSignIn['client']>;
  /** {@link NUMBERS} of each sign-in. */
  readonly numbers: Int32Array;
  /** Of each sign-in that has parts what is its own, then what was seen of each that was judged. */
  readonly words: readonly Word[];
  /** The memory in which the texts lie. */
  readonly pieces: readonly ArrayBufferLike[];
  /** What others than those with parts are found by. */
  readonly records: readonly LoggedSignIn[];
}

/** Things that get the next numbers; `isAnew`: the first ones, as the numbers that were given before say nothing any more. */
interface Fresh<Thing> {
  readonly isAnew: boolean;
  readonly things: readonly Thing[];
}

type Word = string | number | boolean | null | undefined;

/** By their places: where the text lies, what it is, and what the sign-in shares with others. */
const NUMBER = {
  ...{ piece: 0, from: 1, length: 2, form: 3, tenant: 4 },
  ...{ verdict: 5, person: 6, application: 7, client: 8 },
};
const NUMBERS = 9;

/** Bits of the form. */
const EXPORTED = 1;
const SEEN = 2;
const PARTS = 4;

/** Words of what was seen, and of what a sign-in with parts has of its own. */
const SEEN_WORDS = 6;
const FOUND_WORDS = 8;

/** Things of a kind that are remembered on both sides; what is new then begins anew. */
const MOST = 32_768;
/** Verdicts are the largest of them. */
const MOST_VERDICTS = 8_192;

/** Numbers of things, and those that are new. */
class Numbered<Thing extends object> {
  readonly #most: number;
  #known = new WeakMap<Thing, number>();
  #count = 0;
  #fresh: Thing[] = [];
  #isAnew = false;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Before a batch, in which no number is given anew. */
  begin(): void {
    this.#isAnew = this.#count >= this.#most;
    this.#fresh = [];
    if (!this.#isAnew) return;
    this.#known = new WeakMap();
    this.#count = 0;
  }

  numberOf(thing: Thing): number {
    const known = this.#known.get(thing);
    if (known !== undefined) return known;
    this.#known.set(thing, this.#count);
    this.#fresh.push(thing);
    return this.#count++;
  }

  get fresh(): Fresh<Thing> {
    return { isAnew: this.#isAnew, things: this.#fresh };
  }
}

/** Makes messages of batches. */
export class BatchSender {
  readonly #tenants = new Numbered<Tenant>();
  readonly #verdicts = new Numbered<Verdict>(MOST_VERDICTS);
  readonly #persons = new Numbered<FoundSignIn['person']>();
  readonly #applications = new Numbered<FoundSignIn['application']>();
  readonly #clients = new Numbered<FoundSignIn['client']>();

  /** `undefined`: a record of the batch is written already, which is too much to send. */
  messageOf(batch: readonly Loggable[]): BatchMessage | undefined {
    const all = [this.#tenants, this.#verdicts, this.#persons, this.#applications, this.#clients];
    for (const numbered of all) numbered.begin();
    const numbers = new Int32Array(batch.length * NUMBERS);
    const words: Word[] = [];
    const records: LoggedSignIn[] = [];
    const pieces = new Map<ArrayBufferLike, number>();
    // Without an iterator, which makes objects for every sign-in.
    for (let at = 0; at < batch.length; at++) {
      const signIn = batch[at] as Loggable;
      if (!('found' in signIn)) return undefined;
      const own = at * NUMBERS;
      this.#putText(signIn, numbers, own, pieces);
      if (signIn.seen !== undefined) for (let word = 0; word < SEEN_WORDS; word++) words.push(signIn.seen[word]);
      if ('record' in signIn.found) records.push(signIn.found);
      else this.#putParts(signIn.found, numbers, own, words);
    }
    const { isAnew, things } = this.#tenants.fresh;
    return {
      tenants: { isAnew, things: things.map(packedTenant) },
      verdicts: this.#verdicts.fresh,
      persons: this.#persons.fresh,
      applications: this.#applications.fresh,
      clients: this.#clients.fresh,
      numbers,
      words,
      pieces: [...pieces.keys()],
      records,
    };
  }

  #putText(
    { text, isAsExported, tenant, verdict, seen, found }: JudgedSignIn,
    numbers: Int32Array,
    own: number,
    pieces: Map<ArrayBufferLike, number>,
  ): void {
    const piece = pieces.get(text.buffer) ?? pieces.size;
    pieces.set(text.buffer, piece);
    numbers[own + NUMBER.piece] = piece;
    numbers[own + NUMBER.from] = text.byteOffset;
    numbers[own + NUMBER.length] = text.length;
    numbers[own + NUMBER.form] =
      (isAsExported ? EXPORTED : 0) + (seen === undefined ? 0 : SEEN) + ('record' in found ? 0 : PARTS);
    numbers[own + NUMBER.tenant] = this.#tenants.numberOf(tenant);
    numbers[own + NUMBER.verdict] = this.#verdicts.numberOf(verdict);
  }

  #putParts(found: FoundSignIn, numbers: Int32Array, own: number, words: Word[]): void {
    numbers[own + NUMBER.person] = this.#persons.numberOf(found.person);
    numbers[own + NUMBER.application] = this.#applications.numberOf(found.application);
    numbers[own + NUMBER.client] = this.#clients.numberOf(found.client);
    words.push(found.id, found.createdDateTime, found.correlationId, found.ipAddress, found.sourceIpAddress);
    words.push(found.globalSecureAccessIpAddress, found.isThroughGlobalSecureAccess, found.countryOrRegion);
  }
}

/** Makes batches of messages. */
export class BatchReceiver implements Things {
  readonly tenants: Tenant[] = [];
  readonly verdicts: Verdict[] = [];
  readonly persons: FoundSignIn['person'][] = [];
  readonly applications: FoundSignIn['application'][] = [];
  readonly clients: FoundSignIn['client'][] = [];

  /** Good until the next one. */
  batchOf(message: BatchMessage): Batch {
    const { tenants, verdicts, persons, applications, clients } = message;
    keep(this.tenants, { ...tenants, things: tenants.things.map(tenantOfPacked) });
    keep(this.verdicts, verdicts);
    keep(this.persons, persons);
    keep(this.applications, applications);
    keep(this.clients, clients);
    return new ReceivedBatch(message, this);
  }
}

/** What many sign-ins share, by its numbers. */
interface Things {
  readonly tenants: readonly Tenant[];
  readonly verdicts: readonly Verdict[];
  readonly persons: readonly FoundSignIn['person'][];
  readonly applications: readonly FoundSignIn['application'][];
  readonly clients: readonly FoundSignIn['client'][];
}

/** The sign-ins of a message, each made when it is its turn: a thousand at once would be in the way of what comes and goes. */
class ReceivedBatch implements Batch {
  readonly #message: BatchMessage;
  readonly #things: Things;

  constructor(message: BatchMessage, things: Things) {
    this.#message = message;
    this.#things = things;
  }

  get length(): number {
    return this.#message.numbers.length / NUMBERS;
  }

  *[Symbol.iterator](): Generator<JudgedSignIn> {
    const { words, records } = this.#message;
    let [word, record] = [0, 0];
    for (let own = 0; own < this.#message.numbers.length; own += NUMBERS) {
      const form = this.#number(own, NUMBER.form);
      let seen: SeenWords | undefined;
      if ((form & SEEN) !== 0) {
        seen = words.slice(word, word + SEEN_WORDS) as SeenWords;
        word += SEEN_WORDS;
      }
      let found: FoundSignIn | LoggedSignIn;
      if ((form & PARTS) !== 0) {
        found = this.#foundIn(own, word);
        word += FOUND_WORDS;
      } else found = records[record++] as LoggedSignIn;
      yield this.#judged(own, seen, found);
    }
  }

  #judged(own: number, seen: SeenWords | undefined, found: FoundSignIn | LoggedSignIn): JudgedSignIn {
    const piece = this.#message.pieces[this.#number(own, NUMBER.piece)] as ArrayBufferLike;
    return {
      text: new Uint8Array(piece, this.#number(own, NUMBER.from), this.#number(own, NUMBER.length)),
      isAsExported: (this.#number(own, NUMBER.form) & EXPORTED) !== 0,
      tenant: this.#things.tenants[this.#number(own, NUMBER.tenant)] as Tenant,
      verdict: this.#things.verdicts[this.#number(own, NUMBER.verdict)] as Verdict,
      seen,
      found,
    };
  }

  #foundIn(own: number, word: number): FoundSignIn {
    const { words } = this.#message;
    return {
      id: words[word] as string,
      createdDateTime: words[word + 1] as string,
      correlationId: words[word + 2] as string | null,
      ipAddress: words[word + 3] as string | null,
      sourceIpAddress: words[word + 4] as string | null,
      globalSecureAccessIpAddress: words[word + 5] as string | null,
      isThroughGlobalSecureAccess: words[word + 6] as boolean | null | undefined,
      countryOrRegion: words[word + 7] as string | null | undefined,
      person: this.#things.persons[this.#number(own, NUMBER.person)] as FoundSignIn['person'],
      application: this.#things.applications[this.#number(own, NUMBER.application)] as FoundSignIn['application'],
      client: this.#things.clients[this.#number(own, NUMBER.client)] as FoundSignIn['client'],
    };
  }

  #number(own: number, place: number): number {
    return this.#message.numbers[own + place] as number;
  }
}

function keep<Thing>(kept: Thing[], { isAnew, things }: Fresh<Thing>): void {
  if (isAnew) kept.length = 0;
  kept.push(...things);
}
