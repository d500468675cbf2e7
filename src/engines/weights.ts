import { plural } from '../core/values/plural.ts';
import { quoted } from '../intake/text/excerpt.ts';
import { GsaError } from '../trouble/error.ts';

/** Whom a record stands for is not known where its people are none; `gsa impact` leaves such a record out and says so. */
export function noPeople(values: readonly (string | null)[]): GsaError {
  const said = values.filter((value) => value !== null).join(', ');
  return new GsaError(
    'invalid',
    `records have \`userIds\` that are no list of ids, or a \`userCount\` that is no whole number from 1 (${quoted(said, 60)})`,
    { hint: HINT },
  );
}

/** What a record stands for is not known where its count is none; `gsa impact` leaves such a record out and says so. */
export function noCount(records: number): GsaError {
  return new GsaError(
    'invalid',
    `${plural(records, 'record has', 'records have')} a \`signInCount\` that is no whole number from 1`,
    { hint: HINT },
  );
}

/** Rows that a query counted together may each stand for any number of sign-ins; `gsa impact` weighs those whose number is certain. */
export function summarized(column: string): GsaError {
  return new GsaError(
    'invalid',
    `the rows are of a summary (${quoted(column, 40)}), and stand for more than one sign-in each`,
    {
      hint: 'export each sign-in, or count them as `signInCount`; `gsa impact` without --engine weighs what it can and goes on',
    },
  );
}

const HINT = 'mend or leave out these records; `gsa impact` without --engine counts what it cannot read and goes on';

/**
 * Refuses rows that `gsa query kql` grouped by addresses: each has one address of many, and an engine would group it by that one.
 * Throws GsaError `invalid`.
 */
export function refuseGrouped(columns: Iterable<string>): void {
  if (![...columns].some((name) => name.replaceAll('_', '').toLowerCase() === 'addressgrouping')) return;
  throw new GsaError('invalid', 'the rows are groups of sign-ins from several addresses (`addressGrouping`)', {
    hint: '`gsa impact` without --engine reads what `gsa query kql` returned',
  });
}
