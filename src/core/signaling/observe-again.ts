import type { Address } from '../network/address.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { NetworkPath, SignInAttempt, Target } from './attempt.ts';
import type { Observation } from './observation.ts';
import type { ObserveOptions } from './observe.ts';
import { observe } from './observe.ts';
import { resourceKindsOf } from './resource-kind.ts';

export type Observer = (attempt: SignInAttempt) => Observation;

/** Where a member of an observation comes from: `observe` chooses among the addresses of the path, and makes none. */
type AddressOf = 'source' | 'proxy' | 'resourceProvider' | undefined;

/** What is seen of every path of one pattern: what stands for all of them, and where the rest comes from. */
interface Recipe {
  readonly seen: Observation;
  readonly ipAddress: AddressOf;
  readonly country: 'source' | 'proxy' | undefined;
  readonly atResource: AddressOf;
  readonly possiblyAtResource: AddressOf;
}

/**
 * `observe` with a memory, for many sign-ins. What is seen follows from the kinds of resources and from the pattern of the
 * path: which addresses and countries are known and which of them are alike. So each pattern is observed once.
 */
export function createObserver(status: SignalingStatus, options: ObserveOptions): Observer {
  const kinds = kindsOfResources();
  const recipes = new Map<number, Recipe>();
  return (attempt) => {
    const key = kinds(attempt.target) * PATTERNS + patternOf(attempt);
    let recipe = recipes.get(key);
    if (recipe === undefined) {
      recipe = recipeOf(attempt, observe(attempt, status, options));
      recipes.set(key, recipe);
    }
    return observed(recipe, attempt.network);
  };
}

/** A number for the kinds of the resources of a target; there are few combinations. */
function kindsOfResources(): (target: Target) => number {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Target, number>();
  return (target) => {
    const before = known.get(target);
    if (before !== undefined) return before;
    const text = resourceKindsOf(target).join();
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    known.set(target, number);
    return number;
  };
}

const WAYS: readonly NetworkPath['via'][] = ['direct', 'globalSecureAccessClient', 'remoteNetwork', undefined];

/** More than any pattern is. */
const PATTERNS = 2 ** 20;

function patternOf({ network, recordedIpAddress }: SignInAttempt): number {
  const { via, source, proxy, tunnelOfThisTenant, mayBeForeign, resourceProvider } = network;
  const [own, other] = [source.address, proxy?.address];
  const [ownCountry, otherCountry] = [source.countryOrRegion, proxy?.countryOrRegion];
  let pattern = WAYS.indexOf(via);
  pattern = pattern * 3 + (tunnelOfThisTenant === undefined ? 0 : tunnelOfThisTenant ? 1 : 2);
  pattern = pattern * 2 + (mayBeForeign === true ? 1 : 0);
  pattern = pattern * 3 + (own === undefined ? 0 : own.version === 6 ? 1 : 2);
  pattern = pattern * 3 + likeness(other, own, undefined);
  pattern = pattern * 4 + likeness(resourceProvider, own, other);
  pattern = pattern * 4 + likeness(recordedIpAddress, own, other);
  pattern = pattern * 2 + (ownCountry === undefined ? 0 : 1);
  return pattern * 3 + (otherCountry === undefined ? 0 : otherCountry === ownCountry ? 1 : 2);
}

/** 0: not known; 1 and 2: as the first and the second of the others; 3, or 2 where there is one other: another one. */
function likeness(address: Address | undefined, first: Address | undefined, second: Address | undefined): number {
  if (address === undefined) return 0;
  if (first !== undefined && address.text === first.text) return 1;
  return second !== undefined && address.text !== second.text ? 3 : 2;
}

function recipeOf({ network }: SignInAttempt, seen: Observation): Recipe {
  const { source, proxy } = network;
  const { ipAddress, countryOrRegion, resourceIpAddress, possibleResourceAddress } = seen;
  const addressOf = (address: Address | undefined): AddressOf => {
    if (address === undefined) return undefined;
    if (address === source.address) return 'source';
    return address === proxy?.address ? 'proxy' : 'resourceProvider';
  };
  return {
    seen,
    ipAddress: addressOf(ipAddress),
    country:
      countryOrRegion === undefined ? undefined : countryOrRegion === source.countryOrRegion ? 'source' : 'proxy',
    atResource: addressOf(resourceIpAddress),
    possiblyAtResource: addressOf(possibleResourceAddress),
  };
}

function observed(
  { seen, ipAddress, country, atResource, possiblyAtResource }: Recipe,
  network: NetworkPath,
): Observation {
  const { proxy } = network;
  return {
    ipAddress: addressIn(network, ipAddress),
    standInAddress: seen.standInAddress,
    seenAddress: seen.seenAddress,
    countryOrRegion: country === undefined ? undefined : network[country]?.countryOrRegion,
    isThroughGlobalSecureAccess: seen.isThroughGlobalSecureAccess,
    globalSecureAccessIpAddress: seen.isThroughGlobalSecureAccess === true ? proxy?.address : undefined,
    compliantNetwork: seen.compliantNetwork,
    resourceIpAddress: addressIn(network, atResource),
    possibleResourceAddress: addressIn(network, possiblyAtResource),
    restored: seen.restored,
  };
}

function addressIn(network: NetworkPath, which: AddressOf): Address | undefined {
  if (which === undefined) return undefined;
  return which === 'resourceProvider' ? network.resourceProvider : network[which]?.address;
}
