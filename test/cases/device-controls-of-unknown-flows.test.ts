import { describe, expect, test } from 'vitest';
import { becoming, HQ, NOTHING_ELSE, policy, tenantOf } from './exports.ts';

const COMPLIANT = ['compliantDevice'];
const HYBRID = ['domainJoinedDevice'];
const DEVICE = {
  deviceId: 'dddddddd-0000-4000-8000-000000000001',
  operatingSystem: 'Windows10',
  isCompliant: true,
  trustType: 'Hybrid Azure AD joined',
};

/** What becomes of a sign-in on that device when signaling is switched off, where these controls are asked for outside of headquarters. */
async function whatBecomes(builtInControls: readonly string[], said: object, conditions: object = {}) {
  const asked = policy({
    include: ['All'],
    exclude: [HQ.id],
    grantControls: { operator: 'OR', builtInControls },
    conditions,
  });
  const place = await tenantOf({ 'policies.json': [asked], 'locations.json': [HQ] }, NOTHING_ELSE);
  return becoming(place, { deviceDetail: DEVICE, ...said }, 'newlyDenied');
}

const DENIED = { class: 'newlyDenied', replayed: 'denied', result: 'failure', exitCodes: [1, 1], missing: [] };
const UNCHANGED = { class: 'unchanged', replayed: 'granted', result: 'success', exitCodes: [0, 0], missing: [] };
const UNKNOWN = { class: 'unknown', replayed: 'unknown', result: 'unknown', exitCodes: [1, 1] };
const OPEN_FLOW = { ...UNKNOWN, missing: ['authenticationFlow'] };

describe.each([
  ['compliant', COMPLIANT],
  ['hybrid joined', HYBRID],
  ['compliant or hybrid joined', [...COMPLIANT, ...HYBRID]],
])('a sign-in on a device that is %s', (_, controls) => {
  test.each<[string, object, object]>([
    ['is let in, where nothing tells of a flow', {}, UNCHANGED],
    ['is let in by another flow', { authenticationProtocol: 'oAuth2', originalTransferMethod: 'none' }, UNCHANGED],
    ['is denied in device code flow', { authenticationProtocol: 'deviceCode' }, DENIED],
    ['may be denied in a session that began so', { originalTransferMethod: 'deviceCodeFlow' }, OPEN_FLOW],
    [
      'and where the flow is a word to come',
      { authenticationProtocol: 'unknownFutureValue', originalTransferMethod: 'deviceCodeFlow' },
      OPEN_FLOW,
    ],
    [
      'is let in by a later flow of such a session',
      { authenticationProtocol: 'oAuth2', originalTransferMethod: 'deviceCodeFlow' },
      UNCHANGED,
    ],
  ])('%s', async (__, said, expected) => {
    expect(await whatBecomes(controls, said)).toEqual(expected);
  });
});

describe('a sign-in that its record says was stopped for lack of what it says the device has', () => {
  const { id, displayName } = policy();
  const OUTSIDE = { ipAddress: '198.51.100.7' };
  const failed = { appliedConditionalAccessPolicies: [{ id, displayName, result: 'failure' }] };

  test.each<[string, readonly string[], number, string]>([
    ['a compliant device', COMPLIANT, 53000, 'why compliantDevice was not satisfied'],
    ['a hybrid joined device', HYBRID, 53001, 'why domainJoinedDevice was not satisfied'],
  ])('%s', async (_, controls, errorCode, fact) => {
    const stopped = { ...OUTSIDE, status: { errorCode } };
    expect(await whatBecomes(controls, stopped)).toMatchObject({ replayed: 'unknown', missing: [fact] });
    expect(await whatBecomes(controls, { ...stopped, ...failed })).toMatchObject({ result: 'failure' });
  });

  test('says nothing of another control', async () => {
    const stopped = { ...OUTSIDE, status: { errorCode: 53001 } };
    expect(await whatBecomes(COMPLIANT, stopped)).toMatchObject({ replayed: 'granted' });
  });
});
