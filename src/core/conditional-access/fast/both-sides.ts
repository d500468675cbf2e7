import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { NumberedAttempt } from '../../signaling/numbered-attempt.ts';
import type { Sight } from '../../signaling/sights.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import type { Demand } from '../demand.ts';
import { controlsOf } from '../grant/controls.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { range } from '../grant/effect.ts';
import type { Loss } from '../outcome/change.ts';
import { demandsOfPolicy, withLesser } from '../outcome/demands.ts';
import { emptyMask, isSet, maskOf, nextIn, union } from './bitset.ts';
import { claimedEffects, worstIn } from './claimed-effects.ts';
import type { ClaimedEffects } from './claims.ts';
import type { LocationAnswers } from './located-policies.ts';
import { isLocated } from './located-policies.ts';
import { match } from './match.ts';
import type { NumberedSlots } from './numbered-slots.ts';
import { numberedSlotsOf } from './numbered-slots.ts';

/** Policies that can decide, by what is known of whether they apply on one side. */
interface SideBits {
  readonly sure: Uint32Array;
  readonly possible: Uint32Array;
}

/** As many demands as fit into one number, bit by bit. */
const MOST_DEMANDS = 31;

/**
 * How the policies of one tenant stand to a sign-in on two sides that differ in nothing but the location, in bits: what standings.ts
 * says of them one by one. The record is not heard.
 */
export class BothSides {
  readonly #slots: NumberedSlots;
  readonly #ids: readonly string[];
  /** The demands that each policy surely implies, a bit each, and those that it may imply. */
  readonly #demands: Int32Array;
  readonly #possible: Int32Array;
  readonly #asking: Uint32Array;
  readonly #located: Uint32Array;
  readonly #before: SideBits;
  readonly #after: SideBits;
  /** The policies that may answer differently on the two sides (differing-policies.ts). */
  readonly #differing: Uint32Array;
  #effects: ClaimedEffects | undefined;

