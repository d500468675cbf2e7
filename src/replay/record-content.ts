import type { Address } from '../core/network/address.ts';
import type { PolicyTestimony, SignInAttempt } from '../core/signaling/attempt.ts';
import { bitsInAnyCase, bitsOf } from './text-bits.ts';

/** What came of a sign-in, in texts and lists of them that are the same for the same. */
export type VerdictTexts = readonly (string | readonly string[])[];

/**
 * What a record says of a sign-in, as far as anything hangs on it, in 32 bits: who, where, with what, which policies it lists, and what
 * came of it. How an export spells its members makes no difference. No text is remembered: the addresses of a company are so many
 * that looking for one takes longer than going over it.
 */
export class RecordContents {
  /** What many records say of policies is one object to all of them. */
  readonly #testimonies = new WeakMap<ReadonlyMap<string, PolicyTestimony>, number>();
  #bits = 0;

  bitsOf(attempt: Said, signIns: number, verdict: VerdictTexts): number {
    const { identity, target, network } = attempt;
    const { via, source, proxy } = network;
    this.#bits = signIns;
    for (const part of verdict) this.#addPart(part);
    this.#add(
      identity.kind === 'user'
        ? (identity.userId ?? identity.userPrincipalName)
        : (identity.servicePrincipalId ?? identity.appId),
    );
    this.#add(target.kind === 'application' ? target.audiences?.[0]?.appId : '');
    this.#add(via);
    this.#addAddress(source.address);
    this.#addAddress(proxy?.address);
    this.#addAddress(attempt.recordedIpAddress);
    this.#add(attempt.clientAppType);
    this.#add(attempt.devicePlatform);
    this.#mix(this.#bitsOfTestimony(attempt));
    return this.#bits >>> 0;
  }

  #addPart(part: string | readonly string[]): void {
    if (typeof part === 'string') {
      this.#add(part);
      return;
    }
    this.#mix(part.length);
    for (const text of part) this.#add(text);
  }

  /** Letter case does not count. */
  #add(text: string | null | undefined): void {
    this.#mix(text === null || text === undefined ? 0 : bitsInAnyCase(text, MULTIPLIER));
  }

  #addAddress(address: Address | undefined): void {
    this.#mix(address === undefined ? 0 : address.version);
    if (address === undefined) return;
    for (const word of address.words) this.#mix(word);
  }

  #mix(bits: number): void {
    const mixed = Math.imul(this.#bits ^ bits, MULTIPLIER);
    this.#bits = mixed ^ (mixed >>> 15);
  }

  #bitsOfTestimony({ testimony }: Pick<SignInAttempt, 'testimony'>): number {
    if (testimony === undefined) return 0;
    const known = this.#testimonies.get(testimony);
    if (known !== undefined) return known;
    const results = [...testimony].map(([id, { result }]) => `${id.toLowerCase()} ${result}`).sort();
    const bits = bitsOf(results.join(), MULTIPLIER);
    this.#testimonies.set(testimony, bits);
    return bits;
  }
}

type Said = Pick<
  SignInAttempt,
  'identity' | 'target' | 'network' | 'testimony' | 'recordedIpAddress' | 'clientAppType' | 'devicePlatform'
>;

const MULTIPLIER = 0x2c1b3c6d;
