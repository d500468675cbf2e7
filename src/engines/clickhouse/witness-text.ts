import { NO_ID, witnessOf } from '../answer-cells.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES } from '../fact-columns.ts';
import type { Witness } from '../fact-engine.ts';

/** Stands in no text of a sign-in. */
const SEPARATOR = '\u001f';

/** Everything of a sign-in that a witness needs, in one text: the least of them is that of one sign-in. */
export const WITNESS = `concat(${[
  `if(id = '', concat('${NO_ID}', toString(cityHash64(${GROUP_NAMES.map((group) => `${group}_h`).join(', ')}))), id)`,
  'createdDateTime',
  ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
  ...GROUP_NAMES.map((group) => `toString(${group}_h)`),
].join(`, '${SEPARATOR}', `)})`;

/** The sign-in of a text of {@link WITNESS}. */
export function witnessIn(text: string): Witness {
  const parts = text.split(SEPARATOR);
  if (parts.length !== 2 + ADDRESS_COLUMNS.length + GROUP_NAMES.length)
    throw new Error('a text holds the sign between texts');
  return witnessOf(parts);
}
