import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, NOWHERE, policy, TUNNELLED, tenantOf } from './exports.ts';

const MFA = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
const SWITCH = ['PATCH', '/beta/networkAccess/settings/conditionalAccess', { signalingStatus: 'disabled' }] as const;
const POLICIES = '/v1.0/identity/conditionalAccess/policies';
const BLOCK = { ...policy({ displayName: 'New block' }), id: undefined, createdDateTime: undefined };

type Request = readonly [method: string, path: string, body?: object];

/** A script that signs in and sends each request, whatever is answered. */
function script(...requests: readonly Request[]): string[] {
  const code = `
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'x' });
    const login = await fetch('https://login.microsoftonline.com/t/oauth2/v2.0/token', { method: 'POST', body: form });
    const authorization = 'Bearer ' + (await login.json()).access_token;
    for (const [method, path, body] of ${JSON.stringify(requests)}) {
      const headers = { authorization, 'content-type': 'application/json' };
      await fetch('https://graph.microsoft.com' + path, { method, headers, body: JSON.stringify(body) });
    }`;
  return ['--', process.execPath, '--input-type=module', '-e', code];
}

async function withUnseenPolicies(): Promise<Workplace> {
  const place = await tenantOf({ 'l.json': { value: [HQ] } }, NOTHING_ELSE);
  await place.gsa('tenant set --not-known policies');
  return place;
}

