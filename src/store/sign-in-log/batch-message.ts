import type { FoundSignIn } from '../../core/conditional-access/record/found-sign-in.ts';
import type { JudgedSignIn, SeenWords, Verdict } from '../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { Loggable } from '../types.ts';
import type { TenantTexts } from './judgings.ts';
import { tenantOfTexts, textsOfTenant } from './judgings.ts';

/**
 * Judged sign-ins on their way to another thread. The texts lie where both see them; what many share goes there once, and has a
 * number from then on.
 */
export interface BatchMessage {
  readonly tenants: Fresh<TenantTexts>;
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

/** Words of what was seen. */
const SEEN_WORDS = 6;

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
    const judged = batch.filter((signIn): signIn is JudgedSignIn => 'found' in signIn);
    if (judged.length < batch.length) return undefined;
    const all = [this.#tenants, this.#verdicts, this.#persons, this.#applications, this.#clients];
    for (const numbered of all) numbered.begin();
    const numbers = new Int32Array(judged.length * NUMBERS);
    const words: Word[] = [];
    const records: LoggedSignIn[] = [];
    const pieces = new Map<ArrayBufferLike, number>();
    for (const [at, { text, isAsExported, tenant, verdict, seen, found }] of judged.entries()) {
      const own = at * NUMBERS;
      const hasParts = !('record' in found);
      const piece = pieces.get(text.buffer) ?? pieces.size;
      pieces.set(text.buffer, piece);
      numbers[own + NUMBER.piece] = piece;
      numbers[own + NUMBER.from] = text.byteOffset;
      numbers[own + NUMBER.length] = text.length;
      numbers[own + NUMBER.form] =
        (isAsExported ? EXPORTED : 0) + (seen === undefined ? 0 : SEEN) + (hasParts ? PARTS : 0);
      numbers[own + NUMBER.tenant] = this.#tenants.numberOf(tenant);
      numbers[own + NUMBER.verdict] = this.#verdicts.numberOf(verdict);
      if (seen !== undefined) for (let word = 0; word < SEEN_WORDS; word++) words.push(seen[word]);
      if (!hasParts) {
        records.push(found);
        continue;
      }
      numbers[own + NUMBER.person] = this.#persons.numberOf(found.person);
      numbers[own + NUMBER.application] = this.#applications.numberOf(found.application);
      numbers[own + NUMBER.client] = this.#clients.numberOf(found.client);
      words.push(found.id, found.createdDateTime, found.correlationId, found.ipAddress, found.sourceIpAddress);
      words.push(found.globalSecureAccessIpAddress, found.isThroughGlobalSecureAccess, found.countryOrRegion);
    }
    const { isAnew, things } = this.#tenants.fresh;
    return {
      tenants: { isAnew, things: things.map(textsOfTenant) },
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
}

/** Makes batches of messages. */
export class BatchReceiver {
  readonly #tenants: Tenant[] = [];
  readonly #verdicts: Verdict[] = [];
  readonly #persons: FoundSignIn['person'][] = [];
  readonly #applications: FoundSignIn['application'][] = [];
  readonly #clients: FoundSignIn['client'][] = [];

  batchOf(message: BatchMessage): readonly JudgedSignIn[] {
    this.#keep(message);
    const { numbers, words, pieces, records } = message;
    const batch: JudgedSignIn[] = [];
    let [word, record] = [0, 0];
    for (let own = 0; own < numbers.length; own += NUMBERS) {
      const number = (place: number) => numbers[own + place] as number;
      const form = number(NUMBER.form);
      let seen: SeenWords | undefined;
      if ((form & SEEN) !== 0) {
        seen = words.slice(word, word + SEEN_WORDS) as SeenWords;
        word += SEEN_WORDS;
      }
      let found: FoundSignIn | LoggedSignIn;
      if ((form & PARTS) !== 0) {
        found = {
          id: words[word++] as string,
          createdDateTime: words[word++] as string,
          correlationId: words[word++] as string | null,
          ipAddress: words[word++] as string | null,
          sourceIpAddress: words[word++] as string | null,
          globalSecureAccessIpAddress: words[word++] as string | null,
          isThroughGlobalSecureAccess: words[word++] as boolean | null | undefined,
          countryOrRegion: words[word++] as string | null | undefined,
          person: this.#persons[number(NUMBER.person)] as FoundSignIn['person'],
          application: this.#applications[number(NUMBER.application)] as FoundSignIn['application'],
          client: this.#clients[number(NUMBER.client)] as FoundSignIn['client'],
        };
      } else found = records[record++] as LoggedSignIn;
      const piece = pieces[number(NUMBER.piece)] as ArrayBufferLike;
      batch.push({
        text: new Uint8Array(piece, number(NUMBER.from), number(NUMBER.length)),
        isAsExported: (form & EXPORTED) !== 0,
        tenant: this.#tenants[number(NUMBER.tenant)] as Tenant,
        verdict: this.#verdicts[number(NUMBER.verdict)] as Verdict,
        seen,
        found,
      });
    }
    return batch;
  }

  #keep({ tenants, verdicts, persons, applications, clients }: BatchMessage): void {
    keep(this.#tenants, { ...tenants, things: tenants.things.map(tenantOfTexts) });
    keep(this.#verdicts, verdicts);
    keep(this.#persons, persons);
    keep(this.#applications, applications);
    keep(this.#clients, clients);
  }
}

function keep<Thing>(kept: Thing[], { isAnew, things }: Fresh<Thing>): void {
  if (isAnew) kept.length = 0;
  kept.push(...things);
}
