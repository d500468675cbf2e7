import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../src/output/format.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { PROJECT } from '../support/terminal.ts';

const SIGN_INS = join(PROJECT, 'examples/contoso/signins.ndjson');

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

/** Command lines with a gate, and the one line that says how it came out. */
const GATES: readonly (readonly [line: string, word: string])[] = [
  ['check --fail-on error', 'Gate --fail-on error: passed, no error.'],
  ['check --fail-on warning', 'Gate --fail-on warning: FAILED, by 1 warning.'],
  ['check --gaps --fail-on note', 'Gate --gaps --fail-on: FAILED, sign-ins of 13 of 19 people reached by no policy'],
  ['impact SIGN_INS --fail-on newlyBlocked', 'Gate --fail-on newlyBlocked: FAILED, by 3 newly blocked.'],
  ['impact SIGN_INS --fail-on stopped,unknown', 'Gate --fail-on stopped,unknown: FAILED, by 4 stopped, 4 unknown.'],
  [
    'impact SIGN_INS --fail-on newlyAllowed',
    'Gate --fail-on newlyAllowed: passed, none of 9 sign-ins is newly allowed, or could be.',
  ],
  [
    'impact SIGN_INS --fail-on lessProtected',
    'Gate --fail-on lessProtected: FAILED, not proven for less protected, as 3 sign-ins',
  ],
  ['impact --all --fail-on newlyDenied', 'Gate --fail-on newlyDenied: FAILED, by newly denied (17 people).'],
  [
    'impact --all --of signaling=enabled --fail-on changed',
    'Gate --fail-on changed: passed, proved for every sign-in there could be.',
  ],
];

const words = (line: string) => line.split(' ').map((word) => (word === 'SIGN_INS' ? SIGN_INS : word));

describe('a gate has the last word', () => {
  test.each(GATES)('%s', async (line, word) => {
    const { gsa } = await contoso();
    const { stdout, exitCode } = await gsa(words(line));
    expect(stdout.trimEnd().split('\n').at(-1)).toContain(word);
    expect(exitCode).toBe(word.includes('passed') ? 0 : 1);
  });

  test('on every other format it is said on stderr, once, and never in the data', async () => {
    const { gsa } = await contoso();
    let said = 0;
    for (const [line, word] of GATES) {
      for (const format of FORMAT_NAMES) {
        const run = await gsa([...words(line), '-o', format]);
        if (run.exitCode === 2) continue;
        const isWords = ['table', 'markdown'].includes(format);
        expect([line, format, run.stderr.includes(word)]).toEqual([line, format, !isWords]);
        if (!isWords) said++;
        expect(run.exitCode).toBeLessThan(2);
      }
    }
    expect(said).toBeGreaterThan(60);
  });

  test('goes on stderr too where the words go to a file, and not with --quiet', async () => {
    const { gsa } = await contoso();
    expect((await gsa('check --fail-on error -o table:a.txt')).stderr).toContain('Gate --fail-on error: passed');
    expect((await gsa('check --fail-on error -o json --quiet')).stderr).toBe('');
  });

  test('without a gate nothing is said of one', async () => {
    const { gsa } = await contoso();
    const run = await gsa('check -o json');
    expect(run.stderr).not.toContain('Gate');
  });
});

describe('gsa impact in the formats of pipelines', () => {
  test('JUnit: a class that the gate asks for fails, one that nobody asked for is skipped', async () => {
    const { gsa } = await contoso();
    const { stdout } = await gsa(['impact', SIGN_INS, '--fail-on', 'newlyBlocked', '-o', 'junit']);
    expect(stdout).toMatch(/name="no sign-in is newly blocked"[^>]*>\s*<failure message="3 sign-ins of 3 users"/);
    expect(stdout).toMatch(
      /name="no sign-in is unknown"[^>]*>\s*<skipped message="4 sign-ins of 3 users; --fail-on does not ask"/,
    );
    expect(stdout).toContain('failures="1"');
  });

  test('JUnit: what could be of a class is a failure of the type unknown', async () => {
    const { gsa } = await contoso();
    const { stdout } = await gsa(['impact', SIGN_INS, '--fail-on', 'newlyDenied', '-o', 'junit']);
    expect(stdout).toMatch(/<failure message="not proven for newly denied[^"]*" type="unknown"/);
  });

  test('SARIF, GitHub and GitLab place the policy in the tenant file', async () => {
    const { gsa, bytes } = await contoso();
    const line = bytes()
      .split('\n')
      .findIndex((text) => text.includes('CA003 Block Finance'));
    const run = async (format: string) => (await gsa(['impact', SIGN_INS, '-o', format])).stdout;
    const sarif = JSON.parse(await run('sarif')).runs[0];
    const blocked = sarif.results.find((result: { ruleId: string }) => result.ruleId === 'impact-newly-blocked');
    const { region, artifactLocation } = blocked.locations[0].physicalLocation;
    // The object begins above its name.
    expect([artifactLocation.uri, Math.abs(region.startLine - line) < 5]).toEqual(['tenant.json', true]);
    expect(await run('github')).toContain(`::error file=tenant.json,line=${region.startLine}`);
    const quality = JSON.parse(await run('gitlab'));
    expect(quality[0]).toMatchObject({
      severity: 'critical',
      location: { path: 'tenant.json', lines: { begin: region.startLine } },
    });
    expect(new Set(quality.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(quality.length);
  });

  test('a suggestion is neither a test nor a finding, and says so', async () => {
    const { gsa } = await contoso();
    const run = await gsa('impact --all --suggest -o sarif');
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('neither a test nor a finding')]);
  });
});

test('each rule of check has a page on the web and sentences that stand apart', async () => {
  const { gsa } = await contoso();
  const { rules } = JSON.parse((await gsa('check -o sarif')).stdout).runs[0].tool.driver;
  for (const { helpUri, help } of rules) {
    expect(helpUri).toMatch(/^https:\/\//);
    expect(help.text).toMatch(/^[A-Z`].*\. `gsa explain GSA\d+` says why/s);
  }
});

describe('--history keeps runs and shows them on the page', () => {
  test.each(['check', 'test'])('gsa %s', async (command) => {
    const place = await contoso();
    if (command === 'test') await place.gsa(['test', 'generate', SIGN_INS]);
    for (const now of ['2026-01-15T09:00:00Z', '2026-01-16T09:00:00Z']) {
      await place.gsa([command, '--history', 'runs', '-o', 'html:page.html'], { now });
    }
    const page = readFileSync(join(place.folder, 'page.html'), 'utf8');
    expect(page).toContain('<h2>Runs so far</h2>');
    expect(page).toMatch(/2026-01-16T09:00:00Z[\s\S]*2026-01-15T09:00:00Z/);
    const run = JSON.parse(readFileSync(join(place.folder, `runs/gsa-${command}-20260115T090000Z.json`), 'utf8'));
    expect(run).toMatchObject({ kind: 'gsa.run', command, passed: true });
  });
});
