import { CsvError, parse } from 'csv-parse';
import { plural } from '../../../core/values/plural.ts';
import { errorCode } from '../../../trouble/error-code.ts';
import type { RawRecord } from '../raw-records.ts';
import { skip } from '../raw-records.ts';
import { parsed } from '../through.ts';

const LARGEST_ROW = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** What csv-parse gives with `info: true`. */
interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Rows of a CSV file in batches; the first record (in the line `fromLine`) is the header, which comes as cells like every other. Cells stay
 * text. A row with another number of cells than the header is skipped: its cells could be anything.
 */
export async function* csvRecords(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  { delimiter, fromLine }: { readonly delimiter: string; readonly fromLine: number },
): AsyncGenerator<readonly RawRecord[]> {
  const parser = parse({
    delimiter,
    info: true,
    max_record_size: LARGEST_ROW,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let columns: number | undefined;
  let line = fromLine;
  try {
    for await (const rows of parsed(onlyUtf8(fromLine === 1 ? chunks : behindFirstLine(chunks)), parser)) {
      const batch: RawRecord[] = [];
      for (const row of rows) {
        const { record, info } = row as ParsedRow;
        const place = { file, line };
        line = info.lines + fromLine;
        columns ??= record.length;
        const extra = record.slice(columns);
        if (record.length < columns || extra.some((cell) => cell !== '')) {
          const message = `has ${plural(record.length, 'cell')} where the header has ${columns}`;
          batch.push(skip('columnCount', message, place));
        } else batch.push({ kind: 'cells', cells: record, place });
      }
      yield batch;
    }
  } catch (error) {
    yield [failure(error, { file, line })];
  }
}

function failure(error: unknown, place: { readonly file: string; readonly line: number }): RawRecord {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
      return skip('truncated', 'begins a quoted cell that never ends: the file is cut off', place);
    }
    if (error.code === 'CSV_MAX_RECORD_SIZE') return skip('tooLarge', 'is larger than 4 MiB, which no row is', place);
    return skip('invalidCsv', 'is not valid CSV: nothing behind this place was read', place);
  }
  if (errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return skip('invalidEncoding', 'is not UTF-8: nothing behind this place was read', place);
  }
  throw error;
}

/** The bytes behind the first line, which may end as no other line of the table does. */
async function* behindFirstLine(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isBehind = false;
  for await (const chunk of chunks) {
    const end: number = isBehind ? -1 : chunk.indexOf(LINE_FEED);
    if (isBehind) yield chunk;
    else if (end !== -1) yield chunk.subarray(end + 1);
    isBehind ||= end !== -1;
  }
}

/** Passes the bytes on, and fails at the first that is no UTF-8: csv-parse would put U+FFFD in its place. */
async function* onlyUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    decoder.decode(chunk, { stream: true });
    yield chunk;
  }
  decoder.decode();
}
