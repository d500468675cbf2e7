import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../../support/in-process.ts';
import { workplace } from '../../support/in-process.ts';

const READER = 'nestor.wilke@contoso.com';

/** Contoso after five more writes: serial 6, six entries. */
async function written(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  for (const at of [1, 2, 3, 4, 5]) await place.gsa(`location add T${at} 203.0.113.${at}/32`);
  return place;
}

const journalOf = (place: Workplace) => `${place.tenant}.audit.ndjson`;
const linesOf = (place: Workplace) => readFileSync(journalOf(place), 'utf8').split('\n').filter(Boolean);
const serialOf = (place: Workplace): number => JSON.parse(place.bytes()).serial;

describe('an older copy of the tenant file, put in place by hand', () => {
  test.each([1, 2, 3, 4])(
    'of serial %i is told by validate and by the next write, and no entry is cut',
    async (serial) => {
      const place = workplace();
      await place.gsa('init');
      const copies = new Map<number, string>([[1, place.bytes()]]);
      for (const at of [1, 2, 3, 4, 5]) {
        await place.gsa(`location add T${at} 203.0.113.${at}/32`);
        copies.set(at + 1, place.bytes());
      }
      const before = linesOf(place);
      writeFileSync(place.tenant, copies.get(serial) ?? '');
      const validated = await place.gsa('tenant validate');
      expect(validated.exitCode).toBe(4);
      expect(validated.stdout).toContain(`the journal goes on to serial 6, the tenant file is at serial ${serial}`);
      const write = await place.gsa('location add after 203.0.113.99/32');
      expect([write.exitCode, write.stderr]).toEqual([
        0,
        expect.stringContaining('an older copy was put in its place'),
      ]);
      expect(linesOf(place).slice(0, 6)).toEqual(before);
      const last = JSON.parse(linesOf(place).at(-1) ?? '');
      expect(last.additionalDetails).toEqual([
        { key: 'tenantFileRolledBack', value: `from serial 6 to serial ${serial}` },
      ]);
      expect([last.gsa.serialBefore, last.gsa.serialAfter, serialOf(place)]).toEqual([serial, 7, 7]);
      expect((await place.gsa('tenant validate')).exitCode).toBe(0);
      expect((await place.gsa('undo --yes')).exitCode).toBe(0);
    },
  );

  test('of the serial before is what a crash leaves too: the one write that was not acknowledged is cut', async () => {
    const place = await written();
    const before = place.bytes();
    await place.gsa('location add last 203.0.113.77/32');
    writeFileSync(place.tenant, before);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    await place.gsa('location add after 203.0.113.99/32');
    expect([linesOf(place).length, (await place.gsa('tenant validate')).exitCode]).toEqual([7, 0]);
  });

  test('with half a line behind the entries keeps all whole ones', async () => {
    const place = workplace();
    await place.gsa('init');
    const first = place.bytes();
    for (const at of [1, 2, 3]) await place.gsa(`location add T${at} 203.0.113.${at}/32`);
    const before = linesOf(place);
    appendFileSync(journalOf(place), '{"id":"cut');
    writeFileSync(place.tenant, first);
    await place.gsa('location add after 203.0.113.99/32');
    expect(linesOf(place).slice(0, 4)).toEqual(before);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });
});

