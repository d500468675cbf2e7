import { isAlikeOnBothSides } from '../levels/flags.ts';
import type { Level, Verdicts } from '../levels/level.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, both, differing, emptyMask, keyOf, narrowTo, without } from '../worlds/masks.ts';

/** One level, prepared for the search: what each of its classes keeps alive, and what the levels from here on can still do. */
export interface Transitions {
  readonly level: Level;
  /** Policies that every class of this level and of all later ones lets apply, in each world. */
  readonly settledBefore: Mask;
  readonly settledAfter: Mask;
  /** Policies that some class of this level or a later one treats differently in the two worlds. */
  readonly differing: Mask;
  /** Classes that do not differ for these living policies: one of each group, and the group of every class. */
  groupsFor(living: Mask): Groups;
}

export interface Groups {
  /** Position of the first class of each group. */
  readonly first: readonly number[];
  readonly groupOf: readonly number[];
}

/** Prepares all levels, the last one first, because each says what is still to come. */
export function transitionsOf(levels: readonly Level[], size: number): readonly Transitions[] {
  const all = filled(size);
  let later = { before: all, after: all, differing: emptyMask(size) };
  return levels
    .toReversed()
    .map((level) => {
      const [before, after] = [Uint32Array.from(later.before), Uint32Array.from(later.after)];
      const differs = Uint32Array.from(later.differing);
      for (const { verdicts, flags } of level.classes) {
        narrowTo(before, verdicts.before.sure);
        narrowTo(after, verdicts.after.sure);
        addTo(differs, differing(verdicts.before.sure, verdicts.after.sure));
        addTo(differs, differing(verdicts.before.possible, verdicts.after.possible));
        addTo(differs, verdicts.unlike);
        if (!isAlikeOnBothSides(flags)) addTo(differs, all);
      }
      later = { before, after, differing: differs };
      const groupsFor = grouping(level, sensitiveOf(level, size));
      return { level, settledBefore: before, settledAfter: after, differing: differs, groupsFor };
    })
    .toReversed();
}

/** What the search knows behind the last level: everything is settled. */
export function settledAtLast(size: number): Pick<Transitions, 'settledBefore' | 'settledAfter' | 'differing'> {
  return { settledBefore: filled(size), settledAfter: filled(size), differing: emptyMask(size) };
}

function filled(size: number): Mask {
  return emptyMask(size).fill(0xffffffff);
}

/** Policies that not every class of the level lets apply for sure. */
function sensitiveOf({ classes }: Level, size: number): Mask {
  const always = filled(size);
  for (const { verdicts } of classes) {
    narrowTo(always, verdicts.before.sure);
    narrowTo(always, verdicts.after.sure);
  }
  return without(filled(size), always);
}

function grouping({ classes }: Level, sensitive: Mask): (living: Mask) => Groups {
  const known = new Map<string, Groups>();
  return (living) => {
    const asked = both(living, sensitive);
    const key = keyOf(asked);
    const groups = known.get(key) ?? groupsOf(asked);
    known.set(key, groups);
    return groups;
  };

  function groupsOf(asked: Mask): Groups {
    const positions = new Map<string, number>();
    const first: number[] = [];
    const words = [...asked.keys()].filter((word) => asked[word] !== 0);
    const groupOf = classes.map((one, at) => {
      const key = `${one.flags}${keyWithin(one.verdicts, asked, words)}`;
      const known = positions.get(key);
      if (known !== undefined) return known;
      positions.set(key, first.length);
      first.push(at);
      return first.length - 1;
    });
    return { first, groupOf };
  }
}

/** What the verdicts say of the asked policies, which lie in these words. */
function keyWithin({ before, after, unlike }: Verdicts, asked: Mask, words: readonly number[]): string {
  let key = '';
  for (const word of words) {
    const mask = asked[word] ?? 0;
    const wordOf = (verdict: Mask) => (verdict[word] ?? 0) & mask;
    key += ` ${wordOf(before.sure)} ${wordOf(before.possible)} ${wordOf(after.sure)} ${wordOf(after.possible)} ${wordOf(unlike)}`;
  }
  return key;
}
