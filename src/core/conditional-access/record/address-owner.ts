import type { SignIn } from './sign-in.ts';

/**
 * The owner of the address that Entra ID saw, by what the record holds: the user's own, the egress of Global Secure Access, or an
 * address that is known to be neither.
 */
export type AddressOwner = 'own' | 'proxy' | 'other' | 'unknown';

export function addressOwner(record: SignIn): AddressOwner {
  const { ipAddress, sourceIpAddress, globalSecureAccessIpAddress, isThroughGlobalSecureAccess } = record;
  if (ipAddress == null || ipAddress === '') return 'unknown';
  if (sourceIpAddress === ipAddress) return 'own';
  if (globalSecureAccessIpAddress === ipAddress) return 'proxy';
  if (sourceIpAddress != null) return 'other';
  return isThroughGlobalSecureAccess === false ? 'own' : 'unknown';
}
