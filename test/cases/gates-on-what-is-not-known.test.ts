import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, NOWHERE, policy, TUNNELLED, tenantOf } from './exports.ts';

const POLICY_ID = policy().id;

function signIn(id: number, facts: object = {}) {
  const from = { appDisplayName: 'Shop', isInteractive: true, location: { countryOrRegion: 'NL' } };
  return { ...TUNNELLED, ...from, id: `bbbbbbbb-0000-4000-8000-${String(id).padStart(12, '0')}`, ...facts };
}

async function impact(place: Workplace, records: readonly unknown[], ...options: string[]) {
  const file = join(place.folder, 'signins.ndjson');
  writeFileSync(
    file,
    records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'),
  );
  return place.gsa(['impact', file, ...options]);
}

describe('impact --fail-on', () => {
  test.each([
    ['a location that nothing defines', [NOWHERE], `namedLocation ${NOWHERE}`],
    ['the MFA trusted IPs', ['AllTrusted'], 'mfaTrustedIps'],
    ['trusted locations that nobody has seen', ['AllTrusted'], 'namedLocations'],
  ])('fails where %s could block a sign-in, and says for lack of what', async (_, exclude, fact) => {
    const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude })] });
    const run = await impact(place, [signIn(1)], '--fail-on', 'newlyBlocked', '-o', 'json');
    expect(run.exitCode).toBe(1);
    expect(run.json()).toMatchObject({ failed: [], notProven: [{ gate: 'newlyBlocked', signIns: 1, unread: 0 }] });
    const shown = await impact(place, [signIn(1)], '--fail-on', 'stopped');
    expect(shown.exitCode).toBe(1);
    expect(shown.stdout).toContain('not proven');
    expect(shown.stdout).toContain(fact);
  });

  test('passes where everything is known, and fails where it is known that somebody is blocked', async () => {
    const quiet = await tenantOf(
      {
        'policies.json': [
          policy({
            include: ['All'],
            exclude: ['AllTrusted'],
            grantControls: { operator: 'OR', builtInControls: ['mfa'] },
          }),
        ],
      },
      NOTHING_ELSE,
    );
    expect((await impact(quiet, [signIn(1)], '--fail-on', 'newlyBlocked,unknown')).exitCode).toBe(0);
    const loud = await tenantOf(
      { 'l.json': { value: [HQ] }, 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })] },
      NOTHING_ELSE,
    );
    expect((await impact(loud, [signIn(1)], '--fail-on', 'newlyBlocked')).exitCode).toBe(1);
  });

  test.each([
    ['a condition', { conditions: { mystery: { includeThings: ['x'] } } }],
    ['a member of the locations', { conditions: { locations: { includeLocations: ['All'], mystery: ['x'] } } }],
    ['a grant control', { grantControls: { operator: 'OR', builtInControls: ['mystery'] } }],
    ['a session control', { sessionControls: { mystery: { isEnabled: true } } }],
  ])('fails over every sign-in there could be, where nobody documents %s', async (_, part) => {
    const whole = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
    const strange = {
      ...whole,
      ...part,
      conditions: { ...whole.conditions, ...('conditions' in part ? part.conditions : {}) },
    };
    const place = await tenantOf({ 'policies.json': [strange] }, NOTHING_ELSE);
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
    const run = await place.gsa('impact --all --fail-on stopped');
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('which may hang on the address')]);
    expect((await place.gsa('impact --all')).exitCode).toBe(0);
  });

  test.each([
    ['a location that nothing defines', [NOWHERE], NOTHING_ELSE],
    ['the MFA trusted IPs', ['AllTrusted'], '--known namedLocations,users,groups,roleAssignments'],
    ['trusted locations that nobody has seen', ['AllTrusted'], '--mfa-trusted-ips none --known users,groups'],
  ])(
    'fails over every sign-in there could be, where %s may hold one address and not the other',
    async (_, exclude, known) => {
      const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude })] }, known);
      const run = await place.gsa('impact --all --fail-on stopped');
      expect([run.exitCode, run.stdout]).toEqual([1, expect.not.stringContaining('Nothing changes')]);
      writeFileSync(join(place.folder, 'copy.json'), place.bytes());
      const same = await place.gsa('impact --all --with copy.json --fail-on changed');
      expect([same.exitCode, same.stdout]).toEqual([0, expect.stringContaining('Nothing changes')]);
    },
  );

  test('does not fear a class that an unknown sign-in cannot be of', async () => {
    const asking = policy({
      include: ['All'],
      exclude: [NOWHERE],
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    });
    const place = await tenantOf({ 'policies.json': [asking] }, NOTHING_ELSE);
    expect((await impact(place, [signIn(1)], '--fail-on', 'newlyBlocked,newlyDenied')).exitCode).toBe(0);
    expect((await impact(place, [signIn(1)], '--fail-on', 'newlyPrompted')).exitCode).toBe(1);
  });

  test.each([
    ['a record without a time', { ...signIn(2), createdDateTime: undefined }],
    ['a line that is no JSON', '{"id":"bbbbbbbb-0000-4000-8000-000000000002","createdDateTime":'],
    ['a record whose time is none', { ...signIn(2), createdDateTime: 'yesterday' }],
    ['a record that PowerShell cut to a text', '"@{id=bbbbbbbb-0000-4000-8000-000000000002; appId=}"'],
    ['a record that is null', 'null'],
    ['an object that says nothing of what it is', { id: 'bbbbbbbb-0000-4000-8000-000000000002' }],
    [
      'a page whose next page is not there',
      JSON.stringify({ '@odata.context': 'x#auditLogs/signIns', '@odata.nextLink': 'y', value: [signIn(2)] }),
    ],
  ])('fails over %s, which may be of any class', async (_, record) => {
    const place = await tenantOf(
      { 'policies.json': [policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } })] },
      NOTHING_ELSE,
    );
    const run = await impact(place, [signIn(1), record, signIn(3)], '--fail-on', 'newlyBlocked', '-o', 'json');
    expect(run.json()).toMatchObject({ notProven: [{ gate: 'newlyBlocked', unread: 1 }] });
    expect(run.exitCode).toBe(1);
    expect((await impact(place, [signIn(1), record, signIn(3)])).exitCode).toBe(0);
  });

  test.each([
    ['nothing of what the records say', 'failure', []],
    [
      'a policy that this tenant lacks',
      'notApplied',
      [{ id: '11111111-1111-4111-8111-00000000beef', displayName: 'Other', result: 'success' }],
    ],
    [
      'half of what the records say',
      'failure',
      [{ id: '11111111-1111-4111-8111-00000000beef', displayName: 'Other', result: 'success' }],
    ],
  ])('fails where gsa agrees with the records on less than is asked for: %s', async (_, result, others) => {
    const place = await tenantOf({ 'policies.json': [policy({ state: 'disabled' })] }, NOTHING_ELSE);
    const record = signIn(1, {
      appliedConditionalAccessPolicies: [
        { id: POLICY_ID, displayName: 'Block outside', result, enforcedGrantControls: ['Block'] },
        ...others,
      ],
    });
    const run = await impact(place, [record], '--fail-on', 'newlyBlocked');
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('--minimum-agreement');
    expect((await impact(place, [record], '--fail-on', 'newlyBlocked', '--minimum-agreement', '0')).exitCode).toBe(0);
    expect((await impact(place, [record])).exitCode).toBe(0);
  });

  test('fails where a share is asked for and no record says anything of policies', async () => {
    const place = await tenantOf({ 'policies.json': [policy({ state: 'disabled' })] }, NOTHING_ELSE);
    expect((await impact(place, [signIn(1)], '--fail-on', 'newlyBlocked', '--minimum-agreement', '50')).exitCode).toBe(
      1,
    );
    expect((await impact(place, [signIn(1)], '--fail-on', 'newlyBlocked')).exitCode).toBe(0);
  });
});