describe('a journal that is not there, or not whole', () => {
  test.each<[string, (path: string) => void]>([
    ['was not copied', (path) => rmSync(path)],
    ['was emptied', (path) => truncateSync(path)],
    ['was cut in the middle of an entry', (path) => truncateSync(path, 700)],
    ['ends with another entry', (path) => writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"T5"', '"T6"'))],
  ])('%s: the next write tells it, and `gsa audit restart` begins a chain from which all works', async (_, meddle) => {
    const place = await written();
    meddle(journalOf(place));
    const write = await place.gsa('location add Y 203.0.113.50/32');
    expect([write.exitCode, write.stderr]).toEqual([0, expect.stringContaining('gsa audit restart')]);
    expect((await place.gsa('tenant validate')).exitCode).toBe(4);
    expect((await place.gsa('audit restart --yes')).exitCode).toBe(0);
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    await place.gsa('location add Z 203.0.113.51/32');
    const history = (await place.gsa('history -o json')).json()['value'] as readonly { targets: string[] }[];
    expect(history[0]?.targets).toEqual(['Z']);
    expect((await place.gsa('undo --yes')).exitCode).toBe(0);
    expect((await place.gsa('location show Z')).exitCode).toBe(4);
    expect((await place.gsa('audit -o json')).exitCode).toBe(0);
  });

  test('is kept under another name when a new one begins, and the first entry says what was before', async () => {
    const place = await written();
    const before = readFileSync(journalOf(place), 'utf8');
    await place.gsa('audit restart --yes');
    expect(readFileSync(`${journalOf(place)}.1`, 'utf8')).toBe(before);
    expect(linesOf(place)).toHaveLength(1);
    expect(JSON.parse(linesOf(place)[0] ?? '').activityDisplayName).toContain('6 entries acknowledged before');
  });

  test('of a copy is not there: the copy says so at its first write, the original goes on', async () => {
    const place = await written();
    mkdirSync(join(place.folder, 'copy'));
    const copy = join(place.folder, 'copy', 'tenant.json');
    copyFileSync(place.tenant, copy);
    const { stderr } = await place.gsa(['location', 'add', 'Y', '203.0.113.50/32', '--tenant', copy]);
    expect(stderr).toContain('its 6 entries were not copied with the tenant file');
    expect((await place.gsa('location add Y 203.0.113.50/32')).stderr).not.toContain('warning');
  });
});

describe('a journal of another tenant file', () => {
  /** Two tenants of the same making; the journal of the second has as many entries more. */
  async function swapped(more: number) {
    const [place, other] = [workplace(), workplace()];
    for (const each of [place, other]) {
      await each.gsa('init');
      await each.gsa('location add own 203.0.113.1/32');
    }
    for (let at = 0; at < more; at++) await other.gsa(`location add T${at} 198.51.100.${at}/32`);
    writeFileSync(journalOf(place), readFileSync(journalOf(other)));
    return place;
  }

  test.each([0, 1, 3])(
    'with %i entries more: no write goes into it, and nobody reads it as the own one',
    async (more) => {
      const place = await swapped(more);
      const [tenant, journal] = [place.bytes(), linesOf(place)];
      const write = await place.gsa('location add Y 203.0.113.50/32');
      expect([write.exitCode, write.stderr]).toEqual([
        4,
        expect.stringContaining('is not the one that the tenant file acknowledges'),
      ]);
      expect([place.bytes(), linesOf(place)]).toEqual([tenant, journal]);
      for (const words of ['audit', 'history', 'undo --yes', 'tenant validate'])
        expect((await place.gsa(words)).exitCode, words).toBe(4);
      expect((await place.gsa('audit restart --yes')).exitCode).toBe(0);
      expect((await place.gsa('location add Y 203.0.113.50/32')).exitCode).toBe(0);
      expect((await place.gsa('undo --yes')).exitCode).toBe(0);
    },
  );
});

test('an entry that was altered in the middle is told wherever entries are read', async () => {
  const place = workplace();
  await place.gsa('init');
  for (const at of [1, 2, 3]) await place.gsa(`location add T${at} 203.0.113.${at}/32`);
  writeFileSync(journalOf(place), readFileSync(journalOf(place), 'utf8').replaceAll('"T2"', '"T9"'));
  for (const words of ['audit', 'history', 'undo --yes']) {
    const run = await place.gsa(words);
    expect([run.exitCode, run.stderr], words).toEqual([4, expect.stringContaining('was changed')]);
  }
});

test('a clock that went back is told by the write and kept in its entry', async () => {
  const place = await written();
  const { stderr } = await place.gsa('location add early 203.0.113.60/32 --now 2020-01-01T00:00:00Z');
  expect(stderr).toContain('the clock went back');
  expect(JSON.parse(linesOf(place).at(-1) ?? '').additionalDetails).toEqual([
    { key: 'clockWentBackFrom', value: '2026-01-15T09:00:00Z' },
  ]);
});

describe('an attempt without the right to it', () => {
  test.each([
    ['policy delete', ['policy', 'delete', 'CA002 Block legacy authentication', '--yes']],
    ['signaling disable', ['signaling', 'disable', '--keep-policies', '--yes']],
    ['init --force', ['init', '--force']],
    ['undo', ['undo', '--yes']],
    ['tenant set', ['tenant', 'set', '--entra-id-plan', 'P2']],
  ])('gsa %s stands in the audit, and changes neither the tenant nor its journal', async (_, words) => {
    const place = await written();
    const [tenant, journal] = [place.bytes(), linesOf(place)];
    expect((await place.gsa([...words, '--as', READER])).exitCode).toBe(5);
    expect([place.bytes(), linesOf(place)]).toEqual([tenant, journal]);
    const audit = (await place.gsa('audit -o json')).json()['value'] as readonly Record<string, unknown>[];
    expect(audit[0]).toMatchObject({
      activityDisplayName: 'Denied',
      result: 'failure',
      initiatedBy: { user: { userPrincipalName: READER } },
      targetResources: [{ displayName: `gsa ${[...words, '--as', READER].join(' ')}` }],
    });
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });

  test('by a disabled account or by nobody of the tenant stands there too, whatever the command reads', async () => {
    const place = await written();
    const file = JSON.parse(place.bytes());
    file.tenant.users.find((user: { userPrincipalName: string }) => user.userPrincipalName === READER).accountEnabled =
      false;
    writeFileSync(place.tenant, JSON.stringify(file));
    for (const words of ['policy list', 'tenant show', 'tenant validate', 'user list', 'role list', 'group list']) {
      expect([words, (await place.gsa([...words.split(' '), '--as', READER])).exitCode]).toEqual([words, 5]);
      expect([words, (await place.gsa([...words.split(' '), '--as', 'nobody@contoso.com'])).exitCode]).toEqual([
        words,
        5,
      ]);
    }
    expect(readdirSync(place.folder)).toContain('tenant.json.denied.ndjson');
  });

  test('traffic logs are for those who may read them, not for readers of sign-ins', async () => {
    const place = await written();
    writeFileSync(
      join(place.folder, 's.ndjson'),
      '{"id":"1","createdDateTime":"2026-01-15T08:00:00Z","userPrincipalName":"a@b.c","appId":"x"}\n',
    );
    for (const command of [
      ['replay', 's.ndjson', '--dry-run'],
      ['impact', 's.ndjson'],
    ]) {
      const run = await place.gsa([...command, '--gsa-traffic', 's.ndjson', '--as', READER]);
      expect([run.exitCode, run.stderr]).toEqual([5, expect.stringContaining('Global Secure Access Log Reader')]);
      expect((await place.gsa([...command, '--as', READER])).exitCode).toBe(0);
    }
  });

  test('a line of the attempts that a crash cut hides none of the others', async () => {
    const place = await written();
    await place.gsa(['undo', '--yes', '--as', READER]);
    appendFileSync(`${place.tenant}.denied.ndjson`, '{"activityDateTime":"20');
    const audit = (await place.gsa('audit -o json')).json()['value'] as readonly Record<string, unknown>[];
    expect(audit.filter(({ result }) => result === 'failure')).toHaveLength(1);
  });
});

describe('a journal that is as long as the own one, and is another', () => {
  test.each(['audit', 'history', 'undo --yes', 'tenant validate'])(
    'is told by %s, and read as nobody’s',
    async (words) => {
      const [own, other] = [await written(), await written()];
      await own.gsa('location add Own 203.0.113.90/32');
      await other.gsa('location add Foreign 203.0.113.91/32');
      copyFileSync(journalOf(other), journalOf(own));
      const run = await own.gsa(words);
      expect(run.exitCode).toBe(4);
      expect(run.stdout + run.stderr).not.toContain('Foreign');
    },
  );

  test.each([
    ['with its last entry altered', (lines: string[]) => lines.with(-1, (lines.at(-1) ?? '').replace('T5', 'T6'))],
    ['with two entries changed about', (lines: string[]) => [...lines.slice(0, -2), ...lines.slice(-2).reverse()]],
    ['with its first entry taken for its last', (lines: string[]) => lines.with(-1, lines[0] ?? '')],
  ])('%s is told by validate', async (_, change) => {
    const place = await written();
    writeFileSync(journalOf(place), `${change(linesOf(place)).join('\n')}\n`);
    expect((await place.gsa('tenant validate')).exitCode).toBe(4);
  });
});
