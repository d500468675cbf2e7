import { plural } from '../core/values/plural.ts';
import { GsaError } from '../trouble/error.ts';

/** A record of several people (`userCount`, `userIds`): engines count the people that records name, one each. */
export function standsForPeople(): GsaError {
  return new GsaError('invalid', 'these records stand for several people (`userCount`, `userIds`)', {
    hint: '`gsa impact` without --engine reads them',
  });
}

/** What a record stands for is not known where its count is none; `gsa impact` leaves such a record out and says so. */
export function noCount(records: number): GsaError {
  return new GsaError(
    'invalid',
    `${plural(records, 'record has', 'records have')} a \`signInCount\` that is no whole number from 1`,
    { hint: 'mend or leave out these records; `gsa impact` without --engine counts what it cannot read and goes on' },
  );
}
