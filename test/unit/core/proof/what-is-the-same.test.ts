import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../../../src/core/certificate/certificate.ts';
import { checkCertificate } from '../../../../src/core/certificate/check.ts';
import { checkedWorld } from '../../../../src/core/certificate/worlds.ts';
import { answerOf } from '../../../../src/core/proof/answers/answer.ts';
import { certificateOf } from '../../../../src/core/proof/questions/certificate.ts';
import { proofUnder, proofWorld } from '../../../../src/core/proof/worlds/world.ts';
import type { Group } from '../../../../src/core/tenant/directory.ts';
import type { NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy, GrantControls, SessionControls } from '../../../../src/core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../../../src/core/tenant/tenant.ts';
import { AlikeValues } from '../../../../src/core/values/alike-values.ts';
import { proved } from '../../../support/proof-cells.ts';
import { policyNamed, tenantWith, USER } from './small-tenant.ts';

const [G, H, K, L, ROLE] = [1, 2, 3, 4, 5].map((at) => `b0000000-0000-4000-8000-00000000000${at}`) as [
  string,
  string,
  string,
  string,
  string,
];

/** The verdict on what changes; each is confirmed by the checker of certificates, which refuses the contrary. */
function verdictBetween(
  before: Tenant,
  after: Tenant,
  [was, becomes]: readonly [SignalingStatus, SignalingStatus] = ['disabled', 'disabled'],
): string {
  const world = proofWorld(before, was);
  const proof = proved({
    before: world,
    after: before === after ? proofUnder(world, becomes) : proofWorld(after, becomes),
  });
  const question = { of: [], with: null, signalingStatusBefore: was, signalingStatusAfter: becomes };
  const certificate = certificateOf(proof, { question, createdDateTime: '2026-01-15T09:00:00Z' }) as Certificate;
  const lists = new AlikeValues();
  const own = checkedWorld(before, was, lists);
  const checked = {
    before: own,
    after: before === after ? { ...own, signalingStatus: becomes } : checkedWorld(after, becomes, lists),
  };
  const { verdict } = answerOf(proof);
  expect(checkCertificate(certificate, checked).faults).toEqual([]);
  const denied = certificate.boxes.map((box) => ({ ...box, claims: box.claims.map(() => 'unchanged' as const) }));
  expect(checkCertificate({ ...certificate, boxes: denied }, checked).faults.length > 0).toBe(verdict !== 'equivalent');
  return verdict;
}

