import { draftOf } from './draft-of.ts';
import type { DayOrderOfFile } from './facts/day-order.ts';
import { innermost } from './facts/day-order.ts';
import type { Members } from './facts/members.ts';
import { isBlank, isMembers } from './facts/members.ts';
import type { RawRecord } from './raw-records.ts';
import { lasting } from './raw-records.ts';

/** Records that wait for a date that decides; what a file has beyond is read by what is known then. */
const MOST_HELD = 20_000;

/**
 * The records of one file, each held back while a date behind it may decide how those before are read, or contradict it: so that
 * every row of a column is read alike. Where two dates contradict each other, none of the rows that are still held is read;
 * what was read long before stands.
 */
export async function* untilOrdered(
  batches: AsyncIterable<readonly RawRecord[]>,
  order: DayOrderOfFile,
): AsyncGenerator<readonly RawRecord[]> {
  const dates = new DatesOf();
  let held: RawRecord[] = [];
  for await (const batch of batches) {
    for (let at = 0; at < batch.length; at++) {
      const found = dates.of(batch[at] as RawRecord);
      for (let date = 0; date < found.length; date++) order.observe(found[date]);
    }
    if (order.isAwaited && held.length + batch.length <= MOST_HELD) {
      for (const raw of batch) held.push(lasting(raw));
      continue;
    }
    yield held.length === 0 ? batch : [...held, ...batch];
    held = [];
  }
  if (held.length > 0) yield held;
}

const NONE: readonly unknown[] = [];

const TIME_COLUMN = /^(date|createddatetime|timegenerated)(?![a-z])/i;
const TIME_MEMBERS = [
  'CreatedDateTime',
  'TimeGenerated',
  'CreatedDateTime [UTC]',
  'TimeGenerated [UTC]',
  'createdDateTime',
];

/** What of a raw record stands where times do. */
class DatesOf {
  #columns: readonly number[] | undefined;

  of(raw: RawRecord): readonly unknown[] {
    if (raw.kind === 'record') return timesIn(raw.members);
    if (raw.kind !== 'cells') return NONE;
    if (this.#columns !== undefined) return this.#columns.map((at) => raw.cells[at]);
    this.#columns = raw.cells.flatMap((header, at) => (TIME_COLUMN.test(header.trim()) ? [at] : []));
    return NONE;
  }
}

/** The times of the record itself, or else of the sign-in that it wraps. */
function timesIn(members: Members): readonly unknown[] {
  const own = TIME_MEMBERS.map((name) => members[name]);
  if (own.some((time) => typeof innermost(time) === 'string')) return own;
  const { properties } = members;
  // Most of what is wrapped is a diagnostic record, and many of these come at once.
  const inner = isMembers(properties) ? properties['createdDateTime'] : undefined;
  if (!isBlank(inner)) return [inner];
  const draft = draftOf(members)?.draft;
  return draft === undefined ? own : [draft.members['createdDateTime'], draft.loggedDateTime];
}
