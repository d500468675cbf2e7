import type { LevelName } from '../levels/level.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { bitsOf, emptyMask, hasBit, setBit } from '../worlds/masks.ts';
import type { Cursor } from './cursor.ts';
import type { Reach } from './reach.ts';

/** Sign-ins as a product: of each level the classes that are meant; of `where` the places. Boxes of one answer may overlap. */
export interface Box {
  readonly sets: readonly Mask[];
}

export interface Boxes {
  readonly boxes: readonly Box[];
  /** False where there are more than were asked for. */
  readonly isWhole: boolean;
}

/** More boxes than anybody reads. */
const MOST_BOXES = 500;
/** Places that are looked at for one answer, a second of work or two; behind it no further box is begun. */
const MOST_WORK = 1_000_000;

/**
 * Covers an answer with maximal boxes: takes a sign-in that no box has yet, widens it level by level as long as everything in
 * it belongs to the answer, and begins again.
 */
export function boxesOf(proof: Proof, reach: Reach, most: number = MOST_BOXES): Boxes {
  const cover = new Cover(proof, reach);
  const boxes: Box[] = [];
  for (let seed = cover.uncovered(boxes); seed !== undefined; seed = cover.uncovered(boxes)) {
    if (boxes.length === most || cover.work > MOST_WORK) return { boxes, isWhole: false };
    boxes.push(cover.widened(seed));
  }
  return { boxes, isWhole: true };
}

class Cover {
  readonly #proof: Proof;
  readonly #reach: Reach;
  readonly #last: number;
  /** Places that were looked at. */
  work = 0;
  /** Classes of people who have the same future; one of each group is looked at, because there are thousands of people. */
  readonly #alike: readonly (readonly number[])[];

  constructor(proof: Proof, reach: Reach) {
    this.#proof = proof;
    this.#reach = reach;
    this.#last = proof.diagram.levels.length - 1;
    const nexts = reach.nexts(reach.start, 0);
    const keyAt = (at: number) => (nexts[at] === undefined ? '' : keyOfCursor(nexts[at]));
    this.#alike = [...Map.groupBy(nexts.keys(), keyAt).values()];
  }

  /** A sign-in of the answer that none of the boxes holds. */
  uncovered(boxes: readonly Box[]): Box | undefined {
    const whole = new Set<string>();
    const search = (cursor: Cursor, holding: readonly number[]): Mask[] | undefined => {
      const reached = this.#reach.visit(cursor);
      if (reached === undefined) return undefined;
      const key = `${keyOfCursor(cursor)} ${holding.join()}`;
      if (whole.has(key)) return undefined;
      this.work++;
      if (cursor.level === this.#last) {
        const free = bitsOf(reached.places).find(
          (place) => !holding.some((box) => holds(boxes[box], this.#last, place)),
        );
        if (free !== undefined) return [only(free, this.#sizeOf(this.#last))];
      } else {
        const nexts = this.#reach.nexts(cursor, cursor.level);
        for (const at of this.#tried(cursor.level)) {
          const next = nexts[at];
          if (next === undefined) continue;
          const rest = search(
            next,
            holding.filter((box) => holds(boxes[box], cursor.level, at)),
          );
          if (rest !== undefined) return [only(at, this.#sizeOf(cursor.level)), ...rest];
        }
      }
      whole.add(key);
      return undefined;
    };
    const sets = search(this.#reach.start, [...boxes.keys()]);
    return sets === undefined ? undefined : { sets };
  }

  widened(seed: Box): Box {
    const sets = seed.sets.map((set) => Uint32Array.from(set));
    for (const level of [this.#last, ...sets.keys()].filter((at, position) => position === 0 || at !== this.#last)) {
      const set = sets[level];
      if (set === undefined) continue;
      for (const at of this.#tried(level)) {
        if (hasBit(set, at)) continue;
        const trial = sets.with(level, only(at, this.#sizeOf(level)));
        if (this.#isWithin(trial)) setBit(set, at);
      }
    }
    return { sets: sets.map((set, level) => (level === 0 ? this.#withAlike(set) : set)) };
  }

  /** The classes of a level that have to be looked at. */
  #tried(level: number): Iterable<number> {
    return level === 0 ? this.#alike.map(([first = 0]) => first) : Array.from({ length: this.#sizeOf(level) }).keys();
  }

  #withAlike(people: Mask): Mask {
    const all = emptyMask(this.#sizeOf(0));
    for (const group of this.#alike) {
      if (hasBit(people, group[0] ?? 0)) for (const at of group) setBit(all, at);
    }
    return all;
  }

  /** Whether every sign-in of the product belongs to the answer. */
  #isWithin(sets: readonly Mask[]): boolean {
    const known = new Map<string, boolean>();
    const check = (cursor: Cursor): boolean => {
      const key = keyOfCursor(cursor);
      const before = known.get(key);
      if (before !== undefined) return before;
      this.work++;
      const answer = checkAnew(cursor);
      known.set(key, answer);
      return answer;
    };
    const checkAnew = (cursor: Cursor): boolean => {
      const reached = this.#reach.visit(cursor);
      const set = sets[cursor.level];
      if (reached === undefined || set === undefined) return false;
      if (cursor.level === this.#last) return bitsOf(set).every((place) => hasBit(reached.places, place));
      const nexts = this.#reach.nexts(cursor, cursor.level);
      return bitsOf(set).every((at) => {
        const next = nexts[at];
        return next !== undefined && check(next);
      });
    };
    return check(this.#reach.start);
  }

  #sizeOf(level: number): number {
    if (level === this.#last) return this.#proof.where.places.length;
    return this.#proof.diagram.levels[level]?.classes.length ?? 0;
  }
}

function holds(box: Box | undefined, level: number, at: number): boolean {
  const set = box?.sets[level];
  return set !== undefined && hasBit(set, at);
}

function only(at: number, size: number): Mask {
  const mask = emptyMask(size);
  setBit(mask, at);
  return mask;
}

function keyOfCursor({ level, node, flags, isSure }: Cursor): string {
  return `${level} ${node} ${flags} ${isSure}`;
}

/** What a box says of one level: names of the values, or `undefined` where it says nothing about it. */
export function textsOfLevel(proof: Proof, { sets }: Box, name: LevelName): readonly string[] | undefined {
  const level = proof.diagram.levels.findIndex((one) => one.name === name);
  const { classes = [], values = [] } = proof.diagram.levels[level] ?? {};
  const set = sets[level];
  if (set === undefined) return undefined;
  const meant = bitsOf(set);
  if (meant.length === classes.length) return undefined;
  return meant
    .flatMap((at) => classes[at]?.members ?? [])
    .toSorted((a, b) => a - b)
    .map((at) => values[at]?.text ?? '');
}
