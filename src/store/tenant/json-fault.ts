import { TextFault } from '../../core/values/text-fault.ts';
import { NEWLINE } from './json-signs.ts';

/** A rule that a JSON text breaks, and where; line and column count from 1, columns in UTF-16 units. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export function unexpected(bytes: Buffer, at: number, wanted: string): TextFault {
  if (at >= bytes.length) return endsEarly(at);
  const [found = ''] = bytes.toString('utf8', at, at + 4);
  return new TextFault(`expected ${wanted}, found \`${found}\``, at);
}

export function endsEarly(at: number): TextFault {
  return new TextFault('the text ends too early', at);
}

/** `at` counts bytes. */
export function problemOf(bytes: Buffer, { at, message }: TextFault): JsonProblem {
  let [line, start] = [1, 0];
  for (let end = bytes.indexOf(NEWLINE); end !== -1 && end < at; end = bytes.indexOf(NEWLINE, start)) {
    line++;
    start = end + 1;
  }
  return { line, column: bytes.toString('utf8', start, at).length + 1, message };
}
