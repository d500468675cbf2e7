import { describe, expect, test } from 'vitest';
import { isNobodyTunnelled, nobodyTunnelledBecause } from '../../../../src/core/signaling/tunnelling.ts';
import { emptyTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

const having = (globalSecureAccess: Partial<Tenant['globalSecureAccess']>): Tenant => {
  const tenant = emptyTenant();
  return { ...tenant, globalSecureAccess: { ...tenant.globalSecureAccess, ...globalSecureAccess } };
};

const profiles = (...states: readonly (readonly [type: string, state: string])[]) => ({
  forwardingProfiles: states.map(([trafficForwardingType, state]) => ({
    id: trafficForwardingType,
    trafficForwardingType,
    state,
  })),
});

describe('that nobody comes through Global Secure Access is known', () => {
  test.each<[string, Partial<Tenant['globalSecureAccess']>]>([
    ['the tenant is offboarded', { onboardingStatus: 'offboarded' }],
    ['it is so in other letters', { onboardingStatus: 'Offboarded' }],
    ['all three profiles are off', profiles(['m365', 'disabled'], ['internet', 'disabled'], ['private', 'disabled'])],
    ['they are so in other letters', profiles(['m365', 'Disabled'], ['internet', 'DISABLED'], ['private', 'disabled'])],
    [
      'it is offboarded, whatever a profile says',
      {
        onboardingStatus: 'offboarded',
        ...profiles(['m365', 'enabled'], ['internet', 'enabled'], ['private', 'enabled']),
      },
    ],
  ])('where %s', (_, facts) => {
    expect(isNobodyTunnelled(having(facts))).toBe(true);
  });
});

describe('that nobody comes through Global Secure Access is not known', () => {
  test.each<[string, Partial<Tenant['globalSecureAccess']>]>([
    ['nothing was imported', {}],
    ['the tenant is onboarded', { onboardingStatus: 'onboarded' }],
    ['the list of profiles is empty', profiles()],
    ['a profile is not listed', profiles(['m365', 'disabled'], ['internet', 'disabled'])],
    [
      'only the Microsoft profile is off',
      profiles(['m365', 'disabled'], ['internet', 'enabled'], ['private', 'enabled']),
    ],
    ['one profile is on', profiles(['m365', 'disabled'], ['internet', 'disabled'], ['private', 'enabled'])],
    [
      'a profile stands twice, off and on',
      profiles(['m365', 'disabled'], ['m365', 'enabled'], ['internet', 'disabled'], ['private', 'disabled']),
    ],
    [
      'a profile of another kind is on',
      profiles(['m365', 'disabled'], ['internet', 'disabled'], ['private', 'disabled'], ['agents', 'enabled']),
    ],
    [
      'the state of one is a word that nobody knows',
      profiles(['m365', 'disabled'], ['internet', 'disabled'], ['private', 'paused']),
    ],
  ])('where %s', (_, facts) => {
    expect(isNobodyTunnelled(having(facts))).toBe(false);
  });
});

describe('why nobody comes through Global Secure Access is told as it is, and not as one of two', () => {
  const off = profiles(['m365', 'disabled'], ['internet', 'disabled'], ['private', 'disabled']);
  test.each<[string | undefined, Partial<Tenant['globalSecureAccess']>]>([
    ['the tenant is offboarded', { onboardingStatus: 'offboarded' }],
    ['every traffic profile is off', off],
    ['every traffic profile is off', { onboardingStatus: 'onboarded', ...off }],
    ['the tenant is offboarded and every traffic profile is off', { onboardingStatus: 'offboarded', ...off }],
    [undefined, { onboardingStatus: 'onboarded' }],
  ])('%s', (because, facts) => {
    expect(nobodyTunnelledBecause(having(facts))).toBe(because);
  });
});
