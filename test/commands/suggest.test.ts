import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SuggestionReport } from '../../src/output/reports/proof/suggestion.ts';
import { HQ, NOTHING_ELSE, NOWHERE, policy, TUNNELLED, tenantOf } from '../cases/exports.ts';
import { workplace } from '../support/in-process.ts';

const OUTSIDE = { include: ['All'], exclude: [HQ.id] };
const ELSEWHERE = '44444444-4444-4444-8444-000000000001';
const ADA = { id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' };
const USERS = { '@odata.context': 'x#users', value: [ADA] };

function reaching(users: object) {
  return policy({ ...OUTSIDE, conditions: { users } });
}

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('gsa signaling disable --suggest', () => {
  test.each([
    '--budget people=1',
    '--keep-policies',
    '--report-only-policies CA007',
    '--delete-policies',
    '--save plan.json',
  ])('refuses %s, of which nobody would hear as nothing is switched', async (option) => {
    const { gsa, bytes } = await contoso();
    const untouched = bytes();
    const refused = await gsa(`signaling disable --suggest --apply --yes ${option}`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`${option.split(' ')[0]} and --suggest at once`);
    expect(bytes()).toBe(untouched);
  });

  test('gives edits after which the switch is proved to stop nobody newly, as a file to import', async () => {
    const { gsa, bytes } = await contoso();
    const untouched = bytes();
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
    const report = (await gsa('signaling disable --suggest fix.json -o json')).json() as unknown as SuggestionReport;
    expect(report.edits.length).toBeGreaterThan(3);
    expect(bytes()).toBe(untouched);
    expect((await gsa('import fix.json')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(0);
  });

  test('needs every edit: without any of them somebody is newly stopped', async () => {
    const { gsa, folder } = await contoso();
    await gsa('signaling disable --suggest fix.json');
    const objects = JSON.parse(readFileSync(join(folder, 'fix.json'), 'utf8')) as {
      readonly id: string;
      readonly conditions?: object;
    }[];
    const { writeFileSync } = await import('node:fs');
    for (const left of objects.filter(({ conditions }) => conditions !== undefined)) {
      writeFileSync(join(folder, 'less.json'), JSON.stringify(objects.filter((object) => object !== left)));
      const run = await gsa('impact --all --with less.json --of signaling=disabled --fail-on stopped');
      expect(run.exitCode).toBe(1);
    }
  });

  test('names what the edits open: whoever comes from behind the shared egress', async () => {
    const { gsa } = await contoso();
    const report = (await gsa('signaling disable --suggest -o json')).json() as unknown as SuggestionReport;
    for (const { opens } of report.edits)
      expect(opens.map(({ from }) => from.join()).join()).toMatch(/behind the shared egress/);
    expect(report.opens.length).toBeGreaterThan(0);
  });

  test('--apply makes the edits as an ordinary change that can be undone, and leaves signaling on', async () => {
    const { gsa } = await contoso();
    expect((await gsa('signaling disable --suggest --apply --dry-run')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
    expect((await gsa('signaling disable --suggest --apply --yes')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(0);
    expect((await gsa('signaling status -o json')).json()).toMatchObject({ signalingStatus: 'enabled' });
    expect((await gsa('undo --yes')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on stopped')).exitCode).toBe(1);
  });

  test('says so where nothing has to be mended', async () => {
    const { gsa } = await contoso();
    await gsa('signaling disable --keep-policies');
    expect((await gsa('signaling disable --suggest')).stdout).toMatch(/^Nothing to mend/m);
  });
});

describe('gsa signaling disable --budget', () => {
  test('refuses when more people than that may be newly stopped, and writes nothing', async () => {
    const { gsa, bytes } = await contoso();
    const before = bytes();
    const refused = await gsa('signaling disable --keep-policies --budget people=5');
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(/17 people may be newly stopped/);
    expect(bytes()).toBe(before);
    expect((await gsa('signaling disable --keep-policies --budget people=17')).exitCode).toBe(0);
  });

  test('counts whom the switch stops once policies are treated, and not those who are let go', async () => {
    const { gsa } = await contoso();
    const treated = 'signaling disable --report-only-policies --yes --dry-run';
    expect((await gsa(`${treated} --budget people=0`)).exitCode).toBe(0);
    const partly = [
      '--report-only-policies',
      'CA003 Block Finance outside trusted locations',
      '--keep-policies',
      '--yes',
    ];
    const run = await gsa(['signaling', 'disable', ...partly, '--dry-run', '--budget', 'people=0']);
    expect([run.exitCode, run.stderr]).toEqual([3, expect.not.stringContaining('  CA003')]);
  });

  test('tells nobody whom it would stop who may not switch at all', async () => {
    const { gsa } = await contoso();
    const refused = await gsa('signaling disable --keep-policies --budget people=0 --as joni.sherman@contoso.com');
    expect([refused.exitCode, refused.stderr]).toEqual([5, expect.not.stringContaining('newly stopped')]);
  });

  const guests = (guestOrExternalUserTypes: string, homes: object) => ({
    includeUsers: [],
    includeGuestsOrExternalUsers: { guestOrExternalUserTypes, externalTenants: homes },
  });
  const ANY_HOME = { '@odata.type': '#microsoft.graph.conditionalAccessAllExternalTenants', membershipKind: 'all' };
  const ONE_HOME = {
    '@odata.type': '#microsoft.graph.conditionalAccessEnumeratedExternalTenants',
    membershipKind: 'enumerated',
    members: ['99999999-9999-4999-8999-999999999999'],
  };

  test.each([
    ['guests of any other tenant', guests('b2bCollaborationGuest', ANY_HOME)],
    ['members from another tenant', guests('b2bCollaborationMember,b2bDirectConnectUser', ANY_HOME)],
    ['service providers of one tenant', guests('serviceProvider', ONE_HOME)],
    ['all but those of the directory', { includeUsers: ['All'], excludeUsers: [ADA.id] }],
  ])('is not held where nobody can count whom it stops: %s', async (_, users) => {
    const place = await tenantOf(
      { 'l.json': [HQ], 'p.json': [reaching(users)], 'users.json': USERS },
      `${NOTHING_ELSE} --known policies`,
    );
    const untouched = place.bytes();
    for (const people of [0, 1000]) {
      const refused = await place.gsa(`signaling disable --keep-policies --budget people=${people}`);
      expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringMatching(/people of other tenants.*Block/s)]);
    }
    expect(place.bytes()).toBe(untouched);
  });

  test('counts the people of the directory where a policy stops guests beside them, and no workload identities', async () => {
    const everybody = reaching({ includeUsers: ['All'] });
    const place = await tenantOf(
      { 'l.json': [HQ], 'p.json': [everybody], 'users.json': USERS },
      `${NOTHING_ELSE} --known policies`,
    );
    expect((await place.gsa('signaling disable --keep-policies --dry-run --budget people=1')).exitCode).toBe(0);
    const { gsa } = await contoso();
    const payroll = ['policy', 'set-state', 'CA012', 'enabled', '--yes'];
    const others = ['CA003', 'CA005', 'CA006', 'CA007', 'CA008', 'CA010'].map(
      (name) => `policy set-state ${name} disabled --yes`,
    );
    for (const words of [payroll, ...others]) expect((await gsa(words)).exitCode).toBe(0);
    expect((await gsa('impact --all')).stdout).toMatch(/CA012[^\n]*newly blocked/);
    expect((await gsa('signaling disable --keep-policies --dry-run --budget people=0')).exitCode).toBe(0);
  });

  test('a plan tells how many people it may newly stop', async () => {
    const { gsa } = await contoso();
    expect((await gsa('signaling disable --keep-policies --dry-run')).stderr).toMatch(/17 people may be newly stopped/);
  });
});

/** What is not known of the policies of a tenant, so that nobody knows whom the switch stops. */
const NOT_KNOWN: readonly (readonly [string, object])[] = [
  ['a group that was not exported', reaching({ includeGroups: [ELSEWHERE] })],
  ['a role by its name', reaching({ includeRoles: ['Global Administrator'] })],
  ['a location that nothing defines', policy({ include: ['All'], exclude: [NOWHERE] })],
  [
    'a control that nobody documents',
    policy({ ...OUTSIDE, grantControls: { operator: 'OR', builtInControls: ['x'] } }),
  ],
  ['controls that were lost', policy({ ...OUTSIDE, grantControls: { operator: 'OR', builtInControls: null } })],
  ['a condition that nobody documents', policy({ ...OUTSIDE, conditions: { weather: { includeWeather: ['rain'] } } })],
  ['a session control that nobody documents', policy({ sessionControls: { telepathy: { isEnabled: true } } })],
];

describe('a fix for what is not known is none:', () => {
  test.each(NOT_KNOWN)('%s', async (_, unknown) => {
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [unknown] }, `${NOTHING_ELSE} --known policies`);
    const untouched = place.bytes();
    for (const asked of ['signaling disable --suggest', 'impact --all --suggest']) {
      const run = await place.gsa(asked);
      expect([run.exitCode, run.stdout]).toEqual([1, expect.not.stringMatching(/Nothing to mend|proved over/)]);
    }
    expect((await place.gsa('signaling disable --suggest --apply --yes')).exitCode).toBe(3);
    expect(place.bytes()).toBe(untouched);
  });

  test('whether signaling is enabled', async () => {
    const place = workplace();
    await place.gsa('init --empty --name Contoso --created 2024-01-01');
    await place.gsa(`tenant set ${NOTHING_ELSE} --known policies`);
    for (const asked of [
      'signaling disable --suggest',
      'signaling disable --suggest --apply',
      'impact --all --suggest',
    ])
      expect((await place.gsa(asked)).exitCode).toBe(3);
  });

  test('beside edits for what is known', async () => {
    const known = { ...policy(OUTSIDE), id: '11111111-1111-4111-8111-0000000000aa', displayName: 'Known' };
    const files = { 'l.json': [HQ], 'p.json': [known, reaching({ includeGroups: [ELSEWHERE] })] };
    const place = await tenantOf(files, `${NOTHING_ELSE} --known policies`);
    const run = await place.gsa('signaling disable --suggest');
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringMatching(/1 edit after which it is known of nobody/)]);
    const untouched = place.bytes();
    const applied = await place.gsa('signaling disable --suggest --apply --yes');
    expect([applied.exitCode, applied.stderr]).toEqual([3, expect.stringMatching(/not proved.*--suggest <file>/s)]);
    expect(place.bytes()).toBe(untouched);
  });
});
