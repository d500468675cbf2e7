import type { SignIn } from '../../core/conditional-access/record/sign-in.ts';
import { GsaError } from '../../trouble/error.ts';
import type { DayOrder } from '../sign-ins/facts/day-order.ts';
import { DayOrderOfFile } from '../sign-ins/facts/day-order.ts';
import { readInstant } from '../sign-ins/facts/instants.ts';
import type { Members } from '../sign-ins/facts/members.ts';
import { isBlank, isMembers, setMember, textOf } from '../sign-ins/facts/members.ts';
import type { TrafficSource } from '../sign-ins/facts/network-path-of.ts';
import { addressOf } from '../sign-ins/facts/network-path-of.ts';
import { csvRecords } from '../sign-ins/formats/csv-records.ts';
import { logAnalyticsColumn } from '../sign-ins/formats/log-analytics.ts';
import { jsonRecords } from '../sign-ins/json/records.ts';
import { brokenGzip, closingAfter, peek, textChunks } from '../sign-ins/json/text-chunks.ts';
import type { RawRecord } from '../sign-ins/raw-records.ts';
import { HEAD_SIZE, recognise } from '../sign-ins/recognise.ts';
import type { SignInSource } from '../sign-ins/source-files.ts';
import { filesOf } from '../sign-ins/source-files.ts';
import { untilOrdered } from '../sign-ins/until-ordered.ts';
import { TrafficIndex } from './index-of-traffic.ts';

const WHAT_TO_GIVE =
  'give the traffic log of Global Secure Access: files or folders of networkAccess/logs/traffic or of its table';

/** The traffic log, ready to be asked where a user was. */
export interface GsaTraffic {
  /** Entries that name a user, a time and a source address. */
  readonly used: number;
  /** Entries that do not, such as those of a remote network without a user, and what is no entry or cannot be read. */
  readonly unused: number;
  /** The user's own address at the time of the sign-in; `undefined` where the log has none near, or two. */
  readonly sourceOf: (signIn: SignIn) => TrafficSource | undefined;
}

export interface GsaTrafficOptions {
  /** Seconds between the sign-in and the traffic that tells its source. The tunnel carries the sign-in itself (FWD). */
  readonly window?: number;
  /** Ends the reading of a pipe whose writer has nothing to say. */
  readonly interrupted?: AbortSignal;
}

/**
 * Reads Global Secure Access traffic logs (Graph `networkAccess/logs/traffic` as list, pages or NDJSON; Azure Monitor
 * records; the Log Analytics table as CSV or JSON), gzip too. Memory grows with users and hours, not with traffic. Throws
 * GsaError `invalid` for a file that has no entry of a traffic log.
 */
export async function readGsaTraffic(
  sources: readonly SignInSource[],
  options: GsaTrafficOptions = {},
): Promise<GsaTraffic> {
  const index = new TrafficIndex(options.window ?? 300);
  let used = 0;
  let unused = 0;
  for (const file of await filesOf(sources, { hint: WHAT_TO_GIVE, interrupted: options.interrupted })) {
    let entries = 0;
    const order = new DayOrderOfFile();
    try {
      const opened = closingAfter(file.open(), (bytes) => entriesOf(file.name, bytes, order));
      for await (const entry of opened) {
        if (entry !== undefined) entries++;
        if (entry !== undefined && take(index, entry, order.assumed)) used++;
        else unused++;
      }
    } catch (error) {
      const broken = brokenGzip(error);
      throw broken === undefined ? error : notATrafficLog(file.name, broken.message);
    }
    if (entries === 0) throw notATrafficLog(file.name);
  }
  index.close();
  return { used, unused, sourceOf: (signIn) => index.sourceOf(signIn) };
}

async function* entriesOf(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  order: DayOrderOfFile,
): AsyncGenerator<Members | undefined> {
  const text = await textChunks(bytes);
  if (!text.ok) throw notATrafficLog(name, text.why.message);
  const { head, chunks, complete } = await peek(text.chunks, HEAD_SIZE);
  const recognised = recognise(head, complete);
  let headers: readonly string[] | undefined;
  const batches =
    recognised.kind === 'json'
      ? jsonRecords(chunks, name, recognised.lines)
      : csvRecords(chunks, name, { delimiter: ',', fromLine: 1 });
  for await (const batch of untilOrdered(batches, order)) {
    for (const raw of batch) {
      if (raw.kind === 'note') continue;
      if (raw.kind === 'cells' && headers === undefined) headers = raw.cells;
      else yield entryOf(raw, headers ?? []);
    }
  }
}

/** The entry in Graph's names, whichever road it came by; nothing for what is no traffic or cannot be read. */
function entryOf(raw: RawRecord, headers: readonly string[]): Members | undefined {
  if (raw.kind !== 'record' && raw.kind !== 'cells') return undefined;
  const row: Members = {};
  if (raw.kind === 'cells') {
    for (const [at, header] of headers.entries()) setMember(row, header, raw.cells[at]);
  } else {
    const { properties } = raw.members;
    Object.assign(row, raw.members, isMembers(properties) ? properties : {});
  }
  const entry: Members = {};
  for (const [header, value] of Object.entries(row)) {
    if (isBlank(value)) continue;
    const column = logAnalyticsColumn(header);
    setMember(entry, column.slice(0, 1).toLowerCase() + column.slice(1), value);
  }
  const isTraffic = 'trafficType' in entry || 'deviceCategory' in entry || 'connectionId' in entry;
  return isTraffic && ('sourceIp' in entry || 'sourceIP' in entry) ? entry : undefined;
}

/** False for an entry that tells nothing; so does one whose day and month nobody can tell apart. */
function take(index: TrafficIndex, entry: Members, order: DayOrder): boolean {
  const time = readInstant(entry['createdDateTime'] ?? entry['timeGenerated'] ?? entry['time'], 'utc', order);
  const address = addressOf(entry['sourceIp'] ?? entry['sourceIP']);
  const users = [textOf(entry['userId']), textOf(entry['userPrincipalName'])].filter((user) => user !== undefined);
  if (time === undefined || address === undefined || users.length === 0) return false;
  const category = textOf(entry['deviceCategory'])?.toLowerCase();
  const via = category === 'branch' || category === 'remotenetwork' ? 'remoteNetwork' : 'globalSecureAccessClient';
  index.add({ users, time: Date.parse(time), address, via, deviceId: textOf(entry['deviceId']) });
  return true;
}

function notATrafficLog(file: string, what = 'has no entry of a traffic log'): GsaError {
  return new GsaError('invalid', `\`${file}\` ${what}`, {
    hint: 'export networkAccess/logs/traffic from Microsoft Graph, or the table NetworkAccessTraffic',
    problems: [{ file, message: what }],
  });
}