test('impact counts nobody as newly blocked where nobody is tunnelled, and says why', async () => {
  const files = { 'l.json': { value: [HQ] }, 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })] };
  const place = await tenantOf(files, `${NOTHING_ELSE} --onboarding-status offboarded`);
  const run = await impact(place, [signIn(1)], '--fail-on', 'newlyBlocked');
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain('nobody comes through Global Secure Access');
});

describe('gsa test', () => {
  const suite = (tests: string) => `suite: open\ntenant: ./policies.json\ntests:\n${tests}`;

  test.each([
    [
      'an outcome',
      '  - { name: granted, signaling: disabled, signIn: { user: a0000000-0000-4000-8000-000000000001, app: 00000003-0000-0000-c000-000000000000, path: direct, from: 198.51.100.7 }, expect: { outcome: granted } }',
    ],
    [
      'what hangs on signaling',
      '  - { name: nothing hangs on it, dependencies: { of: signaling=disabled, equal: [] } }',
    ],
    [
      'an invariant',
      '  - { name: nobody is blocked, invariant: { for: { users: [a0000000-0000-4000-8000-000000000001], apps: [00000003-0000-0000-c000-000000000000], addresses: [198.51.100.7], paths: [direct] }, never: { outcome: blocked } } }',
    ],
  ])('is not green on %s that hangs on a location that nothing defines', async (_, text) => {
    const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude: [NOWHERE] })] });
    const file = join(place.folder, 'a.gsatest.yaml');
    writeFileSync(file, suite(text));
    const run = await place.gsa(['test', file]);
    expect([run.exitCode, run.stdout + run.stderr]).toEqual([1, expect.any(String)]);
  });
});
