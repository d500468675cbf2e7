import { describe, expect, test } from 'vitest';
import { prerequisites } from '../../../../src/core/signaling/prerequisites.ts';
import { emptyTenant, sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

const standing = (tenant: Tenant) => prerequisites(tenant).map(({ id, holds, detail }) => `${id}: ${holds}, ${detail}`);

describe('the prerequisites of signaling', () => {
  test('hold in the sample tenant', () => {
    expect(standing(sampleTenant())).toEqual([
      'onboarded: yes, Global Secure Access is onboarded',
      'licence: yes, Entra ID P1',
      'microsoftTrafficProfile: yes, the profile is enabled',
    ]);
  });

  test('are not known of a tenant about which nothing is known', () => {
    expect(standing(emptyTenant())).toEqual([
      'onboarded: unknown, the onboarding status of Global Secure Access was not imported',
      'licence: unknown, the edition of Entra ID is not known',
      'microsoftTrafficProfile: unknown, the traffic forwarding profiles were not imported',
    ]);
  });

  test('fail without onboarding, on the free edition and with the profile off', () => {
    const tenant = sampleTenant();
    const off: Tenant = {
      ...tenant,
      entraIdPlan: 'free',
      globalSecureAccess: {
        ...tenant.globalSecureAccess,
        onboardingStatus: 'offboarded',
        forwardingProfiles: [{ id: '1', state: 'disabled', trafficForwardingType: 'm365' }],
      },
    };
    expect(standing(off)).toEqual([
      'onboarded: no, Global Secure Access is offboarded',
      'licence: no, Entra ID free',
      'microsoftTrafficProfile: no, the profile is disabled',
    ]);
  });

  test('fail where the tenant has no Microsoft traffic profile at all', () => {
    const tenant = sampleTenant();
    const without: Tenant = {
      ...tenant,
      globalSecureAccess: { ...tenant.globalSecureAccess, forwardingProfiles: [] },
    };
    expect(standing(without).at(-1)).toBe('microsoftTrafficProfile: no, the tenant has no such profile');
  });

  test('look at the Microsoft profile among the others, in whatever letters its state is', () => {
    const tenant = sampleTenant();
    const others: Tenant = {
      ...tenant,
      globalSecureAccess: {
        ...tenant.globalSecureAccess,
        forwardingProfiles: [
          { id: '1', state: 'disabled', trafficForwardingType: 'internet' },
          { id: '2', state: 'Enabled', trafficForwardingType: 'm365' },
        ],
      },
    };
    expect(standing(others).at(-1)).toBe('microsoftTrafficProfile: yes, the profile is Enabled');
  });
});
