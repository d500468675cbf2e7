import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import type { PolicyParts } from './exports.ts';
import { HQ, MFA_TRUSTED_IPS, NOWHERE, policy, tenantOf } from './exports.ts';

type Row = readonly [
  what: string,
  parts: PolicyParts,
  files: Readonly<Record<string, unknown>>,
  setting: string,
  fact: string,
  settle: string,
];

const LOCATIONS = { 'locations.json': { value: [HQ] } };
const OUTSIDE_HQ = { include: ['All'], exclude: [HQ.id] };
const NO_TRUSTED_IPS = '--mfa-trusted-ips none';

/** Policies of which nobody can say what the switch does, and what would settle it. */
const OPEN: readonly Row[] = [
  [
    'the MFA trusted IPs by their id',
    { include: ['All'], exclude: [MFA_TRUSTED_IPS] },
    {},
    '--entra-id-plan P1',
    'mfaTrustedIps',
    'gsa tenant set --mfa-trusted-ips none',
  ],
  [
    'the MFA trusted IPs within AllTrusted',
    { include: ['All'], exclude: ['AllTrusted'] },
    LOCATIONS,
    '--entra-id-plan P1',
    'mfaTrustedIps',
    'gsa tenant set --mfa-trusted-ips none',
  ],
  [
    'trusted locations that were not imported',
    { include: ['AllTrusted'] },
    {},
    NO_TRUSTED_IPS,
    'namedLocations',
    'gsa import namedLocations.json --kind locations',
  ],
  [
    'a location that was not imported',
    { include: ['All'], exclude: [NOWHERE] },
    {},
    NO_TRUSTED_IPS,
    `namedLocation ${NOWHERE}`,
    'gsa import namedLocations.json --kind locations',
  ],
  [
    'a location that no export defines, beside one that is there',
    { include: [HQ.id, NOWHERE] },
    LOCATIONS,
    NO_TRUSTED_IPS,
    `namedLocation ${NOWHERE}`,
    'gsa import namedLocations.json --kind locations',
  ],
  [
    'a grant control that only a page names',
    { grantControls: { operator: 'OR', builtInControls: ['compliantNetwork'] } },
    {},
    NO_TRUSTED_IPS,
    'meaning of control compliantNetwork',
    'gsa signaling disable --report-only-policies <policy>',
  ],
  [
    'a grant control beside a documented one',
    { grantControls: { operator: 'AND', builtInControls: ['mfa', 'trustedNetwork'] } },
    {},
    NO_TRUSTED_IPS,
    'meaning of control trustedNetwork',
    'documented nowhere',
  ],
  [
    'controls that an export lost',
    { ...OUTSIDE_HQ, grantControls: { operator: 'OR', builtInControls: null } },
    LOCATIONS,
    NO_TRUSTED_IPS,
    'grantControls.builtInControls',
    'gsa import policies.json --kind policies',
  ],
  [
    'a condition that nobody documents',
    { conditions: { networkSignals: { required: ['tunnel'] } } },
    {},
    NO_TRUSTED_IPS,
    'meaning of conditions.networkSignals',
    'documented nowhere',
  ],
  [
    'a session control that nobody documents',
    { grantControls: null, sessionControls: { networkGate: { isEnabled: true } } },
    {},
    NO_TRUSTED_IPS,
    'meaning of sessionControls.networkGate',
    'documented nowhere',
  ],
  [
    'a state that is only a preview',
    { ...OUTSIDE_HQ, state: 'partiallyEnabled' },
    LOCATIONS,
    NO_TRUSTED_IPS,
    'meaning of state partiallyEnabled',
    'documented nowhere',
  ],
  [
    'the sign-in risk, which the address feeds',
    { conditions: { signInRiskLevels: ['high'] }, grantControls: { operator: 'OR', builtInControls: ['mfa'] } },
    {},
    NO_TRUSTED_IPS,
    'direction of the sign-in risk',
    'documented nowhere',
  ],
];

describe('signaling disable on a policy that hangs on what is not known', () => {
  test.each(OPEN)(
    '%s: is refused, names it and what settles it, and writes nothing',
    async (_, parts, files, setting, fact, settle) => {
      const place = await tenantOf({ ...files, 'policies.json': [policy(parts)] }, setting);
      const before = place.bytes();
      const run = await place.gsa('signaling disable --no-input');
      expect(run.exitCode).toBe(3);
      expect(run.stdout).toContain(fact);
      expect(run.stdout).toContain(settle);
      expect(place.bytes()).toBe(before);
      const json = (await place.gsa('signaling disable --dry-run -o json')).json();
      expect(json).toMatchObject({
        dependentPolicies: [{ effects: expect.arrayContaining(['unknown']) }],
        notKnown: expect.arrayContaining([expect.objectContaining({ fact, policies: ['Block outside'] })]),
      });
    },
  );

  test.each(OPEN)('%s: is done where an answer is given', async (_, parts, files, setting) => {
    const place = await tenantOf({ ...files, 'policies.json': [policy(parts)] }, setting);
    expect((await place.gsa('signaling disable --keep-policies')).exitCode).toBe(0);
  });
});

