import { plural } from '../core/values/plural.ts';
import { GsaError } from '../trouble/error.ts';

/** An engine that counts fewer or more sign-ins than it has does not answer the question. */
export function incomplete(expected: number, counted: number): GsaError {
  return new GsaError(
    'invalid',
    `the engine has ${plural(expected, 'sign-in')} and counted ${counted}: no answer is better than part of one`,
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

/** Rows of a table have no order by which one of them counts. */
export function contradictory(count: number): GsaError {
  return new GsaError(
    'invalid',
    `${plural(count, 'row has', 'rows have')} the id of another and ${count === 1 ? 'says' : 'say'} something else of the sign-in`,
    {
      hint: 'which of them is true is not known: keep one of each id, or ask `gsa impact` for the exported files, which counts each',
    },
  );
}

/** By the error it shows whether a sign-in came to Conditional Access at all: neither code may be taken for the other. */
export function twoErrors(count: number): GsaError {
  return new GsaError('invalid', `${plural(count, 'row has', 'rows have')} two error codes, and a sign-in has one`, {
    hint: 'which is true is not known: export the table anew, or ask `gsa impact` without --engine, which leaves such rows out and says so',
  });
}
