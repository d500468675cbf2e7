import { isAgentIdentity, isAgentUser } from '../conditional-access/facts/agents.ts';
import { tabledAudiences, WELL_KNOWN_AUDIENCES } from '../conditional-access/facts/well-known-audiences.ts';
import {
  CLIENT_APP_TYPES,
  DEVICE_PLATFORMS,
  EXTERNAL_USER_TYPES,
  INSIDER_RISK_LEVELS,
  RISK_LEVELS,
  TRANSFER_METHODS,
  USER_ACTIONS,
} from '../graph/words.ts';
import type { Address } from '../network/address.ts';
import { boundaries, buildRangeIndex, lookup } from '../network/range-index.ts';
import { rangeListOf, readRangeTexts } from '../network/read-range-list.ts';
import { isPublicAddress, SPECIAL_USE_BLOCKS } from '../network/special-use.ts';
import type { Audience, NetworkPath, SignInAttempt } from '../signaling/attempt.ts';
import { egressRangesOf } from '../tenant/egress-ranges.ts';
import { canBeId } from '../tenant/ids-of-lists.ts';
import { contextsOfPolicies } from '../tenant/lost-lists.ts';
import { isCountryNamedLocation } from '../tenant/named-location.ts';
import { texts } from '../tenant/policy-words.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { CertifiedLevelName } from './certificate.ts';
import type { CheckedWorlds } from './worlds.ts';
import { SIDES } from './worlds.ts';

type Part = Partial<SignInAttempt>;

/**
 * Everything that a level can hold, found from the tenants alone and not from a certificate. Devices are the exception: that
 * there are no other kinds than those listed follows from the automata of the filters, which are the prover's. Agents are left
 * out of every answer.
 */
export function* universeOf(worlds: CheckedWorlds, name: CertifiedLevelName): Iterable<Part> {
  switch (name) {
    case 'who':
      return yield* people(worlds);
    case 'what':
      return yield* applications(worlds);
    case 'client':
      return yield* CLIENT_APP_TYPES.map((clientAppType) => ({ clientAppType }));
    case 'platform':
      return yield* [...DEVICE_PLATFORMS, null].map((devicePlatform) => ({ devicePlatform }));
    case 'flow':
      return yield* TRANSFER_METHODS.flatMap((authenticationFlow) =>
        TRANSFER_METHODS.map((originalTransferMethod) => ({ authenticationFlow, originalTransferMethod })),
      );
    case 'signInRisk':
      return yield* RISK_LEVELS.map((signInRiskLevel) => ({ signInRiskLevel }));
    case 'userRisk':
      return yield* RISK_LEVELS.map((userRiskLevel) => ({ userRiskLevel }));
    case 'servicePrincipalRisk':
      return yield* RISK_LEVELS.map((servicePrincipalRiskLevel) => ({ servicePrincipalRiskLevel }));
    case 'insiderRisk':
      return yield* INSIDER_RISK_LEVELS.map((insiderRiskLevel) => ({ insiderRiskLevel }));
    case 'device':
      return;
    case 'where':
      return yield* places(worlds);
  }
}

function* people({ before, after }: CheckedWorlds): Iterable<Part> {
  for (const { tenant } of [before, after]) {
    for (const user of tenant.users ?? [])
      if (!isAgentUser(user)) yield { identity: { kind: 'user', userId: user.id } };
    for (const principal of tenant.servicePrincipals ?? []) {
      if (isAgentIdentity(principal)) continue;
      const { id, servicePrincipalType } = principal;
      const kind = servicePrincipalType?.toLowerCase() === 'managedidentity' ? 'managedIdentity' : 'servicePrincipal';
      yield { identity: { kind, servicePrincipalId: id } };
    }
    for (const externalUserType of EXTERNAL_USER_TYPES) {
      if (externalUserType === 'none' || externalUserType === 'internalGuest') continue;
      for (const homeTenantId of ['99999999-9999-4999-8999-999999999999', ...namedHomes(tenant)]) {
        const identity = { kind: 'user', userId: UNLISTED, externalUserType, homeTenantId } as const;
        yield { identity };
        // Whether multifactor authentication is trusted of them need not be known (D-B2B).
        if (externalUserType === 'b2bDirectConnectUser') yield { identity, canPerformMfa: false };
      }
    }
  }
  yield { identity: { kind: 'servicePrincipal', servicePrincipalId: UNLISTED } };
}

/** An id that no directory has. */
const UNLISTED = '88888888-8888-4888-8888-888888888888';

function namedHomes(tenant: Tenant): readonly string[] {
  return tenant.policies
    .flatMap(({ conditions }) => [
      ...texts(conditions?.users?.includeGuestsOrExternalUsers?.externalTenants?.members),
      ...texts(conditions?.users?.excludeGuestsOrExternalUsers?.externalTenants?.members),
    ])
    .filter((home) => canBeId(tenant, 'tenants', home));
}

