import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const STORY = join('examples', 'know-before-you-switch');
const RECORDS = readFileSync(join(process.cwd(), STORY, 'signins.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly id: string });

/** Each sign-in of the example so many times. */
const times = (at: number) => 1 + (at % 4);

async function bank(): Promise<Workplace> {
  const place = workplace();
  await place.gsa(['init', '--empty', '--name', 'Woodgrove Bank', '--created', '2025-09-01']);
  expect((await place.gsa(['import', join(process.cwd(), STORY, 'export')])).exitCode).toBe(0);
  return place;
}

function written(place: Workplace, name: string, records: readonly object[]): string {
  const path = join(place.folder, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

/** As one record that stands for all of them, and as so many records. */
function bothWays(place: Workplace): { readonly weighed: string; readonly single: string } {
  const copies = RECORDS.flatMap((record, at) =>
    Array.from({ length: times(at) }, (_, copy) => ({
      ...record,
      id: copy === 0 ? record.id : `${record.id}-${copy}`,
    })),
  );
  const weighed = RECORDS.map((record, at) => ({ ...record, signInCount: times(at) }));
  return { weighed: written(place, 'weighed.ndjson', weighed), single: written(place, 'single.ndjson', copies) };
}

/** The report without what names the file. */
function said(report: Record<string, unknown>): unknown {
  const { source: _, createdDateTime: __, value, ...rest } = report;
  const groups = Array.isArray(value) ? value.map((group: object) => ({ ...group, command: '' })) : value;
  return { ...rest, value: groups };
}

describe('the log of records with signInCount', () => {
  const RULES = [
    ['outcome'],
    ['day'],
    ['user,outcome'],
    ['outcome', '--filter', "contains(userPrincipalName,'o')"],
    ['application', '--since', '2020-01-01'],
  ];

  async function logsOf(records: 'weighed' | 'single') {
    const place = await bank();
    expect((await place.gsa(['replay', bothWays(place)[records]])).exitCode).toBe(0);
    const counted = async () => {
      const answers = RULES.map(async (words) =>
        JSON.parse((await place.gsa(['logs', '--count-by', ...words, '-o', 'json'])).stdout),
      );
      return (await Promise.all(answers)).map(({ value }: { readonly value: unknown }) => value);
    };
    return { ...place, counted };
  }

  test('is counted as so many sign-ins, also where it was judged anew', async () => {
    const [weighed, single] = [await logsOf('weighed'), await logsOf('single')];
    expect(await weighed.counted()).toEqual(await single.counted());
    const all = await single.counted();
    for (const [place, records] of [
      [weighed, 'weighed'],
      [single, 'single'],
    ] as const) {
      const { value } = JSON.parse((await place.gsa('policy list -o json')).stdout);
      for (const { id } of value) await place.gsa(['policy', 'set-state', id, 'disabled', '--force']);
      expect((await place.gsa(['replay', bothWays(place)[records]])).exitCode).toBe(0);
    }
    expect(await weighed.counted()).toEqual(await single.counted());
    expect(await weighed.counted()).not.toEqual(all);
  });

  test('of an earlier version has one sign-in in each entry, and goes on with weights', async () => {
    const { folder, gsa } = await logsOf('weighed');
    const [path = ''] = globSync(join(folder, '**', '*.db'));
    const database = new DatabaseSync(path);
    database.exec(
      'DROP TRIGGER weight_goes; DROP TRIGGER weight_moves; DROP TABLE weight; PRAGMA user_version = 5; PRAGMA journal_mode = DELETE',
    );
    database.close();
    const total = async () => {
      const { value } = JSON.parse((await gsa(['logs', '--count-by', 'signalingStatus', '-o', 'json'])).stdout);
      return value.reduce((sum: number, { count }: { readonly count: number }) => sum + count, 0);
    };
    const before = await total();
    expect(before).toBeLessThanOrEqual(RECORDS.length);
    const more = RECORDS.slice(0, 1).map((record) => ({ ...record, id: 'another', signInCount: 40 }));
    expect((await gsa(['replay', written({ folder } as Workplace, 'more.ndjson', more)])).exitCode).toBe(0);
    expect(await total()).toBe(before + 40);
  });
});

describe('a record with signInCount', () => {
  test.each([
    ['impact', []],
    ['impact', ['--fail-on', 'newlyBlocked,unknown', '--proxy-country', 'ch']],
    ['replay', ['--dry-run', '--compare-recorded']],
    ['replay', ['--dry-run', '--signaling', 'disabled']],
  ])('counts in %s %j as that many sign-ins', async (command, options) => {
    const place = await bank();
    const { weighed, single } = bothWays(place);
    const [one, other] = [
      await place.gsa([command, weighed, ...options, '-o', 'json']),
      await place.gsa([command, single, ...options, '-o', 'json']),
    ];
    expect(one.exitCode).toBe(other.exitCode);
    expect(said(one.json())).toEqual(said(other.json()));
  });

  test.each([0, -1, 1.5, 'many', { of: 2 }, 2 ** 60])(
    'is skipped with its reason where the count is %j',
    async (signInCount) => {
      const place = await bank();
      const path = written(place, 'odd.ndjson', [{ ...RECORDS[0], signInCount }, { ...RECORDS[1] }]);
      const run = await place.gsa(['impact', path, '-o', 'json', '--fail-on', 'newlyBlocked']);
      expect(run.json()).toMatchObject({ read: 2, skipped: [{ reason: 'noCount', count: 1 }] });
      expect(run.exitCode).toBe(1);
    },
  );

  /** A row of Log Analytics. */
  const row = (columns: object) => ({
    TimeGenerated: '2026-06-15T00:00:00Z',
    UserPrincipalName: 'ada@woodgrove.example',
    IPAddress: '198.51.100.7',
    AppDisplayName: 'Office 365 SharePoint Online',
    ...columns,
  });
  const table = (rows: readonly object[]) => {
    const names = Object.keys(rows[0] ?? {});
    return `${names.join()}\n${rows.map((each) => Object.values(each).join()).join('\n')}\n`;
  };

  test.each<[string, object[], number]>([
    ['as many as were counted', [{ count_: 12 }, { count_: 30 }], 42],
    ['as many as were counted under the name of gsa', [{ SignInCount: 12 }, { SignInCount: 2 }], 14],
    [
      'one where its own id was counted once',
      [
        { Id: 'a', count_: 1 },
        { Id: 'b', count_: 1 },
      ],
      2,
    ],
    ['one where it has an id and another number', [{ Id: 'a', RetryCount: 9 }], 1],
    ['one where nothing was counted', [{ Id: 'a' }, { Id: 'b' }], 2],
  ])('a row of Log Analytics stands for %s', async (_, columns, signIns) => {
    const place = await bank();
    const rows = columns.map(row);
    for (const text of [JSON.stringify(rows), table(rows)]) {
      writeFileSync(join(place.folder, 'rows.x'), text);
      const report = (await place.gsa('impact rows.x -o json')).json();
      expect(report).toMatchObject({ read: signIns, skipped: [] });
    }
  });

  test.each<[object]>([
    [{ Count: 12 }],
    [{ count: 12 }],
    [{ SignIns: 12 }],
    [{ FailedCount: 3 }],
    [{ count_: 'many' }],
    [{ count_: 0 }],
    [{ dcount_UserId: 3 }],
    [{ count_UserId: 3 }],
    [{ countif_: 3 }],
    [{ max_TimeGenerated: '2026-06-15T07:00:00Z' }],
    [{ set_ClientAppUsed: 'Browser' }],
    [{ Id: 'a', count_: 2 }],
    [{ Id: 'a', Count: 2 }],
  ])('a row of a summary with %j stands for nobody knows how many, and no gate is green over it', async (column) => {
    const place = await bank();
    for (const text of [JSON.stringify([row(column)]), table([row(column)])]) {
      writeFileSync(join(place.folder, 'rows.x'), text);
      const path = written(place, 'one.ndjson', [{ ...RECORDS[1] }]);
      const run = await place.gsa([
        'impact',
        path,
        join(place.folder, 'rows.x'),
        '-o',
        'json',
        '--fail-on',
        'newlyBlocked',
      ]);
      expect(run.json()).toMatchObject({ skipped: [{ reason: 'noCount', count: 1 }] });
      expect(run.exitCode).toBe(1);
    }
  });

  test('counts the people that it names once over all records, and says where there are more', async () => {
    const place = await bank();
    const [first = {}, second = {}] = RECORDS;
    const named = written(place, 'named.ndjson', [
      { ...first, signInCount: 5, userIds: ['a', 'b', 'c'] },
      { ...second, signInCount: 5, userIds: ['b', 'c', 'd'] },
    ]);
    expect((await place.gsa(['impact', named, '-o', 'json'])).json()).toMatchObject({
      judged: { interactive: 10, users: 4 },
      arePeopleUnnamed: false,
    });
    const counted = written(place, 'counted.ndjson', [{ ...first, signInCount: 5, userCount: 3 }]);
    const run = await place.gsa(['impact', counted, '-o', 'json']);
    expect(run.json()).toMatchObject({ judged: { interactive: 5, users: 1 }, arePeopleUnnamed: true });
    expect((await place.gsa(['impact', counted])).stdout).toContain('by at least 1 user');
  });
});
