import type { ControlColumns } from '../levels/controls.ts';
import { FLAG_SETS, flagsOn, isAlikeOnBothSides } from '../levels/flags.ts';
import type { Level } from '../levels/level.ts';
import type { Mask } from '../worlds/masks.ts';
import { isEmpty, without } from '../worlds/masks.ts';
import type { PolicyUnion } from '../worlds/policies.ts';
import { SIDES } from '../worlds/policies.ts';

/**
 * The flags that make a difference to some grant of these policies, or between the two worlds. All others can be taken off, alone
 * and together, from whatever sign-ins have on the way through the levels: nobody who only blocks or asks for MFA reacts to a
 * compliant device.
 */
export function tellingFlags(levels: readonly Level[], union: PolicyUnion, columns: ControlColumns): number {
  const reactionTo = reactions(union, columns);
  const met = [...new Set(flagsInFront(levels).flatMap((flags) => [...flags]))];
  let telling = FLAG_SETS - 1;
  for (let bit = 1; bit < FLAG_SETS; bit *= 2) {
    const rest = telling & ~bit;
    if (met.every((flags) => reactionTo(flags & rest) === reactionTo(flags & telling))) telling = rest;
  }
  return telling;
}

/**
 * Says of flags in front of a level which stand for them: those with which every grant reacts the same, whatever flags the levels
 * from there on add. A legacy client, and a device code flow beside it, answer no control on a device either way. Flags that are
 * not met in front of the level stand for themselves.
 */
export type FlagsInFront = (level: number, flags: number) => number;

/** Works backward from the last level: in front of a level flags are the same where each class leads to the same flags behind it. */
export function sameFlags(levels: readonly Level[], union: PolicyUnion, columns: ControlColumns): FlagsInFront {
  const reactionTo = reactions(union, columns);
  const met = flagsInFront(levels);
  let behind = firstOfAlike(met[levels.length] ?? new Set(), (flags) => String(reactionTo(flags)));
  const standing = [behind];
  for (let level = levels.length - 1; level >= 0; level--) {
    const added = [...new Set(levels[level]?.classes.map((one) => one.flags))];
    const known = behind;
    behind = firstOfAlike(met[level] ?? new Set(), (flags) => added.map((more) => known.get(flags | more)).join());
    standing.unshift(behind);
  }
  return (level, flags) => standing[level]?.get(flags) ?? flags;
}

/** For each of the flags the first ones with the same text. */
function firstOfAlike(all: ReadonlySet<number>, textOf: (flags: number) => string): ReadonlyMap<number, number> {
  const firsts = new Map<string, number>();
  const found = new Map<number, number>();
  for (const flags of all) {
    const text = textOf(flags);
    const first = firsts.get(text) ?? flags;
    firsts.set(text, first);
    found.set(flags, first);
  }
  return found;
}

/** A number for how all grants react to flags in both worlds. */
function reactions({ grants }: PolicyUnion, columns: ControlColumns): (flags: number) => number {
  const effects = new Map<string, number>();
  const numberOf = (text: string) => {
    const number = effects.get(text) ?? effects.size;
    effects.set(text, number);
    return number;
  };
  const effectOf = (grant: number, flags: number) =>
    numberOf(
      columns
        .effectsOf(grant, flags)
        .map(({ least, most }) => least * 4 + most)
        .join(),
    );
  const known = new Map<number, number>();
  return (flags) => {
    const said =
      known.get(flags) ??
      numberOf(
        `${isAlikeOnBothSides(flags)} ${SIDES.map((side) => grants.map((_, grant) => effectOf(grant, flagsOn(side, flags))).join())}`,
      );
    known.set(flags, said);
    return said;
  };
}

/** Flags that sign-ins can have together in front of each level, and behind the last one. */
export function flagsInFront(levels: readonly Level[]): readonly ReadonlySet<number>[] {
  let found = new Set([0]);
  const all = [found];
  for (const { classes } of levels) {
    const flags = new Set(classes.map((one) => one.flags));
    found = new Set([...found].flatMap((one) => [...flags].map((flag) => one | flag)));
    all.push(found);
  }
  return all;
}

/** The levels with those flags alone. */
export function withFlags(levels: readonly Level[], telling: number): readonly Level[] {
  return levels.map((level) => ({
    ...level,
    classes: level.classes.map((one) => ({ ...one, flags: one.flags & telling })),
  }));
}

/** Whether a level makes no difference: neither to policies nor to flags. */
export function isIdle(level: Level, union: PolicyUnion): boolean {
  return level.classes.every(({ flags }) => flags === 0) && keepsPolicies(level, union);
}

/** Whether each class of a level lets everything apply for sure that there is in a world. */
export function keepsPolicies({ classes }: Level, { living }: PolicyUnion): boolean {
  const isAll = (mask: Mask, all: Mask) => isEmpty(without(all, mask));
  return classes.every(
    ({ verdicts: { before, after, unlike } }) =>
      isEmpty(unlike) &&
      isAll(before.sure, living.before) &&
      isAll(before.possible, living.before) &&
      isAll(after.sure, living.after) &&
      isAll(after.possible, living.after),
  );
}