function* applications(worlds: CheckedWorlds): Iterable<Part> {
  const audiences = audiencesOf(worlds);
  for (const audience of audiences) {
    yield { target: { kind: 'application', audiences: [audience], areAllAudiences: true, authenticationContexts: [] } };
  }
  const policies = SIDES.flatMap((side) => worlds[side].tenant.policies);
  const actions = policies.flatMap(({ conditions }) => texts(conditions?.applications?.includeUserActions));
  for (const userAction of [...USER_ACTIONS.map(({ urn }) => urn), ...actions]) {
    yield { target: { kind: 'userAction', userAction } };
  }
  for (const authenticationContext of new Set(contextsOfPolicies(policies))) {
    for (const audience of audiences) {
      yield { target: { kind: 'authenticationContext', authenticationContext, audiences: [audience] } };
    }
  }
}

/** Applications that tenants, their policies or Microsoft know, and any other. */
function audiencesOf({ before, after }: CheckedWorlds): readonly Audience[] {
  return [before, after].flatMap(({ tenant }): Audience[] => {
    const named = tenant.policies
      .flatMap(({ conditions }) => [
        ...texts(conditions?.applications?.includeApplications),
        ...texts(conditions?.applications?.excludeApplications),
      ])
      .filter((entry) => canBeId(tenant, 'applications', entry));
    return [
      ...(tenant.servicePrincipals ?? []).flatMap(({ appId, displayName }) =>
        typeof appId === 'string' ? [{ appId, displayName }] : [],
      ),
      ...[...named.map((appId) => ({ appId })), ...tabledAudiences(tenant), ...WELL_KNOWN_AUDIENCES].filter(
        ({ appId }) => !hasPrincipal(tenant, appId),
      ),
      { appId: 'ffffffff-ffff-4fff-8fff-ffffffffffff', displayName: 'any other application' },
    ];
  });
}

/** An application whose name the tenant knows is asked for by it. */
function hasPrincipal({ servicePrincipals }: Tenant, appId: string): boolean {
  return (servicePrincipals ?? []).some((principal) => principal.appId?.toLowerCase() === appId.toLowerCase());
}

const WAYS: readonly Pick<NetworkPath, 'via' | 'tunnelOfThisTenant'>[] = [
  { via: 'direct' },
  { via: 'globalSecureAccessClient', tunnelOfThisTenant: true },
  { via: 'remoteNetwork', tunnelOfThisTenant: true },
  { via: 'globalSecureAccessClient', tunnelOfThisTenant: false },
];

function* places(worlds: CheckedWorlds): Iterable<Part> {
  const { sources, egress } = addresses(worlds);
  const countries = countriesOf(worlds, false);
  for (const way of WAYS) {
    for (const source of withCountries(way.via === 'direct' ? [...sources, ...egress] : sources, countries)) {
      for (const proxy of way.via === 'direct' ? [undefined] : withCountries(egress, countries)) {
        for (const gpsCountryOrRegion of countriesOf(worlds, true)) {
          const network = { ...way, source, ...(proxy === undefined ? {} : { proxy }) };
          yield { network, gpsCountryOrRegion, insideCorporateNetwork: false };
          yield { network, gpsCountryOrRegion, insideCorporateNetwork: true };
        }
      }
    }
  }
}

function withCountries(addressList: readonly Address[], countries: readonly (string | null)[]) {
  return addressList.flatMap((address) => countries.map((countryOrRegion) => ({ address, countryOrRegion })));
}

/** One address for each set of locations of both worlds that holds any: of users, and of the service. */
function addresses(worlds: CheckedWorlds): {
  readonly sources: readonly Address[];
  readonly egress: readonly Address[];
} {
  const egressRanges = readRangeTexts(SIDES.flatMap((side) => egressRangesOf(worlds[side].tenant)));
  const owned = SIDES.flatMap((side) => {
    const { list, mfaTrustedIps } = worlds[side].compiled.locations;
    return [...list, ...(mfaTrustedIps === undefined ? [] : [mfaTrustedIps])].map(({ ranges }) => ranges);
  });
  const index = buildRangeIndex(
    [egressRanges, rangeListOf(SPECIAL_USE_BLOCKS), ...owned].map((ranges, value) => ({ ranges, value })),
  );
  const found = new Map<string, Address>();
  for (const address of boundaries(index)) {
    const key = `${address.version} ${lookup(index, address).join()}`;
    if (isPublicAddress(address) && !found.has(key)) found.set(key, address);
  }
  const isEgress = (address: Address) => lookup(index, address).includes(0);
  return {
    sources: [...found.values()].filter((address) => !isEgress(address)),
    egress: [...found.values()].filter((address) => isEgress(address) && address.version === 4),
  };
}

/** One country for each set of locations that name any, one that none names, and none. */
function countriesOf(worlds: CheckedWorlds, byGps: boolean): readonly (string | null)[] {
  const lists = SIDES.flatMap((side) =>
    worlds[side].tenant.namedLocations
      .filter(isCountryNamedLocation)
      .filter(({ countryLookupMethod }) => (countryLookupMethod?.toLowerCase() === 'authenticatorappgps') === byGps)
      .map(({ countriesAndRegions }) => new Set(texts(countriesAndRegions).map((code) => code.toUpperCase()))),
  );
  const found = new Map<string, string>();
  for (const code of lists.flatMap((list) => [...list])) {
    const key = lists.map((list) => Number(list.has(code))).join('');
    if (!found.has(key)) found.set(key, code);
  }
  return [...found.values(), OTHER_COUNTRY, null];
}

/** A code that ISO 3166 gives to no country. */
const OTHER_COUNTRY = 'ZZ';