describe('what a tenant does not tell is the same in two tenants only where both say the same of it:', () => {
  const forGroup = policyNamed('P', { conditions: { users: { includeGroups: [G] } } });
  const exceptGroup = policyNamed('P', { conditions: { users: { includeUsers: ['All'], excludeGroups: [G] } } });
  const forRole = policyNamed('P', { conditions: { users: { includeRoles: [ROLE] } } });
  const at = (...includeLocations: string[]) => policyNamed('P', { conditions: { locations: { includeLocations } } });
  const group = (id: string, members?: string[]): Group => ({ id, displayName: id, ...(members ? { members } : {}) });
  const groups = (members: string[], ...others: Group[]): Partial<Tenant> => ({
    groups: [group(G, members), ...(others.length > 0 ? others : [group(H), group(K)])],
  });
  const ranges = (texts: string[], isTrusted: boolean | null = false, id = L): NamedLocation => ({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName: 'L',
    isTrusted,
    ipRanges: texts.map((cidrAddress) => ({ cidrAddress })),
  });
  const strange = (content: unknown): NamedLocation =>
    ({ '@odata.type': '#microsoft.graph.newNamedLocation', id: L, displayName: 'L', content }) as NamedLocation;
  const locations = (...namedLocations: NamedLocation[]): Partial<Tenant> => ({ namedLocations });
  const holder = (principalId: string): Partial<Tenant> => ({
    groups: [group(H), group(K)],
    roleAssignments: [{ principalId, roleDefinitionId: ROLE, directoryScopeId: '/', status: 'active' }],
  });

  test.each<[string, ConditionalAccessPolicy, Partial<Tenant>, Partial<Tenant>, string]>([
    ['groups in a group', forGroup, groups([H]), groups([K]), 'unknown'],
    ['groups in an excluded group', exceptGroup, groups([H]), groups([K]), 'unknown'],
    ['one more group in a group', forGroup, groups([H]), groups([H, K]), 'unknown'],
    [
      'groups in a group in a group',
      forGroup,
      groups([H], group(H, [K]), group(K), group(L)),
      groups([H], group(H, [L]), group(K), group(L)),
      'unknown',
    ],
    ['the same group in a group', forGroup, groups([H]), groups([H]), 'equivalent'],
    [
      'the same group, reached by another one',
      forGroup,
      groups([H], group(H), group(K)),
      groups([K], group(K, [H]), group(H)),
      'equivalent',
    ],
    [
      'the same group beside another known member of nobody',
      forGroup,
      groups([H], group(H), group(K, [])),
      groups([H, K], group(H), group(K, [])),
      'equivalent',
    ],
    ['groups that hold a role', forRole, holder(H), holder(K), 'unknown'],
    ['the same group that holds a role', forRole, holder(H), holder(H), 'equivalent'],
    [
      'ranges that nobody can read',
      at(L),
      locations(ranges(['1.2.3.0/xx'])),
      locations(ranges(['9.9.9.9/yy'])),
      'unknown',
    ],
    ['one more of them', at(L), locations(ranges(['1/x'])), locations(ranges(['1/x', '2/y'])), 'unknown'],
    [
      'the same of them in another order',
      at(L),
      locations(ranges(['1/x', '2/y'])),
      locations(ranges(['2/y', '1/x'])),
      'equivalent',
    ],
    ['a kind of location that nobody knows', at(L), locations(strange(1)), locations(strange(2)), 'unknown'],
    ['the same of it', at(L), locations(strange(1)), locations(strange(1)), 'equivalent'],
    [
      'the location that may be trusted',
      at('AllTrusted'),
      locations(ranges(['1.2.3.0/24'], null, L)),
      locations(ranges(['1.2.3.0/24'], null, K)),
      'unknown',
    ],
    [
      'what nobody can read of a trusted location',
      at('AllTrusted'),
      locations(ranges(['1/x'], true)),
      locations(ranges(['2/y'], true)),
      'unknown',
    ],
    [
      'what nobody can read of the MFA trusted IPs',
      at('AllTrusted'),
      { mfaTrustedIps: ['1/x'] },
      { mfaTrustedIps: ['2/y'] },
      'unknown',
    ],
    [
      'the kinds of user that somebody may be',
      policyNamed('P', { conditions: { users: { includeUsers: ['GuestsOrExternalUsers'] } } }),
      { users: [{ id: USER, userType: 'Guest' }] },
      { users: [{ id: USER, userType: 'Guest' }] },
      'equivalent',
    ],
  ])('%s', (_, policy, before, after, verdict) => {
    expect(verdictBetween(tenantWith([policy], before), tenantWith([policy], after))).toBe(verdict);
  });

  test.each<[string, string, string, string]>([
    ['two states', 'fooEnabled', 'barEnabled', 'unknown'],
    ['a state and its absence', 'fooEnabled', 'disabled', 'unknown'],
    ['one state', 'fooEnabled', 'fooEnabled', 'equivalent'],
    ['one state in other letters', 'fooEnabled', 'FOOENABLED', 'equivalent'],
  ])('states that nobody knows: %s', (_, was, becomes, verdict) => {
    for (const grantControls of [
      { operator: 'OR', builtInControls: ['block'] },
      { operator: 'OR', builtInControls: ['mfa'] },
    ]) {
      const inState = (state: string) => tenantWith([policyNamed('S', { state, grantControls })]);
      expect(verdictBetween(inState(was), inState(becomes))).toBe(verdict);
    }
  });

  const strength = (aaguid: string) => ({
    operator: 'OR',
    authenticationStrength: {
      id: 'keys',
      displayName: 'Keys',
      allowedCombinations: ['fido2'],
      combinationConfigurations: [{ allowedAAGUIDs: [aaguid] }],
    },
  });
  test.each<[string, GrantControls, GrantControls, string]>([
    ['keys that a strength allows', strength('a'), strength('b'), 'unknown'],
    ['the same keys', strength('a'), strength('a'), 'equivalent'],
    [
      'strengths of one name',
      { operator: 'OR', authenticationStrength: { id: 'one', displayName: 'S' } },
      { operator: 'OR', authenticationStrength: { id: 'two', displayName: 'S' } },
      'unknown',
    ],
    [
      'a control that nobody knows',
      { operator: 'OR', builtInControls: [], newControl: { a: 1 } } as GrantControls,
      { operator: 'OR', builtInControls: [], newControl: { a: 2 } } as GrantControls,
      'unknown',
    ],
  ])('%s', (_, was, becomes, verdict) => {
    const asking = (grantControls: GrantControls) => policyNamed('P', { grantControls });
    expect(verdictBetween(tenantWith([asking(was)]), tenantWith([asking(becomes)]))).toBe(verdict);
    // Beside another policy that asks for the former, the latter is no more the same.
    const beside = [policyNamed('Q', { grantControls: was })];
    const added = tenantWith([...beside, asking(becomes)]);
    expect(verdictBetween(tenantWith(beside), added)).toBe(verdict);
  });

  test('what an export lost of two policies', () => {
    const lost = (id: string) => policyNamed(id, { grantControls: { operator: 'OR', builtInControls: null } });
    expect(verdictBetween(tenantWith([lost('P')]), tenantWith([lost('P'), lost('Q')]))).toBe('unknown');
    expect(verdictBetween(tenantWith([lost('P')]), tenantWith([lost('Q')]))).toBe('unknown');
    expect(verdictBetween(tenantWith([lost('P')]), tenantWith([lost('P')]))).toBe('equivalent');
  });
});

