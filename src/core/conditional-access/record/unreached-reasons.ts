import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import { ByNumber, numberOf, PART } from '../../signaling/numbered-attempt.ts';
import type { Unreached } from './reach.ts';
import { whyUnreached } from './reach.ts';

/** `whyUnreached` for many sign-ins of one tenant: once for all whose records say the same of it. */
export class UnreachedReasons {
  readonly #tenantId: string;
  /** `null`: the sign-in reached the policies. */
  readonly #known = new ByNumber<Unreached | null>();

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  of(signIn: {
    readonly attempt: SignInAttempt;
    readonly numbered?: NumberedAttempt | undefined;
  }): Unreached | undefined {
    const { numbered } = signIn;
    if (numbered === undefined) return whyUnreached(this.#tenantId, signIn.attempt);
    const number = numberOf(numbered, PART.reach);
    const known = this.#known.find(numbered.rows, number);
    if (known !== undefined) return known ?? undefined;
    const why = whyUnreached(this.#tenantId, signIn.attempt);
    this.#known.keep(numbered.rows, number, why ?? null);
    return why;
  }
}
