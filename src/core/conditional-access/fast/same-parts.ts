import type { FactName } from '../../graph/sign-in-facts.ts';
import { factsOfSlot } from '../../graph/sign-in-facts.ts';
import type { Device, Identity, RequestedContext, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { Slot } from '../facts/facts.ts';
import { isActiveSync } from '../facts/legacy-client.ts';
import { PartCache } from './bits-cache.ts';
import type { BySlot, Judged } from './judged.ts';

/** Judges each part once. The result must not depend on anything else than what the conditions of the slot read. */
export function remembered<Result>(slot: Slot, judge: BySlot<Result>): BySlot<Result> {
  switch (slot) {
    case 'application':
      return caching(
        judge,
        ({ attempt: { target } }) => keyOfTarget(target),
        ({ attempt: { target } }) => target,
        sameTarget,
      );
    case 'identity':
      return caching(
        judge,
        ({ attempt: { identity } }) => keyOfIdentity(identity),
        ({ attempt: { identity, clientAppType } }) => ({ identity, clientAppType }),
        samePerson,
      );
    case 'location':
      return byHolders(judge);
    case 'device':
      return caching(
        judge,
        ({ attempt: { device } }) => keyOfDevice(device),
        ({ attempt: { device, satisfied } }) => ({ device, satisfied }),
        sameDevice,
      );
    case 'unmodelled':
      return caching(
        judge,
        () => 'unmodelled',
        () => undefined,
        same,
      );
    default:
      return byWords(judge, factsOfSlot(slot));
  }
}

/** By the country, in a cache for each set of named locations: a company signs in from a few of both. */
function byHolders<Result>(judge: BySlot<Result>): BySlot<Result> {
  const caches = new Map<Judged['holders'], BySlot<Result>>();
  return (judged) => {
    const known = caches.get(judged.holders);
    if (known !== undefined) return known(judged);
    if (caches.size >= MOST_WORDS) caches.clear();
    const cache = caching(judge, ({ observation }) => observation.countryOrRegion, locationPart, sameLocation);
    caches.set(judged.holders, cache);
    return cache(judged);
  };
}

function caching<Key, Part, Result>(
  judge: BySlot<Result>,
  keyOf: (judged: Judged) => Key,
  partOf: (judged: Judged) => Part,
  isSame: (kept: Part, asked: Part) => boolean,
): BySlot<Result> {
  const cache = new PartCache<Key, Part, Result>(isSame);
  return (judged) => {
    const key = keyOf(judged);
    const part = partOf(judged);
    return cache.find(key, part) ?? cache.keep(key, part, judge(judged));
  };
}

/** Remembers answers by the word of one fact. */
function byWord<Result>(judge: BySlot<Result>, fact: FactName): BySlot<Result> {
  const known = new Map<SignInAttempt[FactName], Result>();
  return (judged) => {
    const word = judged.attempt[fact];
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= MOST_WORDS) known.clear();
    const result = judge(judged);
    known.set(word, result);
    return result;
  };
}

/** Graph has few words for a fact; a record may have any. */
const MOST_WORDS = 1_000;

/** Remembers answers by the words of a few facts, the first of them as the key. */
function byWords<Result>(judge: BySlot<Result>, [first, ...rest]: readonly FactName[]): BySlot<Result> {
  if (first !== undefined && rest.length === 0) return byWord(judge, first);
  return caching(
    judge,
    ({ attempt }) => (first === undefined ? undefined : attempt[first]),
    ({ attempt }) => attempt,
    (kept, asked) => rest.every((fact) => kept[fact] === asked[fact]),
  );
}

function same<Part>(kept: Part, asked: Part): boolean {
  return kept === asked;
}

function keyOfTarget(target: Target): string | undefined {
  return target.kind === 'userAction' ? target.userAction : target.audiences?.[0]?.appId;
}

function sameTarget(kept: Target, asked: Target): boolean {
  if (kept === asked) return true;
  if (kept.kind === 'userAction') return asked.kind === 'userAction' && kept.userAction === asked.userAction;
  if (asked.kind === 'userAction' || kept.kind !== asked.kind) return false;
  if (
    kept.kind === 'authenticationContext' &&
    asked.kind === 'authenticationContext' &&
    kept.authenticationContext !== asked.authenticationContext
  )
    return false;
  if (kept.kind === 'application' && asked.kind === 'application' && !isSameRequest(kept, asked)) return false;
  if (kept.audiences === undefined || asked.audiences === undefined) return kept.audiences === asked.audiences;
  if (kept.audiences.length !== asked.audiences.length) return false;
  return kept.audiences.every(({ appId, displayName }, at) => {
    const other = asked.audiences?.[at];
    return appId === other?.appId && displayName === other.displayName;
  });
}

