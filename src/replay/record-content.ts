import type { Address } from '../core/network/address.ts';
import type { PolicyTestimony, SignInAttempt } from '../core/signaling/attempt.ts';
import type { NumberedAttempt } from '../core/signaling/numbered-attempt.ts';
import { ADDRESS_WIDTH, NumbersByNumber, numberOf, PART, WORDS_WIDTH } from '../core/signaling/numbered-attempt.ts';
import type { Way } from '../core/signaling/ways.ts';
import { Ways } from '../core/signaling/ways.ts';
import { bitsInAnyCase, bitsOf } from '../core/values/text-bits.ts';
import type { ReadSignIn } from '../intake/types.ts';

/** What came of a sign-in, in texts and lists of them that are the same for the same. */
export type VerdictTexts = readonly (string | readonly string[])[];

/** 32 bits of what came of sign-ins, once for all that share it. */
export class VerdictBits<Verdict extends object> {
  readonly #textsOf: (verdict: Verdict) => VerdictTexts;
  readonly #known = new WeakMap<Verdict, number>();

  constructor(textsOf: (verdict: Verdict) => VerdictTexts) {
    this.#textsOf = textsOf;
  }

  of(verdict: Verdict): number {
    const known = this.#known.get(verdict);
    if (known !== undefined) return known;
    const bits = bitsOfVerdict(this.#textsOf(verdict));
    this.#known.set(verdict, bits);
    return bits;
  }
}

export function bitsOfVerdict(texts: VerdictTexts): number {
  return bitsOf(JSON.stringify(texts), MULTIPLIER);
}

/**
 * What a record says of a sign-in, as far as anything hangs on it, in 32 bits: who, where, with what, which policies it lists, and what
 * came of it. How an export spells its members makes no difference. No text is remembered: the addresses of a company are so many
 * that looking for one takes longer than going over it.
 */
export class RecordContents {
  /** What many records say of policies is one object to all of them. */
  readonly #testimonies = new WeakMap<ReadonlyMap<string, PolicyTestimony>, number>();
  readonly #identities = new NumbersByNumber();
  readonly #targets = new NumbersByNumber();
  readonly #clients = new NumbersByNumber();
  readonly #platforms = new NumbersByNumber();
  readonly #said = new NumbersByNumber();
  readonly #vias = new Map<Way['via'], number>();
  readonly #ways = new Ways();
  #bits = 0;

  /** `verdict`: the bits of what came of it. */
  bitsOf(signIn: Pick<ReadSignIn, 'attempt' | 'numbered'>, signIns: number, verdict: number): number {
    this.#bits = signIns;
    this.#mix(verdict);
    if (signIn.numbered === undefined) this.#addAttempt(signIn.attempt);
    else this.#addNumbered(signIn.numbered);
    return this.#bits >>> 0;
  }

  #addAttempt(attempt: SignInAttempt): void {
    const { via, source, proxy } = attempt.network;
    this.#mix(bitsOfIdentity(attempt));
    this.#mix(bitsOfTarget(attempt));
    this.#mix(bitsOfText(via));
    this.#addAddress(source.address);
    this.#addAddress(proxy?.address);
    this.#addAddress(attempt.recordedIpAddress);
    this.#mix(bitsOfText(attempt.clientAppType));
    this.#mix(bitsOfText(attempt.devicePlatform));
    this.#mix(this.#bitsOfTestimony(attempt));
  }

  /** The same by the numbers of its parts. */
  #addNumbered(signIn: NumberedAttempt): void {
    const { via, source, proxy, recorded } = this.#ways.of(signIn);
    this.#mix(this.#bitsOfPerson(signIn));
    this.#mix(byNumber(signIn, this.#targets, PART.target, bitsOfTarget));
    this.#mix(this.#bitsOfVia(via));
    this.#addWords(signIn, source);
    this.#addWords(signIn, proxy);
    this.#addWords(signIn, recorded);
    this.#mix(byNumber(signIn, this.#clients, PART.client, bitsOfClient));
    this.#mix(byNumber(signIn, this.#platforms, PART.deviceClaims, bitsOfPlatform));
    this.#mix(byNumber(signIn, this.#said, PART.testimony, this.#bitsOfTestimony));
  }

  /** Of a person no more is read than who it is. */
  #bitsOfPerson(signIn: NumberedAttempt): number {
    const number = numberOf(signIn, PART.who);
    const known = this.#identities.find(signIn.rows, number);
    return known ?? this.#identities.keep(signIn.rows, number, bitsOfIdentity(signIn));
  }

  #bitsOfVia(via: Way['via']): number {
    const known = this.#vias.get(via);
    if (known !== undefined) return known;
    const bits = bitsOfText(via);
    this.#vias.set(via, bits);
    return bits;
  }

  #addAddress(address: Address | undefined): void {
    this.#mix(address === undefined ? 0 : address.version);
    if (address === undefined) return;
    for (const word of address.words) this.#mix(word);
  }

  #addWords({ rows: { words }, row }: NumberedAttempt, place: number): void {
    const from = row * WORDS_WIDTH + place * ADDRESS_WIDTH;
    const version = place < 0 ? 0 : (words[from] as number);
    this.#mix(version);
    const count = version === 6 ? 4 : version === 4 ? 1 : 0;
    for (let at = 1; at <= count; at++) this.#mix(words[from + at] as number);
  }

  #mix(bits: number): void {
    const mixed = Math.imul(this.#bits ^ bits, MULTIPLIER);
    this.#bits = mixed ^ (mixed >>> 15);
  }

  readonly #bitsOfTestimony = ({ testimony }: Pick<SignInAttempt, 'testimony'>): number => {
    if (testimony === undefined) return 0;
    const known = this.#testimonies.get(testimony);
    if (known !== undefined) return known;
    const results = [...testimony].map(([id, { result }]) => `${id.toLowerCase()} ${result}`).sort();
    const bits = bitsOf(results.join(), MULTIPLIER);
    this.#testimonies.set(testimony, bits);
    return bits;
  };
}

function byNumber(
  signIn: NumberedAttempt,
  known: NumbersByNumber,
  part: number,
  bits: (attempt: SignInAttempt) => number,
): number {
  const number = numberOf(signIn, part);
  return known.find(signIn.rows, number) ?? known.keep(signIn.rows, number, bits(signIn.attempt));
}

function bitsOfIdentity({ identity }: Pick<SignInAttempt, 'identity'>): number {
  return bitsOfText(
    identity.kind === 'user'
      ? (identity.userId ?? identity.userPrincipalName)
      : (identity.servicePrincipalId ?? identity.appId),
  );
}

function bitsOfTarget({ target }: SignInAttempt): number {
  return target.kind === 'application' ? bitsOfText(target.audiences?.[0]?.appId) : bitsOfText('');
}

function bitsOfClient({ clientAppType }: SignInAttempt): number {
  return bitsOfText(clientAppType);
}

function bitsOfPlatform({ devicePlatform }: SignInAttempt): number {
  return bitsOfText(devicePlatform);
}

/** Letter case does not count. */
function bitsOfText(text: string | null | undefined): number {
  return text === null || text === undefined ? 0 : bitsInAnyCase(text, MULTIPLIER);
}

const MULTIPLIER = 0x2c1b3c6d;
