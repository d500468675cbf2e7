import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePeople } from '../../../src/core/conditional-access/facts/subject.ts';
import { withTunnelOwner } from '../../../src/core/conditional-access/facts/tunnel-owner.ts';
import type { SignIn } from '../../../src/core/conditional-access/record/sign-in.ts';
import { parseAddress } from '../../../src/core/network/address.ts';
import { NOTHING_TOLD } from '../../../src/core/signaling/attempt.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import type { User } from '../../../src/core/tenant/directory.ts';
import { toAttempt } from '../../../src/intake/sign-ins/facts/to-attempt.ts';
import { tenant } from '../../support/contoso.ts';
import { tries } from '../../support/tries.ts';
import { options, status } from './random-attempts.ts';

const HERE = '22222222-2222-4222-8222-222222222222';
const ELSEWHERE = '33333333-3333-4333-8333-333333333333';
const EXTERNAL_NAME = 'ann_fabrikam.example#EXT#@contoso.example';

/** What Graph says of who signs in, whole and without contradiction. */
const people = [
  { crossTenantAccessType: 'none', userType: 'member', homeTenantId: HERE },
  { crossTenantAccessType: 'none', userType: 'guest', homeTenantId: HERE },
  { crossTenantAccessType: 'b2bCollaboration', userType: 'guest', homeTenantId: ELSEWHERE },
  {
    ...{ crossTenantAccessType: 'b2bCollaboration', userType: 'guest', homeTenantId: ELSEWHERE },
    userPrincipalName: EXTERNAL_NAME,
  },
  { crossTenantAccessType: 'b2bCollaboration', userType: 'member', homeTenantId: ELSEWHERE },
  { crossTenantAccessType: 'b2bDirectConnect', homeTenantId: ELSEWHERE },
  { crossTenantAccessType: 'serviceProvider', homeTenantId: ELSEWHERE },
  { crossTenantAccessType: 'passthrough', userType: 'member', homeTenantId: ELSEWHERE },
].map((person) => ({ resourceTenantId: HERE, userPrincipalName: 'ann@contoso.example', ...person }));

/** What it says of the way: directly, restored, and with signaling off. */
const ways = [
  { ipAddress: '203.0.113.10', isThroughGlobalSecureAccess: false, globalSecureAccessIpAddress: '' },
  { ipAddress: '203.0.113.10', isThroughGlobalSecureAccess: true, globalSecureAccessIpAddress: '151.206.0.10' },
  { ipAddress: '151.206.0.10', isThroughGlobalSecureAccess: true, globalSecureAccessIpAddress: '151.206.0.10' },
];

const MEMBERS = [...new Set([...people, ...ways].flatMap((part) => Object.keys(part)))];
const ORIGIN = ['crossTenantAccessType', 'homeTenantId'];

/** Whether anything is left that a member's record does not say: one that says nothing of it is taken for a member's (fidelity.md). */
function speaksOfElsewhere(record: Readonly<Record<string, unknown>>): boolean {
  return (
    ORIGIN.some((name) => record[name] !== undefined) ||
    record['userType'] === 'guest' ||
    record['userPrincipalName'] === EXTERNAL_NAME
  );
}

describe('the less a record says of a tunnel, the less is known', () => {
  test('no fact of it becomes certain, or another one, without a member', () => {
    let open = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...people),
        fc.constantFrom(...ways),
        fc.subarray(MEMBERS),
        status,
        options,
        (person, way, taken, on, how) => {
          const whole: Record<string, unknown> = { ...person, ...way, userId: 'a0000000-0000-4000-8000-000000000001' };
          const less = Object.fromEntries(Object.entries(whole).filter(([name]) => !taken.includes(name)));
          if (person.homeTenantId === ELSEWHERE && !speaksOfElsewhere(less)) return;
          const [known, left] = [whole, less].map((record) => factsOf(record, on, how));
          for (const [fact, value] of Object.entries(left ?? {})) {
            if (value === undefined) open += 1;
            else expect([fact, value]).toEqual([fact, known?.[fact]]);
          }
        },
      ),
      { numRuns: tries(3000) },
    );
    expect(open).toBeGreaterThan(1000);
  });

  test('and none without a word of the directory', () => {
    const whole: readonly User[] = [
      { id: '1', userPrincipalName: 'ann@contoso.example', userType: 'Member' },
      { id: '1', userPrincipalName: 'ann@contoso.example', userType: 'Guest' },
      { id: '1', userPrincipalName: EXTERNAL_NAME, userType: 'Guest' },
      { id: '1', userPrincipalName: EXTERNAL_NAME, userType: 'Member' },
      { id: '1', userPrincipalName: EXTERNAL_NAME, userType: 'Guest', externalUserType: 'b2bCollaborationGuest' },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.subarray(['userType', 'userPrincipalName', 'externalUserType', 'id']),
        (user, taken) => {
          const known = ownerIn([user]);
          const less = Object.fromEntries(Object.entries(user).filter(([name]) => !taken.includes(name)));
          const left = ownerIn(taken.includes('id') ? [] : [less as unknown as User]);
          if (left !== undefined) expect(left).toBe(known);
        },
      ),
    );
    expect(ownerIn([whole[0] as User])).toBe(true);
    expect(ownerIn([whole[1] as User])).toBe(true);
    expect(ownerIn([whole[2] as User])).toBeUndefined();
  });
});

function factsOf(
  record: Readonly<Record<string, unknown>>,
  on: 'enabled' | 'disabled',
  how: Parameters<typeof observe>[2],
): Readonly<Record<string, unknown>> {
  const attempt = toAttempt(record as unknown as SignIn);
  const seen = observe(attempt, on, how);
  return {
    via: attempt.network.via,
    tunnelOfThisTenant: attempt.network.tunnelOfThisTenant,
    ipAddress: seen.ipAddress?.text,
    isThroughGlobalSecureAccess: seen.isThroughGlobalSecureAccess,
    compliantNetwork: seen.compliantNetwork,
    resourceIpAddress: seen.resourceIpAddress?.text,
  };
}

/** Whose tunnel it is that user 1 is supposed to come through, where these people are listed. */
function ownerIn(users: readonly User[]): boolean | undefined {
  const network = { via: 'globalSecureAccessClient', source: { address: parseAddress('203.0.113.10') } } as const;
  const attempt = { ...NOTHING_TOLD, identity: { kind: 'user', userId: '1' } as const, network };
  return withTunnelOwner(compilePeople(tenant([], { users })), attempt).network.tunnelOfThisTenant;
}
