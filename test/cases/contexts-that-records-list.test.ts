import { describe, expect, test } from 'vitest';
import { BLOCKED, becoming, HQ, NOTHING_ELSE, policy, tenantOf, UNCHANGED, UNKNOWN } from './exports.ts';

const REGISTERING = 'urn:user:registersecurityinfo';
const ON_CONTEXT = { applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['C1'] } };
const ON_BOTH = {
  applications: { includeApplications: ['All'], includeAuthenticationContextClassReferences: ['c1'] },
};

/** What becomes of a sign-in with this list when signaling is switched off, where the policy blocks outside of headquarters. */
async function whatBecomes(conditions: object, said: object) {
  const place = await tenantOf(
    { 'policies.json': [policy({ include: ['All'], exclude: [HQ.id], conditions })], 'locations.json': [HQ] },
    NOTHING_ELSE,
  );
  return becoming(place, said);
}

function listing(...references: readonly unknown[]) {
  return { authenticationContextClassReferences: references };
}

describe('a policy on an authentication context', () => {
  test.each<[string, object, typeof BLOCKED]>([
    ['reaches a sign-in that had to meet it', listing({ id: 'c1', detail: 'required' }), BLOCKED],
    ['in any case', listing({ id: 'C1', detail: 'Required' }), BLOCKED],
    ['among others', listing({ id: 'c2', detail: 'required' }, { id: 'c1', detail: 'required' }), BLOCKED],
    [
      'once of two times',
      listing({ id: 'c1', detail: 'previouslySatisfied' }, { id: 'c1', detail: 'required' }),
      BLOCKED,
    ],
    ['reaches no sign-in that asks for another one', listing({ id: 'c2', detail: 'required' }), UNCHANGED],
    ['nor one to which it did not apply', listing({ id: 'c1', detail: 'notApplicable' }), UNCHANGED],
    ['nor one that asks for none', listing(), UNCHANGED],
    ['may reach one that met it before', listing({ id: 'c1', detail: 'previouslySatisfied' }), UNKNOWN],
    ['or of which nobody says how', listing({ id: 'c1' }), UNKNOWN],
    ['or in a word to come', listing({ id: 'c1', detail: 'unknownFutureValue' }), UNKNOWN],
    ['or by its name alone', listing('c1'), UNKNOWN],
    ['or one with a list that cannot be read', listing({ detail: 'required' }), UNKNOWN],
    ['or with a text for a list', { authenticationContextClassReferences: '[]' }, UNKNOWN],
    ['or with null', { authenticationContextClassReferences: null }, UNKNOWN],
    ['or without a list', {}, UNKNOWN],
  ])('%s', async (_, said, expected) => {
    expect(await whatBecomes(ON_CONTEXT, said)).toMatchObject(expected);
  });

  test('is not needed where the resource is reached', async () => {
    expect(await whatBecomes(ON_BOTH, {})).toMatchObject(BLOCKED);
  });
});

const REGISTERING_DEVICE = 'urn:user:registerdevice';
const onAction = (...includeUserActions: readonly string[]) => ({
  applications: { includeApplications: ['None'], includeUserActions },
});
const MY_SIGNINS = '19db86c3-b2b9-44cc-b339-36da233a3be2';
const DEVICE_REGISTRATION = '01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9';

describe('a policy on a user action', () => {
  test.each<[string, object, typeof BLOCKED]>([
    ['reaches a sign-in that lists it', listing({ id: REGISTERING, detail: 'required' }), BLOCKED],
    ['may reach one that met it before', listing({ id: REGISTERING, detail: 'previouslySatisfied' }), UNKNOWN],
    ['reaches none that lists others', listing({ id: 'c1', detail: 'required' }), UNCHANGED],
    ['nor one that lists none, wherever it is', { ...listing(), appId: MY_SIGNINS }, UNCHANGED],
  ])('%s', async (_, said, expected) => {
    expect(await whatBecomes(onAction(REGISTERING), said)).toMatchObject(expected);
  });

  const AT_MY_SIGNINS = { resourceId: MY_SIGNINS, resourceDisplayName: 'My Signins' };
  const AT_DEVICES = { resourceId: DEVICE_REGISTRATION, resourceDisplayName: 'Device Registration Service' };
  test.each<[string, readonly string[], object, typeof BLOCKED]>([
    ['at the page where one registers', [REGISTERING], AT_MY_SIGNINS, UNKNOWN],
    ['by the client of that page', [REGISTERING], { appId: MY_SIGNINS.toUpperCase() }, UNKNOWN],
    ['as one of its audiences', [REGISTERING], { conditionalAccessAudiences: [MY_SIGNINS] }, UNKNOWN],
    ['without a resource', [REGISTERING], { resourceId: undefined }, UNKNOWN],
    ['at the registration of devices', [REGISTERING_DEVICE], AT_DEVICES, UNKNOWN],
    ['in the words of nobody', ['urn:user:accountrecovery'], AT_MY_SIGNINS, UNKNOWN],
    ['but no device at the page of security information', [REGISTERING_DEVICE], AT_MY_SIGNINS, UNCHANGED],
    ['but none at any other application', [REGISTERING, REGISTERING_DEVICE], {}, UNCHANGED],
  ])('may be of a record without the list: %s', async (_, actions, said, expected) => {
    expect(await whatBecomes(onAction(...actions), said)).toMatchObject(expected);
  });
});

describe('a list of user actions, or of contexts, that an export lost', () => {
  const lost = (member: string) => ({ applications: { includeApplications: ['None'], [member]: null } });
  test.each<[string, string, object, typeof BLOCKED]>([
    ['the context that is asked for', 'includeAuthenticationContextClassReferences', listing('c1'), UNKNOWN],
    ['any of a record without contexts', 'includeAuthenticationContextClassReferences', {}, UNKNOWN],
    ['none where none is asked for', 'includeAuthenticationContextClassReferences', listing(), UNCHANGED],
    ['the action that is asked for', 'includeUserActions', listing({ id: REGISTERING, detail: 'required' }), UNKNOWN],
    ['that of who may register', 'includeUserActions', { appId: MY_SIGNINS }, UNKNOWN],
    ['none at any other application', 'includeUserActions', {}, UNCHANGED],
    ['no action where a context is asked for', 'includeUserActions', listing('c1'), UNCHANGED],
  ])('may have held %s', async (_, member, said, expected) => {
    expect(await whatBecomes(lost(member), said)).toMatchObject(expected);
  });
});