const mfa = { operator: 'OR', builtInControls: ['mfa'] } as const;
const frequency = (value: number): SessionControls => ({ signInFrequency: { isEnabled: true, value, type: 'hours' } });
const BOUND: SessionControls = { secureSignInSession: { isEnabled: true } };

describe('token protection', () => {
  const held = (state: string, grantControls: GrantControls | null = mfa) =>
    policyNamed('T', { state, grantControls, sessionControls: BOUND });
  const other = policyNamed('P', { grantControls: mfa });

  test.each<[string, ConditionalAccessPolicy[], ConditionalAccessPolicy[], string]>([
    ['is stricter alone', [held('disabled')], [held('enabled')], 'stricter'],
    [
      'is stricter beside a policy of the same controls',
      [other, held('disabled')],
      [other, held('enabled')],
      'stricter',
    ],
    ['is stricter in front of it', [held('disabled'), other], [held('enabled'), other], 'stricter'],
    ['is looser when it goes', [held('enabled'), other], [other], 'looser'],
    [
      'without grant controls is stricter beside a sign-in frequency',
      [policyNamed('S', { grantControls: null, sessionControls: frequency(1) }), held('disabled', null)],
      [policyNamed('S', { grantControls: null, sessionControls: frequency(1) }), held('enabled', null)],
      'stricter',
    ],
    ['adds nothing in report-only', [other], [other, held('enabledForReportingButNotEnforced')], 'equivalent'],
    ['keeps what it asks beside it', [other], [held('enabled')], 'stricter'],
  ])('%s', (_, before, after, verdict) => {
    expect(verdictBetween(tenantWith(before), tenantWith(after))).toBe(verdict);
  });

  test('is known to stop a desktop client on an unregistered device alone', () => {
    const worlds = [held('disabled'), held('enabled')].map((policy) =>
      proofWorld(tenantWith([other, policy]), 'disabled'),
    );
    const [before, after] = worlds as [(typeof worlds)[0], (typeof worlds)[0]];
    const { rows } = answerOf(proved({ before, after } as Parameters<typeof proved>[0]));
    const stopped = rows.filter(({ class: name }) => name === 'newlyDenied');
    expect(
      stopped.map(({ witness }) => [witness.attempt.device, witness.attempt.clientAppType, witness.class]),
    ).toEqual([[null, 'mobileAppsAndDesktopClients', 'newlyDenied']]);
  });
});

describe('what a policy asks for where nobody knows whether it applies', () => {
  const nowhere = (rest: Parameters<typeof policyNamed>[1]) =>
    policyNamed('P', { ...rest, conditions: { locations: { includeLocations: [L] } } });
  const limiting = nowhere({ grantControls: null, sessionControls: frequency(1) });

  test.each<[string, ConditionalAccessPolicy[], string]>([
    ['a session control', [limiting], 'unknown'],
    ['MFA', [nowhere({ grantControls: mfa })], 'unknown'],
    ['terms of use', [nowhere({ grantControls: { operator: 'OR', termsOfUse: [K] } })], 'unknown'],
    [
      'a session control that is surely asked for besides',
      [limiting, policyNamed('Q', { grantControls: null, sessionControls: frequency(1) })],
      'equivalent',
    ],
  ])('may be lost by the switch: %s', (_, policies, verdict) => {
    const tenant = tenantWith(policies);
    expect(verdictBetween(tenant, tenant, ['enabled', 'disabled'])).toBe(verdict);
  });

  test('may be lost to another policy that is not known to apply either', () => {
    const there = (id: string, place: string) =>
      policyNamed(id, {
        grantControls: null,
        sessionControls: frequency(1),
        conditions: { locations: { includeLocations: [place] } },
      });
    expect(verdictBetween(tenantWith([there('P', L)]), tenantWith([there('Q', K)]))).toBe('unknown');
    expect(verdictBetween(tenantWith([there('P', L)]), tenantWith([there('P', L)]))).toBe('equivalent');
  });
});