type Request = Extract<Target, { kind: 'application' }>;

function isSameRequest(kept: Request, asked: Request): boolean {
  if (kept.isUnderSecurityDefaults !== asked.isUnderSecurityDefaults) return false;
  if (kept.isAgentExchange !== asked.isAgentExchange || kept.areAllAudiences !== asked.areAllAudiences) return false;
  if (kept.possibleActions !== asked.possibleActions) return false;
  return areSameContexts(kept.authenticationContexts, asked.authenticationContexts);
}

function areSameContexts(kept: Request['authenticationContexts'], asked: Request['authenticationContexts']): boolean {
  if (kept === asked) return true;
  if (kept === undefined || asked === undefined) return false;
  const same = (one: RequestedContext, other: RequestedContext | undefined) =>
    one.id === other?.id && one.isRequired === other.isRequired;
  return kept.length === asked.length && kept.every((context, at) => same(context, asked[at]));
}

export function keyOfIdentity(identity: Identity): string | undefined {
  return identity.kind === 'user'
    ? (identity.userId ?? identity.userPrincipalName)
    : (identity.servicePrincipalId ?? identity.appId);
}

type PersonPart = Pick<SignInAttempt, 'identity' | 'clientAppType'>;

/** Policies for Exchange ActiveSync clients may reach more people with such a client (conditions/identity.ts). */
function samePerson(kept: PersonPart, asked: PersonPart): boolean {
  return sameIdentity(kept.identity, asked.identity) && widening(kept) === widening(asked);
}

export function widening({ clientAppType }: Pick<SignInAttempt, 'clientAppType'>): boolean | undefined {
  return clientAppType === undefined ? undefined : isActiveSync(clientAppType);
}

export function sameIdentity(kept: Identity, asked: Identity): boolean {
  if (kept === asked) return true;
  if (kept.kind === 'user') {
    return (
      asked.kind === 'user' &&
      kept.userId === asked.userId &&
      kept.userPrincipalName === asked.userPrincipalName &&
      kept.externalUserType === asked.externalUserType &&
      kept.isOfThisTenant === asked.isOfThisTenant &&
      kept.homeTenantId === asked.homeTenantId &&
      kept.isAgent === asked.isAgent
    );
  }
  return (
    kept.kind === asked.kind &&
    kept.servicePrincipalId === asked.servicePrincipalId &&
    kept.appId === asked.appId &&
    kept.isAgent === asked.isAgent
  );
}

function locationPart({ attempt, observation }: Judged) {
  return { attempt, observation };
}

type LocationPart = ReturnType<typeof locationPart>;

function sameLocation(kept: LocationPart, asked: LocationPart): boolean {
  return (
    kept.observation.countryOrRegion === asked.observation.countryOrRegion &&
    kept.observation.compliantNetwork === asked.observation.compliantNetwork &&
    kept.attempt.gpsCountryOrRegion === asked.attempt.gpsCountryOrRegion &&
    kept.attempt.insideCorporateNetwork === asked.attempt.insideCorporateNetwork
  );
}

function keyOfDevice(device: SignInAttempt['device']): Device[string] {
  return device === undefined || device === null ? device : (device['deviceId'] ?? device['displayName']);
}

type DevicePart = Pick<SignInAttempt, 'device' | 'satisfied'>;

/** The device itself, and what the session proves of it. */
function sameDevice(kept: DevicePart, asked: DevicePart): boolean {
  return (
    kept.satisfied.compliantDevice === asked.satisfied.compliantDevice &&
    kept.satisfied.domainJoinedDevice === asked.satisfied.domainJoinedDevice &&
    (kept.device === asked.device || hasSameAttributes(kept.device, asked.device))
  );
}

/** An attribute that is absent is not known; lists of attributes are compared by their text. */
function hasSameAttributes(kept: SignInAttempt['device'], asked: SignInAttempt['device']): boolean {
  if (kept === undefined || kept === null || asked === undefined || asked === null) return false;
  const names = Object.keys(kept);
  if (names.length !== Object.keys(asked).length) return false;
  return names.every((name) => {
    const [was, is] = [kept[name], asked[name]];
    return was === is || (typeof was === 'object' && JSON.stringify(was) === JSON.stringify(is));
  });
}
