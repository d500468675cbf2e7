import { isAlikeOnBothSides } from '../levels/flags.ts';
import type { Level, Verdicts } from '../levels/level.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, both, differing, emptyMask, forEachBit, keyOf, narrowTo, without } from '../worlds/masks.ts';

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
  readonly groupOf: Int32Array;
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
      const groupsFor = grouping(level, sensitiveOf(level, size), size);
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

/** How what is said of the policies parts the classes of a level: those with one column part them alike, so to ask one is to ask all. */
interface Columns {
  /** The number of the column of each policy. */
  readonly ofPolicy: Int32Array;
  readonly said: readonly Column[];
}

/** A number for what each class says, and how many different things are said; numbered as they come. */
interface Column {
  readonly of: Uint8Array;
  readonly size: number;
}

function columnsOf(level: Level, sensitive: Mask, size: number): Columns {
  const numbers = new Map<number, number[]>();
  const said: Column[] = [];
  const ofPolicy = new Int32Array(size);
  forEachBit(sensitive, (entry) => {
    if (entry >= size) return;
    const { column, hash } = columnOf(level, entry);
    const alike = numbers.get(hash) ?? [];
    const known = alike.find((number) => said[number]?.of.every((one, at) => one === column.of[at]));
    ofPolicy[entry] = known ?? said.push(column) - 1;
    if (known === undefined) numbers.set(hash, [...alike, said.length - 1]);
  });
  return { ofPolicy, said };
}

/** The column of a policy, and a number that is the same for the same. */
function columnOf({ classes }: Level, entry: number): { readonly column: Column; readonly hash: number } {
  const of = new Uint8Array(classes.length);
  const numbers = new Uint8Array(SAYINGS);
  let [size, hash] = [0, 0];
  for (let at = 0; at < classes.length; at++) {
    const one = classes[at];
    const saying = one === undefined ? 0 : sayingOf(one.verdicts, entry);
    // Above 0, so that what is not met yet is told from what is.
    if (numbers[saying] === 0) numbers[saying] = ++size;
    const number = (numbers[saying] ?? 1) - 1;
    of[at] = number;
    hash = (Math.imul(hash, 31) + number) | 0;
  }
  return { column: { of, size }, hash };
}

/** A number below it for all that a class can say of one policy. */
const SAYINGS = 32;

const NOTHING_SAID = new Uint8Array(0);

/** Whether the policy surely and possibly applies before, and after, and whether it need not come out alike. */
function sayingOf({ before, after, unlike }: Verdicts, entry: number): number {
  const bit = (mask: Mask) => ((mask[entry >>> 5] ?? 0) >>> (entry & 31)) & 1;
  return bit(before.sure) + 2 * bit(before.possible) + 4 * bit(after.sure) + 8 * bit(after.possible) + 16 * bit(unlike);
}

function grouping(level: Level, sensitive: Mask, size: number): (living: Mask) => Groups {
  const { ofPolicy, said } = columnsOf(level, sensitive, size);
  const byFlags = groupedByFlags(level);
  const known = new Map<string, Groups>();
  return (living) => {
    const asked = both(living, sensitive);
    const key = keyOf(asked);
    const groups = known.get(key) ?? partedFor(asked);
    known.set(key, groups);
    return groups;
  };

  /** The classes by their flags, parted by one asked column after the other. */
  function partedFor(asked: Mask): Groups {
    const columns = new Set<number>();
    forEachBit(asked, (entry) => columns.add(ofPolicy[entry] ?? 0));
    let parts = byFlags;
    for (const number of columns) {
      const { of, size: sayings } = said[number] ?? { of: NOTHING_SAID, size: 1 };
      parts = partedBy(parts, (at) => of[at] ?? 0, sayings);
    }
    return groupsOf(parts);
  }
}

/** The group of each class, and how many groups there are. */
export interface Parts {
  readonly groupOf: Int32Array;
  readonly size: number;
}

export function groupsOf({ groupOf }: Parts): Groups {
  return { first: firstOfEach(groupOf), groupOf };
}

/** The classes by their flags, numbered as they come. */
export function groupedByFlags({ classes }: Level): Parts {
  const numbers = new Map<number, number>();
  const groupOf = Int32Array.from(classes, ({ flags }) => {
    const number = numbers.get(flags) ?? numbers.size;
    numbers.set(flags, number);
    return number;
  });
  return { groupOf, size: numbers.size };
}

/** Groups parted by what is said of their members, numbered as they come. */
export function partedBy({ groupOf, size }: Parts, saidOf: (at: number) => number, sayings: number): Parts {
  const parted = new Int32Array(groupOf.length);
  const numbers = new Int32Array(sayings * size).fill(-1);
  let found = 0;
  for (let at = 0; at < groupOf.length; at++) {
    const part = (groupOf[at] ?? 0) * sayings + saidOf(at);
    if ((numbers[part] ?? 0) < 0) numbers[part] = found++;
    parted[at] = numbers[part] ?? 0;
  }
  return { groupOf: parted, size: found };
}

/** Groups are numbered as they come, so the first of the next one is where its number is met. */
function firstOfEach(groupOf: Int32Array): number[] {
  const first: number[] = [];
  for (let at = 0; at < groupOf.length; at++) if (groupOf[at] === first.length) first.push(at);
  return first;
}
