import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openClickHouse } from '../../../src/engines/clickhouse/clickhouse-engine.ts';
import { clickHouseServer, lines } from '../../support/clickhouse-server.ts';

const NEVER = new AbortController().signal;
const TOTALS = { n: '9007199254740993', named: '3', different: '3', first: '', last: '' };

/** A server with these settings, which answers every other query so. */
async function serverWith(
  settings: Record<string, string>,
  answer: (response: ServerResponse) => void = () => {},
  names: readonly string[] = ['id', 'signInCount'],
) {
  const rows = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const server = await clickHouseServer(({ statement }, response) => {
    if (statement.includes('system.settings')) response.end(lines(rows));
    else if (statement.includes('system.columns'))
      response.end(lines([{ names: names.map((name) => `${name} Nullable(String)`) }]));
    else answer(response);
  });
  const place = { url: server.url, user: undefined, password: undefined, interrupted: NEVER };
  return { ...server, open: (table = 'sign_ins') => openClickHouse(place, table, undefined) };
}

describe('a profile of ClickHouse', () => {
  const CUTTING = [
    ['skip_unavailable_shards', '1', '0'],
    ['distributed_group_by_no_merge', '1', '0'],
    ['limit', '100', '0'],
    ['read_overflow_mode', 'break', 'throw'],
    ['group_by_overflow_mode', 'any', 'throw'],
    ['timeout_overflow_mode', 'break', 'throw'],
    ['result_overflow_mode', 'break', 'throw'],
  ] as const;

  test.each(CUTTING)('that leaves rows out by %s is set otherwise for every query', async (name, value, needed) => {
    const { open, asked } = await serverWith({ readonly: '2', [name]: value }, (response) =>
      response.end(lines([TOTALS])),
    );
    const engine = await open();
    await engine.totals({ deviceIds: false });
    await engine.close();
    expect(asked.at(-1)?.settings.get(name)).toBe(needed);
  });

  test.each(CUTTING)('that leaves rows out by %s is refused where it cannot be set', async (name, value, needed) => {
    const { open } = await serverWith({ readonly: '1', [name]: value });
    await expect(open()).rejects.toThrow(`would leave out what it should count (${name} = ${value})`);
    await expect(open()).rejects.toMatchObject({ hint: expect.stringContaining(`${name} = ${needed}`) });
  });

  test('that leaves nothing out is asked for nothing it does not know', async () => {
    const { open, asked } = await serverWith({ readonly: '1', read_overflow_mode: 'throw', limit: '0' }, (response) =>
      response.end(lines([TOTALS])),
    );
    const engine = await open();
    await engine.totals({ deviceIds: false });
    await engine.close();
    const sent = [...(asked.at(-1)?.settings.keys() ?? [])];
    expect(sent.filter((name) => /overflow|limit|shards|cache|max_/.test(name))).toEqual([]);
  });
});

describe('an answer of ClickHouse', () => {
  const asking = async (answer: (response: ServerResponse) => void) => {
    const { open } = await serverWith({}, answer);
    const engine = await open();
    return { totals: engine.totals({ deviceIds: false }), tuples: () => engine.tuples('person'), engine };
  };

  test.each([
    ['before its first row', (response: ServerResponse) => response.end('')],
    ['after its first row', (response: ServerResponse) => response.end(lines([TOTALS, TOTALS]))],
  ])('of one row that is none is an error: %s', async (_, answer) => {
    const { totals, engine } = await asking(answer);
    await expect(totals).rejects.toThrow(/gave an answer that was cut off/);
    await engine.close();
  });

  test.each([
    ['before anything', ''],
    ['between two rows', lines([TOTALS])],
    ['within a row', lines([TOTALS]).slice(0, 20)],
  ])('is an error where the connection is lost %s', async (_, part) => {
    const { totals, engine } = await asking((response) => {
      if (part === '') response.socket?.destroy();
      else response.write(part, () => setImmediate(() => response.socket?.destroy()));
    });
    await expect(totals).rejects.toThrow(/ClickHouse at 127\.0\.0\.1:\d+ does not answer/);
    await engine.close();
  });

  test('may be a table by a name of which the queries make use', async () => {
    const { open, asked } = await serverWith({}, (response) => response.end(lines([TOTALS])));
    for (const table of ['equal', 'verdict.class', 'odd', 'gsa_key']) {
      const engine = await open(table);
      await engine.totals({ deviceIds: false });
      await engine.close();
      expect(asked.at(-1)?.statement).toContain(`FROM \`${table.replace('.', '`.`')}\``);
    }
  });
});

describe('the columns of a table of ClickHouse', () => {
  test('that nobody may see are an error, and not a table without weights', async () => {
    const { open } = await serverWith({}, undefined, []);
    await expect(open()).rejects.toThrow(/shows no column `id` of the table `sign_ins`/);
  });

  test('are refused where rows stand for no number', async () => {
    const answer = (response: ServerResponse) => response.end(lines([{ unknown: '3' }]));
    const { open } = await serverWith({}, answer, ['id', 'signInCount']);
    const message = /3 records have a `signInCount` that is no whole number/;
    const engine = await open();
    await expect(engine.totals({ deviceIds: false })).rejects.toThrow(message);
    await engine.close();
  });
});
