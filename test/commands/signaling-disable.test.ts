import { describe, expect, test } from 'vitest';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

const dependents = (run: CommandRun) =>
  (run.json()['dependentPolicies'] as { id: string; displayName: string; effects: string[] }[]).map(
    ({ displayName }) => displayName,
  );

async function signalingOf(place: Workplace): Promise<unknown> {
  return (await place.gsa('signaling status -o json')).json()['signalingStatus'];
}

describe('gsa signaling disable, without a terminal', () => {
  test('refuses with exit 3, lists every dependent that enforces, and writes nothing', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable -o json');
    expect(run.exitCode).toBe(3);
    expect(run.json()).toMatchObject({
      schemaVersion: 1,
      signalingStatus: { from: 'enabled', to: 'disabled' },
      applied: false,
    });
    expect(dependents(run)).toContain('CA003 Block Finance outside trusted locations');
    expect(dependents(run)).not.toContain('CA014 Block everything outside headquarters');
    expect(run.stderr).toContain('--report-only-policies');
    expect(place.bytes()).toBe(before);
  });

  test('a piped yes is no consent', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable', { stdin: 'y\n' });
    expect(run.exitCode).toBe(3);
    expect(place.bytes()).toBe(before);
  });

  test('--yes alone chooses nothing', async () => {
    const place = await contoso();
    expect((await place.gsa('signaling disable --yes')).exitCode).toBe(3);
    expect(await signalingOf(place)).toBe('enabled');
  });

  test('--keep-policies switches and leaves every policy as it is', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --keep-policies -o json');
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({ applied: true, deletedPolicies: [], reportOnlyPolicies: [] });
    expect(await signalingOf(place)).toBe('disabled');
  });

  test('--report-only-policies switches the dependents to report-only and then signaling, in one write', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --report-only-policies -o json');
    expect(run.exitCode).toBe(0);
    const changed = run.json()['reportOnlyPolicies'] as string[];
    expect(changed).toHaveLength(dependents(run).length);
    const document = JSON.parse(place.bytes());
    expect(document.serial).toBe(2);
    const states = new Map(
      document.tenant.policies.map((policy: { id: string; state: string }) => [policy.id, policy.state]),
    );
    for (const id of changed) expect(states.get(id)).toBe('enabledForReportingButNotEnforced');
  });

  test('--delete-policies wants --yes', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable --delete-policies');
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('--yes');
    expect(place.bytes()).toBe(before);
  });

  test('--delete-policies --yes deletes the dependents softly and switches, in one write', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --delete-policies --yes -o json');
    expect(run.exitCode).toBe(0);
    const document = JSON.parse(place.bytes());
    expect(document.serial).toBe(2);
    expect(document.tenant.deletedItems.policies.map(({ id }: { id: string }) => id).sort()).toEqual(
      [...(run.json()['deletedPolicies'] as string[])].sort(),
    );
    expect(document.tenant.globalSecureAccess.conditionalAccess.signalingStatus).toBe('disabled');
  });

  test('named policies are exactly those, and it refuses when others would remain', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa([
      ...['signaling', 'disable', '--yes', '--delete-policies'],
      'CA003 Block Finance outside trusted locations',
    ]);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('CA004 Require MFA outside trusted locations');
    expect(place.bytes()).toBe(before);
  });

  test('a name that no policy has is an error with a near name', async () => {
    const place = await contoso();
    const run = await place.gsa([
      'signaling',
      'disable',
      '--delete-policies',
      'CA003 Block Finance outside trusted loctaions',
      '--yes',
    ]);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('did you mean `CA003 Block Finance outside trusted locations`');
  });

  test('two remedies at once are a usage error', async () => {
    const place = await contoso();
    expect((await place.gsa('signaling disable --keep-policies --delete-policies')).exitCode).toBe(2);
  });

  test('disabled already: says so, exit 0, writes nothing', async () => {
    const place = await contoso();
    await place.gsa('signaling disable --keep-policies');
    const before = place.bytes();
    const run = await place.gsa('signaling disable');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('already disabled');
    expect(place.bytes()).toBe(before);
  });
});

