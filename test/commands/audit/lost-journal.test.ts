import { cpSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../../support/in-process.ts';
import { workplace } from '../../support/in-process.ts';

const journalOf = (place: Workplace) => `${place.tenant}.audit.ndjson`;
const CA003 = 'CA003 Block Finance outside trusted locations';
const REMEDY =
  'bring the journal back from where the tenant file came from, or begin a new one with `gsa audit restart`, which keeps what is there';

/** Contoso whose audit journal is lost, or what is left of it. */
async function without(lose: (path: string) => void): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  await place.gsa('location add Branch 198.51.100.0/24');
  lose(journalOf(place));
  return place;
}

describe.each<[string, (path: string) => void]>([
  ['is missing', (path) => rmSync(path)],
  ['is torn in the middle', (path) => truncateSync(path, 700)],
])('where the audit journal %s', (_, lose) => {
  test.each(['tenant validate', 'audit', 'history', 'undo --yes'])(
    'gsa %s names what helps, and that does help',
    async (words) => {
      const place = await without(lose);
      const { exitCode, stderr } = await place.gsa(words);
      expect([exitCode, stderr]).toEqual([4, expect.stringContaining(`${REMEDY}\n`)]);
      expect((await place.gsa('audit restart --yes')).exitCode).toBe(0);
      expect((await place.gsa('tenant validate')).stderr).toBe('');
      expect((await place.gsa(words)).exitCode).toBe(words === 'undo --yes' ? 4 : 0);
    },
  );

  test.each([
    ['the first', 0],
    ['a later one', 1],
  ])('no change names an undo that is refused, %s', async (__, before) => {
    const place = await without(lose);
    for (let at = 0; at < before; at++) await place.gsa(`location add T${at} 203.0.113.${at}/32`);
    const { exitCode, stderr } = await place.gsa(['policy', 'delete', CA003, '--yes']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('brings it back within 30 days\n')]);
    expect(stderr).not.toContain('`gsa undo`');
    const switched = await place.gsa('signaling disable --delete-policies CA005 --keep-policies --yes');
    expect([switched.exitCode, switched.stderr]).toEqual([0, expect.stringContaining('`gsa policy restore <policy>`')]);
    expect(switched.stderr).not.toContain('`gsa undo`');
    expect((await place.gsa('undo --yes')).exitCode).toBe(4);
  });

  test('the write that finds it says that nothing can be undone until then', async () => {
    const place = await without(lose);
    const { stderr } = await place.gsa('location add Y 203.0.113.50/32');
    expect(stderr).toContain('until then no change can be undone');
    expect((await place.gsa('undo --yes')).exitCode).toBe(4);
  });
});

test.each([1, 2])(
  'a journal of %i entries that lost no more than its last newline is whole, and the next entry brings it back',
  async (entries) => {
    const place = workplace();
    await place.gsa('init');
    if (entries > 1) await place.gsa(['policy', 'set-state', CA003, 'disabled', '--yes']);
    truncateSync(journalOf(place), statSync(journalOf(place)).size - 1);
    const { exitCode, stderr } = await place.gsa('location add Branch 198.51.100.0/24');
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('journal')]);
    expect(readFileSync(journalOf(place), 'utf8')).not.toContain('auditJournalBroken');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    expect((await place.gsa('undo --yes')).exitCode).toBe(0);
  },
);

test('where the journal is whole, a change still says that undo takes it back, and it does', async () => {
  const place = workplace();
  await place.gsa('init');
  const { stderr } = await place.gsa(['policy', 'delete', CA003, '--yes']);
  expect(stderr).toContain('within 30 days, `gsa undo` takes this back\n');
  const switched = await place.gsa('signaling disable --delete-policies CA005 --keep-policies --yes');
  expect(switched.stderr).toContain('`gsa undo` takes all of this back\n');
  expect((await place.gsa('undo --yes')).exitCode).toBe(0);
});

test('validate names no new journal for what it would not mend', async () => {
  const place = workplace();
  await place.gsa('init');
  mkdirSync(join(place.folder, 'before'));
  const copy = join(place.folder, 'before', 'tenant.json');
  cpSync(place.tenant, copy);
  for (const at of [1, 2]) await place.gsa(`location add T${at} 203.0.113.${at}/32`);
  cpSync(copy, place.tenant);
  const { exitCode, stdout, stderr } = await place.gsa('tenant validate');
  expect([exitCode, stdout, stderr]).toEqual([4, expect.stringContaining('an older copy was put in its place'), '']);
});
