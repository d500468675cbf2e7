import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const SIGN_IN = { id: '1', createdDateTime: '2026-01-15T08:00:00Z', userPrincipalName: 'a@contoso.com', appId: 'x' };

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  writeFileSync(join(place.folder, 's.ndjson'), `${JSON.stringify(SIGN_IN)}\n`);
  return place;
}

function pipeIn(place: Workplace): string {
  const path = join(place.folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

/** Every option and argument by which a command is given a file that it reads whole. */
const WHOLE: readonly (readonly string[])[] = [
  ['check', '--baseline'],
  ['check'],
  ['import'],
  ['test'],
  ['whatif', '--request'],
  ['replay', 's.ndjson', '--dry-run', '--countries'],
  ['impact', 's.ndjson', '--against'],
  ['tenant', 'restore', '--yes'],
  ['policy', 'list', '--tenant'],
];

describe.skipIf(process.platform === 'win32')('what never begins or never ends', () => {
  test.each(WHOLE)('is refused at once by gsa %s %s %s %s', async (...words) => {
    const place = await contoso();
    for (const file of ['/dev/zero', '/dev/urandom', pipeIn(place)]) {
      const { exitCode, stderr } = await place.gsa([...words.filter((word) => word !== undefined), file]);
      expect([file, exitCode, /is not a regular file/.test(stderr)]).toEqual([file, 4, true]);
    }
  });

  test.each([['replay', '--dry-run'], ['impact'], ['replay', 's.ndjson', '--dry-run', '--gsa-traffic']])(
    'is refused by gsa %s as a device',
    async (...words) => {
      const place = await contoso();
      for (const file of ['/dev/zero', '/dev/urandom']) {
        expect((await place.gsa([...words.filter((word) => word !== undefined), file])).exitCode).toBe(4);
      }
    },
  );

  const planted: readonly (readonly [string, (file: string) => void])[] = [
    ['a pipe', (file) => void execFileSync('mkfifo', [file])],
    ['a link to /dev/zero', (file) => symlinkSync('/dev/zero', file)],
    ['a link to /dev/urandom', (file) => symlinkSync('/dev/urandom', file)],
  ];

  test.each(planted)('in the folder of the runs so far is %s that is passed over', async (_, plant) => {
    const place = await contoso();
    mkdirSync(join(place.folder, 'runs'));
    plant(join(place.folder, 'runs', 'gsa-check-20260101T000000Z.json'));
    const { exitCode, stdout } = await place.gsa('check --history runs -o json');
    expect([0, 1]).toContain(exitCode);
    expect(JSON.parse(stdout)).toHaveProperty('history.length', 1);
  });

  test.each(planted)('in the place of the settings is %s that is refused by name', async (_, plant) => {
    const place = await contoso();
    mkdirSync(join(place.folder, 'config', 'gsa'), { recursive: true });
    plant(join(place.folder, 'config', 'gsa', 'config.json'));
    for (const words of ['policy list', 'config list', 'config set as a@b.c']) {
      const run = await place.gsa(words, { env: { XDG_CONFIG_HOME: join(place.folder, 'config') } });
      expect([words, run.exitCode, run.stderr]).toEqual([words, 4, expect.stringContaining('is not a regular file')]);
    }
  });

  test.each(planted)('in the place of a backup or of who holds the lock is %s that hangs nobody', async (_, plant) => {
    const place = await contoso();
    await place.gsa('location add X 203.0.113.77/32');
    plant(join(place.folder, 'tenant.json.backups', '000009-serial-9.json.zst'));
    plant(join(place.folder, 'tenant.json.backups', '000008-serial-8.json'));
    plant(`${place.tenant}.lock.holder`);
    for (const words of ['tenant backups', 'doctor', 'location remove X --yes'])
      expect([words, (await place.gsa(words)).exitCode]).toEqual([words, 0]);
  });

  test('a pipe of sign-ins is read to its end', async () => {
    const place = await contoso();
    const pipe = pipeIn(place);
    const run = place.gsa(['replay', pipe, '--dry-run', '-o', 'json']);
    const writer = openSync(pipe, constants.O_RDWR);
    writeSync(writer, `${JSON.stringify(SIGN_IN)}\n`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    closeSync(writer);
    expect((await run).json()['read']).toBe(1);
  });

  test('a pipe whose writer says nothing is left by Ctrl-C', async () => {
    const place = await contoso();
    const pipe = pipeIn(place);
    const writer = openSync(pipe, constants.O_RDWR);
    const controller = new AbortController();
    const run = place.gsa(['replay', pipe, '--dry-run'], { interrupted: controller.signal });
    setTimeout(() => controller.abort('SIGINT'), 200);
    const { exitCode, stderr } = await run;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('a dry run keeps nothing, and nothing was written');
    closeSync(writer);
  });
});

describe('expressions that people give are answered in bounded time', () => {
  test.each([
    'foo(bar)',
    'join(`1`,value)',
    'value[::0]',
    'range(`0`,`9`)',
    'constructor(@)',
    'toString(@)',
    '__proto__(@)',
    'hasOwnProperty(@)',
    'sort_by(value, &foo)',
    'let $x = @ in $y',
    'abs(`"a"`)',
    'pad_left(`"a"`, `1000000000`)',
    'replace(`"a"`, `"a"`, `"b"`, `-1`)',
    '['.repeat(3_000),
    `\`${'['.repeat(2_000)}${']'.repeat(2_000)}\``,
    '[]'.repeat(1_900),
    `${'a.'.repeat(1_900)}a`,
    `${'a.'.repeat(50_000)}a`,
    `@${' | [@, @]'.repeat(40)}`,
    `@${'.[value, value]'.repeat(40)}`,
    `@${'.{a: @, b: @}'.repeat(40)}`,
    `join(${'join('.repeat(20)}`,
    ...['to_number(`{}`)', 'merge(@, `1`)', 'items(`1`)', 'from_items(`[1]`)', 'zip(@)', 'group_by(@, &x)'],
  ])('--query %.40s is an answer or wrong words, never a bug', async (query) => {
    const place = await contoso();
    const { exitCode, stderr } = await place.gsa(['policy', 'list', '-o', 'json', '--query', query]);
    expect([0, 2]).toContain(exitCode);
    expect(stderr.length).toBeLessThan(2_500);
  });

  test('an ordinary --query of many members is answered', async () => {
    const place = await contoso();
    const query = "value[?state=='enabled'].{id: id, name: displayName, both: [id, state], more: {a: id, b: state}}";
    expect((await place.gsa(['policy', 'list', '-o', 'json', '--query', query])).exitCode).toBe(0);
  });

  test.each(['^(a+)+$', '(a|a)*$', '(.*a){30}', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
    '--run %s ends on a name that would keep a backtracking engine for years',
    async (pattern) => {
      const place = await contoso();
      const name = `${'a'.repeat(60)}!`;
      const suite = `suite: s\ntests:\n  - name: ${name}\n    command: [policy, list]\n    expect: { exit: 0 }\n`;
      writeFileSync(join(place.folder, 'f.gsatest.yaml'), suite);
      expect([0, 4]).toContain((await place.gsa(['test', 'f.gsatest.yaml', '--run', pattern])).exitCode);
    },
  );

  test.each(['(', '[a', '(?=a)', 'a\\1'])('--run %s is told to be no expression', async (pattern) => {
    const place = await contoso();
    const { exitCode, stderr } = await place.gsa(['test', '--run', pattern]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--run is no regular expression')]);
  });
});
