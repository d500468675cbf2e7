import type { BothSides } from '../conditional-access/fast/both-sides.ts';
import { bothSidesOf } from '../conditional-access/fast/both-sides.ts';
import type { LocationAnswer } from '../conditional-access/fast/decide.ts';
import type { LocationAnswers } from '../conditional-access/fast/located-policies.ts';
import type { Standing, Standings } from '../conditional-access/fast/standings.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import type { Sight } from '../signaling/sights.ts';
import { Sights } from '../signaling/sights.ts';
import { LastDecisions, unheardDecisionsOf } from './last-decisions.ts';
import type { Decisions, Hearings, Seen, StandingsOfBoth, Views } from './seen.ts';
import { isSameView } from './seen.ts';
import type { World } from './world.ts';

/** One world, and what it makes of numbered sign-ins. */
interface Side {
  readonly sights: Sights;
  readonly unheard: LastDecisions;
  readonly heard: LastDecisions;
  readonly standings: Standings;
}

/** Looks at numbered sign-ins: what hangs on their parts alone is found by the numbers of these. */
export class NumberedLookout {
  readonly before: Side;
  readonly after: Side;
  /** Of one tenant that is looked at twice. */
  readonly sides: BothSides | undefined;
  /** By the key of the sights: who is seen alike before is seen alike after. */
  readonly #glances = new Map<number, Glance>();

  constructor(before: World, after: World, hearings: Hearings, standings: StandingsOfBoth) {
    const heard = new LastDecisions(before.compiled, hearings.before);
    const isSameTenant = before.compiled === after.compiled;
    this.sides = isSameTenant ? bothSidesOf(before.compiled) : undefined;
    this.before = sideOf(before, heard, standings.before);
    const heardAfter = isSameTenant ? heard : new LastDecisions(after.compiled, hearings.after);
    this.after = sideOf(after, heardAfter, standings.after);
  }

  glance(signIn: NumberedAttempt): Glance {
    const key = this.before.sights.keyOf(signIn);
    const known = this.#glances.get(key);
    if (known !== undefined) return known;
    const [before, after] = [this.before.sights.of(signIn), this.after.sights.of(signIn)];
    const glance = { before, after, isSameView: isSameView(before.first, after.first) };
    this.#glances.set(key, glance);
    return glance;
  }

  look(signIn: NumberedAttempt, glance: Glance): Seen {
    return new NumberedSeen(this, signIn, glance);
  }
}

/** What is seen of a sign-in on either side. */
interface Glance {
  readonly before: Sight;
  readonly after: Sight;
  /** Whether Entra and the resource see the same of both. */
  readonly isSameView: boolean;
}

function sideOf({ compiled, signalingStatus, options }: World, heard: LastDecisions, standings: Standings): Side {
  return { sights: new Sights(signalingStatus, options), unheard: unheardDecisionsOf(compiled), heard, standings };
}

/** Of whom more counts than the numbers, the policies are asked one by one. */
function standingOf(
  { heard, standings }: Side,
  signIn: NumberedAttempt,
  sight: Sight,
  location: LocationAnswer | undefined,
  supposed: SignInAttempt | undefined,
): Standing | undefined {
  const grounds = heard.ask(signIn, sight, location, supposed);
  return grounds === undefined ? undefined : standings.byAnswers(grounds);
}

class NumberedSeen implements Seen {
  readonly #lookout: NumberedLookout;
  readonly #signIn: NumberedAttempt;
  readonly #glance: Glance;
  /** The sign-in with a session that proves something else. */
  readonly #supposed: SignInAttempt | undefined;
  #locations: LocationAnswers | undefined;
  #unheard: Decisions | undefined;

  constructor(lookout: NumberedLookout, signIn: NumberedAttempt, glance: Glance, supposed?: SignInAttempt) {
    this.#lookout = lookout;
    this.#signIn = signIn;
    this.#supposed = supposed;
    this.#glance = glance;
  }

  get attempt(): SignInAttempt {
    return this.#supposed ?? this.#signIn.attempt;
  }

  get views(): Views {
    const { attempt } = this;
    return [this.#glance.before.observe(attempt), this.#glance.after.observe(attempt)];
  }

  get isSameView(): boolean {
    return this.#glance.isSameView;
  }

  get isTakenAsItIs(): boolean {
    const { before, after } = this.#lookout;
    if (this.#supposed !== undefined) return false;
    return before.heard.isTakenAsItIs(this.#signIn) && after.heard.isTakenAsItIs(this.#signIn);
  }

  get unheard(): Decisions {
    this.#unheard ??= this.#decide();
    return this.#unheard;
  }

  get heard(): Decisions {
    const { before, after } = this.#lookout;
    const { was, becomes } = this.unheard;
    const [from, to] = this.locations;
    const first = before.heard.heard(was, this.#signIn, this.#glance.before, from, this.#supposed);
    // Whose record tells nothing of what is decided before hears nothing new of the same after.
    const isSettled = first === was && was === becomes && before.heard === after.heard;
    const later = isSettled ? was : after.heard.heard(becomes, this.#signIn, this.#glance.after, to, this.#supposed);
    return { was: first, becomes: later };
  }

  get standings(): Seen['standings'] {
    const { before, after } = this.#lookout;
    const [from, to] = this.locations;
    const was = standingOf(before, this.#signIn, this.#glance.before, from, this.#supposed);
    const becomes =
      was === undefined ? undefined : standingOf(after, this.#signIn, this.#glance.after, to, this.#supposed);
    return was === undefined || becomes === undefined ? undefined : [was, becomes];
  }

  get sides(): BothSides | undefined {
    const { sides } = this.#lookout;
    return sides?.turnTo(this.#signIn, this.#glance.before, this.locations, this.#supposed) === true
      ? sides
      : undefined;
  }

  get locations(): LocationAnswers {
    const { before, after } = this.#lookout;
    this.#locations ??= [
      before.unheard.location(this.#signIn, this.#glance.before),
      after.unheard.location(this.#signIn, this.#glance.after),
    ];
    return this.#locations;
  }

  supposing(satisfied: SignInAttempt['satisfied']): Seen {
    return new NumberedSeen(this.#lookout, this.#signIn, this.#glance, { ...this.attempt, satisfied });
  }

  #decide(): Decisions {
    const { before, after } = this.#lookout;
    const [from, to] = this.locations;
    return {
      was: before.unheard.decide(this.#signIn, this.#glance.before, from, this.#supposed),
      becomes: after.unheard.decide(this.#signIn, this.#glance.after, to, this.#supposed),
    };
  }
}
