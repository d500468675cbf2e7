import type { Address } from '../network/address.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { otherStatus } from '../tenant/tenant.ts';
import type { AddressFacts, NetworkPath, SignInAttempt } from './attempt.ts';
import type { PathKind, Seen, SeenAddress } from './matrix.ts';
import { isThroughGlobalSecureAccess, matrixRow } from './matrix.ts';
import type { Observation } from './observation.ts';
import type { ResourceKind } from './resource-kind.ts';
import { RESOURCE_KINDS, resourceKindsOf } from './resource-kind.ts';
import { mayBeAnotherTenants } from './tunnel.ts';
import { isNobodyTunnelled, isProfileOn } from './tunnelling.ts';

/** Facts of the tenant and choices that decide what is seen; `observeOptions(tenant)` makes them. */
export interface ObserveOptions {
  /** Choice `restoresSharePointAndExchange`; `undefined`: the documents disagree and the setting does not say. */
  readonly restoresSharePointAndExchange: boolean | undefined;
  /** Choice `restorationAcrossTenants`; `undefined`: not known. */
  readonly restoresForeignTunnels?: boolean | undefined;
  /** Whether the internet access traffic profile is enabled; `undefined`: not known. */
  readonly internetProfile: boolean | undefined;
  /** It is known that nobody comes through Global Secure Access any more, whatever came through when it was recorded. */
  readonly isNobodyTunnelled?: boolean;
  /** What may stand for a proxy's address that is not known (stand-in.ts); absent: nothing may. */
  readonly proxyStandIn?: Address | undefined;
}

export function observeOptions(tenant: Tenant): ObserveOptions {
  const { forwardingProfiles } = tenant.globalSecureAccess;
  const internet = forwardingProfiles?.some(
    (profile) => profile.trafficForwardingType === 'internet' && isProfileOn(profile),
  );
  return {
    restoresSharePointAndExchange: tenant.settings.restoresSharePointAndExchange,
    restoresForeignTunnels: tenant.settings.restoresForeignTunnels,
    internetProfile: internet,
  };
}

/**
 * The same where every address is tried: another tenant's tunnel shows the user's own address or its proxy's, never another one
 * for this tenant's switch, so that either stands for both. Nobody comes through where nobody is tunnelled.
 */
export function everyAddressTried(tenant: Tenant): ObserveOptions {
  const options = supposingOptions(tenant);
  return { ...options, restoresForeignTunnels: options.restoresForeignTunnels ?? true };
}

/** The same for a sign-in that is only supposed: nobody comes through where nobody is tunnelled. */
export function supposingOptions(tenant: Tenant): ObserveOptions {
  return { ...observeOptions(tenant), isNobodyTunnelled: isNobodyTunnelled(tenant) };
}

/**
 * What Microsoft Entra, Graph and the resource see of the attempt under that signaling status: the rows of the IP matrix
 * that are possible, and of each member only what they agree on. So a path that is not known still gives an answer where
 * the path makes no difference.
 */
export function observe(attempt: SignInAttempt, status: SignalingStatus, options: ObserveOptions): Observation {
  const { network, target } = attempt;
  const paths = possiblePaths(network, options);
  const resources = resourceKindsOf(target);
  const entraSides = paths.flatMap((path) =>
    resources.flatMap((resource) => {
      const seen = matrixRow(path, resource ?? 'entraId').seen[status];
      if (!isThroughGlobalSecureAccess(path)) return [ownSide(path, seen, network)];
      return [
        ...(network.tunnelOfThisTenant === false ? [] : [ownSide(path, seen, network)]),
        ...(mayBeAnotherTenants(network) ? [foreignSide(attempt, options)] : []),
      ];
    }),
  );
  const atResource = resourceAddress(paths, resources, status, network, options);
  const seenAddress = agreed(entraSides, (side) => side.seenAddress);
  const isThrough = agreed(entraSides, (side) => side.isThroughGlobalSecureAccess);
  const ipAddress = agreed(
    entraSides,
    (side) => side.facts?.address,
    (address) => address.text,
  );
  return {
    ipAddress,
    standInAddress: ipAddress === undefined && seenAddress === 'proxy' ? options.proxyStandIn : undefined,
    seenAddress,
    countryOrRegion: agreed(entraSides, (side) => side.facts?.countryOrRegion),
    isThroughGlobalSecureAccess: isThrough,
    // Kept with signaling on as well: choice `globalSecureAccessIpAddressWhileRestored`.
    globalSecureAccessIpAddress: isThrough === true ? network.proxy?.address : undefined,
    compliantNetwork: agreed(entraSides, (side) => side.compliantNetwork),
    ...atResource,
    restored: isThrough === true && seenAddress === 'source',
  };
}

