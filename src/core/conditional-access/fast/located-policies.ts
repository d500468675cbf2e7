import { SmallCopies } from '../../values/small-copies.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import { mayEnforce } from '../policy-mode.ts';
import type { PolicyBits } from './bitset.ts';
import { emptyMask, set } from './bitset.ts';
import type { Decision, LocationAnswer } from './decide.ts';
import { DecisionTable } from './decision-table.ts';
import { codeOf } from './engine.ts';

/** What the location conditions say on either side; `undefined`: no policy has one. */
export type LocationAnswers = readonly [before: LocationAnswer | undefined, after: LocationAnswer | undefined];

const NOT_APPLIED = codeOf('notApplied');

/** The policies that can decide and have a location condition: the one condition that hangs on what Entra sees. */
export class LocatedPolicies {
  /** Those of one pair, until they are found among the others. */
  readonly #mask: Uint32Array;
  /** Each of the masks once. */
  readonly #masks = new DecisionTable<Uint32Array>();
  readonly #copies = new SmallCopies<Uint32Array>((length) => new Uint32Array(length));
  /** Their positions; `undefined`: the two sides are not one tenant, and positions of one say nothing of the other. */
  readonly #positions: readonly number[] | undefined;

  constructor(before: CompiledTenant, after: CompiledTenant) {
    this.#mask = emptyMask(Math.max(before.policies.length, after.policies.length));
    this.#positions = before === after ? positionsIn(before) : undefined;
  }

  /** Those that may apply on either side, which are all whose location can make a difference between the two. */
  mayDiffer(was: Decision, becomes: Decision): Uint32Array {
    const [mask, masks] = [this.#mask, this.#masks];
    if (this.#positions === undefined) return mask.fill(ALL);
    mask.fill(0);
    for (const at of this.#positions) {
      if (was.results[at] !== NOT_APPLIED || becomes.results[at] !== NOT_APPLIED) set(mask, at);
    }
    masks.begin();
    masks.putAll(mask);
    return masks.known() ?? masks.keep(this.#copies.of(mask));
  }
}

const ALL = 0xffffffff;

function positionsIn({ policies }: CompiledTenant): readonly number[] {
  return policies.flatMap((policy, at) => (mayEnforce(policy.mode) && isLocated(policy) ? [at] : []));
}

/** Whether the policy has a condition on locations. */
export function isLocated({ conditions }: CompiledPolicy): boolean {
  return conditions.some(({ slot }) => slot === 'location');
}

/**
 * The question of differing-policies.ts for one tenant under two signaling statuses, answered without reasons: whether the
 * locations of these policies are known on both sides, and the same.
 */
export function areLocatedAlike(mask: Uint32Array, [before, after]: LocationAnswers): boolean {
  if (before === undefined || after === undefined) return true;
  for (let word = 0; word < mask.length; word++) {
    const sure = before.sure[word] as number;
    const others = (before.possible[word] as number) ^ sure;
    const unlike = (after.sure[word] as number) ^ sure;
    const open = (after.possible[word] as number) ^ (after.sure[word] as number);
    if (((others | unlike | open) & (mask[word] as number)) !== 0) return false;
  }
  return true;
}

/** Values by numbers of the caller's, and by what the locations say of these policies. */
export class ByLocations<Value> {
  readonly #table = new DecisionTable<Value>();

  recall(
    one: number,
    other: number,
    policies: Uint32Array,
    [before, after]: LocationAnswers,
    make: () => Value,
  ): Value {
    const table = this.#table;
    table.begin();
    table.put(one);
    table.put(other);
    putBits(table, policies, before);
    putBits(table, policies, after);
    return table.value(make);
  }
}

function putBits(table: DecisionTable<unknown>, mask: Uint32Array, bits: PolicyBits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < bits.sure.length; word++) {
    table.put((bits.sure[word] as number) & (mask[word] as number));
    table.put((bits.possible[word] as number) & (mask[word] as number));
  }
}
