import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const MFA = 'CA001 Require MFA for administrators';

async function contoso(...lines: readonly (string | readonly string[])[]): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  for (const line of lines) expect((await place.gsa(line)).exitCode).toBe(0);
  return place;
}

const tenantOf = (place: Workplace) => JSON.parse(place.bytes()).tenant;
/** A policy that comes back stands at the end of its list, which means nothing. */
const inOrder = (tenant: { policies: { id: string }[] }) => ({
  ...tenant,
  policies: tenant.policies.toSorted((a, b) => a.id.localeCompare(b.id)),
});
const backupOf = (place: Workplace, serial: number) => {
  const folder = `${place.tenant}.backups`;
  return join(folder, readdirSync(folder).find((name) => name.endsWith(`-serial-${serial}.json`)) ?? 'none');
};
const undoColumn = async (place: Workplace) =>
  ((await place.gsa('history -o json')).json()['value'] as Record<string, unknown>[]).map(
    ({ serialAfter, undoable, undoableAfter }) => [serialAfter, undoable, undoableAfter],
  );

/** The command that a text names first in backticks, as words. */
function commandIn(text: string): string[] {
  const line = /`gsa ([^`]+)`/.exec(text)?.[1] ?? '';
  return line.split(' ').map((word) => word.replace(/^'|'$/g, ''));
}

describe('gsa tenant restore', () => {
  test('says from which backup and what changes, and wants --yes without a terminal', async () => {
    const place = await contoso(['policy', 'delete', MFA, '--yes']);
    const before = place.bytes();
    const run = await place.gsa('tenant restore');
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain('Backup of serial 1, written 2026-01-15T09:00:00Z: ~/tenant.json.backups/');
    expect(run.stdout).toContain('What is there now, serial 2, is kept as a backup.');
    expect(run.stdout).toMatch(/\tCA001 Require MFA for administrators\trestored, enabled\t/);
    expect(run.stderr).toContain('--yes');
    expect(place.bytes()).toBe(before);
  });

  test('takes the serial that the list of backups shows, unless a file has that name', async () => {
    const place = await contoso(['policy', 'delete', MFA, '--yes'], ['location', 'add', 'Branch', '198.51.100.0/24']);
    expect((await place.gsa('tenant restore 1 --dry-run')).stdout).toContain('Backup of serial 1, ');
    expect((await place.gsa('tenant restore 2 --dry-run')).stdout).toContain('Backup of serial 2, ');
    expect((await place.gsa('tenant restore 7 --dry-run')).stderr).toContain('there is no backup `7`\nhint: ');
    writeFileSync(join(place.folder, '1'), readFileSync(backupOf(place, 2)));
    expect((await place.gsa('tenant restore 1 --dry-run')).stdout).toContain('Backup of serial 2, ');
  });

  test('asks on a terminal after it has shown the plan; no is no, yes is one more write', async () => {
    const place = await contoso(['policy', 'delete', MFA, '--yes']);
    const before = place.bytes();
    const declined = await place.gsa('tenant restore', { answers: [false] });
    expect([declined.exitCode, place.asked]).toEqual([3, ['Put serial 1 in the place of serial 2?']]);
    expect(declined.stderr).toContain('restored, enabled');
    expect(place.bytes()).toBe(before);
    const run = await place.gsa('tenant restore', { answers: [true] });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Written as serial 3.');
    expect(inOrder(tenantOf(place))).toEqual(inOrder(JSON.parse(readFileSync(backupOf(place, 1), 'utf8')).tenant));
  });

  test('--dry-run shows the same and writes nothing; the same state again is nothing to do', async () => {
    const place = await contoso(['policy', 'delete', MFA, '--yes']);
    const before = place.bytes();
    const plan = await place.gsa('tenant restore --dry-run -o json');
    expect(plan.exitCode).toBe(0);
    expect(plan.json()).toMatchObject({ applied: false, dryRun: true, serial: 2, backup: { serial: 1 } });
    expect(place.bytes()).toBe(before);
    await place.gsa('tenant restore --yes');
    const again = await place.gsa(['tenant', 'restore', backupOf(place, 1), '--yes']);
    expect([again.exitCode, JSON.parse(place.bytes()).serial]).toEqual([0, 3]);
    expect(again.stdout).toContain('The tenant is as in that backup already.');
  });

  test('can be taken back, and so leaves no change behind that nobody can undo', async () => {
    const place = await contoso('signaling disable --delete-policies --yes');
    const disabled = tenantOf(place);
    await place.gsa('tenant restore --yes');
    expect(await undoColumn(place)).toEqual([
      [3, true, null],
      [2, false, 3],
      [1, false, null],
    ]);
    expect((await place.gsa('history')).stdout).toMatch(/^2\t.*\tafter 3$/m);
    const refused = await place.gsa('undo 2');
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain('by serial 3 (Restore tenant of serial 1)');
    expect(
      (await place.gsa([...commandIn(refused.stdout.split('takes that')[0]?.split('; ')[1] ?? ''), '--yes'])).exitCode,
    ).toBe(0);
    expect(tenantOf(place).deletedItems.policies).toHaveLength(disabled.deletedItems.policies.length);
    expect((await place.gsa('undo')).exitCode).toBe(0);
    expect((await place.gsa('signaling status -o json')).json()['signalingStatus']).toBe('enabled');
  });

  test('of a list that was not known before is a change like any other, and its undo knows the list again', async () => {
    const place = workplace();
    await place.gsa('init --empty');
    await place.gsa(['location', 'add', 'Branch', '198.51.100.0/24']);
    const users = join(place.folder, 'users.json');
    writeFileSync(users, '{"value":[{"id":"a1","userPrincipalName":"a@contoso.com","displayName":"A"}]}');
    expect((await place.gsa(['import', '--kind', 'users', users])).exitCode).toBe(0);
    const withUsers = tenantOf(place);
    expect((await place.gsa(['tenant', 'restore', backupOf(place, 1), '--yes'])).exitCode).toBe(0);
    expect(tenantOf(place)).not.toHaveProperty('users');
    expect((await place.gsa('undo')).exitCode).toBe(0);
    expect(tenantOf(place)).toEqual(withUsers);
  });

  test('a change that a hand undid is refused as lost without a later write', async () => {
    const place = await contoso(['policy', 'set-state', MFA, 'disabled']);
    writeFileSync(place.tenant, place.bytes().replace('"state": "disabled"', '"state": "enabled"'));
    const run = await place.gsa('undo');
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain(`\`${MFA}\` changed since without a write of gsa`);
    expect(await undoColumn(place)).toContainEqual([2, false, null]);
  });

  test('over a damaged file asks nobody, and says which backup came back', async () => {
    const place = await contoso(['policy', 'delete', MFA, '--yes']);
    writeFileSync(place.tenant, '{');
    const run = await place.gsa('tenant restore');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Backup of serial 1');
    expect(run.stdout).toContain('cannot be read; it is kept as a backup');
  });

  test('a backup of another tenant is refused without --force', async () => {
    const place = await contoso();
    const other = await contoso();
    const before = place.bytes();
    expect((await place.gsa(['tenant', 'restore', other.tenant, '--yes'])).exitCode).toBe(3);
    expect(place.bytes()).toBe(before);
  });
});
