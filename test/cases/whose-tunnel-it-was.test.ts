import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandRun } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const OURS = '22222222-2222-4222-8222-222222222222';
const ELSEWHERE = '33333333-3333-4333-8333-333333333333';

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
