import type { SignIn } from '../conditional-access/record/sign-in.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';

/** What of a record is compared. */
export type Compared = Pick<SignIn, 'id' | 'createdDateTime' | 'ipAddress' | 'appliedConditionalAccessPolicies'>;

/** A sign-in to be compared with what its record says. */
export interface ToCompare {
  readonly told: Compared;
  readonly attempt: SignInAttempt;
  readonly numbered?: NumberedAttempt | undefined;
  /** When it was, in milliseconds, where that is read without the record. */
  readonly time?: number | undefined;
}
