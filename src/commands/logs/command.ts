import type { Tenant } from '../../core/tenant/tenant.ts';
import type { LogColumn } from '../../output/reports/log/columns.ts';
import type { Session } from '../../shell/session.ts';
import type { SignInLog } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { defineCommand } from '../command.ts';
import { positiveInteger } from '../options.ts';
import { signInLog } from '../sign-in-log.ts';
import type { LogOrder } from './columns.ts';
import { logColumns, logOrder } from './columns.ts';
import { bothStatusesText, countsOf } from './counts.ts';
import { delayed, delayText, isVisibleIn } from './delay.ts';
import type { LogFilterOptions } from './filters.ts';
import { declareLogFilters } from './filters.ts';
import { follow, oldestFirst } from './follow.ts';
import { knownPeople } from './known-people.ts';
import { countRows, LogRows, NEWEST_FIRST } from './rows.ts';
import type { LogSelection } from './selection.ts';
import { selectionOf } from './selection.ts';
import { whyNone } from './why-none.ts';

interface Options extends LogFilterOptions {
  readonly sort?: LogOrder;
  readonly limit?: number;
  readonly all?: true;
  readonly columns?: readonly LogColumn[];
  readonly follow?: true;
  readonly countBy?: readonly LogColumn[];
  readonly tail?: number;
  readonly interactive?: true;
}

/** Rows that are shown unless the user says otherwise. */
const ROWS = 50;

/** Up to so many rows are held, so that all of them set the widths of their table. */
const HELD = 1_000;

export const command = defineCommand<[], Options>({
  changesNothing: true,
  formats: ['lists'],
  goesOnWith: 'follow',
  declare: (command) =>
    declareLogFilters(command)
      .option('--sort <column[:asc|desc]>', 'sort by a column; equal ones stand newest first', logOrder)
      .option('-n, --limit <n>', `how many at most (default: ${ROWS})`, positiveInteger)
      .option('--tail <n>', 'the newest so many, the newest at the bottom', positiveInteger)
      .option('--all', 'every one')
      .option('--columns <columns>', 'columns of the table, such as time,user,ip,result,id', logColumns)
      .option('-f, --follow', 'go on with what is appended, until you interrupt it')
      .option('-i, --interactive', 'on a terminal: move through the rows, filter them by typing, Enter tells one whole')
      .option(
        '--count-by <columns>',
        'how many sign-ins have each value of a column, or of several together, such as user,outcome: one for each entry, or as ' +
          'many as its record stands for, under each signaling status that it was replayed under; day and hour are columns; ' +
          'repeatable',
        countedColumns,
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
    const whole = () => session.tenants().read().tenant;
    const needsAll = options.follow ?? options.interactive ?? options.countBy;
    const tenant = (needsAll === undefined ? await knownPeople(session, options) : undefined) ?? whole();
    acting(session, tenant, ['signin.read']);
    const filter =
      options.filter === undefined ? undefined : (await import('./odata.ts')).readLogFilter(options.filter);
    const log = await signInLog(session);
    const selection = selectionOf(tenant, session.now(), options, filter);
    for (const why of filter?.impossible ?? []) await session.say(why);
    if (options.follow === true) return following(session, log, whole(), selection, options);
    const { visible, hidden } = delayed(selection, tenant, session.now());
    const notYet = hidden === undefined ? 0 : countRows(log, hidden);
    const late = notYet === 0 ? [] : [delayText(notYet, tenant)];
    if (options.interactive === true) return browsing(session, log, visible);
    const limit = options.all === true ? undefined : (options.tail ?? options.limit ?? ROWS);
    const result =
      options.countBy === undefined
        ? rows(log, visible, { ...options, limit }, late)
        : counts(log, whole(), visible, options.countBy, limit, late);
    if (!result.isNone) return result.shown;
    const why = whyNone(log, whole(), session.now(), options, filter);
    return { ...result.shown, ...hints([...why, ...late]) };
  },
});

const EXAMPLES = `
Examples:
  gsa logs --user joni.sherman@contoso.com --since yesterday
  gsa logs --status blocked --count-by policy --signaling disabled
  gsa logs --count-by user,outcome
  gsa logs -f --tail 5
  gsa logs --interactive --since 7d
  gsa logs --ip 203.0.113.0/24 --through-gsa --columns time,user,ip,whose,id
  gsa logs --all -o csv --filter "status/errorCode eq 53003"`;

/** Options that do not go together: the second asks for what the first has no place for. */
const APART: readonly (readonly [keyof Options, readonly (keyof Options)[]])[] = [
  ['all', ['limit', 'tail']],
  ['tail', ['limit', 'sort', 'countBy']],
  ['countBy', ['columns', 'sort']],
  ['follow', ['countBy', 'sort', 'until', 'interactive']],
  ['interactive', ['countBy', 'columns', 'sort', 'all', 'limit', 'tail']],
];

