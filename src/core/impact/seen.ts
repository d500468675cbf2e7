import type { BothSides } from '../conditional-access/fast/both-sides.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import { decide, locationAnswer } from '../conditional-access/fast/decide.ts';
import type { Hearing } from '../conditional-access/fast/decide-numbered.ts';
import type { LocationAnswers } from '../conditional-access/fast/located-policies.ts';
import type { Standing } from '../conditional-access/fast/standings.ts';
import { Standings } from '../conditional-access/fast/standings.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import type { Observer } from '../signaling/observe-again.ts';
import { createObserver } from '../signaling/observe-again.ts';
import { once } from '../values/once.ts';
import type { CommonPolicies } from './common-policies.ts';
import { heardLater } from './common-policies.ts';
import type { World } from './world.ts';

/** What Entra sees on either side. */
export type Views = readonly [before: Observation, after: Observation];

/** What the fast path makes of both sides. */
export interface Decisions {
  readonly was: Decision;
  readonly becomes: Decision;
}

/** One sign-in as both worlds see it; everything is found out when it is first asked for. */
export interface Seen {
  readonly attempt: SignInAttempt;
  readonly views: Views;
  /** Whether Entra and the resource see the same of both. */
  readonly isSameView: boolean;
  /** What is decided without hearing what the record says of policies, and with it. */
  readonly unheard: Decisions;
  readonly heard: Decisions;
  /** How the policies stand to it on either side, hearing the record; `undefined` where only an explanation tells. */
  readonly standings: readonly [before: Standing, after: Standing] | undefined;
  /** The same of both sides in bits, without hearing the record; `undefined` where they say too little. */
  readonly sides: BothSides | undefined;
  /** What the location conditions of all policies say. */
  readonly locations: LocationAnswers;
  /** The same with a session that proves something else; nothing of the session changes what Entra sees. */
  supposing(satisfied: SignInAttempt['satisfied']): Seen;
  /** Whether nothing else of the sign-in counts than what `heard` and `locations` follow from. */
  readonly isTakenAsItIs: boolean;
}

/** What of a record's word on policies is heard on either side. */
export interface Hearings {
  readonly before: Hearing;
  readonly after: Hearing;
}

export function hearingsOf(before: World, after: World, common: CommonPolicies): Hearings {
  const later: Hearing = (testimony) => heardLater(testimony, common);
  return { before: before.compiled === after.compiled ? later : (testimony) => testimony, after: later };
}

/** How policies stand to sign-ins on either side. */
export interface StandingsOfBoth {
  readonly before: Standings;
  readonly after: Standings;
}

export function standingsOf(before: World, after: World): StandingsOfBoth {
  const standings = new Standings(before.compiled);
  const isSameTenant = before.compiled === after.compiled;
  return { before: standings, after: isSameTenant ? standings : new Standings(after.compiled) };
}

/** The sign-in with what is heard of its record. */
export function heardBy(hearing: Hearing, attempt: SignInAttempt): SignInAttempt {
  return { ...attempt, testimony: hearing(attempt.testimony) };
}

/** Looks at sign-ins one by one. */
export class Lookout {
  readonly #before: World;
  readonly #after: World;
  readonly #hearings: Hearings;
  readonly #standings: StandingsOfBoth;
  readonly #observeBefore: Observer;
  readonly #observeAfter: Observer;

  constructor(before: World, after: World, hearings: Hearings, standings: StandingsOfBoth) {
    this.#before = before;
    this.#after = after;
    this.#hearings = hearings;
    this.#standings = standings;
    this.#observeBefore = createObserver(before.signalingStatus, before.options);
    this.#observeAfter = createObserver(after.signalingStatus, after.options);
  }

  look(attempt: SignInAttempt): Seen {
    return this.#seen(attempt, [this.#observeBefore(attempt), this.#observeAfter(attempt)]);
  }

  #seen(attempt: SignInAttempt, views: Views): Seen {
    const [before, after] = [this.#before.compiled, this.#after.compiled];
    const [seenBefore, seenAfter] = views;
    const hearings = this.#hearings;
    const standings = this.#standings;
    const locations = once(
      () => [locationAnswer(before, attempt, seenBefore), locationAnswer(after, attempt, seenAfter)] as const,
    );
    const unheard = attempt.testimony === undefined ? attempt : { ...attempt, testimony: undefined };
    return {
      attempt,
      views,
      isTakenAsItIs: false,
      sides: undefined,
      supposing: (satisfied) => this.#seen({ ...attempt, satisfied }, views),
      get isSameView() {
        return isSameView(seenBefore, seenAfter);
      },
      get unheard() {
        return { was: decide(before, unheard, seenBefore), becomes: decide(after, unheard, seenAfter) };
      },
      get heard() {
        return {
          was: decide(before, heardBy(hearings.before, attempt), seenBefore),
          becomes: decide(after, heardBy(hearings.after, attempt), seenAfter),
        };
      },
      get standings() {
        const was = standings.before.of(heardBy(hearings.before, attempt), seenBefore);
        const becomes = standings.after.of(heardBy(hearings.after, attempt), seenAfter);
        return was === undefined || becomes === undefined ? undefined : ([was, becomes] as const);
      },
      get locations() {
        return locations();
      },
    };
  }
}

/** Whether Entra and the resource see the same of both; what is not known may differ, unless it is one and the same address. */
export function isSameView(a: Observation, b: Observation): boolean {
  return (
    a.seenAddress !== undefined &&
    a.seenAddress === b.seenAddress &&
    a.ipAddress?.text === b.ipAddress?.text &&
    a.countryOrRegion === b.countryOrRegion &&
    a.compliantNetwork !== undefined &&
    a.compliantNetwork === b.compliantNetwork &&
    a.resourceIpAddress?.text === b.resourceIpAddress?.text &&
    a.possibleResourceAddress?.text === b.possibleResourceAddress?.text
  );
}
