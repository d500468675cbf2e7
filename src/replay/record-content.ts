import type { PolicyTestimony, SignInAttempt } from '../core/signaling/attempt.ts';
import { bitsOf } from './text-bits.ts';

/**
 * What a record says of a sign-in, as far as anything hangs on it, in 32 bits: who, where, with what, which policies it lists, and what
 * came of it. How an export spells its members makes no difference.
 */
export class RecordContents {
  readonly #texts = new RepeatedTexts();
  /** What many records say of policies is one object to all of them. */
  readonly #testimonies = new WeakMap<ReadonlyMap<string, PolicyTestimony>, number>();
  #bits = 0;

  /** `verdict`: what came of the sign-in, in any words that are the same for the same. */
  bitsOf(attempt: Said, signIns: number, verdict: string): number {
    const { identity, target, network } = attempt;
    const { via, source, proxy } = network;
    this.#bits = signIns;
    this.#add(verdict);
    this.#add(
      identity.kind === 'user'
        ? (identity.userId ?? identity.userPrincipalName)
        : (identity.servicePrincipalId ?? identity.appId),
    );
    this.#add(target.kind === 'application' ? target.audiences?.[0]?.appId : '');
    this.#add(via);
    this.#add(source.address?.text);
    this.#add(proxy?.address?.text);
    this.#add(attempt.recordedIpAddress?.text);
    this.#add(attempt.clientAppType);
    this.#add(attempt.devicePlatform);
    this.#mix(this.#bitsOfTestimony(attempt));
    return this.#bits >>> 0;
  }

  /** Letter case does not count. */
  #add(text: string | null | undefined): void {
    this.#mix(text === null || text === undefined ? 0 : this.#texts.bitsOf(text));
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

/** Texts that are remembered: those of the people of a company, and of their addresses. */
const REMEMBERED = 65_536;

/** Texts come again and again, mostly as one object, which a map finds faster than its units are gone over. */
class RepeatedTexts {
  readonly #known = new Map<string, number>();

  bitsOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const bits = bitsOf(text.toLowerCase(), MULTIPLIER);
    this.#known.set(text, bits);
    return bits;
  }
}
