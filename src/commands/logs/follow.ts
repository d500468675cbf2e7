import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { Report } from '../../output/report.ts';
import type { LogColumn, LogRow } from '../../output/reports/log/columns.ts';
import type { Session } from '../../shell/session.ts';
import type { SignInLog } from '../../store/types.ts';
import { interruption } from '../../trouble/error.ts';
import { logRow } from './rows.ts';
import type { LogSelection } from './selection.ts';

export interface Following {
  readonly log: SignInLog;
  readonly selection: LogSelection;
  /** Position of the log before the first rows were read. */
  readonly from: number;
  /** Rows that are shown already: the new ones continue their table. */
  readonly shown: readonly LogRow[];
  readonly columns: readonly LogColumn[] | undefined;
  /** Sign-ins that were in the log at the start, hidden by the processing delay. */
  readonly waiting: readonly LoggedSignIn[];
  /** Whether the simulated processing delay lets a sign-in show by now. */
  readonly isVisible: (signIn: LoggedSignIn) => boolean;
}

/** Milliseconds between two looks at the log. */
const PAUSE = 500;

/**
 * New sign-ins as they are appended, in that order, until somebody interrupts. What the processing delay hides shows when
 * its time has come.
 */
export async function* follow(session: Session, following: Following): AsyncIterable<Report> {
  const { log, selection, columns, isVisible } = following;
  let { shown } = following;
  let position = following.from;
  let waiting = [...following.waiting];
  for (;;) {
    const now = log.position();
    // Below where it was: retention removed records, and their places are given away anew.
    if (now > position) waiting = joined(waiting, oldestFirst(log, selection, { appendedAfter: position }));
    position = now;
    const rows = waiting.filter(isVisible).map(logRow);
    waiting = waiting.filter((signIn) => !isVisible(signIn));
    if (rows.length > 0) {
      const layout = { ...(shown.length === 0 ? {} : { after: shown }), ...(columns === undefined ? {} : { columns }) };
      yield { kind: 'logs', data: { value: rows }, layout };
      // The first rows begin the table: they set its widths, and those behind them have no header.
      if (shown.length === 0) shown = rows;
    }
    await session.pause(PAUSE);
    if (session.interrupted.aborted) throw interruption(session.interrupted, 'no longer following the sign-in log');
  }
}

/** What waits and what is new; of a sign-in that was judged anew only the new entry, as in the log. */
function joined(waiting: readonly LoggedSignIn[], added: readonly LoggedSignIn[]): LoggedSignIn[] {
  const keyOf = ({ record, replay }: LoggedSignIn) => `${replay.signalingStatus} ${record.id}`;
  const anew = new Set(added.map(keyOf));
  return [...waiting.filter((signIn) => !anew.has(keyOf(signIn))), ...added];
}

/** What is selected, in the order in which it happened. */
export function oldestFirst(
  log: SignInLog,
  { query, test }: LogSelection,
  more: { readonly appendedAfter?: number } = {},
): readonly LoggedSignIn[] {
  const all = [...log.query({ ...query, ...more, order: { column: 'createdDateTime', descending: false } })];
  return test === undefined ? all : all.filter(test);
}
