import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { homeFolder } from '../../src/store/tenant/path.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

/** Nothing of the environment stands above the settings. */
const BARE = { env: { GSA_TENANT: '' } };

function configPath({ folder }: Workplace): string {
  return join(homeFolder({ platform: process.platform, home: folder, env: {} }), 'config.json');
}

function write(place: Workplace, text: string): void {
  mkdirSync(dirname(configPath(place)), { recursive: true });
  writeFileSync(configPath(place), text);
}

/** Two tenants with names of their own. */
async function twoTenants(): Promise<Workplace> {
  const place = workplace();
  for (const name of ['Fabrikam', 'Tailspin']) {
    await place.gsa(['init', '--empty', '--name', name, '--tenant', `${name.toLowerCase()}.json`]);
    await place.gsa(['config', 'set', `tenants.${name.toLowerCase()}`, `./${name.toLowerCase()}.json`]);
  }
  return place;
}

const nameOf = async (place: Workplace, words: readonly string[], env: Readonly<Record<string, string>>) =>
  (await place.gsa(['tenant', 'show', '-o', 'json', ...words], { env })).json()['displayName'];

describe('which tenant is meant', () => {
  test.each([
    ['an option counts first', ['--tenant', 'fabrikam'], { GSA_TENANT: 'tailspin' }, 'Fabrikam'],
    ['then the variable, which takes names too', [], { GSA_TENANT: 'fabrikam' }, 'Fabrikam'],
    ['then the setting', [], { GSA_TENANT: '' }, 'Tailspin'],
    ['a path stays a path', ['--tenant', './fabrikam.json'], { GSA_TENANT: '' }, 'Fabrikam'],
  ])('%s', async (_what, words, env, name) => {
    const place = await twoTenants();
    await place.gsa('config set tenant tailspin');
    expect(await nameOf(place, words, env)).toBe(name);
  });

  test('a file that is called like a named tenant is meant by `./NAME`', async () => {
    const place = await twoTenants();
    await place.gsa(['init', '--empty', '--name', 'A file', '--tenant', './fabrikam']);
    expect(await nameOf(place, ['--tenant', 'fabrikam'], {})).toBe('Fabrikam');
    expect(await nameOf(place, ['--tenant', './fabrikam'], {})).toBe('A file');
  });

  test('a name that is taken away is a path again', async () => {
    const place = await twoTenants();
    await place.gsa('config unset tenants.fabrikam');
    const run = await place.gsa('tenant show --tenant fabrikam');
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining(join(place.folder, 'fabrikam'))]);
    expect(existsSync(join(place.folder, 'fabrikam.json'))).toBe(true);
  });
});

test('who acts is a setting, below --as and GSA_AS', async () => {
  const place = workplace();
  await place.gsa('init');
  await place.gsa('config set as joni.sherman@contoso.com');
  const exits = [
    await place.gsa('policy list'),
    await place.gsa('policy list', { env: { GSA_AS: 'megan.bowen@contoso.com' } }),
    await place.gsa('policy list --as megan.bowen@contoso.com', { env: { GSA_AS: 'joni.sherman@contoso.com' } }),
  ].map(({ exitCode }) => exitCode);
  expect(exits).toEqual([5, 0, 0]);
});

test('the settings are listed with where each comes from', async () => {
  const place = await twoTenants();
  await place.gsa('config set lock-timeout 30s');
  const run = await place.gsa('config list -o json', { env: { GSA_TENANT: 'fabrikam' } });
  expect(run.json()['value']).toEqual([
    { setting: 'tenant', value: 'fabrikam', from: 'GSA_TENANT' },
    { setting: 'as', value: null, from: 'default' },
    { setting: 'lock-timeout', value: '30s', from: 'config.json' },
    { setting: 'tenants.fabrikam', value: '~/fabrikam.json', from: 'config.json' },
    { setting: 'tenants.tailspin', value: '~/tailspin.json', from: 'config.json' },
  ]);
});

