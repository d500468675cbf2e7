import { stat } from 'node:fs/promises';
import { ONE } from '../../core/conditional-access/record/weight.ts';
import { Batched } from '../../core/values/batched.ts';
import { once } from '../../core/values/once.ts';
import { plural } from '../../core/values/plural.ts';
import { unreachable } from '../../core/values/unreachable.ts';
import { GsaError } from '../../trouble/error.ts';
import { unreadableFile } from '../../trouble/unreadable-file.ts';
import type { Place, SignInItem, SignInStream, SkippedSignIn } from '../types.ts';
import { BytesRead, totalOf } from './bytes-read.ts';
import type { ShapedDraft } from './draft-of.ts';
import { draftOf } from './draft-of.ts';
import { DayOrderOfFile } from './facts/day-order.ts';
import type { Members } from './facts/members.ts';
import { isBlank, setMember } from './facts/members.ts';
import type { AttemptFacts } from './facts/to-attempt.ts';
import { toAttempt } from './facts/to-attempt.ts';
import { signInsIn, weightIn } from './facts/weight-in.ts';
import { isSignInCategory } from './formats/azure-monitor.ts';
import { csvRecords } from './formats/csv-records.ts';
import type { Foreign } from './formats/foreign.ts';
import { nameForeign } from './formats/foreign-records.ts';
import { finishRecord } from './formats/graph-record.ts';
import { fromLogAnalytics } from './formats/log-analytics.ts';
import { otherTable } from './formats/other-tables.ts';
import type { PortalHeader } from './formats/portal-csv.ts';
import { fromPortalCsv, portalEventType, portalHeaders } from './formats/portal-csv.ts';
import { splunkLine } from './formats/splunk-lines.ts';
import { jsonRecords } from './json/records.ts';
import { brokenGzip, closingAfter, peek, textChunks } from './json/text-chunks.ts';
import { isAskedForAlone } from './left-by-filter.ts';
import { Pages } from './pages.ts';
import type { RawRecord } from './raw-records.ts';
import type { Recognised } from './recognise.ts';
import { HEAD_SIZE, recognise } from './recognise.ts';
import type { ScannedBy } from './scan/line-records.ts';
import { lineRecords, Memories } from './scan/line-records.ts';
import { QuickSignIns } from './scan/quick-sign-ins.ts';
import { threadsOfThisMachine } from './scan/scan-threads.ts';
import { Scanning } from './scan/scanned-lines.ts';
import type { OpenableFile, SignInSource } from './source-files.ts';
import { filesOf } from './source-files.ts';
import { unbundled } from './unbundled.ts';
import { untilOrdered } from './until-ordered.ts';

const WHAT_TO_GIVE = 'give files or folders with exported sign-ins, or - for standard input';

export interface ReadSignInsOptions {
  /** Ends the reading of a pipe whose writer has nothing to say. */
  readonly interrupted?: AbortSignal;
  /** What is known beside the records: the country of an address, the tenant's own egress ranges, the traffic log. */
  readonly facts?: AttemptFacts;
  /** Whether what holds for one of the addresses that were grouped so holds for all of them; absent: nobody knows it. */
  readonly isAskedAlike?: (addressGrouping: string) => boolean;
  /** Threads that scan large files beside the one that judges; 0: that one does both. Absent: one, where there is a processor for it. */
  readonly threads?: number;
  /** Called as bytes of the files are read; `total`: of all files, `undefined` where one is a stream. */
  readonly onBytes?: (read: number, total: number | undefined) => void;
}

/**
 * Sign-ins of any export, in the order of the files and inside them, in constant memory. What a file is shows from its
 * content; one that holds no sign-ins is one skipped item that says what it is. Throws GsaError `invalid` before anything
 * is read when a path is not there, and for a file that the disk refuses to read further.
 */
export function readSignIns(sources: readonly SignInSource[], options: ReadSignInsOptions = {}): SignInStream {
  return new Batched(readBatches(sources, options));
}

async function* readBatches(
  sources: readonly SignInSource[],
  options: ReadSignInsOptions,
): AsyncGenerator<readonly SignInItem[]> {
  const files = await filesOf(sources, { hint: WHAT_TO_GIVE, interrupted: options.interrupted });
  const bytes = options.onBytes === undefined ? undefined : new BytesRead(await totalOf(files), options.onBytes);
  const { facts = {}, isAskedAlike = () => false, threads = threadsOfThisMachine() } = options;
  const pages = new Pages();
  const scanning = new Scanning(threads);
  const quick = once(() => quickReader(facts));
  const readers = { pages, facts, isAskedAlike, scanning, memories: new Memories(facts), quick };
  try {
    for (const file of files) {
      try {
        const opened = bytes === undefined ? file.open() : bytes.counted(file.open());
        yield* closingAfter(opened, (given) => itemsOf(file, given, readers, bytes));
      } catch (error) {
        const skipped = brokenFile(error, file.name);
        if (skipped === undefined) throw error;
        yield [{ skipped }];
      }
    }
  } finally {
    await scanning.end();
  }
  yield pages.missing.map((skipped) => ({ skipped }));
}

