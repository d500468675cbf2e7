import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

/** A script in JavaScript: signs in, and sends each request; ends with the last status where that is a refusal. */
function script(...requests: readonly (readonly [method: string, path: string, body?: object])[]): string[] {
  const code = `
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'hush' });
    const login = await fetch('https://login.microsoftonline.com/t/oauth2/v2.0/token', { method: 'POST', body: form });
    const { access_token } = await login.json();
    for (const [method, path, body] of ${JSON.stringify(requests)}) {
      const headers = { authorization: 'Bearer ' + access_token, 'content-type': 'application/json' };
      const sent = await fetch('https://graph.microsoft.com' + path, { method, headers, body: JSON.stringify(body) });
      if (!sent.ok) process.exitCode = 7;
    }`;
  return ['rehearse', '--save', 'plan.json', '--', process.execPath, '--input-type=module', '-e', code];
}

const SETTINGS = '/beta/networkAccess/settings/conditionalAccess';
const SWITCH = ['PATCH', SETTINGS, { signalingStatus: 'disabled' }] as const;

test('a script whose switch stops people is refused with exit 3, and the tenant stays as it was', async () => {
  const place = workplace();
  await place.gsa('init');
  const before = place.bytes();
  const run = await place.gsa([...script(SWITCH).toSpliced(1, 0, '-o', 'json')]);
  expect(run.exitCode).toBe(3);
  const { refused, steps, exitCode } = run.json() as {
    refused: { displayName: string }[];
    steps: unknown[];
    exitCode: number;
  };
  expect(refused.map(({ displayName }) => displayName)).toContain('CA003 Block Finance outside trusted locations');
  expect([steps, exitCode, place.bytes()]).toEqual([[], 7, before]);
});

test('the same script, mended, is green, and its plan is saved; the tenant stays as it was', async () => {
  const place = workplace();
  await place.gsa('init');
  const before = place.bytes();
  const ids = JSON.parse(before).tenant.policies.map(({ id }: { id: string }) => id);
  const mends = ids.map(
    (id: string) => ['PATCH', `/v1.0/identity/conditionalAccess/policies/${id}`, { state: 'disabled' }] as const,
  );
  const run = await place.gsa(script(...mends, SWITCH));
  expect([run.exitCode, place.bytes()]).toEqual([0, before]);
  const plan = readFileSync(join(place.folder, 'plan.json'), 'utf8');
  expect(JSON.parse(plan).steps).toHaveLength(ids.length + 1);
  expect(plan + run.stdout + run.stderr).not.toContain('hush');
});

test('a policy that begins to enforce is not green where no sign-in tells whom it stops', async () => {
  const place = workplace();
  await place.gsa('init');
  const policy = {
    displayName: 'Block',
    state: 'enabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
  const run = await place.gsa(script(['POST', '/v1.0/identity/conditionalAccess/policies', policy]));
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain('no sign-in is logged');
});

test('a saved plan that apply would refuse says so, with the option that takes it', async () => {
  const place = workplace();
  await place.gsa('init');
  const policy = (state: string) => ({
    displayName: 'Block',
    state,
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  const route = '/v1.0/identity/conditionalAccess/policies';
  const harmless = await place.gsa(script(['POST', route, policy('disabled')]));
  expect(harmless.stderr).toContain('nothing was written but the plan; `gsa apply plan.json --yes` makes it');
  expect(harmless.stderr).not.toContain('--force');
  const run = await place.gsa(script(['POST', route, policy('enabled')]));
  expect(run.stderr).toContain(
    '`gsa apply plan.json --force --yes` makes it, and only with --force: `Block` would stop',
  );
  expect((await place.gsa('apply plan.json --yes')).exitCode).toBe(3);
  expect((await place.gsa('apply plan.json --force --yes')).exitCode).toBe(0);
});

test('a script that fails by itself is not green', async () => {
  const place = workplace();
  await place.gsa('init');
  expect((await place.gsa(['rehearse', '--', process.execPath, '-e', 'process.exit(9)'])).exitCode).toBe(1);
  expect((await place.gsa(['rehearse', '--', './there-is-no-such-program'])).exitCode).toBe(2);
});

test('a script that asks nothing of the simulated tenant is not green', async () => {
  const place = workplace();
  await place.gsa('init');
  const run = await place.gsa(['rehearse', '--', process.execPath, '-e', '0']);
  expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('the command asked nothing')]);
});

test.each([
  ['a policy that is not there', 'PATCH', '/v1.0/identity/conditionalAccess/policies/none', { state: 'disabled' }],
  ['a policy without its members', 'POST', '/v1.0/identity/conditionalAccess/policies', {}],
  ['a location that is not there', 'DELETE', '/v1.0/identity/conditionalAccess/namedLocations/none', undefined],
] as const)(
  'a script whose change of %s comes to nothing is not green, though it goes on',
  async (_, method, path, body) => {
    const place = workplace();
    await place.gsa('init');
    const words = script([method, path, body ?? {}]).map((word) => word.replace('process.exitCode = 7', ''));
    const run = await place.gsa(words);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('1 request came to nothing')]);
  },
);

