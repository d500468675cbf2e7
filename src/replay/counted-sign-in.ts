import type { Weight } from '../core/conditional-access/record/weight.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import type { Change } from '../core/impact/change.ts';
import type { Counted } from '../core/impact/counted.ts';
import { SignInExample } from '../core/impact/example.ts';
import type { Forecast } from '../core/impact/forecast.ts';
import type { Grouping } from '../core/impact/grouping.ts';
import type { Member, SignInKind } from '../core/impact/groups.ts';
import { idOf } from '../core/impact/groups.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import type { NumberedAttempt } from '../core/signaling/numbered-attempt.ts';
import type { ReadSignIn, ToldSignIn } from '../intake/types.ts';

/** A sign-in that was read, for those who count and compare it: each of its members is read when it is asked for. */
export class Told {
  readonly #signIn: ReadSignIn;
  #told: ToldSignIn | undefined;

  constructor(signIn: ReadSignIn) {
    this.#signIn = signIn;
  }

  get told(): ToldSignIn {
    this.#told ??= this.#signIn.told ?? this.#signIn.record;
    return this.#told;
  }

  get attempt(): SignInAttempt {
    return this.#signIn.attempt;
  }

  get numbered(): NumberedAttempt | undefined {
    return this.#signIn.numbered;
  }

  get time(): number | undefined {
    return this.#signIn.time;
  }

  get weight(): Weight {
    return this.#signIn.weight ?? ONE;
  }
}

/** A sign-in with what becomes of it, as it is counted: where nothing changes, nobody asks for its groups. */
export class CountedSignIn implements Counted {
  readonly change: Change;
  readonly weight: Weight;
  readonly #signIn: Told;
  readonly #grouping: Grouping;
  readonly #worlds: Forecast;
  /** Each group that the sign-in joins asks for these. */
  #kind: SignInKind | undefined;
  #user: Member | undefined;

  constructor(signIn: Told, change: Change, grouping: Grouping, worlds: Forecast) {
    this.change = change;
    this.weight = signIn.weight;
    this.#signIn = signIn;
    this.#grouping = grouping;
    this.#worlds = worlds;
  }

  get numbered(): NumberedAttempt | undefined {
    return this.#signIn.numbered;
  }

  get kind(): SignInKind {
    this.#kind ??= this.#grouping.kind(this.#signIn);
    return this.#kind;
  }

  get personId(): string {
    return idOf((this.#signIn.numbered ?? this.#signIn.attempt).identity);
  }

  get user(): Member {
    this.#user ??= this.#grouping.user(this.#signIn);
    return this.#user;
  }

  get application(): Member {
    return this.#grouping.application(this.#signIn);
  }

  get location(): Member {
    return this.#grouping.location(this.#signIn);
  }

  /** The same with these outcomes; where Entra sees the same on both sides, none is counted. */
  cameTo(outcomes: NonNullable<Change['outcomes']>): CountedSignIn {
    const change = this.change.outcomes === undefined ? this.change : { ...this.change, outcomes };
    return new CountedSignIn(this.#signIn, change, this.#grouping, this.#worlds);
  }

  explain(): SignInExample {
    const { change, user, application } = this;
    const { told, attempt } = this.#signIn;
    const worlds = this.#worlds;
    return new SignInExample(told, change, () => worlds.explainThose(attempt, change.decidedBy), { user, application });
  }
}
