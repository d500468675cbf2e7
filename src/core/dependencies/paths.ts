import { isStrictLocation } from '../conditional-access/grant/session-controls.ts';
import type { UnreadFact } from '../conditional-access/unread-facts.ts';
import type { LocationCatalog, LocationReference } from '../tenant/location-references.ts';
import { isCompliantNetworkNamedLocation } from '../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { DependencyPath } from './dependency.ts';

/**
 * The paths by which a policy hangs on the address or on the signal (D-NET, CN). `All` is none, and
 * neither is a country by GPS, which has nothing to do with the address (D-NET).
 */
export function pathsOf(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
  unread: readonly UnreadFact[],
): DependencyPath[] {
  return [
    ...references.flatMap((reference) => pathsOfReference(reference, catalog)),
    ...pathsBesideLocations(policy, references),
    ...unread.map(
      ({ fact, why }): DependencyPath => ({
        kind: why,
        displayName: fact.replace('meaning of ', ''),
        indirect: true,
      }),
    ),
  ];
}

function pathsOfReference(reference: LocationReference, { trusted }: LocationCatalog): DependencyPath[] {
  const { side, value: locationId } = reference;
  switch (reference.kind) {
    case 'all':
    case 'gpsCountry':
      return [];
    case 'allTrusted': {
      // An administrator may mark the compliant network trusted: then AllTrusted hangs on the signal too (CN).
      const network = trusted.find(isCompliantNetworkNamedLocation);
      const signal: DependencyPath[] =
        network === undefined
          ? []
          : [{ kind: 'compliantNetwork', side, locationId: network.id, displayName: network.displayName }];
      return [{ kind: 'allTrusted', side }, ...signal];
    }
    case 'mfaTrustedIps':
      return [{ kind: 'mfaTrustedIps', side, locationId, displayName: 'MFA trusted IPs' }];
    case 'compliantNetwork': {
      const displayName = reference.location?.displayName ?? 'All Compliant Network locations';
      return [{ kind: 'compliantNetwork', side, locationId, displayName }];
    }
    case 'country':
      return [{ kind: 'country', side, locationId, displayName: reference.location.displayName }];
    case 'ip':
    case 'unmodelled':
      return [{ kind: 'namedLocation', side, locationId, displayName: reference.location.displayName }];
    case 'dangling':
      return [{ kind: 'namedLocation', side, locationId }];
  }
}

/**
 * Sign-in risk is indirect: the address and trusted locations feed ID Protection, and which way a switch moves the level is
 * UNVERIFIED (D-RISK). Strict location enforcement is direct only together with locations (D-STRICT, D-CAE).
 */
function pathsBesideLocations(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
): DependencyPath[] {
  const paths: DependencyPath[] = [];
  if (isStrictLocation(policy.sessionControls)) {
    paths.push(references.length > 0 ? { kind: 'strictLocation' } : { kind: 'strictLocation', indirect: true });
  }
  if ((policy.conditions.signInRiskLevels ?? []).length > 0) paths.push({ kind: 'signInRisk', indirect: true });
  return paths;
}