describe('a script that sends its changes as a batch, which is answered with 200 as a whole', () => {
  const none = '/identity/conditionalAccess/policies/none';
  const reading = { id: 'read', method: 'GET', url: none };
  const change = { method: 'PATCH', url: none, headers: { 'content-type': 'application/json' }, body: {} };
  const goesOn = (words: readonly string[]) => words.map((word) => word.replace('process.exitCode = 7', ''));
  const batch = (...requests: object[]) => goesOn(script(['POST', '/v1.0/$batch', { requests }]));

  test.each([
    ['one of which comes to nothing', [reading, { ...change, id: '1' }], 1],
    [
      'each of which comes to nothing, in small letters too',
      [
        { ...change, id: '1' },
        { ...change, id: '2', method: 'patch' },
      ],
      2,
    ],
    [
      'one of which is not tried, as what it depends on failed',
      [reading, { ...change, id: '1', dependsOn: ['read'] }],
      1,
    ],
  ])('%s, is not green', async (_, requests, count) => {
    const place = workplace();
    await place.gsa('init');
    const run = await place.gsa(batch(...requests));
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain(`${count} request${count === 1 ? '' : 's'} came to nothing`);
  });

  test('and in which only reading finds nothing, is green', async () => {
    const place = workplace();
    await place.gsa('init');
    expect((await place.gsa(batch(reading))).exitCode).toBe(0);
  });
});

test('a script that only reads, and finds nothing, is green', async () => {
  const place = workplace();
  await place.gsa('init');
  const words = script(['GET', '/v1.0/identity/conditionalAccess/policies/none']);
  const run = await place.gsa(words.map((word) => word.replace('process.exitCode = 7', '')));
  expect(run.exitCode).toBe(0);
});

test('a script that asks for a strength instead of MFA loosens nothing, and the way back does', async () => {
  const place = workplace();
  await place.gsa('init');
  const tenant = JSON.parse(place.bytes()).tenant as { policies: { id: string; displayName: string }[] };
  const id = tenant.policies.find(({ displayName }) => displayName.startsWith('CA001'))?.id ?? '';
  const resistant = { id: '00000000-0000-0000-0000-000000000004', displayName: 'Phishing-resistant MFA' };
  const path = `/v1.0/identity/conditionalAccess/policies/${id}`;
  const toStrength = { grantControls: { operator: 'OR', builtInControls: [], authenticationStrength: resistant } };
  const toMfa = { grantControls: { operator: 'OR', builtInControls: ['mfa'], authenticationStrength: null } };
  // An administrator who is asked for MFA and has not done it.
  const prompted = {
    ...{ id: 'one', createdDateTime: '2026-01-15T09:00:00Z', isInteractive: true, clientAppUsed: 'Browser' },
    ...{ userPrincipalName: 'megan.bowen@contoso.com', resourceDisplayName: 'Office 365 Exchange Online' },
    ...{ resourceId: '00000002-0000-0ff1-ce00-000000000000', ipAddress: '198.51.100.7' },
    ...{ location: { countryOrRegion: 'NL' }, riskLevelDuringSignIn: 'none', status: { errorCode: 50074 } },
    ...{ deviceDetail: { deviceId: '', operatingSystem: 'Windows' } },
  };
  writeFileSync(join(place.folder, 'signins.ndjson'), `${JSON.stringify(prompted)}\n`);
  await place.gsa('replay signins.ndjson');
  const rehearsed = async (body: object) => {
    const run = await place.gsa(script(['PATCH', path, body]).toSpliced(1, 0, '--fail-on', 'lessProtected'));
    return [run.exitCode, run.stdout];
  };
  const [there, told] = await rehearsed(toStrength);
  expect([there, told]).toEqual([0, told]);
  await place.gsa('apply plan.json --yes');
  const [back, toldBack] = await rehearsed(toMfa);
  expect([back, toldBack]).toEqual([1, toldBack]);
});
