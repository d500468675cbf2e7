import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED } from './exports.ts';

const NEW = '--created 2025-07-01';
const OLD = '--created 2023-04-01';

function put(place: Workplace, name: string, content: unknown): string {
  const path = join(place.folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** A new tenant with these policies, all locations and nobody else, whose creation date is said or not. */
async function tenantOf(words: string, policies: readonly object[]): Promise<Workplace> {
  const place = workplace();
  await place.gsa(`init --empty --quiet ${words}`.trim());
  const list = { '@odata.context': '#identity/conditionalAccess/policies', value: policies };
  await place.gsa(['import', put(place, 'policies.json', list)]);
  await place.gsa(['import', put(place, 'namedLocations.json', { value: [HQ] })]);
  await place.gsa(`tenant set ${NOTHING_ELSE}`);
  put(place, 'signins.json', [TUNNELLED]);
  return place;
}

const MFA = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
const OUTSIDE = policy({ include: ['All'], exclude: [HQ.id] });

async function isStatusKnown({ gsa }: Workplace): Promise<unknown> {
  return (await gsa('tenant show -o json')).json()['isSignalingStatusKnown'];
}

describe('a tenant of which nobody said when it was created', () => {
  test('is told as one, and so is whether signaling is enabled, which hangs on it', async () => {
    const place = workplace();
    const made = await place.gsa('init --empty');
    expect(made.stdout).toMatch(/Created\tnot known[\s\S]*Signaling\tnot known, taken for enabled/);
    expect(made.stderr).toMatch(/careful: whether signaling is enabled is not known, and is taken for enabled/);
    expect(made.stderr).toContain('gsa tenant set --created <date>');
    const unknown = { isCreatedDateTimeKnown: false, isSignalingStatusKnown: false, signalingStatus: 'enabled' };
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject(unknown);
    const status = (await place.gsa('signaling status -o json')).json();
    expect(status).toMatchObject({ isSignalingStatusKnown: false, reason: expect.stringContaining('nobody said') });
    expect(String(status['reason'])).not.toMatch(/\d{4}-\d\d-\d\d/);
    expect((await place.gsa('signaling status')).stdout).toContain('not known, and taken for enabled');
    expect((await place.gsa('init --help')).stdout).toMatch(
      /--created[\s\S]*with\s+--empty, whether it is\s+enabled is not\s+known/,
    );
  });

  test.each([
    ['that was said', 'init --empty --created 2025-07-01', false],
    ['of the sample', 'init', false],
    ['before which Global Secure Access was not enabled', 'init --empty --onboarded 2026-01-01', false],
    ['of an older tenant, which leaves open how it started', 'init --empty --created 2023-04-01', true],
  ])('is not one with a date %s', async (_, words, isCareful) => {
    const place = workplace();
    expect((await place.gsa(words)).stderr.includes('careful')).toBe(isCareful);
    expect(await isStatusKnown(place)).toBe(!isCareful);
  });

  test('is taken at its word in files from before there was a mark', async () => {
    const place = await tenantOf('', []);
    expect(place.bytes()).toContain('"isCreatedDateTimeMadeUp": true');
    writeFileSync(place.tenant, place.bytes().replace(/,?\s*"isCreatedDateTimeMadeUp": true/, ''));
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject({
      isCreatedDateTimeKnown: true,
      isSignalingStatusKnown: true,
    });
  });
});

/** Gates, whether one is green in a new tenant, and the policies of that. */
const GATES: readonly (readonly [words: string, green: number, policies: readonly object[]])[] = [
  ['signaling disable --no-input', 0, []],
  ['signaling disable --no-input', 0, [MFA]],
  ['signaling disable --dry-run', 0, [MFA]],
  ['signaling disable --no-input', 3, [OUTSIDE]],
  ['impact signins.json --fail-on newlyAllowed', 0, [MFA]],
  ['impact signins.json --fail-on newlyBlocked', 1, [OUTSIDE]],
  ['impact --all --fail-on newlyBlocked', 0, [MFA]],
  ['impact --all --of signaling=disabled --fail-on stopped', 1, [OUTSIDE]],
  ['check --gaps --fail-on error', 0, [policy()]],
];

describe.each(GATES)('%s', (words, exitCode, policies) => {
  test('is decided by a date after June 2025, refused for one before, and refused without any', async () => {
    const codes = [];
    for (const date of [NEW, OLD, '']) {
      const place = await tenantOf(date, policies);
      const before = place.bytes();
      const run = await place.gsa(words);
      codes.push(run.exitCode);
      if (date === NEW) continue;
      expect(run.stdout + run.stderr).toContain('whether signaling is enabled');
      expect(run.stdout + run.stderr).toContain('gsa import settings.json');
      expect((run.stdout + run.stderr).includes('gsa tenant set --created')).toBe(date === '');
      expect(place.bytes()).toBe(before);
    }
    expect(codes).toEqual([exitCode, 3, 3]);
  });
});

test('a check that asks for the status is not decided without a date, and names no date that nobody said', async () => {
  const place = await tenantOf('', [MFA]);
  await place.gsa('tenant set --onboarding-status onboarded');
  expect((await place.gsa('check')).stdout).toContain('for want of signalingStatus');
  expect((await place.gsa('check --fail-on warning')).exitCode).toBe(1);
  await place.gsa(['import', put(place, 'settings.json', { signalingStatus: 'disabled' }), '--yes']);
  const { value } = (await place.gsa('check -o json')).json() as { value: { ruleId: string; message: string }[] };
  const [found] = value.filter(({ ruleId }) => ruleId === 'GSA003');
  expect(found?.message).toMatch(/^signaling is off; enable it/);
});

/** What says whether signaling is enabled, and what it is then. */
const SETTLING: readonly (readonly [words: string, status: string, isKnown: boolean])[] = [
  ['signaling enable', 'enabled', true],
  ['signaling disable --keep-policies', 'disabled', true],
  ['import enabled.json', 'enabled', true],
  ['import disabled.json', 'disabled', true],
  ['tenant set --created 2026-03-01', 'enabled', true],
  ['tenant set --created 2023-04-01', 'disabled', false],
  ['init --empty --force --created 2025-07-01', 'enabled', true],
];

describe.each(SETTLING)('%s', (words, signalingStatus, isKnown) => {
  test(`says that signaling is ${signalingStatus}, known: ${isKnown}`, async () => {
    const place = await tenantOf('', [MFA]);
    for (const each of ['enabled', 'disabled']) put(place, `${each}.json`, { signalingStatus: each });
    const before = JSON.parse(place.bytes());
    expect((await place.gsa(words)).exitCode).toBe(0);
    expect((await place.gsa('signaling status -o json')).json()).toMatchObject({
      signalingStatus,
      isSignalingStatusKnown: isKnown,
    });
    if (words.startsWith('init')) return;
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(isKnown ? 0 : 3);
    expect((await place.gsa('undo')).exitCode).toBe(0);
    if (signalingStatus === 'enabled') await place.gsa('undo');
    expect(JSON.parse(place.bytes()).globalSecureAccess).toEqual(before.globalSecureAccess);
    expect(await isStatusKnown(place)).toBe(false);
  });
});

describe('a status that is only taken for the tenant’s', () => {
  test.each([
    ['enabled', '', 'signaling enable', 'Signaling is now known to be enabled.'],
    ['enabled', '', 'import said.json', 'isSignalingStatusKnown'],
    ['disabled', OLD, 'signaling disable --keep-policies', 'Signaling is now known to be disabled.'],
    ['disabled', OLD, 'import said.json', 'isSignalingStatusKnown'],
  ])(
    '%s is written as known once it is said, and each who reads the change is told (%s %s)',
    async (status, date, words, told) => {
      const place = await tenantOf(date, [MFA]);
      put(place, 'said.json', { signalingStatus: status });
      expect((await place.gsa(words)).stdout).toContain(told);
      expect(await isStatusKnown(place)).toBe(true);
      expect((await place.gsa('undo')).stdout).toContain('isSignalingStatusKnown: true → false');
      expect(await isStatusKnown(place)).toBe(false);
    },
  );

  test('is no switch where a date says that it is taken for another, and one where the status was known', async () => {
    const open = await tenantOf('', [OUTSIDE]);
    expect((await open.gsa(`tenant set ${OLD}`)).exitCode).toBe(0);
    const known = await tenantOf(NEW, [OUTSIDE]);
    expect((await known.gsa(`tenant set ${OLD}`)).exitCode).toBe(3);
  });

  test('leaves what was said by an administrator, or by the day of onboarding, as it is', async () => {
    const switched = await tenantOf('', [MFA]);
    await switched.gsa('signaling enable');
    await switched.gsa(`tenant set ${OLD}`);
    expect((await switched.gsa('tenant show -o json')).json()).toMatchObject({
      signalingStatus: 'enabled',
      isSignalingStatusKnown: true,
    });
    const onboarded = await tenantOf('--onboarded 2026-01-01', [MFA]);
    await onboarded.gsa(`tenant set ${OLD}`);
    expect((await onboarded.gsa('tenant show -o json')).json()).toMatchObject({
      signalingStatus: 'enabled',
      isSignalingStatusKnown: true,
    });
  });
});

const SWITCH = `
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x', client_secret: 'x' });
  const login = await fetch('https://login.microsoftonline.com/t/oauth2/v2.0/token', { method: 'POST', body: form });
  const headers = { authorization: 'Bearer ' + (await login.json()).access_token, 'content-type': 'application/json' };
  const ask = (method, path, body) =>
    fetch('https://graph.microsoft.com/' + path, { method, headers, body: body && JSON.stringify(body) });`;

describe('a program that asks the served tenant', () => {
  const rehearse = (place: Workplace, code: string) =>
    place.gsa(['rehearse', '--', process.execPath, '--input-type=module', '-e', SWITCH + code]);

  /** What a program that runs `code` hears, which it writes beside the tenant. */
  async function heard(place: Workplace, code: string): Promise<string> {
    const file = join(place.folder, 'heard.txt');
    const keep = `(await import('node:fs')).writeFileSync(${JSON.stringify(file)}, await answer.text());`;
    await rehearse(place, `const answer = await ${code};${keep}`);
    return readFileSync(file, 'utf8');
  }

  test('may not switch a status off that nobody said', async () => {
    const code = `ask('PATCH', 'beta/networkAccess/settings/conditionalAccess', { signalingStatus: 'disabled' })`;
    expect(await heard(await tenantOf('', [MFA]), code)).toContain('nobody said whether it is enabled');
    expect(await heard(await tenantOf(OLD, [MFA]), code)).toContain('nobody said whether it is enabled');
    expect(await heard(await tenantOf(NEW, [MFA]), code)).toBe('');
  });

  test('hears of no creation date that nobody said', async () => {
    const code = `ask('GET', 'v1.0/organization')`;
    expect(await heard(await tenantOf('', []), code)).toContain('"createdDateTime":null');
    expect(await heard(await tenantOf(NEW, []), code)).toContain('"createdDateTime":"2025-07-01');
  });

  test('is judged under both statuses where no change says which it is', async () => {
    const code = `
      await ask('POST', 'v1.0/identity/conditionalAccess/policies', ${JSON.stringify({ ...OUTSIDE, id: undefined, createdDateTime: undefined })});`;
    const codes = [];
    for (const date of [NEW, '']) {
      const place = await tenantOf(date, [MFA]);
      await place.gsa('replay signins.json --quiet');
      codes.push((await rehearse(place, code)).exitCode);
    }
    // Behind the proxy the office is not seen: the new policy blocks there with signaling off alone.
    expect(codes).toEqual([0, 1]);
  });
});

describe('a test over an export that does not have the setting', () => {
  const fixtures = {
    addresses: { hq: { address: '203.0.113.9' }, proxy: { address: '151.206.1.1' } },
    paths: { tunnel: { via: 'globalSecureAccess', egress: 'proxy' } },
  };
  const signIn = { user: TUNNELLED.userPrincipalName, app: 'Office 365 Exchange Online', from: 'hq' };
  const EXPORT = {
    policies: [OUTSIDE],
    namedLocations: [HQ],
    users: [{ id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' }],
    mfaTrustedIps: [],
  };

  test.each([
    ['is open where it hangs on the status', {}, { path: 'tunnel' }, 1],
    ['passes where it says the status', {}, { path: 'tunnel', signaling: 'enabled' }, 0],
    ['passes where it does under either', {}, { path: 'direct' }, 0],
    ['passes where the export has the setting after all', { signalingStatus: 'enabled' }, { path: 'tunnel' }, 0],
  ])('%s', async (_, setting, { path, ...more }, exitCode) => {
    const place = workplace();
    mkdirSync(join(place.folder, 'export'));
    for (const [name, content] of Object.entries(EXPORT)) {
      const value = name === 'mfaTrustedIps' ? { mfaTrustedIps: content } : { value: content };
      put(place, `export/${name}.json`, value);
    }
    if ('signalingStatus' in setting) put(place, 'export/settings.json', setting);
    const tests = [{ name: 'x', signIn: { ...signIn, path }, expect: { outcome: 'granted' }, ...more }];
    put(place, 'a.gsatest.json', { suite: 'a', tenant: 'export', fixtures, tests });
    const run = await place.gsa('test a.gsatest.json');
    const isOpen = run.stdout.includes('whether signaling is enabled is not known');
    expect([run.exitCode, isOpen]).toEqual([exitCode, exitCode === 1]);
  });
});

describe('another side of which nobody said whether signaling is enabled', () => {
  const BLOCK = policy({ include: ['All'], exclude: [HQ.id] });
  const FREE = { ...BLOCK, state: 'disabled' };

  /** A folder of an export, with the setting or without. */
  function exported(place: Workplace, name: string, policies: readonly object[], status?: string): string {
    mkdirSync(join(place.folder, name), { recursive: true });
    put(place, join(name, 'policies.json'), {
      '@odata.context': '#identity/conditionalAccess/policies',
      value: policies,
    });
    put(place, join(name, 'namedLocations.json'), { value: [HQ] });
    if (status !== undefined)
      put(place, join(name, 'settings.json'), {
        '@odata.context': '#networkAccess/settings/conditionalAccess/$entity',
        signalingStatus: status,
      });
    return name;
  }

  test('leaves the gates of impact open, unless the question says its status', async () => {
    const place = await tenantOf(NEW, [BLOCK]);
    const other = join(place.folder, 'other.json');
    await place.gsa(`init --empty --quiet -t ${other}`);
    await place.gsa(`import policies.json namedLocations.json -t ${other}`);
    await place.gsa(`tenant set ${NOTHING_ELSE} -t ${other}`);
    for (const words of [`signins.json --against ${other}`, `--all --with ${other}`]) {
      const refused = await place.gsa(`impact ${words} --fail-on newlyBlocked`);
      expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('no gate is green here')]);
      const said = await place.gsa(`impact ${words} --of signaling=enabled --fail-on newlyBlocked`);
      expect(said.stderr).not.toContain('whether signaling is enabled is not known');
      await place.gsa(`signaling enable -t ${other}`);
      const known = await place.gsa(`impact ${words} --fail-on newlyBlocked`);
      expect(known.stderr).not.toContain('whether signaling is enabled is not known');
      await place.gsa(`undo -t ${other}`);
    }
  });

  test('leaves the gate of a comparison of exports open where it is not green under either', async () => {
    const place = workplace();
    const [was, is] = [exported(place, 'was', [BLOCK]), exported(place, 'is', [BLOCK])];
    expect((await place.gsa(`policy diff ${was} ${is} --fail-on looser,newlyBlocked`)).exitCode).toBe(0);
    exported(place, 'is', [FREE]);
    expect((await place.gsa(`policy diff ${was} ${is} --fail-on looser`)).exitCode).toBe(1);
  });

  test('and where one side says the setting, so that the other may be a switch, unless the question says both', async () => {
    const place = workplace();
    const [was, is] = [exported(place, 'was', [BLOCK], 'enabled'), exported(place, 'is', [BLOCK])];
    for (const gate of ['newlyBlocked', 'looser,newlyBlocked', 'stricter']) {
      const refused = await place.gsa(`policy diff ${was} ${is} --fail-on ${gate}`);
      expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('where it is disabled')]);
      expect((await place.gsa(`policy diff ${was} ${is} --signaling enabled --fail-on ${gate}`)).exitCode).toBe(0);
    }
    exported(place, 'is', [BLOCK], 'enabled');
    expect((await place.gsa(`policy diff ${was} ${is} --fail-on newlyBlocked`)).exitCode).toBe(0);
    exported(place, 'is', [BLOCK], 'disabled');
    expect((await place.gsa(`policy diff ${was} ${is} --fail-on newlyBlocked`)).exitCode).toBe(1);
  });
});