  constructor(compiled: CompiledTenant, demands: Readonly<Record<'sure' | 'possible', Int32Array>>) {
    const { policies } = compiled;
    this.#slots = numberedSlotsOf(compiled);
    this.#ids = policies.map(({ policy }) => policy.id);
    this.#demands = demands.sure;
    this.#possible = demands.possible;
    this.#asking = maskOf(policies.map(asks));
    this.#located = maskOf(policies.map(isLocated));
    const room = () => ({ sure: emptyMask(policies.length), possible: emptyMask(policies.length) });
    [this.#before, this.#after] = [room(), room()];
    this.#differing = emptyMask(policies.length);
  }

  /** Turns to a sign-in; false where it takes more than the numbers. `supposed`: the sign-in with a session that proves something else. */
  turnTo(signIn: NumberedAttempt, sight: Sight, locations: LocationAnswers, supposed?: SignInAttempt): boolean {
    const { engine } = this.#slots;
    const [from, to] = locations;
    const proven = this.#slots.ask(signIn, sight, from);
    if (proven === undefined) return false;
    this.#effects = claimedEffects(engine, supposed === undefined ? proven : engine.claims.of(supposed));
    this.#put(this.#before);
    const { answers } = engine.scratch;
    // Where policies have conditions on locations, what these say stands last.
    if (to !== undefined) answers[answers.length - 1] = to;
    this.#put(this.#after);
    this.#differ(locations);
    return true;
  }

  get areDiffering(): boolean {
    return nextIn(this.#differing, 0) >= 0;
  }

  isDiffering(policyId: string): boolean {
    return isSet(this.#differing, this.#ids.indexOf(policyId));
  }

  /** The outcomes that remain possible, before and after. */
  get ranges(): readonly [before: SeverityRange, after: SeverityRange] {
    return [this.#rangeOf(this.#before), this.#rangeOf(this.#after)];
  }

  /** Ids of the policies that surely stop after. */
  get stopping(): readonly string[] {
    if (this.#effects === undefined) return [];
    const [, , denying, blocking] = this.#effects.least;
    if (denying === undefined || blocking === undefined) return [];
    return this.#idsIn(union(denying, blocking), (at) => isSet(this.#after.sure, at));
  }

  /** The same as {@link lossOf} where nobody is stopped after. */
  get loss(): Loss {
    const surely = this.#demandsIn(this.#after.sure, this.#slots.engine.enabled);
    const possibly = this.#possibleIn(this.#after.possible);
    const asked = this.#demandsIn(this.#before.sure, this.#slots.engine.enabled);
    if ((asked & ~possibly) !== 0) return 'certain';
    const mayBeGone = this.#demandsIn(this.#before.possible, undefined, this.#after.possible);
    return ((asked | mayBeGone) & ~surely) === 0 ? 'none' : 'possible';
  }

  /** Ids of the policies that surely ask for something before which no policy can ask for after. */
  get noLongerDemanding(): readonly string[] {
    const possibly = this.#possibleIn(this.#after.possible);
    const { enabled } = this.#slots.engine;
    return this.#idsIn(
      this.#before.sure,
      (at) => isSet(enabled, at) && ((this.#demands[at] as number) & ~possibly) !== 0,
    );
  }

  /** Whether, with the same outcome, a policy that may apply before may ask for nothing after: so much is not known. */
  get mayDemandLess(): boolean {
    const [before, after] = [this.#before, this.#after];
    for (let word = 0; word < this.#differing.length; word++) {
      const openBefore = (before.possible[word] as number) & ~(before.sure[word] as number);
      const isOpen = openBefore | ((after.possible[word] as number) & ~(after.sure[word] as number));
      const asks = (this.#differing[word] as number) & (this.#asking[word] as number);
      if ((asks & isOpen & (before.possible[word] as number) & ~(after.sure[word] as number)) !== 0) return true;
    }
    return false;
  }

  #put({ sure, possible }: SideBits): void {
    const { engine } = this.#slots;
    match(engine);
    const { scratch, enforcing } = engine;
    for (let word = 0; word < sure.length; word++) {
      sure[word] = (scratch.sure[word] as number) & (enforcing[word] as number);
      possible[word] = (scratch.possible[word] as number) & (enforcing[word] as number);
    }
  }

  #differ([from, to]: LocationAnswers): void {
    const differing = this.#differing;
    for (let word = 0; word < differing.length; word++) {
      const mayApply = (this.#before.possible[word] as number) | (this.#after.possible[word] as number);
      differing[word] =
        from === undefined || to === undefined
          ? 0
          : mayApply &
            (this.#located[word] as number) &
            (((from.sure[word] as number) ^ (to.sure[word] as number)) |
              ((from.possible[word] as number) ^ (to.possible[word] as number)) |
              ((from.possible[word] as number) & ~(from.sure[word] as number)));
    }
  }

  #rangeOf({ sure, possible }: SideBits): SeverityRange {
    const { least = [], most = [] } = this.#effects ?? {};
    return range(worstIn(least, sure), worstIn(most, possible));
  }

  /** What those policies surely are enough for together that are in the other mask as well, and not in a third. */
  #demandsIn(policies: Uint32Array, within?: Uint32Array, without?: Uint32Array): number {
    let demands = 0;
    for (let at = nextIn(policies, 0); at >= 0; at = nextIn(policies, at + 1)) {
      if (within !== undefined && !isSet(within, at)) continue;
      if (without === undefined || !isSet(without, at)) demands |= this.#demands[at] as number;
    }
    return demands;
  }

  /** What policies may be enough for together. */
  #possibleIn(policies: Uint32Array): number {
    let demands = 0;
    for (let at = nextIn(policies, 0); at >= 0; at = nextIn(policies, at + 1)) demands |= this.#possible[at] as number;
    return demands;
  }

  #idsIn(policies: Uint32Array, isMeant: (at: number) => boolean): readonly string[] {
    const ids: string[] = [];
    for (let at = nextIn(policies, 0); at >= 0; at = nextIn(policies, at + 1)) {
      if (isMeant(at)) ids.push(this.#ids[at] as string);
    }
    return ids;
  }
}

/** `undefined` where a number does not hold what the policies of the tenant ask for, or an id stands for several of them. */
export function bothSidesOf(compiled: CompiledTenant): BothSides | undefined {
  const { policies } = compiled;
  const asked = policies.map(demandsOfPolicy);
  const all = [...new Set(asked.flat())];
  const areIdsOfOne = new Set(policies.map(({ policy }) => policy.id)).size === policies.length;
  if (all.length > MOST_DEMANDS || !areIdsOfOne) return undefined;
  const bitsOf = (demands: readonly Demand[]) => demands.reduce((bits, demand) => bits | (1 << all.indexOf(demand)), 0);
  const enough = asked.map((demands) => withLesser(demands, all));
  return new BothSides(compiled, {
    sure: Int32Array.from(enough, ({ sure }) => bitsOf(sure)),
    possible: Int32Array.from(enough, ({ possible }) => bitsOf(possible)),
  });
}

/** Whether the policy has controls, whatever they are. */
function asks({ grant, sessionControls }: CompiledPolicy): boolean {
  return controlsOf(grant).length + sessionControls.length > 0;
}
