import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeProgram } from '../../src/command-tree.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('--query and -o go together, as az has it', () => {
  test.each([
    ['json', (text: string) => JSON.parse(text) as unknown],
    ['yaml', (text: string) => parse(text) as unknown],
    [
      'ndjson',
      (text: string) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
    ],
  ])('%s holds what was selected, and nothing else', async (format, read) => {
    const place = await contoso();
    const run = await place.gsa(['policy', 'list', '-o', format, '--query', '[].displayName | [:2]']);
    expect([run.exitCode, read(run.stdout)]).toEqual([
      0,
      ['CA001 Require MFA for administrators', 'CA002 Block legacy authentication'],
    ]);
  });

  test.each([
    ['tsv', 'CA001 Require MFA for administrators\tenabled\n'],
    ['csv', 'name,state\nCA001 Require MFA for administrators,enabled\n'],
    ['table', 'name                                  state\nCA001 Require MFA for administrators  enabled\n'],
    ['markdown', '| name | state |\n|---|---|\n| CA001 Require MFA for administrators | enabled |\n'],
  ])('%s shows a row an object', async (format, shown) => {
    const place = await contoso();
    const query = '[].{name: displayName, state: state} | [:1]';
    expect((await place.gsa(['policy', 'list', '-o', format, '--query', query])).stdout).toBe(shown);
  });

  test('a list is asked as `[].name` and as `value[].name`', async () => {
    const place = await contoso();
    const [a, b] = [
      await place.gsa(['policy', 'list', '--query', '[].id']),
      await place.gsa(['policy', 'list', '--query', 'value[].id']),
    ];
    expect([a.stdout, JSON.parse(a.stdout).length > 10]).toEqual([b.stdout, true]);
  });

  test.each(['value[?state==`"x"`]', 'nothing', '[?displayName==`"x"`].id'])(
    '%s selects nothing, and stderr says so',
    async (query) => {
      const place = await contoso();
      const run = await place.gsa(['policy', 'list', '--query', query]);
      expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining('--query selected nothing')]);
    },
  );

  test.each([
    ['signaling status', 'signalingStatus', 'enabled'],
    ['tenant show', 'displayName', 'Contoso'],
    ['location match 203.0.113.10', 'value[0].displayName', 'Headquarters'],
    ['demo', 'tenant', 'Contoso'],
  ])('`%s`, which is no list, shows what was selected in every format that selects', async (words, name, text) => {
    const place = await contoso();
    for (const [format, shown] of [
      ['json', JSON.stringify(text)],
      ['yaml', JSON.stringify(text)],
      ['ndjson', JSON.stringify(text)],
      ['csv', `value\n${text}`],
      ['tsv', text],
      ['table', text],
      ['markdown', text],
    ] as const) {
      const run = await place.gsa([...words.split(' '), '-o', format, '--query', name]);
      expect([format, run.exitCode, run.stdout]).toEqual([format, 0, `${shown}\n`]);
    }
    const whole = await place.gsa([...words.split(' '), '-o', 'csv']);
    expect([whole.exitCode, whole.stderr]).toEqual([2, expect.stringContaining('no output format `csv`')]);
  });

  test('a format that is no data is refused before anything is done', async () => {
    const place = await contoso();
    const run = await place.gsa(['check', '-o', 'junit', '--query', 'value']);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('--query selects from data')]);
  });
});

/** Commands that answer about one thing, or tell a story, with a member `value`. */
const NO_LISTS = ['demo', 'location match', 'logs show', 'user show', 'group show', 'role show'];

