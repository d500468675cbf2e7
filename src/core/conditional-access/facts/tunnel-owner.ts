import type { NetworkPath, SignInAttempt } from '../../signaling/attempt.ts';
import { isAccountHere } from '../../signaling/tunnel.ts';
import type { People } from './subject.ts';
import { resolveSubject } from './subject.ts';

/**
 * The attempt with the owner of its tunnel, where nothing says whose it is: a client is onboarded to the tenant of its user, so
 * somebody who is from another tenant, or of whom the directory does not say it, may come through that tenant's, or on a desktop of
 * this one through ours (EXT).
 */
export function withTunnelOwner(people: People, attempt: SignInAttempt): SignInAttempt {
  const { network } = attempt;
  if (network.via === 'direct' || network.tunnelOfThisTenant !== undefined) return attempt;
  return { ...attempt, network: { ...network, ...ownerOf(people, attempt) } };
}

function ownerOf(
  people: People,
  { identity }: SignInAttempt,
): Pick<NetworkPath, 'tunnelOfThisTenant' | 'mayBeForeign'> {
  const subject = resolveSubject(people, identity);
  const isOurs = subject.kind !== 'user' || subject.types.every(isAccountHere);
  return isOurs ? { tunnelOfThisTenant: true } : { mayBeForeign: true };
}
