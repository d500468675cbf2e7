import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GUEST_TYPES } from '../../src/core/graph/words.ts';
import type { GapsReport } from '../../src/output/reports/proof/gaps.ts';
import { HQ, policy, tenantOf } from './exports.ts';

/** Everything is known but who there is. */
const NO_DIRECTORY = '--mfa-trusted-ips none --known namedLocations,policies,servicePrincipals';
const ELSEWHERE = { membershipKind: 'enumerated', members: ['99999999-9999-4999-8999-999999999999'] };
const guests = (guestOrExternalUserTypes: string, externalTenants: object | null = null) => ({
  guestOrExternalUserTypes,
  externalTenants,
});

/** Blocks whom the users say outside headquarters, so that the switch stops them there. */
const outside = (users: object) => policy({ include: ['All'], exclude: [HQ.id], conditions: { users } });

const ID = 'a0000000-0000-4000-8000-0000000000ff';
const REACHED: readonly (readonly [string, object])[] = [
  ...GUEST_TYPES.map((type) => [type, { includeGuestsOrExternalUsers: guests(type) }] as const),
  ...GUEST_TYPES.map((type): readonly [string, object] => [
    `${type}, where tenants are listed`,
    { includeGuestsOrExternalUsers: guests(type, ELSEWHERE) },
  ]),
  ...GUEST_TYPES.map((type): readonly [string, object] => [
    `all but members and kinds of guest other than ${type}`,
    {
      includeUsers: ['GuestsOrExternalUsers'],
      excludeGuestsOrExternalUsers: guests(GUEST_TYPES.filter((each) => each !== type).join()),
    },
  ]),
  ['a kind that nobody documents', { includeGuestsOrExternalUsers: guests('visitorFromTheMoon') }],
  ['unknownFutureValue', { includeGuestsOrExternalUsers: guests('unknownFutureValue') }],
  ['one user', { includeUsers: [ID] }],
  ['one group', { includeGroups: [ID] }],
  ['one role', { includeRoles: [ID] }],
  ['members alone', { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] }],
];

describe('where no directory is known, somebody stands for whom a policy reaches:', () => {
  test.each(REACHED)('%s', async (_, users) => {
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    expect((await place.gsa('impact --all --fail-on newlyBlocked,unknown')).exitCode).toBe(1);
  });

  test('and nobody where it reaches nobody', async () => {
    const users = { includeUsers: ['None'], includeGuestsOrExternalUsers: guests('none') };
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    expect((await place.gsa('impact --all --fail-on newlyBlocked,unknown')).exitCode).toBe(0);
  });

  test.each(GUEST_TYPES)('and whom alone it leaves out: %s', async (type) => {
    const users = { includeUsers: ['All'], excludeGuestsOrExternalUsers: guests(type) };
    const mfa = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] }, conditions: { users } });
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [mfa] }, NO_DIRECTORY);
    const { value } = (await place.gsa('check --gaps -o json')).json() as unknown as GapsReport;
    expect(value.flatMap(({ who }) => who).join()).toContain(`any ${type}`);
  });

  test('a worked example of them can be asked', async () => {
    const users = { includeGuestsOrExternalUsers: guests('internalGuest') };
    const place = await tenantOf({ 'l.json': [HQ], 'p.json': [outside(users)] }, NO_DIRECTORY);
    writeFileSync(
      join(place.folder, 'q.csv'),
      'user,app,source-ip\nsupposed guest,Office 365 SharePoint Online,198.51.100.7\n',
    );
    expect((await place.gsa('whatif --from q.csv -o json')).json()['value']).toMatchObject([{ outcome: 'blocked' }]);
  });
});