describe('gsa signaling disable --dry-run', () => {
  test.each([
    ['of the sample', 'init', 'add one of these to see the plan', '--dry-run beside one of these shows the plan'],
    [
      'whose policies nobody has seen',
      'init --empty --created 2025-07-01',
      'with --keep-policies; add it to see the plan',
      'with --keep-policies; --dry-run beside it shows the plan',
    ],
    [
      'of which nobody said whether signaling is enabled',
      'init --empty',
      'with --keep-policies; add it to see the plan',
      'with --keep-policies; --dry-run beside it shows the plan',
    ],
  ])('in a tenant %s says what is lacking for a plan, and not what was just typed', async (_, init, dry, real) => {
    const place = workplace();
    await place.gsa(init);
    const asked = await place.gsa('signaling disable --dry-run');
    expect([asked.exitCode, asked.stderr]).toEqual([3, expect.stringContaining(dry)]);
    expect(asked.stderr).not.toContain('--dry-run');
    const run = await place.gsa('signaling disable --no-input');
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining(real)]);
  });

  test('with an answer that does not go for policies nobody has seen says which does', async () => {
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01');
    const run = await place.gsa('signaling disable --dry-run --report-only-policies');
    expect([run.exitCode, run.stderr]).toEqual([3, expect.stringContaining('--keep-policies; add it to see the plan')]);
  });

  test.each([
    ['signaling disable', 3],
    ['signaling disable --keep-policies', 0],
    ['signaling disable --report-only-policies', 0],
    ['signaling disable --delete-policies', 3],
    ['signaling disable --delete-policies --yes', 0],
  ])('%s exits as the real run, with the same plan, and writes nothing', async (line, exitCode) => {
    const place = await contoso();
    const before = place.bytes();
    const dry = await place.gsa(`${line} --dry-run -o json`);
    expect(place.bytes()).toBe(before);
    const real = await place.gsa(`${line} -o json`);
    expect([dry.exitCode, real.exitCode]).toEqual([exitCode, exitCode]);
    const plan = (run: CommandRun) => ({ ...run.json(), applied: undefined, dryRun: undefined });
    expect(plan(dry)).toEqual(plan(real));
  });
});

describe('gsa signaling disable, asked on a terminal', () => {
  test('cancel changes nothing, exit 3', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable', { answers: ['cancel'], columns: 200 });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('CA003 Block Finance outside trusted locations');
    expect(place.bytes()).toBe(before);
  });

  test.each([
    ['never', false],
    ['always', true],
  ])('the warning follows --color %s', async (when, coloured) => {
    const place = await contoso();
    const run = await place.gsa(`signaling disable --color ${when}`, { answers: ['cancel'], columns: 200 });
    expect(run.stderr.includes('\u001b[')).toBe(coloured);
  });

  test('keeping the policies wants a second confirmation', async () => {
    const place = await contoso();
    expect((await place.gsa('signaling disable', { answers: ['keep', false] })).exitCode).toBe(3);
    expect(await signalingOf(place)).toBe('enabled');
    expect((await place.gsa('signaling disable', { answers: ['keep', true] })).exitCode).toBe(0);
    expect(await signalingOf(place)).toBe('disabled');
  });

  test('delete first', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable -o json', { answers: ['delete', true] });
    expect(run.exitCode).toBe(0);
    expect(run.json()['deletedPolicies']).toHaveLength(5);
  });

  test('policy by policy: each as ticked, and deleting and keeping are confirmed', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable -o json', {
      answers: ['choose', ['CA004', 'CA009'], ['CA003'], true, true],
    });
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({ applied: true, asked: true });
    expect(run.json()['deletedPolicies']).toHaveLength(1);
    expect(run.json()['reportOnlyPolicies']).toHaveLength(2);
    expect(place.asked).toEqual([
      'What should happen to them?',
      'Switch which to report-only?',
      'Delete which of the others?',
      'Delete 1 policy? They can be restored for 30 days.',
      '6 policies will enforce on the proxy’s address. Disable all the same?',
    ]);
  });

  test.each([
    ['at the deletion', [['CA004'], ['CA003'], false]],
    ['at the keeping', [['CA004'], ['CA003'], true, false]],
    ['with nothing ticked', [[], [], false]],
  ])('a no %s changes nothing', async (_where, answers) => {
    const place = await contoso();
    const before = place.bytes();
    expect((await place.gsa('signaling disable', { answers: ['choose', ...answers] })).exitCode).toBe(3);
    expect(place.bytes()).toBe(before);
  });

  test('--no-input never asks', async () => {
    const place = await contoso();
    expect((await place.gsa('signaling disable --no-input', { answers: ['delete'] })).exitCode).toBe(3);
    expect(place.asked).toEqual([]);
  });
});

