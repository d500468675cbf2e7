import { FORMAT_NAMES, FORMATS } from '../output/format.ts';
import { VARIABLES, VARIABLES_ORDER } from './variables.ts';

/** What `gsa help <topic>` explains; docs and the man page are made from the same tables. */
export interface Topic {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What holds for all rows. */
  readonly note?: string;
}

export const TOPICS: { readonly [topic: string]: Topic } = {
  'exit-codes': {
    title: 'Exit codes',
    columns: ['Code', 'Verdict', 'Meaning'],
    rows: [
      ['0', 'ok', 'done; the question was answered'],
      ['1', 'findings', 'a gate was asked for (check, test, --fail-on) and the answer is no'],
      ['2', 'usage', 'the command line is wrong'],
      ['3', 'refused', 'a safety guard stopped a change; nothing was written'],
      [
        '4',
        'invalid',
        'a file or the state is missing, unreadable, not valid, of a newer version, or holds nothing usable',
      ],
      ['5', 'forbidden', 'the acting administrator lacks the role; the least privileged role that would do is named'],
      ['70', 'internal', 'a bug'],
      ['75', 'busy', 'another process holds the tenant past --lock-timeout; try again'],
      ['130', 'interrupted', 'Ctrl-C (SIGINT); nothing half-written'],
      ['143', 'terminated', 'SIGTERM; nothing half-written'],
    ],
    note: 'A reader that leaves before the end (`| head`) is no failure, and turns no code.',
  },
  environment: {
    title: 'Environment',
    columns: ['Variable', 'Meaning'],
    rows: VARIABLES.map(({ names, meaning }) => [names.join(', '), meaning]),
    note: VARIABLES_ORDER,
  },
  formats: {
    title: 'Formats',
    columns: ['Name', 'What it is'],
    rows: [
      ...FORMAT_NAMES.map((name) => [name, FORMATS[name].says]),
      [
        'read: policies',
        'Graph objects, lists, pages, arrays; EntraExporter, IntuneManagement, CIPP; PowerShell JSON; UTF-8 and UTF-16',
      ],
      [
        'read: sign-ins',
        'Graph v1.0 and beta, pages, batches, what its SDKs write; Azure Monitor records, messages of an event hub; Log Analytics and ' +
          'Sentinel as CSV, JSON and PowerShell’s Results; the portal’s CSV and JSON; gzip of each',
      ],
      [
        'read: sign-ins of others',
        'the record as Azure wrote it out of Elastic (event.original), Splunk (_raw), Datadog, QRadar, Logstash, OCSF (raw_data)',
      ],
      ['read: traffic', 'Global Secure Access traffic logs (--gsa-traffic)'],
    ],
  },
};
