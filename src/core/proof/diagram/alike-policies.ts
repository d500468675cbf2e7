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

/**
 * For each level, the policies that are alike from it on; none in front of the first one, which a search enters once. Two policies leave
 * open the same only where they have the same conditions, and two states that are not known are never the same.
 */
export function alikeFrom(levels: readonly Level[], { entries }: PolicyUnion): readonly (readonly AlikePolicies[])[] {
  let kinds = numbered(
    entries.map(({ grant, demands, isSure }, at) => (isSure ? `${grant} ${demands.join()}` : `state of ${at}`)),
  );
  return levels
    .toReversed()
    .map((level, at) => {
      if (at === levels.length - 1) return [];
      kinds = numbered(
        kinds.map((kind, entry) => `${kind} ${verdictsOn(level, entry, entries[entry]?.conditions ?? '')}`),
      );
      return groupsOf(kinds);
    })
    .toReversed();
}

/** What the classes of a level say of one policy, as a text; with its conditions where some of them leave it open. */
function verdictsOn({ classes }: Level, entry: number, conditions: string): string {
  let isOpen = false;
  const said = classes.map(({ verdicts: { before, after, unlike } }) => {
    const [sureBefore, mayBefore, sureAfter, mayAfter, isUnlike] = [
      before.sure,
      before.possible,
      after.sure,
      after.possible,
      unlike,
    ].map((mask) => hasBit(mask, entry));
    isOpen ||= sureBefore !== mayBefore || sureAfter !== mayAfter;
    return [sureBefore, mayBefore, sureAfter, mayAfter, isUnlike].map((holds) => (holds === true ? 1 : 0)).join('');
  });
  return `${said.join('')} ${isOpen ? conditions : ''}`;
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

/** The living policies with one for each group of alike ones that surely apply so far; what is open stays what it is. */
export function mergedAlike({ sure, possible }: Living, groups: readonly AlikePolicies[]): Living {
  const [sureLeft, possibleLeft] = [Uint32Array.from(sure), Uint32Array.from(possible)];
  for (const { members, first } of groups) {
    if (!share(sure, members)) continue;
    for (const left of [sureLeft, possibleLeft]) {
      for (let at = 0; at < left.length; at++) left[at] = (left[at] ?? 0) & ~(members[at] ?? 0);
      setBit(left, first);
    }
  }
  return { sure: sureLeft, possible: possibleLeft };
}
