import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { PolicyBits } from '../conditional-access/fast/bitset.ts';
import { emptyMask, set } from '../conditional-access/fast/bitset.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import type { DecisionTable } from '../conditional-access/fast/decision-table.ts';
import { codeOf } from '../conditional-access/fast/engine.ts';
import { mayEnforce } from '../conditional-access/policy-mode.ts';
import type { LocationAnswers } from './seen.ts';

const NOT_APPLIED = codeOf('notApplied');

/** The policies that can decide and have a location condition: the one condition that hangs on what Entra sees. */
export class LocatedPolicies {
  readonly #policies: number;
  /** Their positions; `undefined`: the two sides are not one tenant, and positions of one say nothing of the other. */
  readonly #positions: readonly number[] | undefined;

  constructor(before: CompiledTenant, after: CompiledTenant) {
    this.#policies = Math.max(before.policies.length, after.policies.length);
    this.#positions = before === after ? positionsIn(before) : undefined;
  }

  /** Those that may apply on either side, which are all whose location can make a difference between the two. */
  mayDiffer(was: Decision, becomes: Decision): Uint32Array {
    const mask = emptyMask(this.#policies);
    if (this.#positions === undefined) return mask.fill(ALL);
    for (const at of this.#positions) {
      if (was.results[at] !== NOT_APPLIED || becomes.results[at] !== NOT_APPLIED) set(mask, at);
    }
    return mask;
  }
}

const ALL = 0xffffffff;

function positionsIn({ policies }: CompiledTenant): readonly number[] {
  return policies.flatMap(({ mode, conditions }, at) =>
    mayEnforce(mode) && conditions.some(({ slot }) => slot === 'location') ? [at] : [],
  );
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

/** Puts what the locations say of these policies into a row. */
export function putLocations(table: DecisionTable<unknown>, mask: Uint32Array, [before, after]: LocationAnswers): void {
  putBits(table, mask, before);
  putBits(table, mask, after);
}

function putBits(table: DecisionTable<unknown>, mask: Uint32Array, bits: PolicyBits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < bits.sure.length; word++) {
    table.put((bits.sure[word] as number) & (mask[word] as number));
    table.put((bits.possible[word] as number) & (mask[word] as number));
  }
}