describe('every list goes out as json, yaml, csv, tsv, ndjson and markdown', async () => {
  const { commands } = await describeProgram();
  const offered = await Promise.all(commands.map(({ words }) => describeProgram(words.split(' '))));
  const formatsOf = (words: string) =>
    offered.flatMap((each) => each.commands.filter((one) => one.words === words && one.formats.length > 0))[0]?.formats;

  test.each(lists().filter((words) => !NO_LISTS.includes(words)))('`gsa %s`', (words) => {
    expect(formatsOf(words)).toEqual(
      expect.arrayContaining(['json', 'yaml', 'csv', 'tsv', 'ndjson', 'markdown', 'table']),
    );
  });

  test.each(['tenant backups', 'explain', 'explain GSA004', 'policy list'])('`gsa %s` in rows', async (words) => {
    const place = await contoso();
    await place.gsa('policy set-state CA002 disabled --yes');
    const { stdout } = await place.gsa(`${words} -o json`);
    const { value = [{}] } = JSON.parse(stdout) as { value?: unknown[] };
    for (const [format, headers] of [
      ['csv', 1],
      ['tsv', 1],
      ['ndjson', 0],
    ] as const) {
      const run = await place.gsa(`${words} -o ${format}`);
      expect([format, run.exitCode, run.stdout.trim().split('\n')]).toEqual([format, 0, expect.any(Array)]);
      expect([format, run.stdout.trim().split('\n').length]).toEqual([format, value.length + headers]);
    }
  });

  test.each(['tenant show', 'signaling status', 'import --requests', 'doctor', 'tenant validate'])(
    '`gsa %s -o ndjson` is one line, or one an item',
    async (words) => {
      const place = await contoso();
      const run = await place.gsa(`${words} -o ndjson`);
      const { value = [0] } = (await place.gsa(`${words} -o json`)).json() as { value?: unknown[] };
      expect([
        run.exitCode === 2,
        run.stdout
          .trim()
          .split('\n')
          .map((line) => typeof JSON.parse(line)),
      ]).toEqual([false, value.map(() => 'object')]);
    },
  );
});

/** Commands whose report has a list as `value`, by the table of docs/json.md and the schemas that it links. */
function lists(): readonly string[] {
  const rows = readFileSync('docs/json.md', 'utf8').matchAll(/^\| (`.*?) \| \[\w+\]\(([^)]+)\)/gm);
  return [...rows].flatMap(([, names = '', file = '']) => {
    const schema = JSON.parse(readFileSync(join('docs', file), 'utf8')) as {
      properties?: { value?: { type?: unknown } };
    };
    return schema.properties?.value?.type === 'array'
      ? [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
      : [];
  });
}

describe('tables as they are asked for', () => {
  test('piped they are tab-separated; asked for by name they keep their alignment', async () => {
    const place = await contoso();
    expect((await place.gsa('location list')).stdout.split('\n')[0]).toContain('Location\tType');
    const lines = (await place.gsa('location list -o table')).stdout.split('\n').filter(Boolean);
    const at = lines[0]?.indexOf('Type') ?? -1;
    expect(lines[0]).not.toContain('\t');
    expect(lines.slice(1).every((line) => line[at] !== ' ' && line[at - 1] === ' ')).toBe(true);
  });

  test('in a pipe a table that is asked for by name fits COLUMNS, a file and other formats never', async () => {
    const place = await contoso();
    const env = { COLUMNS: '60' };
    const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));
    expect(widest((await place.gsa('policy list -o table', { env })).stdout)).toBeLessThanOrEqual(60);
    expect(widest((await place.gsa('policy list -o table')).stdout)).toBeGreaterThan(60);
    expect((await place.gsa('policy list', { env })).stdout).toBe((await place.gsa('policy list')).stdout);
    await place.gsa('policy list -o table:list.txt', { env });
    expect(widest(readFileSync(join(place.folder, 'list.txt'), 'utf8'))).toBeGreaterThan(60);
  });

  test.each(['table', 'tsv', 'csv', 'markdown'])('--columns chooses and orders, in %s', async (format) => {
    const place = await contoso();
    const { stdout } = await place.gsa(['policy', 'list', '--columns', 'STATE,pol', '-o', format]);
    expect(
      stdout
        .split('\n')[0]
        ?.replaceAll(/[|\t, ]+/g, ' ')
        .trim(),
    ).toBe('State Policy');
  });

  test('a column that is none is told with those that are', async () => {
    const place = await contoso();
    const run = await place.gsa('policy list --columns nope');
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      'gsa: no column is called `nope`\nhint: there are: Policy, State, Controls, Id\n',
    ]);
  });

  test.each(['table', 'tsv', 'csv'])('--no-headers leaves the first line of %s out', async (format) => {
    const place = await contoso();
    const [all, rows] = [
      (await place.gsa(['policy', 'list', '-o', format])).stdout.split('\n'),
      (await place.gsa(['policy', 'list', '-o', format, '--no-headers'])).stdout.split('\n'),
    ];
    expect(rows.length).toBe(all.length - 1);
    expect(rows[0]).toContain('CA001');
  });

  test('yaml is the JSON of every command', async () => {
    const place = await contoso();
    for (const words of ['policy list', 'tenant show', 'signaling status', 'policy show CA001', 'check']) {
      const [yaml, json] = [await place.gsa(`${words} -o yaml`), await place.gsa(`${words} -o json`)];
      expect(parse(yaml.stdout)).toEqual(JSON.parse(json.stdout));
    }
  });
});
