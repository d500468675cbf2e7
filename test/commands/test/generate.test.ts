import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestReport } from '../../../src/output/reports/gsatest/result.ts';
import { signIns } from '../../support/generate-sign-ins.ts';
import { workplace } from '../../support/in-process.ts';

const PEOPLE = ['joni.sherman@contoso.com', 'adele.vance@contoso.com', 'lee.gu@contoso.com', 'nobody@contoso.com'];

async function recorded() {
  const place = workplace();
  await place.gsa('init');
  const records = signIns(300).map(({ userId: _, ...record }, at) => ({
    ...record,
    userPrincipalName: PEOPLE[at % PEOPLE.length],
  }));
  const file = join(place.folder, 'signins.ndjson');
  writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
  return { ...place, signIns: file };
}

describe('gsa test generate', () => {
  test.each([
    ['files', false],
    ['the log', true],
  ])('writes tests from %s that pass, and says what it left out', async (_, fromLogs) => {
    const place = await recorded();
    if (fromLogs) await place.gsa(['replay', place.signIns]);
    const from = fromLogs ? '--from-logs' : place.signIns;
    const { exitCode, stdout } = await place.gsa(`test generate ${from} --to tests/today.gsatest.yaml -o json`);
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ signIns: 300, leftOut: [{ reason: 'the person is not in the tenant', count: 75 }] });
    const run = await place.gsa('test tests -o json');
    const { summary, value } = JSON.parse(run.stdout) as TestReport;
    expect(value.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect([run.exitCode, summary.passed]).toEqual([0, report.tests]);
  });

  test('reads like sentences and finds a change of the policies', async () => {
    const place = await recorded();
    await place.gsa(['test', 'generate', place.signIns, '--limit', '200']);
    const text = readFileSync(join(place.folder, 'characterisation.gsatest.yaml'), 'utf8');
    expect(text).toMatch(
      /- name: joni\.sherman@contoso\.com on .* from [\d.]+ through Global Secure Access with signaling enabled is blocked\n/,
    );
    await place.gsa(['policy', 'set-state', 'CA005 Block sign-ins from countries we do not work in', 'disabled']);
    const run = await place.gsa('test -o json');
    expect(run.exitCode).toBe(1);
    expect((JSON.parse(run.stdout) as TestReport).summary.failed).toBeGreaterThan(0);
  });

  test('replaces no file without being told to', async () => {
    const place = await recorded();
    await place.gsa(['test', 'generate', place.signIns]);
    const again = await place.gsa(['test', 'generate', place.signIns]);
    expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining('is there already')]);
    expect((await place.gsa(['test', 'generate', place.signIns, '--force'])).exitCode).toBe(0);
  });

  test('wants to know where the sign-ins are', async () => {
    const place = await recorded();
    expect((await place.gsa('test generate')).exitCode).toBe(2);
    expect((await place.gsa(['test', 'generate', place.signIns, '--from-logs'])).exitCode).toBe(2);
    expect((await place.gsa('test generate --from-logs')).exitCode).toBe(4);
  });
});