/** What reads all files: what many records repeat is read once, in whichever file they are. */
interface Readers {
  readonly pages: Pages;
  readonly facts: AttemptFacts;
  readonly isAskedAlike: (addressGrouping: string) => boolean;
  readonly scanning: Scanning;
  readonly memories: Memories;
  readonly quick: () => QuickSignIns | undefined;
}

async function* itemsOf(
  file: OpenableFile,
  given: AsyncIterable<Uint8Array>,
  readers: Readers,
  bytes: BytesRead | undefined,
): AsyncGenerator<readonly SignInItem[]> {
  const { pages, facts, scanning, memories, quick } = readers;
  const text = await textChunks(given);
  if (!text.ok) {
    yield [wholeFile(file.name, text.why.reason, text.why.message)];
    return;
  }
  const { head, chunks, complete } = await peek(text.chunks, HEAD_SIZE);
  const recognised = recognise(head, complete);
  if (recognised.kind === 'other') {
    yield [wholeFile(file.name, recognised.reason, recognised.message)];
    return;
  }
  if (isAskedForAlone(new TextDecoder().decode(head)))
    pages.leftBy('one sign-in that was asked for alone (`$entity`)', file.name);
  let found = 0;
  const order = new DayOrderOfFile();
  const reader = new RecordReader(file.name, recognised, readers, order);
  const batches =
    recognised.kind === 'csv'
      ? csvRecords(chunks, file.name, recognised)
      : recognised.lines && facts.sourceOf === undefined
        ? lineRecords(linesOf(file, chunks, text.plainFrom, scanning, bytes), file.name, memories)
        : jsonRecords(chunks, file.name, recognised.lines, quick());
  for await (const batch of untilOrdered(unbundled(batches), order)) {
    const items: SignInItem[] = [];
    for (let at = 0; at < batch.length; at++) {
      const item = reader.read(batch[at] as RawRecord);
      if (item !== undefined) items.push(item);
      if (reader.stopped) break;
    }
    found += items.length;
    yield items;
    if (reader.stopped) return;
  }
  yield doubtsOfWhole(file.name, found, recognised.kind, reader.isLogAnalytics);
}

/** What the number of sign-ins says of a file that was read to its end. */
function doubtsOfWhole(
  file: string,
  found: number,
  kind: 'csv' | 'json',
  isLogAnalytics: boolean,
): readonly SignInItem[] {
  if (found === 0)
    return [wholeFile(file, 'empty', kind === 'csv' ? 'has a header and no sign-ins' : 'holds an empty list')];
  if (!RESULT_LIMITS.includes(found) || !isLogAnalytics) return [];
  const message = `has exactly ${plural(found, 'row')}, at which a result of Log Analytics is cut off: ask for less at once`;
  return [wholeFile(file, 'cutOff', message)];
}

/** Rows that the portal shows at most, and that a query returns at most (Kusto query limits; Azure Monitor Logs limits). */
const RESULT_LIMITS: readonly number[] = [30_000, 500_000];

/** NDJSON as it is scanned: from the file itself where the text is in it as it is. */
async function* linesOf(
  { path }: OpenableFile,
  chunks: AsyncIterable<Uint8Array>,
  plainFrom: number | undefined,
  scanning: Scanning,
  bytes: BytesRead | undefined,
): AsyncGenerator<ScannedBy> {
  const isPlain = path !== undefined && plainFrom !== undefined && (await stat(path)).isFile();
  if (!isPlain) {
    yield* scanning.chunks(chunks);
    return;
  }
  await abandon(chunks);
  bytes?.beginFile();
  try {
    for await (const lines of scanning.file(path, plainFrom)) {
      bytes?.add(lines.length);
      yield lines;
    }
  } catch (cause) {
    throw cause instanceof GsaError ? cause : unreadableFile(path, cause, WHAT_TO_GIVE);
  }
}

/** Lets go of what was begun to be read; only what has begun closes what it reads from. */
async function abandon(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.return?.();
}

/** Makes items of the records of one file, and remembers what the next ones need of those before. */
class RecordReader {
  readonly #file: string;
  readonly #table: 'portalCsv' | 'logAnalytics' | undefined;
  readonly #pages: Pages;
  readonly #facts: AttemptFacts;
  readonly #isAskedAlike: (addressGrouping: string) => boolean;
  readonly #order: DayOrderOfFile;
  #headers: readonly PortalHeader[] | undefined;
  #eventType: string | undefined;
  #first = true;
  /** The last record was a row of Log Analytics. */
  isLogAnalytics = false;
  /** The first record has shown that the whole file is something else. */
  stopped = false;

