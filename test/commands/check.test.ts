import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

interface Finding {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly fingerprint: string;
  readonly expired: boolean;
}

async function switchedOff() {
  const place = workplace();
  await place.gsa('init');
  await place.gsa('signaling disable --keep-policies');
  return place;
}

const findingsOf = (run: { json(): Record<string, unknown> }) => run.json()['value'] as readonly Finding[];

describe('gsa check', () => {
  test('finds policies that decide by address while signaling is off, and answers the gate with exit 1', async () => {
    const place = await switchedOff();
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.exitCode).toBe(1);
    expect(findingsOf(run)).toContainEqual(expect.objectContaining({ ruleId: 'GSA001', severity: 'error' }));
    expect((await place.gsa('check')).exitCode).toBe(0);
  });

  test('a gate that nothing reaches is exit 0', async () => {
    const place = workplace();
    await place.gsa('init');
    expect((await place.gsa('check --fail-on error')).exitCode).toBe(0);
  });

  test('names the true line of the tenant file', async () => {
    const place = await switchedOff();
    const lines = place.bytes().split('\n');
    const finding = findingsOf(await place.gsa('check -o json')).find(({ ruleId }) => ruleId === 'GSA057');
    const from = lines.slice((finding?.line ?? 0) - 1, (finding?.line ?? 0) + 60).join('\n');
    expect(from).toContain('enabledForReportingButNotEnforced');
  });

  test('checks exports without a tenant, with the line of the file that was checked', async () => {
    const place = await switchedOff();
    await place.gsa('export export');
    const file = join(place.folder, 'export/policies.json');
    const text = readFileSync(file, 'utf8').replace(
      /"excludeLocations": \[\n\s*"AllTrusted"/,
      '"excludeLocations": ["9f000000-0000-4000-8000-00000000dead"',
    );
    mkdirSync(join(place.folder, 'mended'));
    writeFileSync(join(place.folder, 'mended/policies.json'), text);
    const run = await place.gsa([
      'check',
      join(place.folder, 'mended/policies.json'),
      join(place.folder, 'export/namedLocations.json'),
      '-o',
      'json',
    ]);
    const dangling = findingsOf(run).find(({ ruleId }) => ruleId === 'GSA030');
    expect(text.split('\n')[(dangling?.line ?? 0) - 1]).toContain('9f000000-0000-4000-8000-00000000dead');
  });

  test('a baseline accepts a finding until its day, and then it counts again', async () => {
    const place = await switchedOff();
    const known = findingsOf(await place.gsa('check -o json')).filter(({ severity }) => severity === 'error');
    const entries = known.map(
      ({ fingerprint }) => `  - { fingerprint: '${fingerprint}', reason: migration, owner: netops, until: 2026-02-01 }`,
    );
    writeFileSync(join(place.folder, 'known.yaml'), `accepted:\n${entries.join('\n')}\n`);
    const baseline = join(place.folder, 'known.yaml');
    expect((await place.gsa(['check', '--fail-on', 'error', '--baseline', baseline])).exitCode).toBe(0);
    const later = await place.gsa(['check', '--fail-on', 'error', '--baseline', baseline, '-o', 'json'], {
      now: '2026-02-02T00:00:01Z',
    });
    expect(later.exitCode).toBe(1);
    expect(findingsOf(later).some(({ expired }) => expired)).toBe(true);
  });

  test('a misspelt key of the baseline is an error with its place', async () => {
    const place = await switchedOff();
    writeFileSync(
      join(place.folder, 'known.yaml'),
      'accepted:\n  - fingerprint: x\n    reason: y\n    owner: z\n    untill: 2026-02-01\n',
    );
    const run = await place.gsa(['check', '--baseline', join(place.folder, 'known.yaml')]);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('known.yaml:5:5');
    expect(run.stderr).toContain('`until`');
  });
});

describe('gsa explain', () => {
  test('tells what a rule means and what to type', async () => {
    const run = await workplace().gsa('explain GSA004');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('gsa policy dependencies');
  });

  test('a rule that does not exist is a usage error with a near one', async () => {
    const run = await workplace().gsa('explain GSA0O4');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('GSA004');
  });
});
