import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const MFA = 'CA001 Require MFA for administrators';
const LEGACY = 'CA002 Block legacy authentication';

interface Told {
  readonly displayName: string;
  readonly change: string;
  readonly stateAfter?: string | null;
}

async function contoso(...lines: readonly (string | readonly string[])[]): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  for (const line of lines) expect((await place.gsa(line)).exitCode).toBe(0);
  return place;
}

const told = (run: CommandRun) =>
  (run.json()['steps'] as { objects: Told[] }[])
    .flatMap(({ objects }) => objects)
    .map(({ displayName, change, stateAfter }) => [displayName, change, stateAfter]);

const rowOf = (run: CommandRun, name: string) => run.stdout.split('\n').find((line) => line.includes(`\t${name}\t`));

describe('a plan names every object that it changes, and the state that a policy will have', () => {
  test('an undo of deletions names each policy that comes back enforcing', async () => {
    const place = await contoso('signaling disable --delete-policies --yes');
    const plan = await place.gsa('undo --dry-run');
    for (const name of [
      'CA003 Block Finance outside trusted locations',
      'CA005 Block sign-ins from countries we do not work in',
    ])
      expect(rowOf(plan, name)).toContain('\trestored, enabled\t');
    expect(rowOf(plan, 'Conditional Access signaling')).toContain('signalingStatus: disabled → enabled');
    const json = told(await place.gsa('undo --dry-run -o json'));
    expect(json).toHaveLength(6);
    expect(json.filter(([, change, state]) => change === 'restored' && state === 'enabled')).toHaveLength(5);
    expect(told(await place.gsa('undo -o json'))).toEqual(json);
  });

  test('an undo of several states says which policy gets which', async () => {
    const place = await contoso(['policy', 'set-state', MFA, LEGACY, 'report-only']);
    const plan = await place.gsa('undo --dry-run');
    expect(plan.stdout).toContain('Takes back serial 2 of 2026-01-15T09:00:00Z by megan.bowen@contoso.com');
    for (const name of [MFA, LEGACY]) expect(rowOf(plan, name)).toContain('\tstate: report-only → enabled\t');
  });

  test('deleting says what enforced, restoring says in which state a policy comes back', async () => {
    const place = await contoso();
    expect(rowOf(await place.gsa(['policy', 'delete', MFA, '--yes']), MFA)).toContain('\tdeleted, was enabled\t');
    const restored = await place.gsa(['policy', 'restore', MFA]);
    expect(rowOf(restored, MFA)).toContain('\trestored, report-only\t');
    expect(rowOf(await place.gsa('undo'), MFA)).toContain('\tdeleted, was report-only\t');
  });

  test('an undo of an addition says that the object goes for good', async () => {
    const place = await contoso('location add Branch 198.51.100.0/24');
    expect(told(await place.gsa('undo --dry-run -o json'))).toEqual([['Branch', 'removed', undefined]]);
  });

  test('an import names what it adds, changes and leaves in its state', async () => {
    const place = await contoso('export out');
    const policy = JSON.parse((await place.gsa(['policy', 'show', MFA, '-o', 'json'])).stdout)['policy'];
    const changed = { ...policy, grantControls: { operator: 'OR', builtInControls: ['block'] } };
    const added = { ...policy, id: '90000000-0000-4000-8000-000000000001', displayName: 'New', state: 'disabled' };
    writeFileSync(join(place.folder, 'policies.json'), JSON.stringify({ value: [changed, added] }));
    const run = await place.gsa(['import', join(place.folder, 'policies.json'), '--dry-run']);
    expect(run.stdout).toMatch(/^CA001 Require MFA for administrators\t.*builtInControls.*; stays enabled\t/m);
    expect(run.stdout).toMatch(/^New\tadded, disabled\t/m);
  });

  test('enabling names the location that it adds', async () => {
    const place = workplace();
    await place.gsa('init --empty --created 2024-01-01');
    const run = await place.gsa('signaling enable');
    expect(run.stdout).toContain('Added:\n\n- All Compliant Network locations');
  });

  test('the journal tells of each object, and counts the rest when there are many', async () => {
    const place = await contoso('signaling disable --delete-policies --yes', 'undo');
    const { stdout } = await place.gsa('audit');
    expect(stdout).toContain('\tCA003 Block Finance outside trusted locations\tdeleted, was enabled\t');
    expect(stdout).toMatch(/CA003 Block Finance outside trusted locations: restored, enabled; .*; and 3 more/);
    const [undo] = (await place.gsa('audit -o json')).json()['value'] as {
      targetResources: { displayName: string }[];
    }[];
    expect(undo?.targetResources.map(({ displayName }) => displayName)).toContain(
      'CA005 Block sign-ins from countries we do not work in',
    );
  });

  test('the question comes after the plan, with the names', async () => {
    const place = await contoso();
    const run = await place.gsa(['policy', 'delete', MFA], { answers: [false] });
    expect(run.exitCode).toBe(3);
    expect(place.asked).toEqual([`Delete the policy ${MFA}?`]);
    expect(run.stderr).toContain('deleted, was enabled');
  });
});
