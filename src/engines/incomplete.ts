import { GsaError } from '../trouble/error.ts';

/** An engine that counts fewer or more sign-ins than it has does not answer the question. */
export function incomplete(expected: number, counted: number): GsaError {
  return new GsaError(
    'invalid',
    `the engine has ${expected} sign-ins and counted ${counted}: no answer is better than part of one`,
    { hint: HINT },
  );
}

/** What an engine did not list has no class, so that what is counted with it cannot be judged. */
export function unlisted(what: string): GsaError {
  return new GsaError(
    'invalid',
    `the engine names a ${what} that it did not list: no answer is better than part of one`,
    {
      hint: HINT,
    },
  );
}

const HINT =
  'see that nobody writes to the table meanwhile, that all of its shards answer, and that no two records share an id';
