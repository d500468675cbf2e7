import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applyPlan } from '../../../src/core/tenant/plans/edit.ts';
import { neededRights } from '../../../src/core/tenant/plans/needed-rights.ts';
import {
  joinPlans,
  planDeletePolicies,
  planReportOnly,
  planSignaling,
} from '../../../src/core/tenant/plans/objects.ts';
import { planToSave, savedPlanText } from '../../../src/core/tenant/plans/saved-plan.ts';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import { readSavedPlan } from '../../../src/intake/saved-plan.ts';

const NOW = '2026-01-15T09:00:00Z';
const tenant = sampleTenant();
const [first, second] = tenant.policies.map(({ id }) => id);
const plan = joinPlans([
  planDeletePolicies(tenant, [first ?? ''], NOW),
  planReportOnly(tenant, [second ?? ''], NOW),
  planSignaling(tenant, 'disabled', NOW, 'diego@contoso.com'),
]);
const saved = planToSave(plan, { lineage: 'a-lineage', serial: 7 }, { at: NOW, by: 'gsa rehearse' });

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'plan.json');
  writeFileSync(path, text);
  return path;
}

const problemsOf = (text: string) =>
  readSavedPlan(file(text)).then(
    () => 'it was read',
    (error: { message: string; problems: readonly { path?: string }[] }) => ({
      message: error.message.replace(/`[^`]*plan\.json`/, 'FILE'),
      paths: error.problems.map(({ path }) => path),
    }),
  );

describe('a saved plan', () => {
  test('comes back from its file as it went in, and does the same', async () => {
    const read = await readSavedPlan(file(savedPlanText(saved)));
    expect(read).toEqual(saved);
    expect(applyPlan(tenant, read)).toEqual(applyPlan(tenant, plan));
  });

  test('needs the rights of everything that it changes', () => {
    expect([...neededRights(saved)].sort()).toEqual(['policy.write', 'signaling.write']);
  });

  test.each([
    ['another JSON file', '{"value":[]}', 'FILE is no saved plan', []],
    ['a list', '[]', 'FILE is no saved plan', []],
    [
      'a plan of a later version',
      savedPlanText(saved).replace('"schemaVersion": 1', '"schemaVersion": 2'),
      'FILE is a plan of version 2, newer than this gsa reads',
      [],
    ],
    [
      'a list that no tenant has',
      savedPlanText(saved).replace('"list": "policies"', '"list": "secrets"'),
      'FILE is no saved plan that can be applied',
      ['/steps/0/changes/0'],
    ],
    [
      'a member that no plan has',
      savedPlanText(saved).replace('"serial": 7', '"serial": 7, "force": true'),
      'FILE is no saved plan that can be applied',
      [''],
    ],
    [
      'a serial that is none',
      savedPlanText(saved).replace('"serial": 7', '"serial": -7'),
      'FILE is no saved plan that can be applied',
      ['/serial'],
    ],
  ])('is refused with its place where it is %s', async (_what, text, message, paths) => {
    expect(await problemsOf(text)).toEqual({ message, paths });
  });

  test('that was cut in the middle is refused', async () => {
    const text = savedPlanText(saved);
    expect(await problemsOf(text.slice(0, text.length / 2))).toMatchObject({
      message: expect.stringContaining('FILE'),
    });
  });
});
