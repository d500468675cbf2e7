import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { HQ, policy } from './exports.ts';

const OWN = '99081087-73c4-48d1-a112-f60ff75114f7';
const ROBOT = 'a0000000-0000-4000-8000-0000000000b0';
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** A new tenant whose policy blocks one service principal outside headquarters. */
async function tenantWith(words: string, owner: string) {
  const place = workplace();
  await place.gsa(`init --empty --created 2025-07-01 ${words}`.trim());
  const workload = { clientApplications: { includeServicePrincipals: [ROBOT] }, users: { includeUsers: ['None'] } };
  const files = {
    'policies.json': [policy({ include: ['All'], exclude: [HQ.id], conditions: workload })],
    'namedLocations.json': [HQ],
    'servicePrincipals.json': [
      {
        ...{ id: ROBOT, appId: ROBOT, displayName: 'Payroll robot', servicePrincipalType: 'Application' },
        ...{ appOwnerOrganizationId: owner, signInAudience: 'AzureADMyOrg' },
      },
    ],
  };
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(place.folder, name), JSON.stringify({ value }));
    await place.gsa(['import', join(place.folder, name)]);
  }
  await place.gsa('tenant set --mfa-trusted-ips none --known users,groups,roleAssignments');
  const asked = `whatif --service-principal ${ROBOT} --app SharePoint --source-ip 8.8.8.8 --via direct`;
  return { ...place, outcome: async () => (await place.gsa(asked)).stdout };
}

describe('a service principal of a tenant whose id nobody said', () => {
  test('may be one of its own, so that a policy for workloads is not known to pass it by', async () => {
    const { gsa, outcome } = await tenantWith('', OWN);
    expect(await outcome()).toMatch(/unknown[\s\S]*id of the tenant/);
    const run = await gsa('impact --all --fail-on newlyBlocked,unknown');
    expect([run.exitCode, run.stdout]).not.toEqual([0, expect.stringContaining('Nothing changes')]);
    expect((await gsa(`tenant set --tenant-id ${OWN}`)).exitCode).toBe(0);
    expect(await outcome()).toMatch(/blocked/);
    await gsa('undo');
    expect(await outcome()).toMatch(/unknown/);
  });

  test.each([
    ['is its own by the id that was said', `--tenant-id ${OWN}`, OWN, /blocked/],
    ['is another’s by the id that was said', `--tenant-id ${OWN}`, MICROSOFT, /granted/],
    ['is Microsoft’s whatever the id is', '', MICROSOFT, /granted/],
  ])('%s', async (_, words, owner, expected) => {
    const { outcome } = await tenantWith(words, owner);
    expect(await outcome()).toMatch(expected);
  });

  test.each(['--tenant-id contoso --empty', `--tenant-id ${OWN} --sample`, `--tenant-id ${OWN}`])(
    'is not named by `init %s`',
    async (words) => {
      expect((await workplace().gsa(`init --force ${words}`)).exitCode).toBe(2);
    },
  );
});
