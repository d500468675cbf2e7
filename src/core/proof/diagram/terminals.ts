import type { Loss } from '../../conditional-access/outcome/change.ts';
import type { ControlColumns } from '../levels/controls.ts';
import { flagsOn } from '../levels/flags.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, both, emptyMask, forEachBit, isEmpty, keyOf, setBit, share, without } from '../worlds/masks.ts';
import type { PolicyUnion } from '../worlds/policies.ts';
import type { ClassCode } from './outcomes.ts';
import { classOfPair, codeOfPair, UNCHANGED } from './outcomes.ts';
import type { Living, State } from './state.ts';

/** What a sign-in is no longer asked for. */
interface Lost {
  /** Demands of policies that surely apply before and that none can ask for after. */
  readonly lost: Mask;
  readonly loss: Loss;
}

/** What becomes of a sign-in that is settled but for what its session has proven: one answer for each column. */
export interface Terminal extends Lost {
  /** See `pairOfCode`; of worlds that are settled otherwise the exact outcome may be left out. */
  readonly pairs: Uint8Array;
  readonly classes: Uint8Array;
  /** A bit for each class that some column has. */
  readonly classMask: number;
}

/** The terminals of a proof, each once; the first is "unchanged". */
export class Terminals {
  readonly list: Terminal[] = [];
  readonly #union: PolicyUnion;
  readonly #columns: ControlColumns;
  readonly #known = new Map<string, number>();
  readonly #numbers = new Map<string, number>();

  constructor(union: PolicyUnion, columns: ControlColumns) {
    this.#union = union;
    this.#columns = columns;
    this.#intern(this.#terminal(new Uint8Array(columns.columns.length), { lost: this.#noDemands(), loss: 'none' }));
  }

  /** The number of the terminal of a state behind the last level. */
  of(state: State): number {
    const before = this.#grantsOf(state.before);
    const after = this.#grantsOf(state.after);
    const { lost, loss } = this.#lossOf(state);
    const key = `${state.flags} ${state.isBlockedBefore} ${state.isBlockedAfter} ${loss} ${keyOf(before.sure, before.possible, after.sure, after.possible, lost)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = this.#intern(this.#weighed(state, before, after, { lost, loss }));
    this.#known.set(key, number);
    return number;
  }

  #noDemands(): Mask {
    return emptyMask(Math.max(this.#union.demands.length, 1));
  }

  /**
   * The loss as `lossOf` of the evaluator has it, of the demands that can still be lost. What a policy may ask for before is kept by what
   * surely asks for it after, or by the same policy where it comes out alike in both worlds.
   */
  #lossOf({ before, after, unlike, mayLose }: State): Lost {
    const [wasSure, isSure] = [before, after].map(({ sure }) => this.#demandsOf(both(sure, this.#union.sure))) as [
      Mask,
      Mask,
    ];
    const lost = both(without(wasSure, this.#possibleDemandsOf(after.possible)), mayLose);
    if (!isEmpty(lost)) return { lost, loss: 'certain' };
    const apart = this.#demandsOf(without(before.possible, without(after.possible, unlike)));
    const isOpen = [wasSure, apart].some((demands) => share(without(demands, isSure), mayLose));
    return { lost, loss: isOpen ? 'possible' : 'none' };
  }

  #weighed({ flags, isBlockedBefore, isBlockedAfter }: State, before: Living, after: Living, lost: Lost): Terminal {
    const was = this.#ranges(before, flagsOn('before', flags), isBlockedBefore);
    const becomes = this.#ranges(after, flagsOn('after', flags), isBlockedAfter);
    const pairs = Uint8Array.from(this.#columns.columns, (_, at) =>
      codeOfPair({
        leastBefore: was.least[at] ?? 0,
        mostBefore: was.most[at] ?? 0,
        leastAfter: becomes.least[at] ?? 0,
        mostAfter: becomes.most[at] ?? 0,
      }),
    );
    return this.#terminal(pairs, lost);
  }

  #terminal(pairs: Uint8Array, { lost, loss }: Lost): Terminal {
    const classes = pairs.map((code) => classOfPair(code, loss));
    return { pairs, classes, lost, loss, classMask: classes.reduce((mask, one: ClassCode) => mask | (1 << one), 0) };
  }

  #intern(terminal: Terminal): number {
    const isUnchanged = terminal.classMask === 1 << UNCHANGED;
    const key = isUnchanged ? 'unchanged' : `${terminal.pairs.join()} ${terminal.loss} ${keyOf(terminal.lost)}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.list.length);
    this.list.push(terminal);
    return this.list.length - 1;
  }

  /** The worst that surely, and the worst that possibly, applies in each column. */
  #ranges({ sure, possible }: Living, flags: number, isBlocked: boolean) {
    const size = this.#columns.columns.length;
    const least = new Uint8Array(size).fill(isBlocked ? 3 : 0);
    const most = new Uint8Array(size).fill(isBlocked ? 3 : 0);
    for (const [grant] of this.#union.grants.entries()) {
      const [isSure, isPossible] = [sure, possible].map(
        (mask) => (((mask[grant >>> 5] ?? 0) >>> (grant & 31)) & 1) === 1,
      );
      if (!isPossible) continue;
      for (const [at, effect] of this.#columns.effectsOf(grant, flags).entries()) {
        if (isSure && effect.least > (least[at] ?? 0)) least[at] = effect.least;
        if (effect.most > (most[at] ?? 0)) most[at] = effect.most;
      }
    }
    return { least, most };
  }

  #grantsOf({ sure, possible }: Living): Living {
    return { sure: this.#grantMask(both(sure, this.#union.sure)), possible: this.#grantMask(possible) };
  }

  #grantMask(policies: Mask): Mask {
    const mask = emptyMask(Math.max(this.#union.grants.length, 1));
    forEachBit(policies, (at) => setBit(mask, this.#union.entries[at]?.grant ?? 0));
    return mask;
  }

  #demandsOf(policies: Mask): Mask {
    const demands = this.#noDemands();
    forEachBit(policies, (at) => addTo(demands, this.#union.entries[at]?.demands ?? demands));
    return demands;
  }

  /** All for which it may be enough what policies ask for. */
  #possibleDemandsOf(policies: Mask): Mask {
    const demands = this.#noDemands();
    forEachBit(policies, (at) => addTo(demands, this.#union.entries[at]?.possibleDemands ?? demands));
    return demands;
  }
}
