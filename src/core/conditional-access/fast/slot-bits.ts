import type { FactName } from '../../graph/sign-in-facts.ts';
import { factsOfSlot } from '../../graph/sign-in-facts.ts';
import type { Identity, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import type { CompiledTenant } from '../compile.ts';
import { gatherFacts } from '../evaluate.ts';
import type { Slot } from '../facts/facts.ts';
import { SLOTS } from '../facts/facts.ts';
import { all } from '../truth.ts';
import { PartCache } from './bits-cache.ts';
import type { PolicyBits } from './bitset.ts';
import { bitsOf } from './bitset.ts';

/** What a sign-in is judged by. */
export interface Judged {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
  /** Positions of the named locations that hold the address; one array for all addresses with the same holders. */
  readonly holders: readonly number[] | undefined;
}

/** Gives what follows from the part of the facts that the conditions of one slot read. */
export type BySlot<Result> = (judged: Judged) => Result;

/** The bits of all policies. */
export type SlotBits = BySlot<PolicyBits>;

/**
 * The slots that any policy uses, each with a cache over the part of the facts that its conditions read. A part that is new is
 * judged by the conditions themselves, so both paths share every rule and differ only in how they combine.
 */
export function compileSlots(compiled: CompiledTenant): ReadonlyMap<Slot, SlotBits> {
  return new Map(
    usedSlots(compiled).map((slot) => [slot, remembered(slot, (judged) => judgeSlot(compiled, slot, judged))]),
  );
}

export function usedSlots(compiled: CompiledTenant): readonly Slot[] {
  return SLOTS.filter((slot) =>
    compiled.policies.some(({ conditions }) => conditions.some((condition) => condition.slot === slot)),
  );
}

function judgeSlot(compiled: CompiledTenant, slot: Slot, { attempt, observation }: Judged): PolicyBits {
  const facts = gatherFacts(compiled, attempt, observation);
  return bitsOf(
    compiled.policies.map(({ conditions, mode }) =>
      mode === 'disabled'
        ? false
        : all(
            conditions.filter((condition) => condition.slot === slot).map((condition) => condition.judge(facts).truth),
          ),
    ),
  );
}

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
        ({ attempt: { identity } }) => identity,
        sameIdentity,
      );
    case 'location':
      return caching(judge, ({ holders }) => holders, locationPart, sameLocation);
    case 'device':
      return caching(
        judge,
        ({ attempt }) => deviceText(attempt),
        ({ attempt: { satisfied } }) => satisfied,
        sameDeviceClaims,
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

/** By the words of a few facts, the first of them as the key. */
function byWords<Result>(judge: BySlot<Result>, [first, ...rest]: readonly FactName[]): BySlot<Result> {
  return caching(
    judge,
    ({ attempt }) => (first === undefined ? undefined : attempt[first]),
    ({ attempt }) => (rest.length === 0 ? undefined : attempt),
    (kept, asked) => rest.every((fact) => kept?.[fact] === asked?.[fact]),
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
  if (kept.audiences === undefined || asked.audiences === undefined) return kept.audiences === asked.audiences;
  if (kept.audiences.length !== asked.audiences.length) return false;
  return kept.audiences.every(({ appId, displayName }, at) => {
    const other = asked.audiences?.[at];
    return appId === other?.appId && displayName === other.displayName;
  });
}

function keyOfIdentity(identity: Identity): string | undefined {
  return identity.kind === 'user'
    ? (identity.userId ?? identity.userPrincipalName)
    : (identity.servicePrincipalId ?? identity.appId);
}

function sameIdentity(kept: Identity, asked: Identity): boolean {
  if (kept.kind === 'user') {
    return (
      asked.kind === 'user' &&
      kept.userId === asked.userId &&
      kept.userPrincipalName === asked.userPrincipalName &&
      kept.externalUserType === asked.externalUserType &&
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

/** Devices have few attributes and many values; their text is one to one with them, an absent attribute is not known. */
function deviceText({ device }: SignInAttempt): string | undefined {
  return JSON.stringify(device);
}

function sameDeviceClaims(kept: SignInAttempt['satisfied'], asked: SignInAttempt['satisfied']): boolean {
  return kept.compliantDevice === asked.compliantDevice && kept.domainJoinedDevice === asked.domainJoinedDevice;
}
