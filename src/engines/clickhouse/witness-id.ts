import { NO_ID } from '../answer-cells.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES } from '../fact-columns.ts';

/** The id of a sign-in; of one without an id, what it says in its place, which no record has for an id. */
export const ID_OR_CONTENT = `if(id = '', concat('${NO_ID}', toString(cityHash64(createdDateTime, ${[
  ...ADDRESS_COLUMNS.map((_, at) => `t${at}`),
  ...GROUP_NAMES.map((group) => `${group}_h`),
].join(', ')}))), id)`;
