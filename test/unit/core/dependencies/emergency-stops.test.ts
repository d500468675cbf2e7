import { describe, expect, test } from 'vitest';
import { emergencyStops } from '../../../../src/core/dependencies/emergency-stops.ts';
import type { User } from '../../../../src/core/tenant/directory.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import { BLOCK, BREAK_GLASS, countryLocation, DEVICE, ipLocation, MFA, policyWith, tenantWith } from './contoso.ts';

const SECOND: User = { id: 'bbbbbbbb-0000-4000-8000-000000000002', displayName: 'Second key', isEmergencyAccess: true };
const namedLocations = [ipLocation('office', ['203.0.113.0/24']), countryLocation('home', ['NL'])];
const base = tenantWith({ users: [BREAK_GLASS, SECOND], namedLocations });

const stopsOf = (
  policies: readonly ConditionalAccessPolicy[],
  before = base,
  users: readonly User[] = [BREAK_GLASS, SECOND],
) => emergencyStops(before, { ...base, policies, users }).map(({ policyId }) => policyId);
const forUsers = (users: object) => policyWith({ conditions: { users: { includeUsers: ['All'], ...users } } });

describe('a policy that comes into force stops emergency access', () => {
  test.each<[string, ConditionalAccessPolicy]>([
    ['where it blocks everybody', policyWith({})],
    ['where it blocks all places but the office', policyWith({ include: ['All'], exclude: ['office'] })],
    ['where it blocks all countries but one', policyWith({ include: ['All'], exclude: ['home'] })],
    ['where it asks for a managed device, which nobody has at hand then', policyWith({ grant: DEVICE })],
    ...['domainJoinedDevice', 'approvedApplication', 'compliantApplication'].map(
      (control): [string, ConditionalAccessPolicy] => [
        `where it asks for \`${control}\``,
        policyWith({ grant: { operator: 'OR', builtInControls: [control] } }),
      ],
    ),
    ['where its state is a word that nobody knows', policyWith({ state: 'partiallyEnabled' })],
    [
      'where it is not known whom the group holds that it excludes',
      policyWith({ conditions: { users: { includeUsers: ['All'], excludeGroups: ['unseen'] } } }),
    ],
    [
      'in a browser on Windows',
      policyWith({ conditions: { clientAppTypes: ['browser'], platforms: { includePlatforms: ['windows'] } } }),
    ],
  ])('%s', (_, policy) => {
    const unseen = { ...base, groups: [{ id: 'unseen' }] };
    expect(emergencyStops(unseen, { ...unseen, policies: [policy] })).toEqual([
      { policyId: 'policy', displayName: 'policy', accounts: ['break-glass@contoso.example', 'Second key'] },
    ]);
  });
});

describe('a policy stops no emergency access', () => {
  test.each<[string, ConditionalAccessPolicy]>([
    ['where it is off', policyWith({ state: 'disabled' })],
    ['where it only reports', policyWith({ state: 'enabledForReportingButNotEnforced' })],
    ['where it asks for multifactor authentication', policyWith({ grant: MFA })],
    [
      'where a device or multifactor authentication is enough',
      policyWith({ grant: { operator: 'OR', builtInControls: ['compliantDevice', 'mfa'] } }),
    ],
    ['where one account is excluded', forUsers({ excludeUsers: [SECOND.id] })],
    ['where it blocks the office alone', policyWith({ include: ['office'] })],
    ['where it blocks risky sign-ins', policyWith({ conditions: { signInRiskLevels: ['high'] } })],
    ['where it blocks risky people', policyWith({ conditions: { userRiskLevels: ['high'] } })],
    ['where it blocks other clients', policyWith({ conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] } })],
    ['where it blocks other platforms', policyWith({ conditions: { platforms: { includePlatforms: ['iOS'] } } })],
    [
      'where it blocks the device code flow',
      policyWith({ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
    ],
    [
      'where it speaks of another application',
      policyWith({ conditions: { applications: { includeApplications: ['7e6c8a1f-2b54-4c53-9a1b-3f1f2f0e9d11'] } } }),
    ],
    ['where nothing but its name is new', { ...policyWith({ id: 'POLICY' }), displayName: 'renamed' }],
  ])('%s', (_, policy) => {
    const before = policy.displayName === 'renamed' ? { ...base, policies: [policyWith({})] } : base;
    expect(stopsOf([policy], before)).toEqual([]);
  });

  test.each<[string, readonly User[] | undefined]>([
    ['where no account is marked', [{ id: 'a', isEmergencyAccess: false }]],
    ['where the marked accounts are off', [{ ...BREAK_GLASS, accountEnabled: false }]],
    ['where nobody knows the people', undefined],
  ])('%s', (_, users) => {
    const after = { ...base, policies: [policyWith({})] };
    const { users: _users, ...without } = after;
    expect(emergencyStops(base, users === undefined ? without : { ...after, users })).toEqual([]);
  });
});

describe('a policy that was there before', () => {
  const before = { ...base, policies: [policyWith({ state: 'disabled' })] };

  test.each<[string, ConditionalAccessPolicy, ConditionalAccessPolicy]>([
    ['is switched on', policyWith({ state: 'disabled' }), policyWith({})],
    ['asks for something else', policyWith({ grant: MFA }), policyWith({ grant: BLOCK })],
    ['reaches more', policyWith({ conditions: { users: { includeUsers: ['a'] } } }), policyWith({})],
    ['limits the session newly', policyWith({}), policyWith({ session: { disableResilienceDefaults: true } })],
  ])('is asked about where it %s', (_, was, is) => {
    expect(stopsOf([is], { ...base, policies: [was] })).toEqual(['policy']);
  });

  test('is known by its id in any letters, among others', () => {
    const others = [policyWith({ id: 'other' }), policyWith({ id: 'ABC' })];
    expect(stopsOf([policyWith({ id: 'abc' }), policyWith({ id: 'new' })], { ...before, policies: others })).toEqual([
      'new',
    ]);
  });
});

test('an account that is off does not keep a policy from stopping the others', () => {
  const policy = forUsers({ excludeUsers: [SECOND.id] });
  expect(stopsOf([policy], base, [BREAK_GLASS, { ...SECOND, accountEnabled: false }])).toEqual(['policy']);
});

test('an account without a name is told by its id', () => {
  const nameless = { id: 'n', isEmergencyAccess: true };
  expect(emergencyStops(base, { ...base, users: [nameless], policies: [policyWith({})] })[0]?.accounts).toEqual(['n']);
});