describe('who may switch', () => {
  test('somebody without the right is refused with exit 5 before anything is asked, and the least role is named', async () => {
    const place = await contoso();
    const before = place.bytes();
    const run = await place.gsa('signaling disable --as diego.siciliani@contoso.com', { answers: ['keep', true] });
    expect(run.exitCode).toBe(5);
    expect(run.stderr).toContain('Global Secure Access Administrator');
    expect(place.asked).toEqual([]);
    expect(place.bytes()).toBe(before);
  });

  test('a Global Secure Access Administrator may switch but not delete', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --delete-policies --yes --as adele.vance@contoso.com');
    expect(run.exitCode).toBe(5);
    expect(run.stderr).toContain('Conditional Access Administrator');
    expect((await place.gsa('signaling disable --keep-policies --as adele.vance@contoso.com')).exitCode).toBe(0);
  });

  test('one who may not delete is offered only what they may do', async () => {
    const place = await contoso();
    await expect(
      place.gsa('signaling disable --as adele.vance@contoso.com', { answers: ['delete'] }),
    ).resolves.toMatchObject({ exitCode: 70 });
    expect(
      (await place.gsa('signaling disable --as adele.vance@contoso.com', { answers: ['keep', true] })).exitCode,
    ).toBe(0);
  });

  test('a name that is nobody of the tenant is refused', async () => {
    const place = await contoso();
    const run = await place.gsa('signaling disable --keep-policies', { env: { GSA_AS: 'nobody@contoso.com' } });
    expect(run.exitCode).toBe(5);
  });
});

describe('taking it back', () => {
  test('gsa undo brings back policies and signaling as they were', async () => {
    const place = await contoso();
    const before = JSON.parse(place.bytes()).tenant;
    await place.gsa('signaling disable --delete-policies --yes');
    const run = await place.gsa('undo');
    expect(run.exitCode).toBe(0);
    const after = JSON.parse(place.bytes()).tenant;
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect({ ...after, policies: [...after.policies].sort(byId) }).toEqual({
      ...before,
      policies: [...before.policies].sort(byId),
    });
  });

  test('an undo that would lose a later change is refused', async () => {
    const place = await contoso();
    await place.gsa('signaling disable --report-only-policies');
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'disabled']);
    const before = place.bytes();
    const run = await place.gsa('undo 2');
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain('would be lost');
    expect(place.bytes()).toBe(before);
  });

  test('deleted policies come back in report-only unless told otherwise', async () => {
    const place = await contoso();
    await place.gsa('signaling disable --delete-policies --yes');
    await place.gsa(['policy', 'restore', 'CA003 Block Finance outside trusted locations']);
    await place.gsa(['policy', 'restore', 'CA004 Require MFA outside trusted locations', '--state', 'enabled']);
    const states = new Map(
      JSON.parse(place.bytes()).tenant.policies.map((policy: { displayName: string; state: string }) => [
        policy.displayName,
        policy.state,
      ]),
    );
    expect(states.get('CA003 Block Finance outside trusted locations')).toBe('enabledForReportingButNotEnforced');
    expect(states.get('CA004 Require MFA outside trusted locations')).toBe('enabled');
  });

  test('after 30 days nothing can be restored', async () => {
    const place = await contoso();
    await place.gsa('signaling disable --delete-policies --yes');
    const run = await place.gsa(['policy', 'restore', 'CA003 Block Finance outside trusted locations'], {
      now: '2026-02-15T09:00:01Z',
    });
    expect(run.exitCode).toBe(3);
    expect(run.stdout).toContain('30 days');
  });

  test('every step is in the audit journal with the old and the new value', async () => {
    const place = await contoso();
    await place.gsa('signaling disable --delete-policies --yes');
    const [newest] = (await place.gsa('audit -o json')).json()['value'] as {
      activityDisplayName: string;
      targetResources: { modifiedProperties: { displayName: string; oldValue: string; newValue: string }[] }[];
    }[];
    expect(newest?.activityDisplayName).toBe('Update Adaptive Access Policy');
    expect(JSON.stringify(newest?.targetResources)).toContain('enabled');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  });
});