/** The same policies where the fact is known, or does not matter. */
const PROVEN: readonly (readonly [
  what: string,
  parts: PolicyParts,
  files: Readonly<Record<string, unknown>>,
  setting: string,
])[] = [
  ['there are no MFA trusted IPs', { include: ['All'], exclude: [MFA_TRUSTED_IPS] }, {}, NO_TRUSTED_IPS],
  [
    'no location is trusted, and these are all',
    { include: ['All'], exclude: ['AllTrusted'] },
    { 'l.json': { value: [{ ...HQ, isTrusted: false }] } },
    NO_TRUSTED_IPS,
  ],
  [
    'the administrator says that there are no locations',
    { include: ['All'], exclude: ['AllTrusted'] },
    {},
    `${NO_TRUSTED_IPS} --known namedLocations`,
  ],
  ['what is not known is included and excluded', { include: [NOWHERE], exclude: [NOWHERE] }, {}, NO_TRUSTED_IPS],
  [
    'the policy is report-only',
    { include: ['All'], exclude: [NOWHERE], state: 'enabledForReportingButNotEnforced' },
    {},
    NO_TRUSTED_IPS,
  ],
  [
    'the policy is disabled',
    { include: ['All'], exclude: ['AllTrusted'], state: 'disabled' },
    {},
    '--entra-id-plan P1',
  ],
  [
    'the policy reaches nobody',
    { include: ['All'], exclude: [NOWHERE], conditions: { users: { includeUsers: ['None'] } } },
    {},
    NO_TRUSTED_IPS,
  ],
  [
    'the policy asks for nothing',
    { include: ['All'], exclude: [NOWHERE], grantControls: { operator: 'OR', builtInControls: [] } },
    {},
    NO_TRUSTED_IPS,
  ],
  [
    'the session control is off',
    { grantControls: null, sessionControls: { networkGate: { isEnabled: false } } },
    {},
    NO_TRUSTED_IPS,
  ],
];

test.each(PROVEN)('signaling is disabled without a question where %s', async (_, parts, files, setting) => {
  const place = await tenantOf({ ...files, 'policies.json': [policy(parts)] }, setting);
  expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(0);
});

const ROADS: readonly (readonly [road: string, prepare: (place: Workplace) => Promise<readonly string[]>])[] = [
  [
    'an import of settings',
    async (place) => {
      const path = join(place.folder, 'settings.json');
      writeFileSync(path, '{"signalingStatus":"disabled"}');
      return ['import', path];
    },
  ],
  [
    'an undo',
    async (place) => {
      await place.gsa('signaling disable --keep-policies');
      await place.gsa('signaling enable');
      return ['undo'];
    },
  ],
  [
    'a restored backup',
    async (place) => {
      await place.gsa('signaling disable --keep-policies');
      await place.gsa('signaling enable');
      return ['tenant', 'restore'];
    },
  ],
];

describe.each(ROADS)('%s that switches signaling off while an effect is not known', (_road, prepare) => {
  async function prepared() {
    const place = await tenantOf({ 'policies.json': [policy({ include: ['All'], exclude: [MFA_TRUSTED_IPS] })] });
    return { place, words: await prepare(place) };
  }

  test('is refused, names the fact and what settles it, and writes nothing', async () => {
    const { place, words } = await prepared();
    const before = place.bytes();
    const run = await place.gsa(words);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('mfaTrustedIps');
    expect(run.stderr).toContain('gsa tenant set --mfa-trusted-ips none');
    expect(place.bytes()).toBe(before);
  });

  test('says so on a dry run too', async () => {
    const { place, words } = await prepared();
    const run = await place.gsa([...words, '--dry-run']);
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('mfaTrustedIps');
  });

  test('is done with --yes', async () => {
    const { place, words } = await prepared();
    expect((await place.gsa([...words, '--yes'])).exitCode).toBe(0);
  });
});

describe('what a tenant knows', () => {
  test('tenant show tells every list of a new tenant as not known, and of the sample as known', async () => {
    const place = await tenantOf({});
    const lists = [
      'policies',
      'namedLocations',
      'mfaTrustedIps',
      'users',
      'groups',
      'roleAssignments',
      'servicePrincipals',
    ];
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject({ notKnown: lists });
    expect((await place.gsa('tenant show')).stdout.match(/\tnot known/g)?.length).toBeGreaterThanOrEqual(lists.length);
    await place.gsa('init --force');
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject({ notKnown: [] });
  });

  test('an import makes a list known, its undo makes it not known again', async () => {
    const user = {
      '@odata.type': '#microsoft.graph.user',
      id: 'a0000000-0000-4000-8000-000000000001',
      userPrincipalName: 'ada@contoso.com',
    };
    const place = await tenantOf({ 'users.json': { value: [user] } });
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).not.toContain('users');
    expect((await place.gsa('undo')).exitCode).toBe(0);
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain('users');
  });

  test('a location by hand does not make the others known, an export of locations does', async () => {
    const place = await tenantOf({});
    await place.gsa('location add Lab 198.51.100.0/24');
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain('namedLocations');
    const path = join(place.folder, 'l.json');
    writeFileSync(path, JSON.stringify({ value: [HQ] }));
    await place.gsa(['import', path]);
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).not.toContain('namedLocations');
  });

  test('--known and --not-known say it by hand, and a list that is filled is not forgotten', async () => {
    const place = await tenantOf({}, '--known users,groups');
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject({ counts: { Users: 0, Groups: 0 } });
    await place.gsa('tenant set --not-known groups');
    expect((await place.gsa('tenant show -o json')).json()).toMatchObject({ counts: { Users: 0, Groups: null } });
    await place.gsa('init --force');
    expect((await place.gsa('tenant set --not-known users')).exitCode).toBe(3);
    expect((await place.gsa('tenant set --known cats')).exitCode).toBe(2);
  });
});
