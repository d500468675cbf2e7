import { plural } from '../core/values/plural.ts';
import { GsaError } from '../trouble/error.ts';

/** An engine that counts fewer or more sign-ins than it has does not answer the question. */
export function incomplete(expected: number, counted: number): GsaError {
  return new GsaError(
    'invalid',
    `the engine has ${plural(expected, 'sign-in')} and counted ${counted}: no answer is better than part of one`,
    {
      hint: 'see that nobody writes to the table meanwhile, that all of its shards answer, and that no two records share an id',
    },
  );
}