test('one setting is its value alone, for scripts', async () => {
  const place = await twoTenants();
  expect((await place.gsa('config get tenants.fabrikam')).stdout).toBe(`${join(place.folder, 'fabrikam.json')}\n`);
  expect((await place.gsa('config get as')).stdout.trim()).toBe('');
});

test('the file is the user’s alone, and whole', async () => {
  const place = await twoTenants();
  expect(JSON.parse(readFileSync(configPath(place), 'utf8'))).toEqual({
    tenants: { fabrikam: join(place.folder, 'fabrikam.json'), tailspin: join(place.folder, 'tailspin.json') },
  });
  if (process.platform !== 'win32') expect(statSync(configPath(place)).mode & 0o777).toBe(0o600);
});

test('writers that come together all get their name in', async () => {
  const place = workplace();
  const names = Array.from({ length: 8 }, (_, at) => `t${at}`);
  const runs = await Promise.all(names.map((name) => place.gsa(['config', 'set', `tenants.${name}`, `${name}.json`])));
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
  expect(Object.keys(JSON.parse(readFileSync(configPath(place), 'utf8')).tenants).sort()).toEqual(names);
});

describe('what cannot be a setting is refused, and the file stays', () => {
  test.each([
    ['config set tennant x.json', 'did you mean `tenant`?'],
    ['config set colour never', 'one of: '],
    ['config set tenants.a/b x.json', 'letters, digits'],
    ['config set tenants.a.json x.json', 'letters, digits'],
    ['config set tenants.__proto__ x.json', 'letters, digits'],
    ['config set lock-timeout soon', 'such as 500ms'],
    ['config get nothing', 'one of: '],
  ])('gsa %s', async (line, hint) => {
    const place = workplace();
    const run = await place.gsa(line);
    expect([run.exitCode, run.stderr, existsSync(configPath(place))]).toEqual([
      2,
      expect.stringContaining(hint),
      false,
    ]);
  });

  test.each([
    ['no JSON', '{"tenant":'],
    ['a list', '[]'],
    ['a value that is no text', '{"as": 1}'],
    ['a name that is no text', '{"tenants": {"a": null}}'],
    ['a setting of a newer version', '{"theme": "dark"}'],
    ['an empty path', '{"tenant": ""}'],
  ])('a file that holds %s stops commands with the file and the way out, and is left alone', async (_what, text) => {
    const place = workplace();
    write(place, text);
    for (const line of ['tenant show', 'config list', 'config set as a@b.c']) {
      const run = await place.gsa(line);
      expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining(`hint: mend it, or move it away: \`mv `)]);
    }
    expect(readFileSync(configPath(place), 'utf8')).toBe(text);
    // What tells of the fault is not stopped by it.
    expect((await place.gsa('doctor')).exitCode).toBe(1);
    expect((await place.gsa('complete gsa policy s')).exitCode).toBe(0);
  });

  test('a duration that somebody wrote into the file by hand', async () => {
    const place = workplace();
    write(place, '{"lock-timeout": "soon"}');
    const run = await place.gsa('tenant show', BARE);
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining('gsa config set lock-timeout 30s')]);
  });
});

test('a test file neither sees the settings of whoever runs it, nor changes them', async () => {
  const place = workplace();
  await place.gsa('init');
  await place.gsa('config set as joni.sherman@contoso.com');
  const before = readFileSync(configPath(place), 'utf8');
  const test = (name: string, command: string) => ({ name, command: command.split(' '), expect: { exit: 0 } });
  const tests = [test('sees none', 'policy list'), test('sets none', 'config set as adele.vance@contoso.com')];
  writeFileSync(join(place.folder, 'a.gsatest.json'), JSON.stringify({ suite: 'settings', tests }));
  const run = await place.gsa('test a.gsatest.json -o json --as megan.bowen@contoso.com');
  const results = run.json()['value'] as readonly { readonly name: string; readonly status: string }[];
  expect(results.map(({ name, status }) => [name, status])).toEqual([
    ['sees none', 'passed'],
    ['sets none', 'error'],
  ]);
  expect(readFileSync(configPath(place), 'utf8')).toBe(before);
});
