import type { ExternalUserType } from '../graph/words.ts';
import type { Identity, NetworkPath } from './attempt.ts';

/**
 * Kinds of user whose account is this tenant's, an internal guest's among them: a client is onboarded to the tenant of the account (CN,
 * EXT).
 */
const OF_THIS_TENANT: ReadonlySet<ExternalUserType> = new Set(['none', 'internalGuest']);

/** Whether the account of somebody of this kind is this tenant's own. */
export function isAccountHere(type: ExternalUserType): boolean {
  return OF_THIS_TENANT.has(type);
}

/** Whether it is known that somebody comes with an account of this tenant, and so through its tunnel where through any (CN, EXT). */
export function isOfThisTenant(identity: Identity): boolean {
  if (identity.kind !== 'user') return false;
  const { externalUserType } = identity;
  return externalUserType === undefined ? identity.isOfThisTenant === true : isAccountHere(externalUserType);
}

/** Whether somebody is, or may be, from another tenant, and so may come through that tenant's tunnel (EXT). */
export function mayBeFromElsewhere(identity: Identity): boolean {
  if (identity.kind !== 'user') return false;
  const { externalUserType } = identity;
  return externalUserType === undefined ? identity.mayBeFromElsewhere === true : !isAccountHere(externalUserType);
}

/** Whether the tunnel, where there is one, is or may be another tenant's. */
export function mayBeAnotherTenants({ tunnelOfThisTenant, mayBeForeign }: NetworkPath): boolean {
  return tunnelOfThisTenant === undefined ? mayBeForeign === true : !tunnelOfThisTenant;
}
