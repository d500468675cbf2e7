import type { Level } from '../levels/level.ts';
import type { Mask } from '../worlds/masks.ts';
import { emptyMask, hasBit, setBit, share } from '../worlds/masks.ts';
import type { PolicyUnion } from '../worlds/policies.ts';
import type { Living } from './state.ts';

/** Policies that ask for the same, and that all that is still to come treats alike: which of them is left makes no difference. */
export interface AlikePolicies {
  readonly members: Mask;
  /** The position of the one that stands for all. */
  readonly first: number;
}

/** For each level, the policies that are alike from it on; none in front of the first one, which a search enters once. */
export function alikeFrom(levels: readonly Level[], { entries }: PolicyUnion): readonly (readonly AlikePolicies[])[] {
  let kinds = numbered(entries.map(({ grant, demands, isSure }) => `${grant} ${isSure} ${demands.join()}`));
  return levels
    .toReversed()
    .map((level, at) => {
      if (at === levels.length - 1) return [];
      kinds = numbered(kinds.map((kind, entry) => `${kind} ${verdictsOn(level, entry)}`));
      return groupsOf(kinds);
    })
    .toReversed();
}

/** What the classes of a level say of one policy, as a text. */
function verdictsOn({ classes }: Level, entry: number): string {
  return classes
    .map(({ verdicts: { before, after } }) =>
      [before.sure, before.possible, after.sure, after.possible].map((mask) => (hasBit(mask, entry) ? 1 : 0)).join(''),
    )
    .join('');
}

function numbered(texts: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

function groupsOf(kinds: readonly number[]): readonly AlikePolicies[] {
  const groups = Map.groupBy(kinds.keys(), (entry) => kinds[entry]);
  return [...groups.values()].flatMap(([first = 0, ...others]) => {
    if (others.length === 0) return [];
    const members = emptyMask(kinds.length);
    for (const entry of [first, ...others]) setBit(members, entry);
    return [{ members, first }];
  });
}

/** The living policies with one for each group of alike ones; the same object where none has to go. */
export function mergedAlike({ sure, possible }: Living, groups: readonly AlikePolicies[]): Living {
  return { sure: merged(sure, groups), possible: merged(possible, groups) };
}

function merged(mask: Mask, groups: readonly AlikePolicies[]): Mask {
  const result = Uint32Array.from(mask);
  for (const { members, first } of groups) {
    if (!share(mask, members)) continue;
    for (let at = 0; at < result.length; at++) result[at] = (result[at] ?? 0) & ~(members[at] ?? 0);
    setBit(result, first);
  }
  return result;
}
