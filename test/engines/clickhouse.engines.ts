import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { switched, worldOf } from '../../src/core/impact/world.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { openClickHouse } from '../../src/engines/clickhouse/clickhouse-engine.ts';
import { connect } from '../../src/engines/clickhouse/connect.ts';
import { createSignInTable, loadSignIns } from '../../src/engines/clickhouse/load-table.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { clickHouse, startShards } from '../../tools/clickhouse.mjs';
import { tenants } from '../support/arbitraries/tenant.ts';
import { bothCounts } from '../support/both-counts.ts';
import { cuttingProxy } from '../support/cutting-proxy.ts';
import type { RandomRecord } from '../support/random-records.ts';
import { randomRecords, repeatingRecords } from '../support/random-records.ts';
import { rangesAndAddresses } from '../support/ranges-and-addresses.ts';
import { source } from '../support/read-all-sign-ins.ts';

const SIGN_INS = Number(process.env['GSA_SIGN_INS'] ?? 1_000_000);
const TENANTS = Number(process.env['GSA_TENANTS'] ?? 20);
const EACH = Math.ceil(SIGN_INS / TENANTS);
const PASSWORD = 'only for this test';
const isHere = clickHouse() !== undefined;
const NEVER = new AbortController().signal;

test('a server of ClickHouse is here, or nobody wants one', () => {
  const said = 'GSA_INSTALL_CLICKHOUSE=1 installs it as root; GSA_WITHOUT_CLICKHOUSE=1 says that none is wanted';
  if (process.env['GSA_WITHOUT_CLICKHOUSE'] !== '1')
    expect(isHere, `clickhouse-server is not here: ${said}`).toBe(true);
  else if (!isHere) console.warn(`NOT TESTED: nothing about ClickHouse, for want of a server: ${said}`);
});

