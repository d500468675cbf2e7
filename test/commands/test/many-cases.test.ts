import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../../support/terminal.ts';
import { HEAD } from '../../unit/core/gsatest/running.ts';

/**
 * Processor time, because the clock on the wall also measures what else the machine does. Whatever disturbs only adds: the
 * least of several runs counts, and there are more of them while it is too much. A thousand take about two and a half times
 * the time of ten, which is little more than start-up; were the tenant read and compiled for each, they would take much more.
 */
test('a hundred times the cases take less than five times the time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-speed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const gsa = `'${join(PROJECT, 'node_modules/.bin/node')}' '${join(PROJECT, 'bin/gsa.js')}'`;
  const bash = (script: string) =>
    execFileSync('bash', ['-c', script], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      encoding: 'utf8',
    });
  bash(`${gsa} init --quiet`);
  const suiteOf = (cases: number) => {
    const tests = Array.from({ length: cases }, (_, at) => {
      const outcome = at % 2 === 0 ? 'granted' : 'blocked';
      return `  - name: case ${at}\n    signaling: ${at % 2 === 0 ? 'enabled' : 'disabled'}\n    signIn: { user: joni.sherman@contoso.com, from: 203.0.113.${at % 250}, country: NL, path: tunnel }\n    expect: { outcome: ${outcome} }\n`;
    });
    writeFileSync(join(folder, `${cases}.gsatest.yaml`), `${HEAD}${tests.join('')}`);
  };
  const seconds = (cases: number) => {
    const times = bash(`TIMEFORMAT='%U %S'; { time ${gsa} test ${cases}.gsatest.yaml > out.txt; } 2>&1`);
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toContain(`${cases} passed`);
    return times
      .trim()
      .split(/\s+/)
      .reduce((sum, each) => sum + Number(each), 0);
  };
  for (const cases of [10, 1000]) suiteOf(cases);
  let [few, many] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 3 || (many >= 5 * few && round < 12); round++) {
    few = Math.min(few, seconds(10));
    many = Math.min(many, seconds(1000));
  }
  expect(many).toBeLessThan(5 * few);
});
