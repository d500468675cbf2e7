import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandRun } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const COMPLIANT_NETWORK = {
  '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
  id: '33333333-3333-4333-8333-00000000c0de',
  displayName: 'All Compliant Network locations',
  compliantNetworkType: 'allTenantCompliantNetworks',
  isTrusted: true,
};

const OURS = '22222222-2222-4222-8222-222222222222';
const ELSEWHERE = '33333333-3333-4333-8333-333333333333';

/** What a policy that lets the compliant network alone in makes of it. */
async function outcomeOf(said: object, users: readonly object[] = []) {
  const place = await tenantOf(
    {
      'policies.json': [policy({ include: ['All'], exclude: [COMPLIANT_NETWORK.id] })],
      'locations.json': [COMPLIANT_NETWORK],
      ...(users.length === 0 ? {} : { 'users.json': users }),
    },
    `${NOTHING_ELSE} --tenant-id ${OURS}`,
  );
  writeFileSync(join(place.folder, 'signins.json'), JSON.stringify([{ ...TUNNELLED, ...said }]));
  const { outcomes } = (await place.gsa('replay signins.json -o json')).json() as { outcomes: Record<string, number> };
  return Object.keys(outcomes).find((outcome) => outcomes[outcome] === 1);
}

/** How many sign-ins are of each class where somebody of whom the record says this comes through a tunnel, and signaling is switched off. */
async function classesOf(said: object) {
  const place = await tenantOf(
    { 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })], 'locations.json': [HQ] },
    `${NOTHING_ELSE} --tenant-id ${OURS}`,
  );
  writeFileSync(join(place.folder, 'signins.json'), JSON.stringify([{ ...TUNNELLED, isInteractive: true, ...said }]));
  return classes(await place.gsa('impact signins.json --fail-on unknown -o json'));
}

function classes(run: CommandRun) {
  const { classes: counted } = run.json() as { classes: { class: string; interactive: number }[] };
  return Object.fromEntries(
    counted.flatMap(({ class: kind, interactive }) => (interactive > 0 ? [[kind, interactive]] : [])),
  );
}

describe('who may come through the tunnel of another tenant', () => {
  test.each([
    [{ crossTenantAccessType: 'b2bCollaboration', userType: 'guest' }],
    [{ crossTenantAccessType: 'b2bCollaboration', userType: 'member' }],
    [{ crossTenantAccessType: 'b2bCollaboration' }],
    [{ crossTenantAccessType: 'b2bDirectConnect' }],
    [{ crossTenantAccessType: 'serviceProvider' }],
    [{ crossTenantAccessType: 'microsoftSupport' }],
    [{ crossTenantAccessType: 'passthrough' }],
    [{ crossTenantAccessType: 'unknownFutureValue' }],
    [{ crossTenantAccessType: 'b2bCollaboration,unknownFutureValue' }],
    [{ crossTenantAccessType: 'none', homeTenantId: ELSEWHERE, resourceTenantId: OURS }],
    [{ homeTenantId: ELSEWHERE, resourceTenantId: OURS }],
    [{ homeTenantId: ELSEWHERE }],
    [{ userType: 'guest' }],
    [{ userPrincipalName: 'ann_fabrikam.example#EXT#@contoso.example' }],
  ])('%j: nobody knows whose it is', async (said) => {
    expect(await classesOf(said)).toEqual({ unknown: 1 });
  });

  test.each([
    [{ crossTenantAccessType: 'none', userType: 'member' }],
    [{ crossTenantAccessType: 'none', userType: 'guest' }],
    [{ homeTenantId: OURS, resourceTenantId: OURS }],
    [{ homeTenantId: OURS, resourceTenantId: OURS, userType: 'guest' }],
    [{}],
  ])('%j: it is this tenant’s', async (said) => {
    expect(await classesOf(said)).toEqual({ newlyBlocked: 1 });
  });
});

describe('the compliant network of a sign-in whose account is this tenant’s', () => {
  const ada = { id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Guest' };

  test.each([
    [{ crossTenantAccessType: 'none', userType: 'member' }],
    [{ crossTenantAccessType: 'none', userType: 'guest' }],
    [{ crossTenantAccessType: 'none' }],
    [{ homeTenantId: OURS, resourceTenantId: OURS, userType: 'guest' }],
    [{ homeTenantId: OURS, resourceTenantId: OURS }],
  ])('is this tenant’s, a guest’s as a member’s, and said to be so or not: %j', async (said) => {
    expect(await outcomeOf(said)).toBe('granted');
    expect(await outcomeOf(said, [ada])).toBe('granted');
  });

  test('is not known where the account may be another’s', async () => {
    expect(await outcomeOf({ crossTenantAccessType: 'b2bCollaboration', userType: 'guest' })).toBe('unknown');
    expect(await outcomeOf({})).toBe('unknown');
  });
});

describe('a record that says of its way what cannot all be true', () => {
  test.each([
    [{ isThroughGlobalSecureAccess: false }],
    [{ isThroughGlobalSecureAccess: 'false', globalSecureAccessIpAddress: '151.206.1.1:443' }],
    [{ globalSecureAccessIpAddress: TUNNELLED.ipAddress }],
  ])('%j: what a switch does to it is not known', async (said) => {
    expect(await classesOf({ crossTenantAccessType: 'none', userType: 'member', ...said })).toEqual({ unknown: 1 });
  });

  test.each([
    [{ isThroughGlobalSecureAccess: false, globalSecureAccessIpAddress: '' }],
    [{ isThroughGlobalSecureAccess: false, globalSecureAccessIpAddress: null }],
  ])('%j: came directly', async (said) => {
    expect(await classesOf({ crossTenantAccessType: 'none', userType: 'member', ...said })).toEqual({ unchanged: 1 });
  });
});
