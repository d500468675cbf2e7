import { describe, expect, test } from 'vitest';
import { actorAddress } from '../../../../src/core/signaling/actor-address.ts';
import { emptyTenant, sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { ActingNetwork, SignalingStatus, Tenant } from '../../../../src/core/tenant/tenant.ts';

const tenantOf = (signalingStatus: SignalingStatus, actingNetwork?: ActingNetwork, more: object = {}): Tenant => {
  const { settings, ...tenant } = emptyTenant();
  return {
    ...tenant,
    globalSecureAccess: { conditionalAccess: { signalingStatus }, ...more },
    settings: { ...settings, ...(actingNetwork === undefined ? {} : { actingNetwork }) },
  };
};
const behind = (via: ActingNetwork['via']): ActingNetwork => ({
  sourceIpAddress: '203.0.113.25',
  proxyIpAddress: '151.206.0.10',
  ...(via === undefined ? {} : { via }),
});
const seen = (tenant: Tenant) => actorAddress(tenant) ?? 'not known';

describe('the address that an audit entry has of', () => {
  test.each([
    ['an administrator behind Global Secure Access', 'globalSecureAccessClient', '203.0.113.25', '151.206.0.10'],
    ['one in a remote network', 'remoteNetwork', '203.0.113.25', '151.206.0.10'],
    ['one without it', 'direct', '203.0.113.25', '203.0.113.25'],
    ['one of whom nobody knows the way', undefined, '203.0.113.25', 'not known'],
  ] as const)('%s', (_, via, enabled, disabled) => {
    expect(seen(tenantOf('enabled', behind(via)))).toBe(enabled);
    expect(seen(tenantOf('disabled', behind(via)))).toBe(disabled);
  });

  test('nobody who said from where is not known', () => {
    expect(seen(tenantOf('enabled'))).toBe('not known');
    expect(seen(tenantOf('disabled', { via: 'globalSecureAccessClient', sourceIpAddress: '203.0.113.25' }))).toBe(
      'not known',
    );
  });

  test('an administrator whose IPv6 goes past the tunnel, or whose tenant is offboarded, is their own', () => {
    const six = { ...behind('globalSecureAccessClient'), sourceIpAddress: '2001:db8::7' };
    expect(seen(tenantOf('disabled', six))).toBe('2001:db8::7');
    const offboarded = { onboardingStatus: 'offboarded' };
    expect(seen(tenantOf('disabled', behind('globalSecureAccessClient'), offboarded))).toBe('203.0.113.25');
  });

  test('the administrator of the sample', () => {
    expect(seen(sampleTenant())).toBe('203.0.113.25');
    expect(seen(sampleTenant({ createdDateTime: '2024-01-01T00:00:00Z' }))).toBe('151.206.0.10');
  });
});
