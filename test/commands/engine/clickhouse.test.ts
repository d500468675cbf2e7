import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clickHouseServer } from '../../support/clickhouse-server.ts';
import { workplace } from '../../support/in-process.ts';

const RECORD = {
  id: '1',
  createdDateTime: '2026-01-14T09:00:00Z',
  userId: 'a2f1c7de-0000-4000-8000-000000000001',
  userPrincipalName: 'adele.vance@contoso.com',
  appDisplayName: 'Office 365',
  ipAddress: '198.51.100.7',
  status: { errorCode: 0 },
};

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  const server = await clickHouseServer((_, response) => response.end());
  writeFileSync(join(place.folder, 'signins.ndjson'), `${JSON.stringify(RECORD)}\n`);
  const load = (records: readonly object[]) => {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`);
    writeFileSync(join(place.folder, 'signins.ndjson'), lines.join(''));
    return place.gsa(`engine clickhouse create --url ${server.url} --table sign_ins signins.ndjson`);
  };
  return { ...place, ...server, load };
}

describe('gsa engine clickhouse create', () => {
  test('loads records with the number of sign-ins that each stands for', async () => {
    const { load, asked } = await contoso();
    const loaded = await load([
      RECORD,
      { ...RECORD, id: '2', signInCount: 1 },
      { ...RECORD, id: '3', signInCount: 40 },
    ]);
    expect(loaded.stdout).toMatch(/42 sign-ins were loaded/);
    const inserts = asked.filter(({ statement }) => statement.startsWith('INSERT'));
    expect(inserts).toHaveLength(1);
  });

  test('loads records with the people that each stands for', async () => {
    const { load, asked } = await contoso();
    const userIds = [RECORD.userId, 'a2f1c7de-0000-4000-8000-000000000002'];
    const loaded = await load([
      { ...RECORD, userIds },
      { ...RECORD, id: '2', userCount: 12 },
    ]);
    expect(loaded.exitCode).toBe(0);
    const [insert] = asked.filter(({ statement }) => statement.startsWith('INSERT'));
    expect(insert?.statement).toContain(`"userIds":${JSON.stringify(JSON.stringify(userIds))}`);
    expect(insert?.statement).toContain('"userCount":"12"');
  });

  test('asks below the path of a URL', async () => {
    const { gsa, url, asked } = await contoso();
    for (const path of ['/proxy/click', '/proxy/click/', '/']) {
      await gsa(`engine clickhouse create --url ${url}${path} --table sign_ins`);
      expect(asked.at(-1)?.path.replace(/\/$/, '')).toBe(path.replace(/\/$/, ''));
      expect(asked.at(-1)?.settings.get('database') ?? 'default').toBe('default');
    }
  });

  test.each([
    ['a query', '?database=security', /leave out what stands behind/],
    ['a fragment', '#sign_ins', /leave out what stands behind/],
  ])('refuses a URL with %s, of which nothing would be heard', async (_, rest, hint) => {
    const { gsa, url, asked } = await contoso();
    const refused = await gsa(['engine', 'clickhouse', 'create', '--url', `${url}/${rest}`, '--table', 'sign_ins']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(hint);
    expect(asked).toEqual([]);
  });

  test('refuses several servers that are no shards of one cluster, before it makes anything', async () => {
    const { gsa, url, asked } = await contoso();
    const two = `engine clickhouse create --url ${url} --url ${url} --table sign_ins`;
    const refused = await gsa(`${two} signins.ndjson`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/several servers without --cluster/);
    expect(asked).toEqual([]);
    expect((await gsa(`${two} --cluster prod-1`)).exitCode).toBe(0);
    expect(asked.map(({ statement }) => /ENGINE = (\w+)/.exec(statement)?.[1])).toEqual([
      ...['MergeTree', 'Distributed', 'MergeTree', 'Distributed'],
    ]);
  });

  test('quotes the names that it was given', async () => {
    const { gsa } = await contoso();
    const { stdout } = await gsa('engine clickhouse create --table security.class --cluster prod-1 --print');
    expect(stdout).toContain('CREATE TABLE IF NOT EXISTS `security`.`class_shard` (`id` String,');
    expect(stdout).toContain(
      "CREATE TABLE IF NOT EXISTS `security`.`class` AS `security`.`class_shard` ENGINE = Distributed('prod-1', 'security', 'class_shard', ",
    );
    const refused = await gsa(['engine', 'clickhouse', 'create', '--table', 't', '--cluster', "a' , b", '--print']);
    expect(refused.stderr).toMatch(/is no name of a cluster/);
  });
});
