import { describe, expect, test } from 'vitest';
import type { SignIn } from '../../../../../src/core/conditional-access/record/sign-in.ts';
import { asRecorded, overwritten } from '../../../../../src/core/conditional-access/record/sign-in-record.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import { attempt, judge, observation, policy } from '../../../../support/contoso.ts';
import { toSignIn } from '../../../../support/evaluated-record.ts';

const RECORD: SignIn = {
  id: 'request-1',
  createdDateTime: '2026-01-15T09:00:00Z',
  ipAddress: '198.51.100.7',
  location: { city: 'Berlin', state: 'Berlin', countryOrRegion: 'DE' },
  isThroughGlobalSecureAccess: true,
  globalSecureAccessIpAddress: '128.94.0.10',
  ipAddressFromResourceProvider: '128.94.0.10',
  conditionalAccessStatus: 'success',
  status: { errorCode: 0, failureReason: 'Other.' },
  riskLevelDuringSignIn: 'none',
};

describe('what a judged record no longer has', () => {
  const written = toSignIn(RECORD, judge([policy()], attempt(), observation('203.0.113.10')));

  test('is exactly what the evaluation changed, and can be put back', () => {
    expect(overwritten(RECORD, RECORD)).toEqual({});
    const lost = overwritten(RECORD, written);
    expect(lost).toMatchObject({
      ipAddress: '198.51.100.7',
      isThroughGlobalSecureAccess: true,
      networkLocationDetails: null,
      conditionalAccessStatus: 'success',
      status: RECORD.status,
    });
    expect(lost).not.toHaveProperty('location');
    const replay = {
      signalingStatus: 'enabled',
      outcome: 'blocked',
      decidedBy: [],
      missing: [],
      tenantSerial: 1,
    } as const;
    expect(asRecorded({ record: written, replay: { ...replay, recorded: lost } })).toMatchObject(RECORD);
    expect(asRecorded({ record: written, replay })).toEqual(written);
  });
});

describe('the record of a judged sign-in', () => {
  test('has what the evaluation decides and keeps everything else', () => {
    const evaluation = judge(
      [policy()],
      attempt(),
      observation('203.0.113.10', {
        restored: true,
        isThroughGlobalSecureAccess: true,
        globalSecureAccessIpAddress: address('128.94.0.10'),
      }),
    );
    expect(toSignIn(RECORD, evaluation)).toEqual({
      ...RECORD,
      ipAddress: '203.0.113.10',
      globalSecureAccessIpAddress: '128.94.0.10',
      ipAddressFromResourceProvider: null,
      networkLocationDetails: [
        { networkType: 'trustedNamedLocation', networkNames: ['HQ'] },
        { networkType: 'namedNetwork', networkNames: ['Germany'] },
      ],
      conditionalAccessStatus: 'failure',
      authenticationRequirement: 'singleFactorAuthentication',
      status: {
        errorCode: 53003,
        failureReason:
          'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
        additionalDetails: '',
      },
      appliedConditionalAccessPolicies: [expect.objectContaining({ result: 'failure' })],
    });
  });

  test('leaves city and state with the country they belong to', () => {
    const moved = toSignIn(RECORD, judge([], attempt(), observation('203.0.113.10', { countryOrRegion: 'FR' })));
    expect(moved.location).toEqual({ city: null, state: null, countryOrRegion: 'FR' });
    const unknown = { countryOrRegion: undefined };
    const same = toSignIn(RECORD, judge([], attempt(), observation('198.51.100.7', unknown)));
    expect(same.location).toEqual(RECORD.location);
    const elsewhere = toSignIn(RECORD, judge([], attempt(), observation('203.0.113.10', unknown)));
    expect(elsewhere.location).toBeNull();
    const { location: _, ...bare } = RECORD;
    expect(
      toSignIn(bare, judge([], attempt(), observation('203.0.113.10', { countryOrRegion: null }))).location,
    ).toBeNull();
  });

  test('shows the address at the resource only where it differs', () => {
    const seen = (text: string) =>
      toSignIn(RECORD, judge([], attempt(), observation('203.0.113.10', { resourceIpAddress: address(text) })))
        .ipAddressFromResourceProvider;
    expect([seen('203.0.113.10'), seen('192.0.2.9')]).toEqual([null, '192.0.2.9']);
  });

  test('does not pretend where the answer is not known', () => {
    const unknown = judge(
      [policy({ agents: { all: true } })],
      attempt(),
      observation(undefined, { ipAddress: undefined, isThroughGlobalSecureAccess: undefined }),
    );
    expect(toSignIn(RECORD, unknown)).toMatchObject({
      ipAddress: '198.51.100.7',
      isThroughGlobalSecureAccess: true,
      globalSecureAccessIpAddress: null,
      conditionalAccessStatus: null,
      status: { errorCode: null, failureReason: '' },
    });
  });

  test('has no network location where nothing holds the address', () => {
    const nowhere = judge([], attempt(), observation('192.0.2.200', { countryOrRegion: null }));
    expect(nowhere.networkLocationDetails).toEqual([]);
    expect(judge([], attempt(), observation('198.51.100.7', { countryOrRegion: 'US' })).networkLocationDetails).toEqual(
      [{ networkType: 'namedNetwork', networkNames: ['Branch'] }],
    );
  });
});
