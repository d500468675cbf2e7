import { GsaError } from '../trouble/error.ts';

/** An engine counts each record as one sign-in. */
export function alreadyWeighed(): GsaError {
  return new GsaError('invalid', 'these records stand for many sign-ins already (`signInCount`)', {
    hint: '`gsa impact` without --engine reads them',
  });
}
