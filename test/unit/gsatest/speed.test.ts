import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../../support/terminal.ts';
import { HEAD } from './running.ts';

/** Processor time, because the clock on the wall also measures what else the machine does. */
test('a thousand cases take less than twice the time of ten, and start-up', { timeout: 120_000, retry: 2 }, () => {
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
  const seconds = (cases: number) => {
    const tests = Array.from({ length: cases }, (_, at) => {
      const outcome = at % 2 === 0 ? 'granted' : 'blocked';
      return `  - name: case ${at}\n    signaling: ${at % 2 === 0 ? 'enabled' : 'disabled'}\n    signIn: { user: joni.sherman@contoso.com, from: 203.0.113.${at % 250}, country: NL, path: tunnel }\n    expect: { outcome: ${outcome} }\n`;
    });
    writeFileSync(join(folder, `${cases}.gsatest.yaml`), `${HEAD}${tests.join('')}`);
    const runs = Array.from({ length: 4 }, () => {
      const times = bash(`TIMEFORMAT='%U %S'; { time ${gsa} test ${cases}.gsatest.yaml > out.txt; } 2>&1`);
      return times
        .trim()
        .split(/\s+/)
        .reduce((sum, each) => sum + Number(each), 0);
    });
    return Math.min(...runs);
  };
  const startUp = seconds(1);
  expect(seconds(1000)).toBeLessThan(2 * seconds(10) + startUp);
});