describe.skipIf(!isHere)(`two ClickHouse shards, over ${SIGN_INS} random sign-ins of ${TENANTS} random tenants`, () => {
  let folder = '';
  let shards: NonNullable<Awaited<ReturnType<typeof startShards>>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gsa-clickhouse-'));
    const started = await startShards(folder, { password: PASSWORD });
    if (started === undefined) throw new Error('no server');
    shards = started;
  });
  afterAll(async () => {
    await shards.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const drawn = fc.sample(tenants(), { seed: 25, numRuns: TENANTS + 1 });
  const [first] = drawn;
  if (first === undefined) throw new Error('no tenant');

  const owner = (at = 0) => ({ url: shards.urls[at], user: undefined, password: undefined, interrupted: NEVER });
  const reader = (user = 'reader') => ({ url: shards.urls[0], user, password: PASSWORD, interrupted: NEVER });

  async function loaded(table: string, records: readonly RandomRecord[], times = 1): Promise<string> {
    for (const at of [0, 1]) await createSignInTable(owner(at), table, shards.cluster);
    const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    for (let time = 0; time < times; time++) await loadSignIns(owner(), table, readSignIns([source(text)]));
    return text;
  }

  async function compare(table: string, text: string, tenant: Tenant, other?: Tenant, user?: string, times = 1) {
    const before = worldOf(tenant, 'enabled');
    const after = other === undefined ? switched(before, 'disabled') : worldOf(other, 'disabled');
    const engine = await openClickHouse(reader(user), table, undefined);
    try {
      const { direct, byKeys, keys } = await bothCounts(
        engine,
        Array.from({ length: times }, () => source(text)),
        { before, after },
        other && 'NL',
      );
      const { skipped: _, read: __, ...counted } = byKeys;
      const { skipped: ___, read: ____, ...single } = direct;
      expect(counted).toEqual(single);
      return keys;
    } finally {
      await engine.close();
    }
  }

  for (const [at, tenant] of drawn.slice(0, TENANTS).entries()) {
    test(`count what impact counts (tenant ${at})`, async () => {
      const text = await loaded(`random_${at}`, [...repeatingRecords(at, EACH, tenant)]);
      const keys = await compare(`random_${at}`, text, tenant, at % 5 === 4 ? undefined : drawn[at + 1]);
      console.log(`tenant ${at}: ${EACH} sign-ins, ${keys} keys`);
    });
  }

  test('count every combination of odd members as impact does', async () => {
    const text = await loaded('odd', [...randomRecords(7, 500, first)]);
    await compare('odd', text, first);
  });

  test('count a file that was loaded twice once', async () => {
    const text = await loaded(
      'twice',
      [...repeatingRecords(9, 2_000, first)].filter(({ id }) => id !== undefined),
      2,
    );
    await compare('twice', text, first, undefined, 'reader', 2);
  });

  /** Ranges that are compared, those that are looked up by prefix, and those of any first and last address. */
  test.each([10, 40])('class addresses of both versions by %i ranges each, whatever their spelling', async (count) => {
    const { tenant, records } = rangesAndAddresses(first, count, 'any');
    const text = await loaded(`ranges_${count}`, records);
    await compare(`ranges_${count}`, text, { ...tenant, policies: [] }, tenant);
  });

  test('need no more than the right to read', async () => {
    const text = await loaded('strictly', [...repeatingRecords(10, 1_000, first)]);
    await compare('strictly', text, first, undefined, 'strict');
  });

  test('read a table by a name that the queries use themselves', async () => {
    const text = await loaded('equal', [...repeatingRecords(14, 300, first)]);
    await compare('equal', text, first);
  });

  async function altered(table: string, change: string): Promise<void> {
    for (const at of [0, 1]) {
      const connection = await connect(owner(at));
      for (const each of [`${table}_shard`, table]) await connection.run(`ALTER TABLE ${each} ${change}`);
      await connection.close();
    }
  }

  const unweighed = (seed: number) =>
    [...repeatingRecords(seed, 300, first)].map(
      ({ signInCount: _, userIds: __, userCount: ___, ...record }): RandomRecord => record,
    );

  test('count one sign-in of one person for each row of a table that does not say how many a row stands for', async () => {
    const text = await loaded('plain', unweighed(16));
    for (const name of ['signInCount', 'userIds', 'userCount']) await altered('plain', `DROP COLUMN ${name}`);
    await compare('plain', text, first);
  });

  test('count the people of a table whose columns cannot hold nothing', async () => {
    const records = unweighed(18);
    await loaded('typed', records);
    const named = 'he said "a\\b"';
    for (const name of ['userIds', 'userCount']) await altered('typed', `DROP COLUMN ${name}`);
    const is = (text: string) => `ifNull(clientAppUsed, '') = '${text}'`;
    await altered(
      'typed',
      `ADD COLUMN userIds Array(String) DEFAULT if(${is('IMAP')}, ['${named.replaceAll('\\', '\\\\')}', 'b'], emptyArrayString())`,
    );
    await altered('typed', `ADD COLUMN userCount UInt32 DEFAULT if(${is('Browser')}, 3, 0)`);
    const weighed = records.map((record) => ({
      ...record,
      ...(record['clientAppUsed'] === 'IMAP' ? { userIds: [named, 'b'] } : {}),
      ...(record['clientAppUsed'] === 'Browser' ? { userCount: 3 } : {}),
    }));
    await compare('typed', weighed.map((record) => `${JSON.stringify(record)}\n`).join(''), first);
  });

  test('give an error for each answer that ends a row too early, though it ends well', async () => {
    const [, one = first, other = first] = fc.sample(tenants(), { seed: 15, numRuns: 3 });
    const text = await loaded('cut', [...repeatingRecords(12, 400, one)]);
    const worlds = { before: worldOf(one, 'enabled'), after: worldOf(other, 'disabled') };
    const count = async (cutting: number) => {
      const proxy = await cuttingProxy(shards.urls[0] ?? '', cutting);
      const engine = await openClickHouse({ ...owner(), url: proxy.url }, 'cut', undefined);
      try {
        await bothCounts(engine, [source(text)], worlds);
        return { answers: proxy.cuttable() };
      } finally {
        await engine.close();
        await proxy.close();
      }
    };
    const { answers } = await count(-1);
    // Seven groups of facts, the keys, what impact groups by, and the witnesses of both.
    expect(answers).toBe(11);
    for (let at = 0; at < answers; at++)
      await expect(count(at)).rejects.toThrow(/no answer is better than part of one/);
  });

  test('give an error where the connection is lost in the middle of an answer', async () => {
    await loaded('lost', [...repeatingRecords(13, 2_000, first)]);
    const before = worldOf(first, 'enabled');
    const proxy = await cuttingProxy(shards.urls[0] ?? '', 2, 'lost');
    const engine = await openClickHouse({ ...owner(), url: proxy.url }, 'lost', undefined);
    try {
      const counting = bothCounts(engine, [source('{}')], { before, after: switched(before, 'disabled') });
      await expect(counting).rejects.toThrow(/ClickHouse at 127\.0\.0\.1:\d+ does not answer/);
    } finally {
      await engine.close();
      await proxy.close();
    }
  });

  test('refuse a wrong password without telling it', async () => {
    const wrong = openClickHouse({ ...reader(), password: 'guessed secret' }, 'strictly', undefined);
    await expect(wrong).rejects.toThrow(/ClickHouse at 127\.0\.0\.1:18123 refused/);
    await expect(wrong).rejects.not.toThrow(/guessed secret/);
  });

  test('answer with an error where a shard is gone, never with a smaller number', async () => {
    await loaded('mortal', [...repeatingRecords(11, 2_000, first)]);
    const before = worldOf(first, 'enabled');
    const engine = await openClickHouse(reader(), 'mortal', undefined);
    try {
      const tuples = engine.tuples.bind(engine);
      let asked = 0;
      const dying = Object.assign(Object.create(engine) as typeof engine, {
        totals: engine.totals.bind(engine),
        tuples: async (group: Parameters<typeof tuples>[0]) => {
          if (++asked === 3) await shards.kill(1);
          return tuples(group);
        },
      });
      await expect(bothCounts(dying, [source('{}')], { before, after: switched(before, 'disabled') })).rejects.toThrow(
        /ClickHouse/,
      );
    } finally {
      await engine.close();
      await shards.restart(1);
    }
  });
});
