import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Format } from '../../src/output/format.ts';
import { FORMAT_NAMES } from '../../src/output/format.ts';
import { workplace } from '../support/in-process.ts';
import { dangersIn, HOSTILE } from './hostile-strings.ts';
import { locationId, policyId, tenantCalled } from './hostile-tenant.ts';

interface Listing {
  readonly words: readonly string[];
  readonly exitCode?: number;
  /** Formats in which it says no name of the tenant; of long lists only the first few, which may be other ones. */
  readonly nameless?: readonly Format[];
  readonly perhaps?: readonly Format[];
  /** On a terminal its column of names is too narrow for a whole word. */
  readonly cut?: true;
}

const ALL_FORMAT_NAMES: readonly Format[] = FORMAT_NAMES;

/** Every command that shows names, on a tenant where every name is hostile. */
const LISTING: readonly Listing[] = [
  { words: ['policy', 'list'] },
  { words: ['policy', 'deleted'] },
  { words: ['policy', 'dependencies'] },
  { words: ['location', 'list'] },
  { words: ['location', 'deleted'] },
  { words: ['location', 'match', '203.0.5.9'] },
  { words: ['user', 'list'] },
  { words: ['group', 'list'] },
  { words: ['role', 'list'], nameless: ALL_FORMAT_NAMES },
  { words: ['audit', '--limit', '1000'] },
  { words: ['history'], cut: true },
  { words: ['tenant', 'show'] },
  { words: ['tenant', 'validate'], nameless: ALL_FORMAT_NAMES },
  { words: ['signaling', 'status'], nameless: ALL_FORMAT_NAMES },
  { words: ['signaling', 'disable', '--dry-run', '--delete-policies'], exitCode: 3 },
  { words: ['signaling', 'disable', '--dry-run', '--delete-policies', policyId(3)], exitCode: 3 },
  { words: ['check'], nameless: ['junit', 'tap'], perhaps: ['github'] },
  { words: ['replay', 'SIGN-INS'], perhaps: ['table'] },
  { words: ['replay', 'SIGN-INS', '--signaling', 'enabled', '--dry-run'], perhaps: ['table'] },
  { words: ['impact', 'SIGN-INS'], perhaps: ['tap'] },
  { words: ['logs', '--all'] },
];

/** Pieces of hostile names that are as harmless as any word: where one of them shows, the names do. */
const HARMLESS = ['screen', 'invisible', 'HYPERLINK'];
const showsNames = (text: string) => HARMLESS.some((piece) => text.includes(piece));

/** Lines that do not fit, apart from a word that cannot be broken, on a line of its own, and from a command to be copied. */
const tooWide = (text: string) =>
  text
    .split('\n')
    .filter((line) => stringWidth(line) > 80 && line.trim().includes(' ') && !line.startsWith('gsa impact '));

describe('names that a terminal, a spreadsheet, a browser or a build server would obey', () => {
  let clean = () => {};
  let place: Awaited<ReturnType<typeof tenantCalled>>;
  afterAll(() => clean());
  beforeAll(async () => {
    place = await tenantCalled(
      workplace((remove) => (clean = remove)),
      HOSTILE,
    );
    // Some of it is deleted, so that the lists of what can be restored have something to show.
    for (const words of [
      ['policy', 'delete', policyId(0), policyId(2), '--yes'],
      ['location', 'untrust', locationId(0)],
      ['location', 'remove', locationId(0), '--yes'],
    ]) {
      const { exitCode, stderr } = await place.gsa(words);
      expect([words, exitCode, stderr]).toEqual([words, 0, stderr]);
    }
  });

  const run = (words: readonly string[], terminal: boolean) =>
    place.gsa(
      words.map((word) => (word === 'SIGN-INS' ? place.signIns : word)),
      terminal ? { columns: 80, env: { NO_COLOR: '1' } } : {},
    );

  for (const { words, exitCode: wanted = 0, nameless = [], perhaps = [], cut = false } of LISTING) {
    test(`gsa ${words.join(' ')} shows them without obeying them, in every format`, async () => {
      let formats = 0;
      for (const format of FORMAT_NAMES) {
        const { exitCode, stdout, stderr } = await run([...words, '-o', format], false);
        expect(dangersIn(stderr)).toEqual([]);
        if (exitCode === 2) {
          expect([format, stdout]).toEqual([format, '']);
          expect(stderr).toContain(`no output format \`${format}\``);
          continue;
        }
        formats++;
        expect([format, exitCode]).toEqual([format, wanted]);
        if (!perhaps.includes(format))
          expect([format, showsNames(stdout)]).toEqual([format, !nameless.includes(format)]);
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
      const { exitCode, stdout, stderr } = await run(words, true);
      expect(exitCode).toBe(wanted);
      if (!perhaps.includes('table')) expect(showsNames(stdout)).toBe(!nameless.includes('table') && !cut);
      expect(tooWide(stdout)).toEqual([]);
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
        const { exitCode, stdout, stderr } = await run(words, at % 2 === 0);
        // What was deleted is not there any more.
        const isGone = at === 0 || (at === 2 && words[0] === 'policy');
        expect([words, exitCode, isGone || stdout !== '']).toEqual([words, isGone ? 4 : 0, true]);
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
    expect(stderr).toContain('HYPERLINK');
    expect(dangersIn(stderr)).toEqual([]);
  });
});

test('an address that begins with two colons is no command', async () => {
  const place = await tenantCalled(workplace(), ['::1', '::ffff:203.0.113.5', '::dead:beef', '::/0']);
  const { exitCode, stdout } = await place.gsa('policy list');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('::ffff:203.0.113.5');
  expect(stdout).not.toContain('\\x3a');
});
