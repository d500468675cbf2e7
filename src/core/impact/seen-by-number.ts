import type { Hearing } from '../conditional-access/fast/decide-numbered.ts';
import { NumberedDecider } from '../conditional-access/fast/decide-numbered.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import type { Sight } from '../signaling/sights.ts';
import { Sights } from '../signaling/sights.ts';
import type { LocatedAlike } from './located-alike.ts';
import { locatedAlike } from './located-alike.ts';
import type { Decisions, Hearings, LocationAnswers, Seen, Views } from './seen.ts';
import { isSameView, placesOf } from './seen.ts';
import type { World } from './world.ts';

/** One world, and what it makes of numbered sign-ins. */
interface Side {
  readonly sights: Sights;
  readonly unheard: NumberedDecider;
  readonly heard: NumberedDecider;
}

/** Looks at numbered sign-ins: what hangs on their parts alone is found by the numbers of these. */
export class NumberedLookout {
  readonly before: Side;
  readonly after: Side;
  readonly isLocatedAlike: LocatedAlike;
  /** By what is seen before: the same sign-ins are seen alike after. */
  readonly #sameViews = new Map<Sight, boolean>();

  constructor(before: World, after: World, hearings: Hearings) {
    this.before = sideOf(before, hearings.before);
    this.after = sideOf(after, hearings.after);
    this.isLocatedAlike = locatedAlike(before.compiled);
  }

  look(signIn: NumberedAttempt): Seen {
    return new NumberedSeen(this, signIn);
  }

  isSameView(before: Sight, after: Sight): boolean {
    const known = this.#sameViews.get(before);
    if (known !== undefined) return known;
    const isSame = isSameView(before.first, after.first);
    this.#sameViews.set(before, isSame);
    return isSame;
  }
}

function sideOf({ compiled, signalingStatus, options }: World, hearing: Hearing): Side {
  return {
    sights: new Sights(signalingStatus, options),
    unheard: new NumberedDecider(compiled, () => undefined),
    heard: new NumberedDecider(compiled, hearing),
  };
}

class NumberedSeen implements Seen {
  readonly #lookout: NumberedLookout;
  readonly #signIn: NumberedAttempt;
  readonly #before: Sight;
  readonly #after: Sight;

  constructor(lookout: NumberedLookout, signIn: NumberedAttempt) {
    this.#lookout = lookout;
    this.#signIn = signIn;
    this.#before = lookout.before.sights.of(signIn);
    this.#after = lookout.after.sights.of(signIn);
  }

  get attempt(): SignInAttempt {
    return this.#signIn.attempt;
  }

  get views(): Views {
    const { attempt } = this;
    return [this.#before.observe(attempt), this.#after.observe(attempt)];
  }

  get isSameView(): boolean {
    return this.#lookout.isSameView(this.#before, this.#after);
  }

  get isTakenAsItIs(): boolean {
    const { before, after } = this.#lookout;
    return before.heard.isTakenAsItIs(this.#signIn) && after.heard.isTakenAsItIs(this.#signIn);
  }

  get unheard(): Decisions {
    const { before, after } = this.#lookout;
    return {
      was: before.unheard.decide(this.#signIn, this.#before),
      becomes: after.unheard.decide(this.#signIn, this.#after),
    };
  }

  get heard(): Decisions {
    const { before, after } = this.#lookout;
    return {
      was: before.heard.decide(this.#signIn, this.#before),
      becomes: after.heard.decide(this.#signIn, this.#after),
    };
  }

  get locations(): readonly [object, object] {
    return placesOf(this.#answers());
  }

  isLocatedAlike(decided: Decisions): boolean {
    return this.#lookout.isLocatedAlike(...this.#answers(), decided);
  }

  #answers(): LocationAnswers {
    const { before, after } = this.#lookout;
    return [before.heard.location(this.#signIn, this.#before), after.heard.location(this.#signIn, this.#after)];
  }
}
