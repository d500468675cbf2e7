import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../../support/terminal.ts';

/** The real binary, because a signal has to end it. */
test('--watch runs again what a changed file touches, and nothing else', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(PROJECT, 'examples/ci/entra'), join(folder, 'entra'), { recursive: true });
  mkdirSync(join(folder, 'tests'));
  const suite = readFileSync(join(PROJECT, 'examples/ci/tests/headquarters.gsatest.yaml'), 'utf8');
  writeFileSync(join(folder, 'tests/one.gsatest.yaml'), suite);
  const alone =
    'suite: alone\npolicies: []\ntests:\n  - name: nobody is asked\n    signIn: { user: a@b.c, app: All, path: direct }\n    expect: { outcome: granted }\n';
  writeFileSync(join(folder, 'tests/two.gsatest.yaml'), alone);

  const child = spawn(
    join(PROJECT, 'node_modules/.bin/node'),
    [join(PROJECT, 'bin/gsa.js'), 'test', 'tests', '--watch', '-o', 'ndjson'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, GSA_NOW: '2026-01-15T09:00:00Z' },
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const results = (from: number) =>
    stdout
      .slice(from)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; name: string; status: string });
  const until = async (done: () => boolean) => {
    const end = Date.now() + 20_000;
    while (!done()) {
      if (Date.now() > end) throw new Error(`waited in vain: ${stdout}${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  await until(() => stderr.includes('watching'));
  expect(results(0)).toHaveLength(6);

  const first = stdout.length;
  appendFileSync(
    join(folder, 'tests/two.gsatest.yaml'),
    alone.slice(alone.indexOf('  - name')).replace('nobody', 'somebody').replace('granted', 'blocked'),
  );
  await until(() => results(first).length >= 2);
  expect(results(first).map(({ file, status }) => [file, status])).toEqual([
    ['tests/two.gsatest.yaml', 'passed'],
    ['tests/two.gsatest.yaml', 'failed'],
  ]);

  const second = stdout.length;
  const policies = join(folder, 'entra/policies.json');
  writeFileSync(policies, readFileSync(policies, 'utf8').replaceAll('"AllTrusted"', ''));
  await until(() => results(second).length >= 5);
  expect(new Set(results(second).map(({ file }) => file))).toEqual(new Set(['tests/one.gsatest.yaml']));
  expect(results(second)[0]).toMatchObject({ status: 'failed' });

  child.kill('SIGINT');
  expect(await closed).toBe(130);
});
