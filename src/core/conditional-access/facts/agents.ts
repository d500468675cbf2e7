import type { Identity } from '../../signaling/attempt.ts';
import type { ServicePrincipal, User } from '../../tenant/directory.ts';
import { isSet, lower } from '../../tenant/policy-words.ts';
import type { Truth } from '../result.ts';

/**
 * Agents of Microsoft Entra Agent ID (AGENT): an agent identity is a service principal of a type of its own, an agent's account
 * a user of one. OData gives every object of a derived type its `@odata.type`, so an object of the directory that has none is
 * no agent.
 */
export function isAgentUser(user: User): boolean {
  return typeOf(user) === 'agentuser' || isSet(user.identityParentId);
}

export function isAgentIdentity(principal: ServicePrincipal): boolean {
  return typeOf(principal) === 'agentidentity' || isSet(principal.agentIdentityBlueprintId);
}

/** What an agent resource is: the principal of a blueprint, or an agent identity (D-APPS). */
export function isAgentResource(principal: ServicePrincipal): boolean {
  return typeOf(principal) === 'agentidentityblueprintprincipal' || isAgentIdentity(principal);
}

function typeOf(object: User | ServicePrincipal): string | undefined {
  return lower(object['@odata.type'])?.replace(/^#?(microsoft\.graph\.)?/, '');
}

/** The directory before the sign-in; unknown where neither knows whether it is one. */
export function isAgent<Known extends User | ServicePrincipal>(
  identity: Identity,
  known: Known | undefined,
  is: (object: Known) => boolean,
): Truth {
  if (known !== undefined && is(known)) return true;
  return identity.isAgent ?? (known === undefined ? 'unknown' : false);
}
