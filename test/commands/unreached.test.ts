import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const OURS = '10000000-0000-4000-8000-000000000001';
const THEIRS = '20000000-0000-4000-8000-000000000002';
const POLICY = {
  id: '90000000-0000-4000-8000-000000000001',
  displayName: 'Nobody outside the mill',
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
    locations: { includeLocations: ['All'], excludeLocations: ['90000000-0000-4000-8000-000000000002'] },
  },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
};
const MILL = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: '90000000-0000-4000-8000-000000000002',
  displayName: 'Mill',
  isTrusted: true,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
};

/** At the mill, through Global Secure Access: with signaling off the policy would block it. */
const record = (id: string, more: object = {}) => ({
  id,
  createdDateTime: '2026-01-10T09:00:00Z',
  userId: '90000000-0000-4000-8000-0000000000aa',
  userPrincipalName: 'vera@contoso.com',
  resourceId: '00000003-0000-0000-c000-000000000000',
  resourceDisplayName: 'Microsoft Graph',
  ipAddress: '203.0.113.20',
  isThroughGlobalSecureAccess: true,
  globalSecureAccessIpAddress: '151.206.0.10',
  userType: 'member',
  crossTenantAccessType: 'none',
  homeTenantId: OURS,
  resourceTenantId: OURS,
  conditionalAccessStatus: 'notApplied',
  isInteractive: true,
  status: { errorCode: 0 },
  ...more,
});

