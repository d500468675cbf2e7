import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { switched, worldOf } from '../../src/core/impact/world.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { DatabasePlace } from '../../src/engines/duckdb/connect.ts';
import { openDatabase } from '../../src/engines/duckdb/connect.ts';
import { openDuckDb } from '../../src/engines/duckdb/duckdb-engine.ts';
import { ADDRESS_TEXTS } from '../support/arbitraries/network.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { bothCounts } from '../support/both-counts.ts';
import { OWN_FOLDER } from '../support/own-folder.ts';
import { randomRecords, repeatingRecords } from '../support/random-records.ts';
import { rangesAndAddresses } from '../support/ranges-and-addresses.ts';

/** Sign-ins in all, and tenants over which they are spread. */
const SIGN_INS = Number(process.env['GSA_SIGN_INS'] ?? 1_000_000);
const TENANTS = Number(process.env['GSA_TENANTS'] ?? 20);
const EACH = Math.ceil(SIGN_INS / TENANTS);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gsa-engines-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, records: Iterable<object>): Promise<string> {
  const path = join(folder, name);
  const stream = createWriteStream(path);
  for (const record of records) if (!stream.write(`${JSON.stringify(record)}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'close');
  return path;
}

/** The same sign-ins as a lake has them, with the types that DuckDB finds. */
async function asParquet(ndjson: string): Promise<string> {
  const { connection, close } = await openDatabase(OWN_FOLDER);
  try {
    await connection.run(
      `COPY (SELECT * FROM read_json('${ndjson}', sample_size = -1)) TO '${ndjson}.parquet' (FORMAT parquet)`,
    );
    return `${ndjson}.parquet`;
  } finally {
    await close();
  }
}

/** Names in Log Analytics that are not Graph's with a large letter. */
const COLUMNS: Readonly<Record<string, string>> = {
  ipAddress: 'IPAddress',
  ipAddressFromResourceProvider: 'IPAddressFromResourceProvider',
  location: 'LocationDetails',
  resourceId: 'ResourceIdentity',
  appliedConditionalAccessPolicies: 'ConditionalAccessPolicies',
};

/** A sign-in as a row of Log Analytics. */
function asRow(record: object, cell: (value: unknown) => unknown): object {
  const cells = Object.entries(record).map(([name, value]) => [
    COLUMNS[name] ?? name.slice(0, 1).toUpperCase() + name.slice(1),
    cell(value),
  ]);
  return Object.fromEntries([['Type', 'SigninLogs'], ['Category', 'SignInLogs'], ...cells]);
}

async function compare(
  files: readonly string[],
  sources: readonly string[],
  tenant: Tenant,
  other: Tenant | undefined,
  place: DatabasePlace = OWN_FOLDER,
) {
  const before = worldOf(tenant, 'enabled');
  const after = other === undefined ? switched(before, 'disabled') : worldOf(other, 'disabled');
  const engine = await openDuckDb(files, undefined, place);
  try {
    const { direct, byKeys, keys } = await bothCounts(engine, sources, { before, after }, other && 'NL');
    expect(byKeys).toEqual(direct);
    return keys;
  } finally {
    await engine.close();
  }
}

describe(`DuckDB, over ${SIGN_INS} random sign-ins of ${TENANTS} random tenants`, () => {
  const drawn = fc.sample(tenants(), { seed: 15, numRuns: TENANTS + 1 });
  for (const [at, tenant] of drawn.slice(0, TENANTS).entries()) {
    test(`counts what impact counts (tenant ${at})`, async () => {
      const file = await written(`${at}.ndjson`, repeatingRecords(at, EACH, tenant));
      const keys = await compare([file], [file], tenant, at % 5 === 4 ? undefined : drawn[at + 1]);
      console.log(`tenant ${at}: ${EACH} sign-ins, ${keys} keys`);
      await rm(file);
    });
  }
});

describe('DuckDB', () => {
  const [tenant] = fc.sample(tenants(), { seed: 16, numRuns: 1 });
  if (tenant === undefined) throw new Error('no tenant');

  test.each(['any', 'networks'] as const)(
    'classes addresses of many ranges (%s), whatever their spelling',
    async (kind) => {
      const { tenant: blocking, records } = rangesAndAddresses(tenant, 20, kind);
      const file = await written(`ranges-${kind}.ndjson`, records);
      await compare([file], [file], { ...blocking, policies: [] }, blocking);
    },
  );

  test('counts every combination of odd members as impact does', async () => {
    const file = await written('odd.ndjson', randomRecords(7, 1_000, tenant));
    await compare([file], [file], tenant, undefined);
  });

  test('takes more memory where it began with too little, for the same answer', async () => {
    const file = await written('scarce.ndjson', repeatingRecords(17, 20_000, tenant));
    await compare([file], [file], tenant, undefined, { ...OWN_FOLDER, megabytes: 8 });
  });

  test('reads Parquet, with the types that it has', async () => {
    // A column of ids becomes UUIDs, which have one spelling, and one of times becomes instants.
    const plain = [...repeatingRecords(8, 5_000, tenant)]
      .filter(({ id, createdDateTime }) => id !== undefined && /^2026-.*Z$/.test(String(createdDateTime)))
      .map(({ userId, ...record }) =>
        typeof userId === 'string' ? { ...record, userId: userId.toLowerCase() } : record,
      );
    const file = await written('typed.ndjson', plain);
    await compare([await asParquet(file)], [file], tenant, undefined);
  });

  test('counts a file that is given twice once, and says what was repeated', async () => {
    const file = await written('twice.ndjson', repeatingRecords(9, 2_000, tenant));
    await compare([file, file], [file, file], tenant, undefined);
  });

  test('counts rows of one id that say different things, so that no order of them makes a gate green', async () => {
    const one = {
      id: 'a',
      createdDateTime: '2026-01-10T08:00:00Z',
      userId: 'ada',
      ipAddress: '203.0.113.10',
      appId: 'b',
    };
    const said = [one, { ...one, userId: 'bob' }, one, { ...one, id: 'c' }];
    const counted = [
      { ...one, signInCount: 1 },
      { ...one, signInCount: 2 },
      { ...one, id: 'c', signInCount: 1 },
    ];
    const engine = await openDuckDb([await written('counted.ndjson', counted)], undefined, OWN_FOLDER);
    expect(await engine.totals({ deviceIds: true })).toMatchObject({ contradicting: 1 });
    await engine.close();
    for (const [at, rows] of [said, said.toReversed()].entries()) {
      const engine = await openDuckDb([await written(`said-${at}.ndjson`, rows)], undefined, OWN_FOLDER);
      try {
        expect(await engine.totals({ deviceIds: true })).toMatchObject({ signIns: 4, repeated: 2, contradicting: 1 });
      } finally {
        await engine.close();
      }
    }
  });

  test('counts records without an id that differ in their addresses alone, each by its own', async () => {
    const [record] = [...repeatingRecords(14, 1, tenant)];
    const { id: _, ...nameless } = record ?? {};
    const rows = ADDRESS_TEXTS.map((ipAddress) => ({ ...nameless, ipAddress }));
    const file = await written('nameless.ndjson', rows);
    await compare([file], [file], tenant, undefined);
  });

  test.each(['count_', 'FailedCount', 'dcount_IPAddress'])('refuses rows that were counted, by %s', async (column) => {
    const row = { TimeGenerated: '2026-06-15T00:00:00Z', UserPrincipalName: 'ada@contoso.com', [column]: 12 };
    const file = await written(`${column}.ndjson`, [row]);
    await expect(openDuckDb([file], undefined, OWN_FOLDER)).rejects.toThrow(column);
  });

  test.each([
    ['the table and its status', 0, [['ResultType', '50126']]],
    ['two columns', '50126', [['ErrorCode', 0]]],
  ])('refuses rows that say two error codes, in %s', async (what, errorCode, more) => {
    const row = { TimeGenerated: '2026-06-15T00:00:00Z', UserPrincipalName: 'ada@contoso.com' };
    const rows = [
      { ...row, Id: 'a', Status: { errorCode }, ...Object.fromEntries(more) },
      { ...row, Id: 'b', Status: { errorCode: 0 }, ResultType: 'Success' },
    ];
    const engine = await openDuckDb([await written(`${what}.ndjson`, rows)], undefined, OWN_FOLDER);
    try {
      await expect(engine.totals({ deviceIds: false })).rejects.toThrow('1 row has two error codes');
    } finally {
      await engine.close();
    }
  });

  test.each([
    ['no people', { userCount: 0 }, /`userCount` that is no whole number from 1 \(`0`\)/],
    ['people that are no ids', { userIds: [1, 'b'] }, /`userIds` that are no list of ids/],
    ['nothing that is a number', { signInCount: 'many' }, /1 record has a `signInCount` that is no whole number/],
    ['half a sign-in', { signInCount: 0.5 }, /no whole number/],
    ['no sign-in', { signInCount: 0 }, /no whole number/],
  ])('refuses a record that stands for %s', async (what, weight, message) => {
    const file = await written(`${what}.ndjson`, [
      ...repeatingRecords(15, 20, tenant),
      { id: 'odd', userId: 'a', ...weight },
    ]);
    const engine = await openDuckDb([file], undefined, OWN_FOLDER);
    try {
      const before = worldOf(tenant, 'enabled');
      const counting = bothCounts(engine, [file], { before, after: switched(before, 'disabled') });
      await expect(counting).rejects.toThrow(message);
    } finally {
      await engine.close();
    }
  });

  test.each([
    ['with objects', (value: unknown) => value],
    [
      'with objects as text',
      (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
    ],
  ])('reads the rows of Log Analytics, %s', async (name, cell) => {
    const rows = [...repeatingRecords(12, 5_000, tenant)].map((record) => asRow(record, cell));
    const file = await written(`rows ${name}.ndjson`, rows);
    await compare([file], [file], tenant, undefined);
  });

  /** Rows of a table as CSV, with dates as a browser of some country writes them. */
  const csvOf = (times: readonly string[]) => {
    const [record] = [...repeatingRecords(19, 1, tenant)];
    const users = ['a', 'b', 'c', 'd', 'e'];
    const rows = times.map((time, at) => [`i${at}`, time, users[at % 5], record?.['ipAddress'] ?? '', 'app']);
    const lines = [['Id', 'CreatedDateTime', 'UserId', 'IPAddress', 'ResourceIdentity'], ...rows];
    return lines.map((line) => line.map((cell) => `"${cell}"`).join()).join('\n');
  };
  const csv = async (name: string, times: readonly string[]) => {
    const path = join(folder, name);
    await writeFile(path, csvOf(times));
    return path;
  };

  test.each([
    ['day', ['5/6/2026, 9:10:11', '25/6/2026, 9:10:11', '2026-06-01T00:00:00Z']],
    ['month', ['5/6/2026, 9:10:11', '6/25/2026, 9:10:11']],
    ['month, as in the United States', ['5/6/2026, 9:10:11.123 AM', '6/5/2026, 9:10:11.123 PM']],
    ['one that nobody can tell', ['5/6/2026, 9:10:11', '6/5/2026, 9:10:11', '6/6/2026, 9:10:11']],
    ['two that contradict each other', ['5/26/2026, 9:10:11', '26/5/2026, 9:10:11', '1/2/2026, 9:10:11']],
  ])('reads slashed dates by the order of their file: %s', async (name, times) => {
    const file = await csv(`${name}.csv`, times);
    await compare([file], [file], tenant, undefined);
  });

  test('refuses files whose slashed dates have different orders, and names them', async () => {
    const files = [
      await csv('first.csv', ['25/6/2026, 9:10:11', '5/6/2026, 9:10:11']),
      await csv('second.csv', ['6/25/2026, 9:10:11', '5/6/2026, 9:10:11']),
    ];
    const opening = openDuckDb(files, undefined, OWN_FOLDER);
    await expect(opening).rejects.toThrow(/first\.csv` has the day first, .*second\.csv` has the month first/);
  });

  test('refuses files that name members in both ways', async () => {
    const file = await written('both.ndjson', [
      { id: '1', userId: 'a' },
      { Id: '2', UserId: 'b' },
    ]);
    await expect(openDuckDb([file], undefined, OWN_FOLDER)).rejects.toThrow(/as in Graph and as in Log Analytics/);
  });

  test('leaves no folder behind where somebody interrupts it', async () => {
    const [temporary, stage] = [join(folder, 'temporary'), join(folder, 'stage')];
    await mkdir(temporary);
    await mkdir(stage);
    const file = await written('long.ndjson', repeatingRecords(13, 60_000, tenant));
    const gsa = [join(import.meta.dirname, '../../bin/gsa.js'), '-t', join(stage, 'tenant.json')];
    const env = { ...process.env, TMPDIR: temporary, HOME: stage };
    execFileSync(process.execPath, [...gsa, 'init'], { env, stdio: 'ignore' });
    const child = spawn(process.execPath, [...gsa, 'impact', '--engine', 'duckdb', file], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const own = async () => (await readdir(temporary)).filter((name) => name.startsWith('gsa-'));
    while ((await own()).length === 0) await setTimeout(5);
    await setTimeout(100);
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(await own()).toEqual([]);
  });

  test('reads many files by a glob', async () => {
    const files = [
      await written('part-1.ndjson', repeatingRecords(10, 1_000, tenant)),
      await written('part-2.ndjson', repeatingRecords(11, 1_000, tenant)),
    ];
    await compare([join(folder, 'part-*.ndjson')], files, tenant, undefined);
  });
});
