/** Times that everybody reads as one instant; the last of February is left to the product. */
const DAYS = '((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))';
export const PLAIN_TIME = `match(createdDateTime, '^[12][0-9]{3}-${DAYS}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,12})?Z$')`;

/** Of a plain time a text that sorts as the instants do. */
export const INSTANT = `concat(substring(createdDateTime, 1, 19), '.', substring(concat(extract(createdDateTime, '[.]([0-9]+)Z$'), '000000000000'), 1, 12))`;

/** An instant as {@link INSTANT} writes it. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/Z$/, '000000000');
}
