import type { Change } from '../../../../src/core/impact/change.ts';
import { createForecast } from '../../../../src/core/impact/forecast.ts';
import { switched, worldOf } from '../../../../src/core/impact/world.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import type { NetworkPath, SignInAttempt } from '../../../../src/core/signaling/attempt.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

/** Somebody at the office, through Global Secure Access, of whom everything is known. */
export const THROUGH: NetworkPath = {
  via: 'globalSecureAccessClient',
  source: { address: parseAddress('203.0.113.25'), countryOrRegion: 'NL' },
  proxy: { address: parseAddress('151.206.10.7'), countryOrRegion: 'NL' },
  tunnelOfThisTenant: true,
};

export const SIGN_IN: SignInAttempt = {
  identity: { kind: 'user', userId: 'anna', userPrincipalName: 'anna@contoso.example', externalUserType: 'none' },
  target: { kind: 'application', audiences: [{ appId: 'app' }] },
  network: THROUGH,
  clientAppType: 'browser',
  devicePlatform: 'windows',
  device: null,
  signInRiskLevel: 'none',
  satisfied: { mfa: false, compliantDevice: false, domainJoinedDevice: false },
};

/** What becomes of the sign-in when signaling of the tenant is switched. */
export function onSwitch(tenant: Tenant, to: 'enabled' | 'disabled', attempt: SignInAttempt = SIGN_IN): Change {
  const before = worldOf(tenant, to === 'enabled' ? 'disabled' : 'enabled');
  return createForecast(before, switched(before, to)).judge(attempt);
}

/** What becomes of it between two tenants, with signaling on in both. */
export function between(before: Tenant, after: Tenant, attempt: SignInAttempt = SIGN_IN): Change {
  return createForecast(worldOf(before, 'enabled'), worldOf(after, 'enabled')).judge(attempt);
}
