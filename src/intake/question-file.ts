import { CsvError, parse } from 'csv-parse/sync';
import { GsaError } from '../trouble/error.ts';
import { readRegularFile } from './files/regular-file.ts';

/** One question of a file: what its columns say, empty cells left out. */
export interface WrittenQuestion {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly { readonly column: string; readonly text: string }[];
}

const HOW = 'the first line names the columns (user,app,source-ip,via), each further line is a question';

/** Rows of a CSV file with a header. Throws GsaError `invalid` with the line of what cannot be read. */
export async function readQuestions(file: string): Promise<readonly WrittenQuestion[]> {
  const bytes = await readRegularFile(file, { most: 64 * 1024 * 1024, hint: HOW });
  const [head, ...others] = rowsOf(file, bytes);
  if (head === undefined || others.length === 0) {
    throw new GsaError('invalid', `there are no questions in \`${file}\``, { hint: HOW });
  }
  return others.map(({ record, line }) => ({
    line,
    cells: record.flatMap((text, at) => (text === '' ? [] : [{ column: head.record[at] ?? '', text }])),
  }));
}

interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

function rowsOf(file: string, bytes: Uint8Array): readonly Row[] {
  try {
    const rows: unknown = parse(bytes, { bom: true, info: true, skip_empty_lines: true, trim: true });
    return (rows as readonly { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = error['lines'];
    throw new GsaError('invalid', `\`${file}\` is not CSV`, {
      hint: 'write one question a line, with as many cells as the first line has names',
      problems: [{ file, ...(typeof line === 'number' ? { line } : {}), message: error.message }],
      cause: error,
    });
  }
}
