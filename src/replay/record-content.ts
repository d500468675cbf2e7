import type { PolicyTestimony, SignInAttempt } from '../core/signaling/attempt.ts';
import { bitsOf } from './text-bits.ts';

/**
 * What a record says of a sign-in, as far as anything hangs on it, in 32 bits: who, where, with what, which policies it lists, and what
 * came of it. How an export spells its members makes no difference.
 */
export class RecordContents {
  /** What many records say of policies is one object to all of them. */
  readonly #testimonies = new WeakMap<ReadonlyMap<string, PolicyTestimony>, number>();

  /** `verdict`: what came of the sign-in, in any words that are the same for the same. */
  bitsOf(attempt: SignInAttempt, signIns: number, verdict: string): number {
    return (bitsOf(`${signIns} ${verdict} ${said(attempt)}`, MULTIPLIER) ^ this.#bitsOfTestimony(attempt)) >>> 0;
  }

  #bitsOfTestimony({ testimony }: SignInAttempt): number {
    if (testimony === undefined) return 0;
    const known = this.#testimonies.get(testimony);
    if (known !== undefined) return known;
    const results = [...testimony].map(([id, { result }]) => `${id.toLowerCase()} ${result}`).sort();
    const bits = bitsOf(results.join(), MULTIPLIER);
    this.#testimonies.set(testimony, bits);
    return bits;
  }
}

const MULTIPLIER = 0x2c1b3c6d;

function said({ identity, target, network, recordedIpAddress, clientAppType, devicePlatform }: SignInAttempt): string {
  const who =
    identity.kind === 'user'
      ? (identity.userId ?? identity.userPrincipalName)
      : (identity.servicePrincipalId ?? identity.appId);
  const what = target.kind === 'application' ? target.audiences?.[0]?.appId : '';
  const { via, source, proxy } = network;
  return `${who} ${what} ${via} ${source.address?.text} ${proxy?.address?.text} ${recordedIpAddress?.text} ${clientAppType} ${devicePlatform}`.toLowerCase();
}
