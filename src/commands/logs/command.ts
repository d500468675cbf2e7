import type { Tenant } from '../../core/tenant/tenant.ts';
import type { LogColumn } from '../../output/reports/log/columns.ts';
import type { Session } from '../../shell/session.ts';
import type { SignInLog } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { defineCommand } from '../command.ts';
import { positiveInteger } from '../options.ts';
import type { LogOrder } from './columns.ts';
import { logColumn, logColumns, logOrder } from './columns.ts';
import { bothStatusesText, countsOf } from './counts.ts';
import { delayed, delayText, isVisibleIn } from './delay.ts';
import type { LogFilterOptions } from './filters.ts';
import { declareLogFilters } from './filters.ts';
import { follow, oldestFirst } from './follow.ts';
import { countRows, LogRows, NEWEST_FIRST } from './rows.ts';
import type { LogSelection } from './selection.ts';
import { selectionOf, whyNone } from './selection.ts';

interface Options extends LogFilterOptions {
  readonly sort?: LogOrder;
  readonly limit?: number;
  readonly all?: true;
  readonly columns?: readonly LogColumn[];
  readonly follow?: true;
  readonly countBy?: LogColumn;
}

/** Rows that are shown unless the user says otherwise. */
const ROWS = 50;

/** Up to so many rows are held, so that all of them set the widths of their table. */
const HELD = 1_000;

export const command = defineCommand<[], Options>({
  formats: ['lists'],
  goesOnWith: 'follow',
  declare: (command) =>
    declareLogFilters(command)
      .option('--sort <column[:asc|desc]>', 'sort by a column; equal ones stand newest first', logOrder)
      .option('--limit <n>', `how many at most (default: ${ROWS})`, positiveInteger)
      .option('--all', 'every one')
      .option('--columns <columns>', 'columns of the table, such as time,user,ip,result,id', logColumns)
      .option('--follow', 'go on with what is appended, until you interrupt it')
      .option(
        '--count-by <column>',
        'how many entries have each value of a column: one for each sign-in and signaling status that it was replayed ' +
          'under; day and hour are columns',
        logColumn,
      )
      .description(
        'The sign-in log that `gsa replay` wrote, newest first: the address that Entra ID saw and whose it is, restoration on ' +
          'or off, what came of it and which policy decided. A sign-in has an entry for each signaling status that it was ' +
          'replayed under. Options are joined by and, values of one option by or; times are ' +
          'UTC. JSON is Graph’s signIn with `replay` beside it. `gsa logs show <id>` tells one sign-in whole.',
      )
      .addHelpText('after', EXAMPLES),
  run: async (session, _args, options) => {
    checkTogether(options);
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['signin.read']);
    const filter =
      options.filter === undefined ? undefined : (await import('./odata.ts')).readLogFilter(options.filter);
    const log = await session.signIns();
    const selection = selectionOf(tenant, session.now(), options, filter);
    if (options.follow === true) return following(session, log, tenant, selection, options);
    const { visible, hidden } = delayed(selection, tenant, session.now());
    const notYet = hidden === undefined ? 0 : countRows(log, hidden);
    const late = notYet === 0 ? [] : [delayText(notYet, tenant)];
    const limit = options.all === true ? undefined : (options.limit ?? ROWS);
    return options.countBy === undefined
      ? rows(log, tenant, visible, { ...options, limit }, late)
      : counts(log, tenant, visible, options.countBy, limit, late);
  },
});

const EXAMPLES = `
Examples:
  gsa logs --user joni.sherman@contoso.com --since yesterday
  gsa logs --status blocked --count-by policy --signaling disabled
  gsa logs --ip 203.0.113.0/24 --through-gsa --columns time,user,ip,whose,id
  gsa logs --all -o csv --filter "status/errorCode eq 53003"`;

function checkTogether({ all, limit, follow, sort, countBy, columns, until }: Options): void {
  const both = (one: string, other: string) =>
    new GsaError('usage', `\`${one}\` and \`${other}\` do not go together`, { hint: 'give one of them' });
  if (all === true && limit !== undefined) throw both('--all', '--limit');
  if (countBy !== undefined && columns !== undefined) throw both('--count-by', '--columns');
  if (countBy !== undefined && sort !== undefined) throw both('--count-by', '--sort');
  if (follow !== true) return;
  if (countBy !== undefined) throw both('--follow', '--count-by');
  if (sort !== undefined) throw both('--follow', '--sort');
  if (until !== undefined) throw both('--follow', '--until');
}

function rows(
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  { limit, sort = NEWEST_FIRST, columns, user }: Omit<Options, 'limit'> & { readonly limit: number | undefined },
  late: readonly string[],
): Result {
  const layout = { layout: { ...(columns === undefined ? {} : { columns }), isEmptyLog: log.position() === 0 } };
  if (limit === undefined || limit > HELD) {
    const value = new LogRows(log, selection, sort, limit);
    return { report: { kind: 'logs', data: { value }, ...layout }, ...hints(late) };
  }
  const found = [...new LogRows(log, selection, sort, limit + 1)];
  const none = found.length === 0 && user !== undefined ? whyNone(tenant, user) : [];
  return {
    report: { kind: 'logs', data: { value: found.slice(0, limit) }, ...layout },
    ...hints([...moreText(log, selection, found.length, limit), ...none, ...late]),
  };
}

/** An exact number where the log counts by itself; counting record by record would take longer than the answer. */
function moreText(log: SignInLog, selection: LogSelection, found: number, limit: number): readonly string[] {
  if (found <= limit) return [];
  const more = selection.test === undefined ? `${log.count(selection.query) - limit} more` : 'more';
  return [`${more}; --limit or --all shows them`];
}

function counts(
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  column: LogColumn,
  limit: number | undefined,
  late: readonly string[],
): Result {
  const all = countsOf(log, tenant, selection, column);
  const more =
    limit === undefined || all.length <= limit ? [] : [`${all.length - limit} more; --limit or --all shows them`];
  // Counting by the status itself tells them apart.
  const both = column === 'signalingStatus' ? [] : bothStatusesText(log, selection, all);
  return {
    report: {
      kind: 'logCounts',
      data: { column, value: all.slice(0, limit) },
      layout: { isEmptyLog: log.position() === 0 },
    },
    ...hints([...more, ...both, ...late]),
  };
}

/** The last ones first in order of time, so that what comes stands below. */
function following(
  session: Session,
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  { limit = ROWS, all, columns }: Options,
): Result {
  const from = log.position();
  const { visible, hidden } = delayed(selection, tenant, session.now());
  const waiting = hidden === undefined ? [] : oldestFirst(log, hidden);
  const shown = [...new LogRows(log, visible, NEWEST_FIRST, all === true ? undefined : limit)].reverse();
  const isVisible = isVisibleIn(tenant, () => session.now());
  return {
    report: {
      kind: 'logs',
      data: { value: shown },
      layout: { ...(columns === undefined ? {} : { columns }), isEmptyLog: from === 0 },
    },
    more: follow(session, { log, selection, from, shown, columns, waiting, isVisible }),
  };
}

function hints(lines: readonly string[]): Pick<Result, 'hint'> {
  return lines.length === 0 ? {} : { hint: lines.join('\n') };
}
