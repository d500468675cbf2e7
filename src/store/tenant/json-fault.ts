import { NEWLINE } from './json-signs.ts';
/** A rule that a JSON text breaks, and where; line and column count from 1, columns in UTF-16 units. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What ends the reading of a text: thrown inside of the reader, and told as a {@link JsonProblem}. */
export class JsonFault extends Error {
  readonly at: number;

  /** `at` counts bytes. */
  constructor(at: number, message: string) {
    super(message);
    this.name = 'JsonFault';
    this.at = at;
  }
}

export function unexpected(bytes: Buffer, at: number, wanted: string): JsonFault {
  if (at >= bytes.length) return endsEarly(at);
  const [found = ''] = bytes.toString('utf8', at, at + 4);
  return new JsonFault(at, `expected ${wanted}, found \`${found}\``);
}

export function endsEarly(at: number): JsonFault {
  return new JsonFault(at, 'the text ends too early');
}

export function problemOf(bytes: Buffer, { at, message }: JsonFault): JsonProblem {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(NEWLINE); end !== -1 && end < at; end = bytes.indexOf(NEWLINE, start)) {
    line++;
    start = end + 1;
  }
  return { line, column: bytes.toString('utf8', start, at).length + 1, message };
}