function file(place: Workplace, name: string, content: unknown): string {
  const path = join(place.folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('policies that nobody has seen', () => {
  test('keep a served switch from being made, as the command line keeps it', async () => {
    const place = await withUnseenPolicies();
    const before = place.bytes();
    const run = await place.gsa(['rehearse', ...script(SWITCH)]);
    expect([run.exitCode, run.stdout, place.bytes()]).toEqual([1, expect.stringContaining('came to nothing'), before]);
    const allowed = await place.gsa(['rehearse', '--allow', ...script(SWITCH)]);
    expect([allowed.exitCode, allowed.stdout]).toEqual([
      1,
      expect.stringContaining('policies of the tenant are known'),
    ]);
  });

  const OUTSIDE = ['--user', 'ada@contoso.com', '--app', 'Office 365 SharePoint Online', '--source-ip', '198.51.100.7'];

  test('leave a supposed sign-in unknown, unless one that is known blocks it', async () => {
    const place = await tenantOf({ 'l.json': { value: [HQ] } }, '--mfa-trusted-ips none');
    const asked = file(
      place,
      'asked.csv',
      'user,app,source-ip\nada@contoso.com,Office 365 SharePoint Online,198.51.100.7\n',
    );
    const story = await place.gsa(['whatif', ...OUTSIDE, '-o', 'json']);
    expect(story.json()).toMatchObject({ outcome: 'unknown', decidedBy: [], missing: ['policies'] });
    expect((await place.gsa(['whatif', ...OUTSIDE])).stdout).toMatch(
      /unknown, for want of policies[\s\S]*No policy is known/,
    );
    const answers = (await place.gsa(['whatif', '--from', asked, '-o', 'json'])).json();
    expect(answers['value']).toMatchObject([{ outcome: 'unknown', missing: ['policies'] }]);
    await place.gsa(['import', file(place, 'block.json', [policy()])]);
    await place.gsa('tenant set --not-known policies');
    const blocked = (await place.gsa(['whatif', ...OUTSIDE, '-o', 'json'])).json();
    expect(blocked).toMatchObject({ outcome: 'blocked', missing: [] });
  });

  test('are told wherever what is known is listed or judged', async () => {
    const place = await withUnseenPolicies();
    const signIns = file(place, 's.json', [TUNNELLED]);
    for (const words of [
      ['policy', 'list'],
      ['replay', signIns, '--dry-run'],
      ['replay', signIns],
      ['impact', signIns],
    ])
      expect((await place.gsa(words)).stderr, words.join(' ')).toContain('not all policies are known');
    expect((await place.gsa('policy list')).stdout).toContain('no policies that are known');
    await place.gsa('tenant set --known policies --not-known namedLocations');
    expect((await place.gsa('policy list')).stdout).toContain('The tenant has no policies.');
    expect((await place.gsa('policy list')).stderr).toBe('');
    expect((await place.gsa('location list')).stderr).toContain('not all named locations are known');
  });

  test.each([
    'policy diff copy.json tenant.json --fail-on changed',
    'policy diff tenant.json copy.json --fail-on changed',
    'impact --all --with copy.json --fail-on changed',
    'signaling disable --suggest',
    'signaling disable --keep-policies --dry-run --budget people=0',
    'check --gaps --fail-on error',
    'policy list --by reach',
  ])('keep from being proved: %s', async (words) => {
    const place = await tenantOf({ 'policies.json': [MFA] }, NOTHING_ELSE);
    const known = place.bytes();
    await place.gsa('tenant set --not-known policies');
    file(place, 'copy.json', place.bytes());
    if (words.includes('copy')) writeFileSync(place.tenant, known);
    const run = await place.gsa(words);
    expect([run.exitCode, run.stdout]).toEqual([3, expect.not.stringContaining('proved')]);
  });

  test.each([
    ['all', 'all: { change: { signaling: disabled }, never: [stopped] }'],
    ['an invariant', 'invariant: { for: { users: [ada@contoso.com] }, never: { outcome: blocked } }'],
    ['dependencies', 'dependencies: { of: signaling, equal: [] }'],
    [
      'a case',
      'signIn: { user: ada@contoso.com, app: Office 365 SharePoint Online, from: 203.0.113.10, via: direct }\n    expect: { outcome: granted }',
    ],
  ])('keep a test from passing: %s', async (_, body) => {
    const place = await tenantOf({ 'policies.json': [MFA] }, NOTHING_ELSE);
    const [ada] = [{ id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' }];
    await place.gsa(['import', file(place, 'users.json', { '@odata.context': 'x#users', value: [ada] })]);
    await place.gsa(['policy', 'set-state', 'Block outside', 'disabled', '--yes']);
    file(place, 'a.gsatest.yaml', `suite: x\ntests:\n  - name: x\n    ${body}\n`);
    const passed = await place.gsa('test a.gsatest.yaml');
    await place.gsa('tenant set --not-known policies');
    const { exitCode } = await place.gsa('test a.gsatest.yaml');
    expect([passed.exitCode, exitCode]).toEqual([0, 1]);
  });
});

test.each([
  ['a location that nothing defines', policy({ include: ['All'], exclude: [NOWHERE] })],
  ['a condition that nobody documents', policy({ conditions: { mystery: { includeThings: ['x'] } } })],
  ['a control that nobody documents', policy({ grantControls: { operator: 'OR', builtInControls: ['mystery'] } })],
])('a test over every sign-in does not pass over %s', async (_, open) => {
  const place = await tenantOf({ 'policies.json': [open] }, NOTHING_ELSE);
  file(
    place,
    'a.gsatest.yaml',
    'suite: x\ntests:\n  - name: x\n    all: { change: { signaling: disabled }, never: [stopped] }\n',
  );
  expect((await place.gsa('test a.gsatest.yaml')).exitCode).toBe(1);
  expect((await place.gsa('signaling disable --keep-policies --dry-run --budget people=0')).exitCode).toBe(3);
});

test('a policy whose name neither tenant has is a slip, and not an answer', async () => {
  const place = await tenantOf({ 'policies.json': [MFA] }, NOTHING_ELSE);
  const run = await place.gsa('impact --all --policy Typo --fail-on stopped');
  expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining('Typo')]);
});

describe('a rehearsal', () => {
  const logged = async (...records: readonly object[]) => {
    const place = await tenantOf({ 'policies.json': [MFA] }, NOTHING_ELSE);
    if (records.length > 0) {
      const path = file(place, 's.ndjson', records.map((record) => JSON.stringify(record)).join('\n'));
      expect((await place.gsa(['replay', path])).exitCode).toBe(0);
    }
    return place;
  };
  const post: Request = ['POST', POLICIES, BLOCK];
  const remove: Request = ['DELETE', `${POLICIES}/${MFA.id}`];

  test.each([
    ['a log in which no sign-in reached a policy', [{ ...TUNNELLED, status: { errorCode: 50126 } }], post, 'stopped'],
    ['an empty log, where whoever is stopped is asked for', [], post, 'stopped'],
    ['an empty log, where one class is asked for', [], post, 'newlyBlocked'],
    ['an empty log, where what becomes looser is asked for', [], remove, 'lessProtected'],
    [
      'records that contradict each other',
      [TUNNELLED, { ...TUNNELLED, ipAddress: '198.51.100.9' }],
      remove,
      'newlyBlocked',
    ],
  ] as const)('is not green over %s', async (_, records, request, gate) => {
    const place = await logged(...records);
    expect((await place.gsa(['rehearse', '--fail-on', gate, ...script(request)])).exitCode).toBe(1);
  });

  test('is green where the log tells that nobody is stopped', async () => {
    const place = await logged(TUNNELLED);
    expect((await place.gsa(['rehearse', '--fail-on', 'stopped', ...script(remove)])).exitCode).toBe(0);
  });

  test.each(['stopped', 'newlyBlocked'])(
    'is not green for %s where it is not known what an allowed switch does',
    async (gate) => {
      const place = await tenantOf(
        { 'policies.json': [policy({ include: ['All'], exclude: [NOWHERE] })] },
        NOTHING_ELSE,
      );
      expect((await place.gsa(['rehearse', '--allow', '--fail-on', gate, ...script(SWITCH)])).exitCode).toBe(1);
    },
  );
});
