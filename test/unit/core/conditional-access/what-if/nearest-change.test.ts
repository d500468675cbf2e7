import { describe, expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import { changesThatTurn } from '../../../../../src/core/conditional-access/what-if/nearest-change.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';
import { observeOptions } from '../../../../../src/core/signaling/observe.ts';
import type { ConditionalAccessPolicy } from '../../../../../src/core/tenant/policy.ts';
import type { SignalingStatus } from '../../../../../src/core/tenant/tenant.ts';
import { address } from '../../../../support/arbitraries/network.ts';
import { attempt, GERMANY, HQ, policy, TERMS, tenant } from '../../../../support/contoso.ts';

const facts = (text: string, countryOrRegion = 'FR') => ({ address: address(text), countryOrRegion });
const OUTSIDE_HQ = policy({ locations: { includeLocations: ['All'], excludeLocations: [HQ] } });

function situation(
  one: ConditionalAccessPolicy,
  changes: Partial<SignInAttempt>,
  signalingStatus: SignalingStatus = 'enabled',
) {
  const compiled = compile(tenant([one]));
  return [
    compiled,
    {
      attempt: attempt({ network: { via: 'direct', source: facts('198.51.100.200') }, ...changes }),
      signalingStatus,
      options: observeOptions(compiled.tenant),
    },
  ] as const;
}

const tunnel = (source: string) => ({
  network: {
    via: 'globalSecureAccessClient' as const,
    tunnelOfThisTenant: true,
    source: facts(source),
    proxy: facts('128.94.0.10'),
  },
});

describe('the nearest change', () => {
  test.each<
    [string, ConditionalAccessPolicy, Partial<SignInAttempt>, SignalingStatus, string | undefined, string | undefined]
  >([
    [
      'answering a prompt',
      policy({}, { operator: 'OR', builtInControls: ['mfa'] }),
      {},
      'enabled',
      'with multifactor authentication',
      'granted',
    ],
    [
      'a stronger method',
      policy({}, { operator: 'OR', authenticationStrength: { id: '00000000-0000-0000-0000-000000000004' } }),
      {},
      'enabled',
      'with a phishing-resistant method',
      'granted',
    ],
    [
      'terms of use',
      policy({}, { operator: 'OR', termsOfUse: [TERMS] }),
      {},
      'enabled',
      'with the terms of use accepted',
      'granted',
    ],
    [
      'a custom control',
      policy({}, { operator: 'OR', customAuthenticationFactors: ['Duo'] }),
      {},
      'enabled',
      'with the custom controls passed',
      'granted',
    ],
    [
      'a new password',
      policy({}, { operator: 'AND', builtInControls: ['mfa', 'passwordChange'] }),
      {},
      'enabled',
      'with a new password',
      'granted',
    ],
    [
      'remediation',
      policy({}, { operator: 'OR', builtInControls: ['riskRemediation'] }),
      {},
      'enabled',
      'with the risk remediated',
      'granted',
    ],
    [
      'a compliant device',
      policy({}, { operator: 'OR', builtInControls: ['compliantDevice'] }),
      {},
      'enabled',
      'on a compliant device',
      'granted',
    ],
    [
      'a hybrid device',
      policy({}, { operator: 'OR', builtInControls: ['domainJoinedDevice'] }),
      {},
      'enabled',
      'on a hybrid joined device',
      'granted',
    ],
    [
      'an approved app',
      policy({}, { operator: 'OR', builtInControls: ['approvedApplication'] }),
      {},
      'enabled',
      'from an approved app',
      'granted',
    ],
    [
      'a protected app',
      policy({}, { operator: 'OR', builtInControls: ['compliantApplication'] }),
      {},
      'enabled',
      'from an app with app protection',
      'granted',
    ],
    ['another address', OUTSIDE_HQ, {}, 'enabled', 'from an address in HQ (203.0.113.0/24)', 'granted'],
    ['signaling', OUTSIDE_HQ, tunnel('203.0.113.10'), 'disabled', 'with signaling enabled', 'granted'],
    ['losing signaling', OUTSIDE_HQ, tunnel('203.0.113.10'), 'enabled', 'with signaling disabled', 'blocked'],
    [
      'another country',
      policy({ locations: { includeLocations: ['All'], excludeLocations: [GERMANY] } }),
      {},
      'enabled',
      'from DE (Germany)',
      'granted',
    ],
    [
      'another client',
      policy({ clientAppTypes: ['browser'] }),
      {},
      'enabled',
      'with client app type mobileAppsAndDesktopClients',
      'granted',
    ],
    [
      'another platform',
      policy({ platforms: { includePlatforms: ['windows'] } }),
      {},
      'enabled',
      'on macOS',
      'granted',
    ],
    [
      'no risk',
      policy({ signInRiskLevels: ['high'] }),
      { signInRiskLevel: 'high' },
      'enabled',
      'without sign-in risk',
      'granted',
    ],
    [
      'leaving the network',
      policy({ locations: { includeLocations: [HQ] } }),
      { network: { via: 'direct', source: facts('203.0.113.10') } },
      'enabled',
      'from an address in Branch (198.51.100.0/27)',
      'granted',
    ],
    ['nothing at all', policy(), {}, 'enabled', undefined, undefined],
  ])('is %s', (_, one, changes, status, text, outcome) => {
    const nearest = changesThatTurn(...situation(one, changes, status))[0];
    expect([nearest?.change.text, nearest?.outcome]).toEqual([text, outcome]);
  });

  test('grants come before other refusals, and unknown answers are no change', () => {
    const both = policy(
      { locations: { includeLocations: ['All'], excludeLocations: [HQ] } },
      { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] },
    );
    const turning = changesThatTurn(...situation(both, { satisfied: { compliantDevice: false, mfa: false } }));
    expect(turning.map(({ change, outcome }) => [change.text, outcome])).toEqual([
      ['from an address in HQ (203.0.113.0/24)', 'granted'],
      ['on a compliant device', 'interrupted'],
    ]);
  });

  test('a sign-in that leaves the tunnel, or enters it', () => {
    const compliant = policy({ locations: { includeLocations: ['3d46dbda-8382-466a-856d-eb00cbc6b910'] } });
    expect(changesThatTurn(...situation(compliant, tunnel('203.0.113.10')))[0]?.change.text).toBe(
      'with signaling disabled',
    );
    const texts = changesThatTurn(...situation(compliant, tunnel('203.0.113.10'))).map(({ change }) => change.text);
    expect(texts).toContain('without Global Secure Access');
    const needed = policy({
      locations: { includeLocations: ['All'], excludeLocations: ['3d46dbda-8382-466a-856d-eb00cbc6b910'] },
    });
    expect(changesThatTurn(...situation(needed, {}))[0]?.change.text).toBe('through the Global Secure Access client');
  });

  test.each<[string, Parameters<typeof policy>[0], Partial<SignInAttempt>, readonly string[]]>([
    [
      'by the devices that would do',
      { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } },
      { device: { model: 'X', isCompliant: false } },
      ['on a compliant device'],
    ],
    [
      'by the kind of join, keeping the model',
      {
        devices: {
          deviceFilter: { mode: 'exclude', rule: 'device.trustType -eq "ServerAD" -and device.model -eq "X"' },
        },
      },
      { device: { model: 'X', trustType: 'AzureAD' } },
      ['on a hybrid joined device'],
    ],
    [
      'by every platform but its own',
      { platforms: { includePlatforms: ['windows'] } },
      {},
      ['on macOS', 'on iOS', 'on android', 'on linux'],
    ],
    ['by user risk', { userRiskLevels: ['high'] }, { userRiskLevel: 'high' }, ['without user risk']],
    ['by insider risk', { insiderRiskLevels: 'elevated' }, { insiderRiskLevel: 'elevated' }, ['without insider risk']],
    [
      'by the client',
      { clientAppTypes: ['mobileAppsAndDesktopClients'] },
      { clientAppType: 'mobileAppsAndDesktopClients' },
      ['with client app type browser'],
    ],
  ])('is named, %s', (_, conditions, changes, expected) => {
    const turning = changesThatTurn(...situation(policy(conditions), changes));
    expect(turning.map(({ change }) => change.text)).toEqual(expected);
  });

  test('of address goes to a range of the same version where there is one, and out of all', () => {
    const inside = policy({ locations: { includeLocations: ['AllTrusted'] } });
    const texts = (source: string) =>
      changesThatTurn(...situation(inside, { network: { via: 'direct', source: facts(source) } })).map(
        ({ change }) => change.text,
      );
    expect(texts('2001:db8:1::1')).toEqual([
      'from an address in Branch (198.51.100.0/27)',
      'from an address in no named location',
    ]);
    const outside = (source: string) =>
      changesThatTurn(...situation(OUTSIDE_HQ, { network: { via: 'direct', source: facts(source) } })).map(
        ({ change }) => [change.kind, change.text],
      );
    expect(outside('2001:db8:ffff::1')).toEqual([['address', 'from an address in HQ (2001:db8:1::/48)']]);
    expect(outside('198.51.100.1')).toEqual([['address', 'from an address in HQ (203.0.113.0/24)']]);
  });

  test('is of the kind that its text tells', () => {
    const kinds = (
      one: ConditionalAccessPolicy,
      changes: Partial<SignInAttempt>,
      status: SignalingStatus = 'enabled',
    ) => changesThatTurn(...situation(one, changes, status)).map(({ change }) => change.kind);
    expect(kinds(policy({}, { operator: 'OR', builtInControls: ['mfa'] }), {})).toEqual([
      'control',
      'control',
      'control',
    ]);
    expect(kinds(policy({}, { operator: 'OR', builtInControls: ['approvedApplication'] }), {})).toEqual(['device']);
    expect(kinds(policy({ platforms: { includePlatforms: ['windows'], excludePlatforms: ['iOS'] } }), {})).toContain(
      'devicePlatform',
    );
    expect(kinds(OUTSIDE_HQ, tunnel('203.0.113.10'), 'disabled')).toContain('signaling');
    expect(kinds(OUTSIDE_HQ, tunnel('203.0.113.10'), 'disabled')).toContain('path');
    expect(kinds(policy({ signInRiskLevels: ['high'] }), { signInRiskLevel: 'high' })).toEqual(['risk']);
  });

  test('what the record says of the old sign-in is not heard for the new one', () => {
    const one = policy({}, { operator: 'OR', builtInControls: ['mfa'] });
    const testimony = new Map([
      [one.id, { result: 'failure', satisfied: [], notSatisfied: [], applied: true, controlsSatisfied: false }],
    ]);
    expect(changesThatTurn(...situation(one, { testimony }))[0]?.outcome).toBe('granted');
  });
});