  constructor(file: string, recognised: Recognised, readers: Readers, order: DayOrderOfFile) {
    this.#order = order;
    this.#file = file;
    this.#table = recognised.kind === 'csv' ? recognised.table : undefined;
    this.#pages = readers.pages;
    this.#facts = readers.facts;
    this.#isAskedAlike = readers.isAskedAlike;
  }

  read(raw: RawRecord): SignInItem | undefined {
    switch (raw.kind) {
      case 'note':
        if (raw.note !== undefined) this.#pages.note(raw.note, this.#file);
        return undefined;
      case 'skipped':
        this.#first = false;
        return { skipped: raw.skipped };
      case 'cells':
        return this.#readCells(raw.cells, raw.place);
      case 'quick':
        this.#first = false;
        this.isLogAnalytics = false;
        return raw;
      case 'record':
        return this.#readRecord(raw.members, raw.place);
      default:
        return unreachable(raw);
    }
  }

  #readCells(cells: readonly string[], place: Place): SignInItem | undefined {
    if (this.#headers === undefined) {
      this.#headers = portalHeaders(cells);
      this.#eventType = portalEventType(cells, this.#file);
      return undefined;
    }
    if (this.#table === 'portalCsv') {
      const draft = fromPortalCsv(this.#headers, cells, this.#eventType);
      return this.#finish({ draft, format: 'portalCsv' }, place);
    }
    const row: Members = {};
    for (const [at, { header }] of this.#headers.entries()) if (cells[at] !== '') setMember(row, header, cells[at]);
    const foreign = isSignInCategory(row['Category']) || isSignInCategory(row['Type']) ? undefined : otherTable(row);
    if (foreign !== undefined) return this.#notASignIn(foreign, place, row);
    return this.#finish({ draft: fromLogAnalytics(row), format: 'logAnalytics' }, place);
  }

  #readRecord(members: Members, place: Place): SignInItem | undefined {
    const line = splunkLine(members);
    if (line !== undefined) this.#pages.noteLine(line, this.#file);
    if (line?.holdsRow === false) return undefined;
    const shaped = draftOf(members);
    if (shaped !== undefined) return this.#finish(shaped, place);
    return this.#notASignIn(nameForeign(members), place, members);
  }

  #notASignIn(foreign: Foreign, place: Place, members: Members): SignInItem {
    if (this.#first && foreign.wholeFile) {
      this.stopped = true;
      return wholeFile(this.#file, foreign.reason, foreign.message);
    }
    this.#first = false;
    return unusable(foreign, place, members);
  }

  #finish({ draft, format }: ShapedDraft, place: Place): SignInItem {
    this.#first = false;
    this.isLogAnalytics = format === 'logAnalytics';
    const reading = finishRecord(draft, this.#order.assumed);
    if (!reading.ok) return unusable(reading, place, draft.members);
    const { record, marks } = reading;
    const weight = weightIn(draft.members, record);
    const grouping = draft.members['addressGrouping'];
    if (weight === undefined || (!isBlank(grouping) && isBlank(draft.members['signInCount'])))
      return { skipped: { reason: 'noCount', message: NO_COUNT, place } };
    if (!isBlank(grouping) && weight !== ONE && !this.#isAskedAlike(String(grouping)))
      return unusable({ reason: 'otherGrouping', message: OTHER_GROUPING }, place, draft.members);
    const { id, createdDateTime } = record;
    const attempt = toAttempt(record, this.#facts);
    const signIn = { id, createdDateTime, record, attempt, format, marks, place };
    return { signIn: weight === ONE ? signIn : { ...signIn, weight } };
  }
}

const NO_COUNT =
  'has a `signInCount` or `userCount` that is no whole number from 1, or `userIds` that are no list of ids';

const OTHER_GROUPING =
  'stands for sign-ins from several addresses, grouped for `gsa impact` by the named locations that the tenant had then: it can be neither ' +
  'logged nor judged by others or with --countries or --gsa-traffic; run `gsa query kql` again, with --against for another tenant';

/** A traffic log is asked for whole records. */
function quickReader(facts: AttemptFacts): QuickSignIns | undefined {
  return facts.sourceOf === undefined ? new QuickSignIns(facts) : undefined;
}

function unusable(
  { reason, message }: { reason: string; message: string },
  place: Place,
  members: Members,
): SignInItem {
  const signIns = signInsIn(members);
  return { skipped: { reason, message, place, ...(signIns === 1 ? {} : { signIns }) } };
}

function wholeFile(file: string, reason: string, message: string): SignInItem {
  return { skipped: { reason, message, place: { file } } };
}

/** Everything that was whole before it has been read. */
function brokenFile(error: unknown, file: string): SkippedSignIn | undefined {
  const broken = brokenGzip(error);
  return broken === undefined ? undefined : { ...broken, place: { file } };
}
