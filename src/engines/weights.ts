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

const HINT = 'mend or leave out these records; `gsa impact` without --engine counts what it cannot read and goes on';
