/**
 * Objects and lists that may stand in each other in a file: deeper ones could be read, and not written again, as `JSON.stringify` gives up
 * long before `JSON.parse`.
 */
export const MOST_LEVELS = 64;

/** What ends the reading of a text: thrown inside of a reader, and told with its place. */
export class TextFault extends Error {
  /** Where, in the units that the reader counts in. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'TextFault';
    this.at = at;
  }
}
