import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import { asRecorded, isRecorded } from '../core/conditional-access/record/sign-in-record.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import { addressOf } from '../intake/sign-ins/facts/network-path-of.ts';
import type { AttemptFacts } from '../intake/sign-ins/facts/to-attempt.ts';
import { toAttempt } from '../intake/sign-ins/facts/to-attempt.ts';

/**
 * The attempt behind a sign-in of the log, to be judged anew: from the record as it was exported, and the country that the
 * replay knew of the address it saw. Where nobody kept what the export said, the record is gsa's own word on policies,
 * which is not heard again.
 */
export function loggedAttempt(logged: LoggedSignIn, facts: AttemptFacts): SignInAttempt {
  const { record } = logged;
  const seen = addressOf(record.ipAddress)?.text;
  const country = record.location?.countryOrRegion ?? undefined;
  const attempt = toAttempt(asRecorded(logged), {
    ...facts,
    countryOf: (address) => (address.text === seen ? country : undefined) ?? facts.countryOf?.(address),
  });
  return isRecorded(logged) ? attempt : { ...attempt, testimony: undefined };
}