/** Paths that the attempt may have taken: more than one where a fact is missing. */
function possiblePaths({ via, source }: NetworkPath, options: ObserveOptions): readonly PathKind[] {
  const { internetProfile, isNobodyTunnelled } = options;
  if (via === 'direct') return ['direct'];
  if (isNobodyTunnelled === true) return ['clientDisabled'];
  if (source.address?.version === 6) return ['clientIpv6'];
  if (via === 'remoteNetwork') return ['remoteNetwork'];
  const clients: readonly PathKind[] =
    internetProfile === undefined
      ? ['client', 'clientWithInternetProfile']
      : [internetProfile ? 'clientWithInternetProfile' : 'client'];
  return via === 'globalSecureAccessClient' ? clients : [...clients, 'remoteNetwork', 'direct'];
}

interface EntraSide {
  readonly seenAddress: 'source' | 'proxy' | undefined;
  readonly facts: AddressFacts | undefined;
  readonly isThroughGlobalSecureAccess: boolean;
  readonly compliantNetwork: boolean | undefined;
}

function ownSide(path: PathKind, seen: Seen, network: NetworkPath): EntraSide {
  const seenAddress = seen.entra === 'source' || seen.entra === 'proxy' ? seen.entra : undefined;
  return {
    seenAddress,
    facts: seenAddress === undefined ? undefined : network[seenAddress],
    isThroughGlobalSecureAccess: isThroughGlobalSecureAccess(path),
    compliantNetwork: compliantNetwork(seen, network),
  };
}

/**
 * Through another tenant's tunnel. This tenant's switch is not that tenant's, so what a record says was seen stays; else nobody
 * knows what is (choice `restorationAcrossTenants`). It never makes the network compliant (CN).
 */
function foreignSide(
  { network, recordedIpAddress }: SignInAttempt,
  { restoresForeignTunnels }: ObserveOptions,
): EntraSide {
  const isRecorded = (facts: AddressFacts | undefined) =>
    recordedIpAddress !== undefined && facts?.address?.text === recordedIpAddress.text;
  const recorded = isRecorded(network.source) ? 'source' : isRecorded(network.proxy) ? 'proxy' : undefined;
  const chosen = restoresForeignTunnels === undefined ? undefined : restoresForeignTunnels ? 'source' : 'proxy';
  const seenAddress = recorded ?? chosen;
  return {
    seenAddress,
    facts: seenAddress === undefined ? undefined : network[seenAddress],
    isThroughGlobalSecureAccess: true,
    compliantNetwork: false,
  };
}

/** A tunnel of unknown owner may pass. */
function compliantNetwork({ compliantNetwork }: Seen, { tunnelOfThisTenant }: NetworkPath): boolean | undefined {
  if (compliantNetwork === 'fail') return false;
  return compliantNetwork === 'pass' ? tunnelOfThisTenant : undefined;
}

type AtResource = Pick<Observation, 'resourceIpAddress' | 'possibleResourceAddress'>;

/**
 * The address at the resource. Where the switch makes no difference, what the record itself says the resource saw stands;
 * elsewhere the matrix speaks, and where documents contradict each other the address that they do not agree on is possible. A
 * resource of unknown kind could be any of them.
 */
function resourceAddress(
  paths: readonly PathKind[],
  resources: readonly (ResourceKind | undefined)[],
  status: SignalingStatus,
  network: NetworkPath,
  options: ObserveOptions,
): AtResource {
  const kinds = resources.flatMap((kind) => (kind === undefined ? RESOURCE_KINDS : [kind]));
  const isForeign = mayBeAnotherTenants(network);
  if (isForeign && paths.some(isThroughGlobalSecureAccess)) return { resourceIpAddress: undefined };
  const seenWith = (restores: boolean): Address | undefined => {
    const views = paths.flatMap((path) =>
      kinds.map((kind) => ({
        now: resourceSees(path, kind, status, restores),
        otherwise: resourceSees(path, kind, otherStatus(status), restores),
      })),
    );
    return agreed(
      views.filter(({ now }) => now !== 'none'),
      ({ now, otherwise }) => {
        const modelled = now === 'source' || now === 'proxy' ? network[now]?.address : undefined;
        return now === otherwise ? (network.resourceProvider ?? modelled) : modelled;
      },
      (address) => address.text,
    );
  };
  const { restoresSharePointAndExchange } = options;
  if (restoresSharePointAndExchange !== undefined)
    return { resourceIpAddress: seenWith(restoresSharePointAndExchange) };
  const [restored, unrestored] = [seenWith(true), seenWith(false)];
  if (restored?.text === unrestored?.text) return { resourceIpAddress: restored };
  return { resourceIpAddress: undefined, possibleResourceAddress: unrestored };
}

function resourceSees(path: PathKind, kind: ResourceKind, status: SignalingStatus, restores: boolean): SeenAddress {
  const { seen, choice } = matrixRow(path, kind);
  const isTurned = status === 'enabled' && choice?.id === 'restoresSharePointAndExchange' && restores;
  return (isTurned ? choice.resourceWhenTurned : undefined) ?? seen[status].resource;
}

/** What all items say, compared by `key`; `undefined` as soon as one does not know or two differ. */
function agreed<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
  key: (value: Value) => unknown = (value) => value,
): Value | undefined {
  const [first, ...others] = items.map(read);
  if (first === undefined) return undefined;
  return others.every((other) => other !== undefined && key(other) === key(first)) ? first : undefined;
}
