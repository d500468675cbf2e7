import type { SeverityRange } from '../../conditional-access/grant/effect.ts';
import { GRANTED } from '../../conditional-access/grant/effect.ts';
import { asksForAllOf } from '../../conditional-access/outcome/asked.ts';
import type { ControlColumns } from '../levels/controls.ts';
import { BINDING, flagsOn, isAlikeOnBothSides } from '../levels/flags.ts';
import type { Mask } from '../worlds/masks.ts';
import {
  addTo,
  areEqual,
  both,
  clearBit,
  differing,
  emptyMask,
  forEachBit,
  forEachBitDown,
  hasBit,
  isEmpty,
  narrowTo,
  setBit,
  share,
  without,
} from '../worlds/masks.ts';
import type { PolicyUnion } from '../worlds/policies.ts';
import { SIDES } from '../worlds/policies.ts';
import type { Living, State } from './state.ts';
import type { Transitions } from './transitions.ts';

const BLOCKED = 3;
const NO_DEMANDS = { demands: emptyMask(1), possibleDemands: emptyMask(1) };

/** What the levels that are still to come can do. */
export type Future = Pick<Transitions, 'settledBefore' | 'settledAfter' | 'differing'>;

/**
 * Leaves out of a state what cannot make a difference any more. `undefined`: nothing can, the sign-ins are unchanged. Each rule
 * keeps outcome, class and lost demands of every sign-in as they are, so the search stays exact.
 */
export class Pruning {
  readonly #union: PolicyUnion;
  readonly #blocks: Mask;
  readonly #mayBlock: Mask;
  /** The policies whose grants are no more severe than each grant, and those whose grants are no less. */
  readonly #weaker: readonly Mask[];
  readonly #stronger: readonly Mask[];
  readonly #asksNothing: Mask;
  /** The policies that ask whether the session is bound to its device. */
  readonly #asksForBinding: Mask;

  constructor(union: PolicyUnion, columns: ControlColumns, flagSets: readonly number[]) {
    this.#union = union;
    const contexts = flagsOnSides(flagSets);
    const dominates = dominance(union, columns, contexts);
    const ofGrants = (holds: (grant: number) => boolean) =>
      maskOf(
        union.entries.flatMap(({ grant }, at) => (holds(grant) ? [at] : [])),
        union.entries.length,
      );
    const everyEffect = (grant: number, holds: (effect: SeverityRange) => boolean) =>
      contexts.every((flags) => columns.effectsOf(grant, flags).every(holds));
    this.#weaker = dominates.map((row) => ofGrants((grant) => row[grant] === true));
    this.#stronger = union.grants.map((_, weak) => ofGrants((grant) => dominates[grant]?.[weak] === true));
    this.#asksForBinding = ofGrants((grant) => (union.grants[grant]?.session.length ?? 0) > 0);
    this.#asksNothing = ofGrants((grant) => everyEffect(grant, ({ most }) => most === GRANTED));
    this.#blocks = ofGrants((grant) => everyEffect(grant, ({ least }) => least === BLOCKED));
    this.#mayBlock = ofGrants((grant) => !everyEffect(grant, ({ most }) => most < BLOCKED));
  }