function checkTogether(options: Options): void {
  for (const [one, others] of APART) {
    const other = options[one] === undefined ? undefined : others.find((each) => options[each] !== undefined);
    if (other === undefined) continue;
    throw new GsaError('usage', `\`${flag(one)}\` and \`${flag(other)}\` do not go together`, {
      hint: 'give one of them',
    });
  }
}

function flag(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Columns that are counted by together, each once. */
function countedColumns(text: string, previous: readonly LogColumn[] | undefined): readonly LogColumn[] {
  return logColumns(text, previous);
}

/** Rows or counts, and whether there are none. */
interface Shown {
  readonly shown: Result;
  readonly isNone: boolean;
}

function rows(
  log: SignInLog,
  selection: LogSelection,
  { limit, sort = NEWEST_FIRST, columns, tail }: Omit<Options, 'limit'> & { readonly limit: number | undefined },
  late: readonly string[],
): Shown {
  const layout = { layout: { ...(columns === undefined ? {} : { columns }), isEmptyLog: log.position() === 0 } };
  if (limit === undefined || limit > HELD) {
    const value = new LogRows(log, selection, sort, limit);
    const [first] = new LogRows(log, selection, sort, 1);
    const shown = tail === undefined ? value : [...value].reverse();
    return { shown: { report: { kind: 'logs', data: { value: shown }, ...layout }, ...hints(late) }, isNone: !first };
  }
  const found = [...new LogRows(log, selection, sort, limit + 1)];
  const value = found.slice(0, limit);
  if (tail !== undefined) value.reverse();
  const more = tail === undefined ? moreText(log, selection, found.length, limit) : [];
  return {
    shown: { report: { kind: 'logs', data: { value }, ...layout }, ...hints([...more, ...late]) },
    isNone: found.length === 0,
  };
}

/** Moves through the rows until they are left; what was opened was shown as it was. */
async function browsing(session: Session, log: SignInLog, selection: LogSelection): Promise<Result> {
  const { BROWSED, browse } = await import('./browse.ts');
  const found = [...new LogRows(log, selection, NEWEST_FIRST, BROWSED + 1)];
  if (found.length === 0) {
    return { report: { kind: 'logs', data: { value: [] }, layout: { isEmptyLog: log.position() === 0 } } };
  }
  const tell = await (await import('./tell.ts')).createTeller(session, session.tenants().read());
  await browse(session, found.slice(0, BROWSED), ({ replay, ...record }) => ({
    kind: 'logStory',
    data: { value: [tell({ record, replay })] },
  }));
  const more =
    found.length > BROWSED ? [`the newest ${BROWSED} were shown; --since, --user and the like choose others`] : [];
  return { report: { kind: 'script', data: { text: '' } }, ...hints(more) };
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
  columns: readonly LogColumn[],
  limit: number | undefined,
  late: readonly string[],
): Shown {
  const all = countsOf(log, tenant, selection, columns);
  const more =
    limit === undefined || all.length <= limit ? [] : [`${all.length - limit} more; --limit or --all shows them`];
  // Counting by the status itself tells them apart.
  const both = columns.includes('signalingStatus') ? [] : bothStatusesText(log, selection, all);
  const [column = 'userPrincipalName'] = columns;
  return {
    shown: {
      report: {
        kind: 'logCounts',
        data: { column, columns, value: all.slice(0, limit) },
        layout: { isEmptyLog: log.position() === 0 },
      },
      ...hints([...more, ...both, ...late]),
    },
    isNone: all.length === 0,
  };
}

/** The last ones first in order of time, so that what comes stands below. */
async function following(
  session: Session,
  log: SignInLog,
  tenant: Tenant,
  selection: LogSelection,
  { tail, limit = tail ?? ROWS, all, columns }: Options,
): Promise<Result> {
  const from = log.position();
  const { visible, hidden } = delayed(selection, tenant, session.now());
  const waiting = hidden === undefined ? [] : oldestFirst(log, hidden);
  const shown = [...new LogRows(log, visible, NEWEST_FIRST, all === true ? undefined : limit)].reverse();
  const isVisible = isVisibleIn(tenant, () => session.now());
  if (shown.length === 0)
    await session.say(`${from === 0 ? 'the sign-in log is empty' : 'no sign-in matches yet'}; waiting`);
  return {
    report: {
      kind: 'logs',
      data: { value: shown },
      // Without rows nothing begins yet, the header neither.
      layout: { ...(columns === undefined ? {} : { columns }), ...(shown.length === 0 ? { after: [] } : {}) },
    },
    more: follow(session, { log, selection, from, shown, columns, waiting, isVisible }),
  };
}

function hints(lines: readonly string[]): Pick<Result, 'hint'> {
  return lines.length === 0 ? {} : { hint: lines.join('\n') };
}
