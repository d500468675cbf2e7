import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planSignaling } from '../../src/core/tenant/plans/objects.ts';
import { planToSave, savedPlanText } from '../../src/core/tenant/plans/saved-plan.ts';
import { workplace } from '../support/in-process.ts';

/** A workplace with a tenant and a saved plan that switches signaling off, some members of it others. */
async function planned(changed: object = {}) {
  const place = workplace();
  await place.gsa('init');
  const { tenant, lineage, serial } = JSON.parse(place.bytes());
  const plan = planToSave(
    planSignaling(tenant, 'disabled', '2026-01-01T00:00:00Z', 'x'),
    { lineage, serial },
    { at: '2026-01-01T00:00:00Z', by: 'x' },
  );
  writeFileSync(join(place.folder, 'plan.json'), savedPlanText({ ...plan, ...changed }));
  return { place, lineage, serial, before: place.bytes() };
}

const statusIn = (text: string) => JSON.parse(text).tenant.globalSecureAccess.conditionalAccess.signalingStatus;

test('a saved plan is written in one write, undo takes it back, and it is not applied twice', async () => {
  const { place, serial } = await planned();
  const run = await place.gsa(['apply', 'plan.json', '--yes']);
  expect([run.exitCode, run.stderr]).toEqual([0, run.stderr]);
  expect([statusIn(place.bytes()), JSON.parse(place.bytes()).serial]).toEqual(['disabled', serial + 1]);
  const again = await place.gsa(['apply', 'plan.json', '--yes']);
  expect(again.exitCode).toBe(3);
  expect(again.stdout.replace(/\s+/g, ' ')).toContain(
    `made at serial ${serial}, and the tenant is at serial ${serial + 1}`,
  );
  expect((await place.gsa(['undo', '--yes'])).exitCode).toBe(0);
  expect(statusIn(place.bytes())).toBe('enabled');
});

test('a plan of another tenant file is refused, and both lineages are named', async () => {
  const { place, lineage, before } = await planned({ lineage: 'another' });
  const run = await place.gsa(['apply', 'plan.json', '--yes', '-o', 'json']);
  expect([run.exitCode, place.bytes()]).toEqual([3, before]);
  expect(run.stdout).toContain('lineage another');
  expect(run.stdout).toContain(lineage);
});

test.each([[], ['--dry-run']])('without --yes the switch is refused and nothing is written', async (...words) => {
  const { place, before } = await planned();
  expect((await place.gsa(['apply', 'plan.json', ...words])).exitCode).toBe(3);
  expect(place.bytes()).toBe(before);
});

test('who has no role is forbidden, and the plan file stays', async () => {
  const { place, before } = await planned();
  const text = readFileSync(join(place.folder, 'plan.json'), 'utf8');
  const run = await place.gsa(['apply', 'plan.json', '--yes', '--as', 'joni.sherman@contoso.com']);
  expect([run.exitCode, place.bytes()]).toEqual([5, before]);
  expect(readFileSync(join(place.folder, 'plan.json'), 'utf8')).toBe(text);
});
