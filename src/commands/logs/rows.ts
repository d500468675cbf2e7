import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isMadeLater } from '../../core/conditional-access/record/sign-in-record.ts';
import type { LogRow } from '../../output/reports/log/columns.ts';
import type { SignInLog } from '../../store/types.ts';
import type { LogOrder } from './columns.ts';
import type { LogSelection } from './selection.ts';

/**
 * Rows of the log that are read when they are walked through, and again by every reader: several outputs of a million rows
 * need no more memory than one row.
 */
export class LogRows implements Iterable<LogRow> {
  readonly #log: SignInLog;
  readonly #selection: LogSelection;
  readonly #order: LogOrder;
  readonly #limit: number | undefined;

  constructor(log: SignInLog, selection: LogSelection, order: LogOrder, limit: number | undefined) {
    this.#log = log;
    this.#selection = selection;
    this.#order = order;
    this.#limit = limit;
  }

  *[Symbol.iterator](): Iterator<LogRow> {
    const { query, test } = this.#selection;
    // With a test only the reader knows when there are enough.
    const limit = this.#limit === undefined || test !== undefined ? {} : { limit: this.#limit };
    let left = this.#limit ?? Number.POSITIVE_INFINITY;
    if (left === 0) return;
    for (const signIn of this.#log.query({ ...query, order: this.#order, ...limit })) {
      if (test?.(signIn) === false) continue;
      yield logRow(signIn);
      if (--left === 0) return;
    }
  }

  /** The whole list, which `--query` needs. */
  toJSON(): readonly LogRow[] {
    return [...this];
  }
}

export function logRow({ record, replay }: LoggedSignIn): LogRow {
  if (!isMadeLater(record)) return { ...record, replay };
  const members = Object.getOwnPropertyDescriptors({ replay });
  return Object.defineProperties({} as LogRow, { ...Object.getOwnPropertyDescriptors(record), ...members });
}

/** How many sign-ins a row stands for. */
export function signInsOf({ signInCount = 1 }: Pick<LogRow, 'signInCount'>): number {
  return signInCount;
}

/** How many sign-ins the meant entries stand for; counted by the log where it can. */
export function countSignIns(log: SignInLog, { query, test }: LogSelection): number {
  if (test === undefined) return log.signIns(query);
  let count = 0;
  for (const signIn of log.query({ ...query, order: NEWEST_FIRST }))
    if (test(signIn)) count += signInsOf(signIn.record);
  return count;
}

/** How many entries are meant; counted by the log where it can. */
export function countRows(log: SignInLog, { query, test }: LogSelection): number {
  if (test === undefined) return log.count(query);
  let count = 0;
  for (const signIn of log.query({ ...query, order: NEWEST_FIRST })) if (test(signIn)) count++;
  return count;
}

export const NEWEST_FIRST: LogOrder = { column: 'createdDateTime', descending: true };
