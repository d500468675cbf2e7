import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../../support/terminal.ts';

/** It only ends a hang. */
const PATIENCE = 300_000;

const EXAMPLE = join(PROJECT, 'examples/ci');
const ALONE =
  'suite: alone\npolicies: []\ntests:\n  - name: nobody is asked\n    signIn: { user: a@b.c, app: All, path: direct }\n    expect: { outcome: granted }\n';

/** One write, so that nobody sees half of it: what is shorter than before is filled up. */
function overwrite(file: string, text: string): void {
  const before = readFileSync(file).length;
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, text.padEnd(before));
  } finally {
    closeSync(descriptor);
  }
}

/** The real binary, because a signal has to end it. */
test('--watch runs again what a changed file touches, and nothing else', { timeout: PATIENCE }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(EXAMPLE, 'entra'), join(folder, 'entra'), { recursive: true });
  cpSync(join(EXAMPLE, 'tests/headquarters.gsatest.yaml'), join(folder, 'tests/one.gsatest.yaml'));
  const two = join(folder, 'tests/two.gsatest.yaml');
  writeFileSync(two, ALONE);

  const child = spawn(
    join(PROJECT, 'node_modules/.bin/node'),
    [join(PROJECT, 'bin/gsa.js'), 'test', 'tests', '--watch', '-o', 'ndjson'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, GSA_NOW: '2026-01-15T09:00:00Z' },
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const closed = once(child, 'close');
  /** Whole lines only. */
  const results = () =>
    stdout
      .slice(0, stdout.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; name: string; status: string });
  /** All that was run so far. */
  const ran = () => results().map(({ file, status }) => `${file} ${status}`);
  const until = async (done: () => boolean) => {
    const end = Date.now() + PATIENCE - 20_000;
    while (!done()) {
      if (Date.now() > end || child.exitCode !== null) throw new Error(`waited in vain: ${stdout}${stderr}`);
      await delay(20);
    }
  };

  await until(() => stderr.includes('watching'));
  const first = ['tests/one', 'tests/one', 'tests/one', 'tests/one', 'tests/one', 'tests/two'].map(
    (file) => `${file}.gsatest.yaml passed`,
  );
  expect(ran()).toEqual(first);

  appendFileSync(
    two,
    ALONE.slice(ALONE.indexOf('  - name')).replace('nobody', 'somebody').replace('granted', 'blocked'),
  );
  await until(() => ran().length >= 8);
  const second = [...first, 'tests/two.gsatest.yaml passed', 'tests/two.gsatest.yaml failed'];
  expect(ran()).toEqual(second);

  const policies = join(folder, 'entra/policies.json');
  overwrite(policies, readFileSync(policies, 'utf8').replaceAll('"AllTrusted"', ''));
  await until(() => ran().length >= 13);
  const third = ran().slice(second.length);
  expect(third[0]).toBe('tests/one.gsatest.yaml failed');
  expect(third.filter((line) => !line.startsWith('tests/one.gsatest.yaml '))).toEqual([]);

  // As editors do it: another file takes the name, more than once.
  let expected = [...second, ...third];
  for (let time = 1; time <= 3; time++) {
    writeFileSync(`${two}.new`, ALONE);
    renameSync(`${two}.new`, two);
    expected = [...expected, 'tests/two.gsatest.yaml passed'];
    await until(() => ran().length >= expected.length);
    expect(ran()).toEqual(expected);
  }

  mkdirSync(join(folder, 'tests/more/deep'), { recursive: true });
  writeFileSync(join(folder, 'three'), ALONE);
  renameSync(join(folder, 'three'), join(folder, 'tests/more/deep/three.gsatest.yaml'));
  expected = [...expected, 'tests/more/deep/three.gsatest.yaml passed'];
  await until(() => ran().length >= expected.length);

  // A folder that was swapped for another of its name, and links that lead back to where they stand.
  symlinkSync('.', join(folder, 'tests/more/deep/again'));
  for (const name of ['nowhere', 'itself']) symlinkSync(name, join(folder, 'tests', `to-${name}`));
  symlinkSync('itself', join(folder, 'tests/itself'));
  cpSync(join(folder, 'tests/more'), join(folder, 'copy'), { recursive: true, verbatimSymlinks: true });
  renameSync(join(folder, 'tests/more'), join(folder, 'gone'));
  const beforeSwap = ran().length;
  renameSync(join(folder, 'copy'), join(folder, 'tests/more'));
  await until(() => ran().length > beforeSwap);
  const beforeEdit = ran().length;
  appendFileSync(join(folder, 'tests/more/deep/three.gsatest.yaml'), '\n');
  await until(() => ran().length > beforeEdit);

  child.kill('SIGINT');
  expect(await closed).toEqual([130, null]);
  // What is in a new folder may be seen twice: in the folder, and as a change of it.
  expect(ran().slice(0, expected.length)).toEqual(expected);
  expect(ran().filter((line, at) => at >= expected.length && line !== expected.at(-1))).toEqual([]);
});