  prune(state: State, future: Future): State | undefined {
    if (isUnchanged(state, future)) return undefined;
    const settledBefore = both(this.#enforcing(state.before), future.settledBefore);
    const settledAfter = both(this.#enforcing(state.after), future.settledAfter);
    const isBlockedBefore = state.isBlockedBefore || share(settledBefore, this.#blocks);
    const isBlockedAfter = state.isBlockedAfter || share(settledAfter, this.#blocks);
    if (isBlockedBefore && isBlockedAfter) return undefined;
    if (isBlockedBefore || isBlockedAfter) return this.#whereBlocked(state, isBlockedBefore, isBlockedAfter);
    const mayLose = this.#mayLose(state, future, settledAfter);
    const before = this.#withoutDominated(state.before, settledBefore, mayLose, true);
    const after = this.#withoutDominated(state.after, settledAfter, mayLose, false);
    const unlike = isEmpty(state.unlike) ? state.unlike : both(state.unlike, both(before.possible, after.possible));
    const pruned = { ...state, before, after, unlike, mayLose, flags: this.flagsFor(state.flags, { before, after }) };
    return isUnchanged(pruned, future) ? undefined : pruned;
  }

  /** A policy whose state is not known settles nothing. */
  #enforcing({ sure }: Living): Mask {
    return both(sure, this.#union.sure);
  }

  /** Against a world that is blocked nothing counts but whether the other one is. */
  #whereBlocked(state: State, isBlockedBefore: boolean, isBlockedAfter: boolean): State {
    const thatMayBlock = ({ sure, possible }: Living): Living => ({
      sure: both(sure, this.#mayBlock),
      possible: both(possible, this.#mayBlock),
    });
    const none: Living = {
      sure: emptyMask(this.#union.entries.length),
      possible: emptyMask(this.#union.entries.length),
    };
    return {
      before: isBlockedBefore ? none : thatMayBlock(state.before),
      after: isBlockedAfter ? none : thatMayBlock(state.after),
      flags: state.flags,
      isBlockedBefore,
      isBlockedAfter,
      unlike: emptyMask(this.#union.entries.length),
      mayLose: emptyMask(state.mayLose.length * 32),
    };
  }

  /**
   * Demands that can still be lost: of a policy that will not surely come out the same in both worlds, and that no policy asks
   * for in any case after.
   */
  #mayLose({ before, after, unlike: apart, mayLose }: State, future: Future, settledAfter: Mask): Mask {
    const unlike = Uint32Array.from(future.differing);
    addTo(unlike, apart);
    addTo(unlike, differing(before.sure, after.sure));
    addTo(unlike, differing(before.possible, after.possible));
    return without(both(mayLose, this.#demandsOf(both(before.possible, unlike))), this.#demandsOf(settledAfter));
  }

  #demandsOf(policies: Mask): Mask {
    const demands = emptyMask(Math.max(this.#union.demands.length, 1));
    forEachBit(policies, (at) => addTo(demands, this.#union.entries[at]?.demands ?? demands));
    return demands;
  }

  /** A settled policy that is at least as severe whatever the session has proven makes a weaker one count for nothing. */
  #withoutDominated({ sure, possible }: Living, settled: Mask, mayLose: Mask, isBefore: boolean): Living {
    const weaker = this.#weakerThan(settled);
    narrowTo(weaker, possible);
    if (isEmpty(weaker)) return { sure, possible };
    const kept = Uint32Array.from(settled);
    const gone = emptyMask(this.#union.entries.length);
    forEachBitDown(weaker, (at) => {
      const isSettled = hasBit(kept, at);
      if (isSettled && !this.#hasStrongerBeside(kept, at)) return;
      if (this.#isDemanded(at, kept, mayLose, isBefore)) return;
      setBit(gone, at);
      clearBit(kept, at);
    });
    return { sure: without(sure, gone), possible: without(possible, gone) };
  }

  /** Policies that ask for nothing, or for no more than one of these does; each is no more than itself. */
  #weakerThan(settled: Mask): Mask {
    const weaker = Uint32Array.from(this.#asksNothing);
    const grants = new Set<number>();
    forEachBit(settled, (at) => grants.add(this.#union.entries[at]?.grant ?? 0));
    for (const grant of grants) addTo(weaker, this.#weaker[grant] ?? weaker);
    return weaker;
  }

  #hasStrongerBeside(settled: Mask, at: number): boolean {
    if (hasBit(this.#asksNothing, at)) return true;
    const stronger = both(settled, this.#stronger[this.#union.entries[at]?.grant ?? 0] ?? settled);
    clearBit(stronger, at);
    return !isEmpty(stronger);
  }

  /**
   * Whether the policy asks for something that may be lost, and that no settled one besides asks for in any case; after, whether it may
   * keep something from being lost.
   */
  #isDemanded(at: number, settled: Mask, mayLose: Mask, isBefore: boolean): boolean {
    const { demands, possibleDemands } = this.#union.entries[at] ?? NO_DEMANDS;
    if (!isBefore) return share(possibleDemands, mayLose);
    if (!share(demands, mayLose)) return false;
    const others = Uint32Array.from(settled);
    clearBit(others, at);
    return !isEmpty(without(both(demands, mayLose), this.#demandsOf(others)));
  }

  /** Flags say how controls react; where only blocks are left they say nothing, and some of them nothing to other controls than one. */
  flagsFor(flags: number, { before, after }: Pick<State, 'before' | 'after'>): number {
    const isLeft = (holds: (living: Mask) => boolean) => holds(before.possible) || holds(after.possible);
    if (!isLeft((living) => !isEmpty(without(living, this.#blocks)))) return 0;
    return isLeft((living) => share(living, this.#asksForBinding)) ? flags : flags & ~BINDING;
  }
}

function isUnchanged(
  { before, after, flags, isBlockedBefore, isBlockedAfter, unlike }: State,
  future: Future,
): boolean {
  return (
    isAlikeOnBothSides(flags) &&
    !isBlockedBefore &&
    !isBlockedAfter &&
    areEqual(before.sure, after.sure) &&
    areEqual(before.possible, after.possible) &&
    !share(before.possible, future.differing) &&
    !share(before.possible, unlike)
  );
}

function maskOf(bits: readonly number[], size: number): Mask {
  const mask = emptyMask(size);
  for (const at of bits) setBit(mask, at);
  return mask;
}

/** The flags of either side of these, each once. */
function flagsOnSides(flagSets: readonly number[]): readonly number[] {
  return [...new Set(flagSets.flatMap((flags) => SIDES.map((side) => flagsOn(side, flags))))];
}

/** Whether the first grant is at least as severe as the second for every session in every context. */
function dominance({ grants }: PolicyUnion, columns: ControlColumns, contexts: readonly number[]): boolean[][] {
  return grants.map((one, strong) =>
    grants.map((other, weak) => {
      const isHeld = asksForAllOf(one, other);
      return contexts.every((flags) => {
        const effects = columns.effectsOf(strong, flags);
        return columns.effectsOf(weak, flags).every(({ least, most }, at) => {
          const worse = effects[at];
          if (worse === undefined) return false;
          // What leaves one effect open need not leave the other open the same way, but where it is the same controls.
          return worse.least >= most || (isHeld && worse.least >= least && worse.most >= most);
        });
      });
    }),
  );
}
