import { findUser } from '../../core/tenant/lookup.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import type { SignInLog } from '../../store/types.ts';
import type { LogFilterOptions } from './filters.ts';
import type { LogFilter } from './odata.ts';
import { LogRows, NEWEST_FIRST } from './rows.ts';
import { selectionOf } from './selection.ts';

/** Filters by the option that says them; those that need no more than the log to be told apart. */
const OPTIONS: { readonly [key in Exclude<keyof LogFilterOptions, 'filter' | 'since' | 'until'>]: string } = {
  user: '--user',
  app: '--app',
  ip: '--ip',
  status: '--status',
  policy: '--policy',
  throughGsa: '--through-gsa',
  location: '--location',
  signaling: '--signaling',
  correlationId: '--correlation-id',
};

/** Why nothing was found in a log that holds something: each filter that alone finds nothing, and the span of the log. */
export function whyNone(
  log: SignInLog,
  tenant: Tenant,
  now: string,
  options: LogFilterOptions,
  filter: LogFilter | undefined,
): readonly string[] {
  const span = spanText(log);
  if (span === undefined) return [];
  const finds = (alone: Omit<LogFilterOptions, 'filter'>, filtered?: LogFilter) => {
    const [found] = new LogRows(log, selectionOf(tenant, now, alone, filtered), NEWEST_FIRST, 1);
    return found !== undefined;
  };
  const { since, until } = options;
  const timed = since !== undefined || until !== undefined;
  const times = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
  const none = [
    ...Object.entries(OPTIONS).flatMap(([key, option]) => {
      const alone = Object.fromEntries(Object.entries(options).filter(([name]) => name === key));
      return Object.keys(alone).length === 0 || finds(alone) ? [] : [option];
    }),
    ...(filter === undefined || finds({}, filter) ? [] : ['--filter']),
  ];
  const outside = timed && !finds(times);
  return [
    ...(none.includes('--user') ? nearUser(tenant, options.user) : []),
    ...none.map((option) => `nothing in the log fits ${option}`),
    ...(outside || none.length === 0 ? [span] : []),
  ];
}

function spanText(log: SignInLog): string | undefined {
  const end = (descending: boolean) => {
    const [found] = log.query({ conditions: [], order: { column: 'createdDateTime', descending }, limit: 1 });
    return found?.record.createdDateTime;
  };
  const [from, to] = [end(false), end(true)];
  if (from === undefined || to === undefined) return undefined;
  const entries = plural(log.count({ conditions: [] }), 'entry', 'entries');
  return `the log holds ${entries}, ${from === to ? `of ${from}` : `from ${from} to ${to}`}`;
}

/** The name itself is the likely reason. */
function nearUser(tenant: Tenant, text: string | undefined): readonly string[] {
  const found = text === undefined ? undefined : findUser(tenant, text);
  const [near] = found !== undefined && 'near' in found ? found.near : [];
  return near === undefined ? [] : [`no user of this tenant is called \`${text}\`; did you mean \`${near}\`?`];
}