async function placeWith(...records: readonly object[]) {
  const place = workplace();
  await place.gsa(['init', '--empty', '--name', 'Contoso', '--created', '2025-07-01']);
  writeFileSync(join(place.folder, 'export.json'), JSON.stringify({ policies: [POLICY], namedLocations: [MILL] }));
  await place.gsa(['import', 'export.json']);
  writeFileSync(join(place.folder, 's.ndjson'), records.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return place;
}

type Unreached = readonly { readonly reason: string; readonly count: number }[];

async function told(...records: readonly object[]) {
  const place = await placeWith(...records);
  const replayed = (await place.gsa('replay s.ndjson -o json')).json();
  const impact = (await place.gsa('impact s.ndjson -o json')).json();
  const classes = impact['classes'] as readonly { class: string; interactive: number }[];
  const unreached = impact['unreached'] as Unreached;
  expect(replayed['unreached']).toEqual(unreached);
  return {
    reasons: Object.fromEntries(unreached.map(({ reason, count }) => [reason, count])),
    newlyBlocked: classes.find((each) => each.class === 'newlyBlocked')?.interactive,
    replayed: replayed['replayed'],
    place,
  };
}

describe('sign-ins that no policy of this tenant was asked for', () => {
  test.each([
    ['a wrong password', 50126],
    ['a locked account', 50053],
    ['a disabled account', 50057],
    ['an unknown user', 50034],
    ['an expired password', 50055],
    ['a wrong client secret', 7000215],
    ['an application that is not there', 700016],
    ['a failed pass-through authentication', 80012],
    ['a refresh token that was revoked', 50173],
    ['a refresh token that was not used for long', 700082],
    ['a code that was not typed in time', 70019],
    ['a disabled guest', 500571],
    ['a tenant that the own one lets nobody go to', 500212],
    ['an assertion of another provider that is not valid', 50008],
    ['a key of Windows Hello that nobody has', 130004],
    ['a request without a client secret', 7000218],
  ])('%s is stopped before Conditional Access', async (_, errorCode) => {
    const { reasons, newlyBlocked } = await told(record('a'), record('b', { status: { errorCode } }));
    expect({ reasons, newlyBlocked }).toEqual({ reasons: { stoppedBefore: 1 }, newlyBlocked: 1 });
  });

  test.each([
    ['multifactor authentication that was asked for', 50076],
    ['multifactor authentication that failed', 500121],
    ['a device that is not compliant', 53000],
    ['a token that ended by a sign-in frequency', 70043],
    ['consent that nobody gave', 65001],
    ['a block', 53003],
    ['an error that nobody has listed', 9_999_999],
  ])('%s is judged', async (_, errorCode) => {
    const { reasons, replayed } = await told(record('a', { status: { errorCode } }));
    expect({ reasons, replayed }).toEqual({ reasons: {}, replayed: 1 });
  });

  test('a record that says that policies were asked is believed before its error', async () => {
    const { reasons } = await told(record('a', { status: { errorCode: 50053 }, conditionalAccessStatus: 'success' }));
    expect(reasons).toEqual({});
  });

  test.each([
    ['a person of this tenant as a guest elsewhere', { crossTenantAccessType: 'b2bCollaboration' }, { otherTenant: 1 }],
    ['the same in a shared channel', { crossTenantAccessType: 'b2bDirectConnect' }, { otherTenant: 1 }],
    ['a guest of this tenant', { crossTenantAccessType: 'b2bCollaboration', userType: 'guest' }, {}],
    [
      'a member from elsewhere whom policies were asked for',
      { crossTenantAccessType: 'b2bCollaboration', conditionalAccessStatus: 'success' },
      {},
    ],
    ['somebody of a service provider', { crossTenantAccessType: 'serviceProvider' }, {}],
  ])('in a tenant with an id of its own, by the record: %s', async (_, more, reasons) => {
    expect((await told(record('a', { resourceTenantId: THEIRS, ...more }))).reasons).toEqual(reasons);
  });

  test.each([
    ['at home', { homeTenantId: OURS, resourceTenantId: OURS }, {}],
    ['elsewhere', { homeTenantId: OURS, resourceTenantId: THEIRS, userType: 'guest' }, { otherTenant: 1 }],
    ['from elsewhere', { homeTenantId: THEIRS, resourceTenantId: OURS, crossTenantAccessType: 'b2bCollaboration' }, {}],
  ])('in a tenant with its real id, by the id: %s', async (_, more, reasons) => {
    const place = await placeWith(record('a', more));
    writeFileSync(place.tenant, place.bytes().replace(/"tenantId": "[^"]*"/, `"tenantId": "${OURS}"`));
    const unreached = (await place.gsa('replay s.ndjson --dry-run -o json')).json()['unreached'] as Unreached;
    expect(Object.fromEntries(unreached.map(({ reason, count }) => [reason, count]))).toEqual(reasons);
  });

  test.each([
    ['ADFederationServices', { federated: 1 }],
    ['adFederationServices', { federated: 1 }],
    ['NPSExtension', { federated: 1 }],
    ['AzureAD', {}],
    ['AzureADBackupAuth', {}],
  ])('a token of %s', async (tokenIssuerType, reasons) => {
    expect((await told(record('a', { tokenIssuerType }))).reasons).toEqual(reasons);
  });

  test('they stand in the log as they were recorded, with their own result, and the story says why', async () => {
    const { place } = await told(record('good'), record('bad', { status: { errorCode: 50126, failureReason: 'x' } }));
    const rows = (await place.gsa('logs --status notReached -o json')).json()['value'] as Record<string, unknown>[];
    expect(rows).toMatchObject([{ id: 'bad', status: { errorCode: 50126, failureReason: 'x' } }]);
    expect((await place.gsa('logs show bad')).stdout).toContain('stopped before Conditional Access');
    const counts = (await place.gsa('logs --count-by result -o json')).json()['value'];
    expect(counts).toEqual(expect.arrayContaining([expect.objectContaining({ value: 'notReached', count: 1 })]));
  });

  test('a file of nothing else is read and judges nobody', async () => {
    const { replayed, reasons, newlyBlocked } = await told(record('a', { status: { errorCode: 50126 } }));
    expect({ replayed, reasons, newlyBlocked }).toEqual({
      replayed: 0,
      reasons: { stoppedBefore: 1 },
      newlyBlocked: 0,
    });
  });
});
