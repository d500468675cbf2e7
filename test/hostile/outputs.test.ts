import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/output/format.ts';
import { workplace } from '../support/in-process.ts';
import { dangersIn, HOSTILE } from './hostile-strings.ts';
import { locationId, policyId, tenantCalled } from './hostile-tenant.ts';

/** Every command that shows names, on a tenant where every name is hostile. */
const LISTING = [
  ['policy', 'list'],
  ['policy', 'deleted'],
  ['policy', 'dependencies'],
  ['location', 'list'],
  ['location', 'deleted'],
  ['location', 'match', '203.0.5.9'],
  ['user', 'list'],
  ['group', 'list'],
  ['role', 'list'],
  ['audit', '--limit', '1000'],
  ['history'],
  ['tenant', 'show'],
  ['tenant', 'validate'],
  ['signaling', 'status'],
  ['signaling', 'disable', '--dry-run', '--delete-policies'],
  ['signaling', 'disable', '--dry-run', '--delete-policies', policyId(3)],
  ['check'],
  ['replay', 'SIGN-INS'],
  ['replay', 'SIGN-INS', '--signaling', 'enabled', '--dry-run'],
  ['impact', 'SIGN-INS'],
  ['logs', '--all'],
];

describe('names that a terminal, a spreadsheet, a browser or a build server would obey', () => {
  let clean = () => {};
  let place: Awaited<ReturnType<typeof tenantCalled>>;
  afterAll(() => clean());
  beforeAll(async () => {
    place = await tenantCalled(
      workplace((remove) => (clean = remove)),
      HOSTILE,
    );
    // Half of everything is deleted, so that the lists of what can be restored have something to show.
    await place.gsa(['policy', 'delete', policyId(0), policyId(2), '--yes']);
  });

  const run = (words: readonly string[], terminal: boolean) =>
    place.gsa(
      words.map((word) => (word === 'SIGN-INS' ? place.signIns : word)),
      terminal ? { columns: 80, env: { NO_COLOR: '1' } } : {},
    );

  for (const words of LISTING) {
    test(`gsa ${words.join(' ')} shows them without obeying them, in every format`, async () => {
      let formats = 0;
      for (const format of FORMATS) {
        const { exitCode, stdout, stderr } = await run([...words, '-o', format], false);
        expect(dangersIn(stderr)).toEqual([]);
        if (exitCode === 2) continue;
        formats++;
        expect([format, exitCode]).not.toEqual([format, 70]);
        // These two write commands of their own, and test/formats holds them to it.
        if (format !== 'github' && format !== 'azuredevops') expect([format, dangersIn(stdout)]).toEqual([format, []]);
        if (format === 'json' || format === 'sarif') JSON.parse(stdout);
        if (format === 'csv') expect(stdout).not.toMatch(/(^|,)"?[=+@\t\uff1d\uff0b\uff0d\uff20]/m);
        if (format === 'markdown') expect(stdout).not.toMatch(/<script|<img/);
        if (format === 'html') expect(stdout).not.toMatch(/<script>alert|<img src=x/);
      }
      expect(formats).toBeGreaterThanOrEqual(2);
    });

    test(`gsa ${words.join(' ')} fits them into a terminal of 80 columns`, async () => {
      const { stdout, stderr } = await run(words, true);
      // Progress replaces itself on its line, which is what these are for.
      expect(dangersIn(stdout + stderr.replaceAll('\r\u001b[K', ''))).toEqual([]);
    });
  }

  test('each is shown by its id, alone', async () => {
    for (const at of HOSTILE.keys()) {
      for (const words of [
        ['policy', 'show', policyId(at)],
        ['location', 'show', locationId(at)],
      ]) {
        const { stdout, stderr } = await run(words, at % 2 === 0);
        expect([words, dangersIn(stdout + stderr)]).toEqual([words, []]);
      }
    }
  });

  test('a name that is typed comes back in the error without being obeyed', async () => {
    for (const name of HOSTILE) {
      for (const words of [
        ['policy', 'show', `no ${name}`],
        ['policy', `--${name}`],
        ['location', 'match', name],
        [name],
      ]) {
        const { exitCode, stdout, stderr } = await run(words, false);
        expect([words, dangersIn(stdout + stderr)]).toEqual([words, []]);
        expect([2, 4]).toContain(exitCode);
        expect(stderr.split('\n').length).toBeLessThan(25);
      }
    }
  });

  test('a refusal that lists policies in its hint does not obey them either', async () => {
    const { exitCode, stderr } = await run(['signaling', 'disable', '--delete-policies', policyId(3), '--yes'], false);
    expect(exitCode).toBe(3);
    expect(dangersIn(stderr)).toEqual([]);
  });
});

test('an address that begins with two colons is no command', async () => {
  const place = await tenantCalled(workplace(), ['::1', '::ffff:203.0.113.5', '::dead:beef', '::/0']);
  const { stdout } = await place.gsa('policy list');
  expect(stdout).toContain('::ffff:203.0.113.5');
  expect(stdout).not.toContain('\\x3a');
});
