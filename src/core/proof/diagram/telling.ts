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
export function tellingFlags(levels: readonly Level[], { grants }: PolicyUnion, columns: ControlColumns): number {
  const effects = new Map<string, number>();
  const numberOf = (grant: number, flags: number) => {
    const text = columns
      .effectsOf(grant, flags)
      .map(({ least, most }) => least * 4 + most)
      .join();
    const number = effects.get(text) ?? effects.size;
    effects.set(text, number);
    return number;
  };
  const known = new Map<number, string>();
  const reactionsTo = (flags: number) => {
    const said =
      known.get(flags) ??
      `${isAlikeOnBothSides(flags)} ${SIDES.map((side) => grants.map((_, grant) => numberOf(grant, flagsOn(side, flags))).join())}`;
    known.set(flags, said);
    return said;
  };
  const met = [...flagsOnTheWay(levels)];
  let telling = FLAG_SETS - 1;
  for (let bit = 1; bit < FLAG_SETS; bit *= 2) {
    const rest = telling & ~bit;
    if (met.every((flags) => reactionsTo(flags & rest) === reactionsTo(flags & telling))) telling = rest;
  }
  return telling;
}

/** Flags that sign-ins can have together behind any of the levels. */
function flagsOnTheWay(levels: readonly Level[]): ReadonlySet<number> {
  let found = new Set([0]);
  const all = new Set(found);
  for (const { classes } of levels) {
    const flags = new Set(classes.map((one) => one.flags));
    found = new Set([...found].flatMap((one) => [...flags].map((flag) => one | flag)));
    for (const one of found) all.add(one);
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

/** Whether a level makes no difference: each of its classes lets everything apply for sure that there is in a world. */
export function isIdle({ classes }: Level, { living }: PolicyUnion): boolean {
  const isAll = (mask: Mask, all: Mask) => isEmpty(without(all, mask));
  return classes.every(
    ({ flags, verdicts: { before, after, unlike } }) =>
      flags === 0 &&
      isEmpty(unlike) &&
      isAll(before.sure, living.before) &&
      isAll(before.possible, living.before) &&
      isAll(after.sure, living.after) &&
      isAll(after.possible, living.after),
  );
}
