import { describe, expect, test } from 'vitest';
import { BLOCKED, becoming, HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf, UNCHANGED, UNKNOWN } from './exports.ts';

const OURS = '22222222-2222-4222-8222-222222222222';
const HERE = { crossTenantAccessType: 'none', homeTenantId: OURS, resourceTenantId: OURS };
const GUESTS = { users: { includeUsers: ['GuestsOrExternalUsers'] } };
const LOCAL_GUESTS = {
  users: {
    includeGuestsOrExternalUsers: {
      guestOrExternalUserTypes: 'internalGuest',
      externalTenants: { membershipKind: 'all' },
    },
  },
};
const ALL_BUT_GUESTS = { users: { includeUsers: ['All'], excludeUsers: ['GuestsOrExternalUsers'] } };

/** Ada as the directory has her; `undefined`: no list of users was imported. */
type Ada = { readonly userType?: string; readonly userPrincipalName?: string } | undefined;

/** What becomes of a sign-in of Ada's, replayed and forecast, where the policy blocks outside of headquarters. */
async function whatBecomes(conditions: object, ada: Ada, said: object) {
  const { userId: id, userPrincipalName } = TUNNELLED;
  const users = {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    value: [{ id, displayName: 'Ada', userPrincipalName, ...ada }],
  };
  const place = await tenantOf(
    {
      'policies.json': [policy({ include: ['All'], exclude: [HQ.id], conditions })],
      'locations.json': [HQ],
      ...(ada === undefined ? {} : { 'users.json': users }),
    },
    `${NOTHING_ELSE.replace(',users', '')} --tenant-id ${OURS}`,
  );
  return becoming(place, said);
}

describe('a record that says whose the account is and not whether it is a guest', () => {
  test.each<[string, object, Ada, typeof BLOCKED]>([
    ['a guest of the directory is one', GUESTS, { userType: 'Guest' }, BLOCKED],
    ['a guest with a local name is an internal one', LOCAL_GUESTS, { userType: 'Guest' }, BLOCKED],
    ['a guest of the directory is left out of all but guests', ALL_BUT_GUESTS, { userType: 'Guest' }, UNCHANGED],
    ['a member of the directory is none', GUESTS, { userType: 'Member' }, UNCHANGED],
    ['a member of the directory is among all but guests', ALL_BUT_GUESTS, { userType: 'Member' }, BLOCKED],
    ['one of whom the directory has no type may be one', GUESTS, {}, UNKNOWN],
    ['and may be left out', ALL_BUT_GUESTS, {}, UNKNOWN],
    ['without a list of users anybody may be one', LOCAL_GUESTS, undefined, UNKNOWN],
    [
      'a guest whose name says otherwise is a guest all the same',
      GUESTS,
      { userType: 'Guest', userPrincipalName: 'ada_fabrikam.example#EXT#@contoso.com' },
      BLOCKED,
    ],
    [
      'and may be of either kind',
      LOCAL_GUESTS,
      { userType: 'Guest', userPrincipalName: 'ada_fabrikam.example#EXT#@contoso.com' },
      UNKNOWN,
    ],
  ])('%s', async (_, conditions, ada, expected) => {
    expect(await whatBecomes(conditions, ada, HERE)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ['null', { ...HERE, userType: null }],
    ['a word to come', { ...HERE, userType: 'unknownFutureValue' }],
    ['nothing, beside the access type alone', { crossTenantAccessType: 'none' }],
    ['nothing, beside both tenants alone', { homeTenantId: OURS, resourceTenantId: OURS }],
    ['nothing at all', {}],
  ])('where the type is %s, the directory decides', async (_, said) => {
    expect(await whatBecomes(GUESTS, { userType: 'Guest' }, said)).toMatchObject(BLOCKED);
    expect(await whatBecomes(GUESTS, { userType: 'Member' }, said)).toMatchObject(UNCHANGED);
  });

  test('the type that it has comes before the one of the directory', async () => {
    expect(await whatBecomes(GUESTS, { userType: 'Guest' }, { ...HERE, userType: 'member' })).toMatchObject(UNCHANGED);
    expect(await whatBecomes(GUESTS, { userType: 'Member' }, { ...HERE, userType: 'guest' })).toMatchObject(BLOCKED);
  });

  test('what the record says of the policy decides where nobody else knows', async () => {
    const { id, displayName } = policy();
    const stopped = {
      ...HERE,
      status: { errorCode: 53003 },
      conditionalAccessStatus: 'failure',
      appliedConditionalAccessPolicies: [{ id, displayName, result: 'failure' }],
      ipAddress: '151.206.1.1',
    };
    const { replayed } = await whatBecomes(GUESTS, undefined, stopped);
    expect(replayed).toBe('blocked');
  });
});
