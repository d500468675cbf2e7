import type { ClassCode } from '../diagram/outcomes.ts';
import type { NodeId } from '../diagram/search.ts';
import { terminalOf, UNCHANGED_NODE } from '../diagram/search.ts';
import { FLAG_SETS } from '../levels/flags.ts';
import type { LevelClass } from '../levels/level.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, columnOf, emptyMask, hasBit } from '../worlds/masks.ts';
import type { Side } from '../worlds/policies.ts';
import type { Cursor } from './cursor.ts';
import { levelBehind } from './cursor.ts';
import {
  CERTAIN_PERHAPS,
  CERTAIN_SURELY,
  KINDS,
  MET_KINDS,
  MET_PERHAPS,
  MET_SURELY,
  TerminalMasks,
} from './terminal-masks.ts';

/** The sign-ins of a class that one policy decides: of whom, from where, and at what. */
export interface Decided {
  /** Positions of classes of people, ascending. */
  readonly people: readonly number[];
  /** Those among them that have one that comes out so whatever the user does not know of egress and session. */
  readonly certain: readonly number[];
  readonly places: Mask;
  readonly apps: Mask;
}

/** A place of the diagram, the masks of which stand in a pool from `at` on. */
interface Visited {
  readonly node: NodeId;
  readonly flags: number;
  readonly at: number;
}

/** Nothing of the class lies behind. */
const NOTHING = -1;

/**
 * Which policies decide the sign-ins of one class in one world, for all policies at once: the diagram is gone through once upward from
 * the terminals, for who is met behind each place, and once downward, for what leads there. The same as a {@link Reach} for each policy.
 */
export class Deciders {
  readonly #proof: Proof;
  readonly #code: ClassCode;
  readonly #side: Side;
  /** Words of a mask of policies. */
  readonly #words: number;
  readonly #last: number;
  readonly #known: readonly Map<number, Visited>[];
  readonly #terminals: TerminalMasks;
  /** The masks of each class of places, for the one place of the diagram at hand. */
  readonly #ofClasses: Uint32Array;
  #pool = new Uint32Array(1024);
  #size = 0;

  constructor(proof: Proof, code: ClassCode, side: Side) {
    this.#proof = proof;
    this.#code = code;
    this.#side = side;
    this.#words = emptyMask(proof.union.entries.length).length;
    this.#last = proof.diagram.levels.length - 1;
    this.#known = proof.diagram.levels.map(() => new Map());
    this.#ofClasses = new Uint32Array(proof.where.classes.length * KINDS * this.#words);
    this.#terminals = new TerminalMasks(proof, code, side);
  }

  /** What each policy decides, by its position; absent where it decides nothing. */
  decided(): ReadonlyMap<number, Decided> {
    const people = this.#people();
    const { places, apps } = this.#ways();
    return new Map([...people].map(([entry, found]) => [entry, { ...found, ...waysOf(entry) }]));

    function waysOf(entry: number): Pick<Decided, 'places' | 'apps'> {
      return { places: columnOf(places, entry), apps: columnOf(apps, entry) };
    }
  }

  /** How a policy stands to the sign-ins behind a place; `undefined`: it decides none of them. */
  standing({ level, node, flags, isSure }: Cursor, entry: number): { readonly isCertain: boolean } | undefined {
    const at = this.#visit(level, node, flags);
    if (at === NOTHING) return undefined;
    const isIn = (kind: number) => hasBit(this.#pool.subarray(at + kind * this.#words), entry);
    if (!isIn(isSure ? MET_SURELY : MET_PERHAPS)) return undefined;
    return { isCertain: isIn(isSure ? CERTAIN_SURELY : CERTAIN_PERHAPS) };
  }

  /** The classes of people by the policies that decide a sign-in of theirs. */
  #people(): Map<number, Pick<Decided, 'people' | 'certain'>> {
    const found = this.#proof.union.entries.map(() => ({ people: [] as number[], certain: [] as number[] }));
    const sums = new Uint32Array(KINDS * this.#words);
    this.#eachChild(0, this.#proof.diagram.root, 0, (at, one, child) => {
      sums.fill(0);
      this.#addTo(sums, 0, one, this.#pool, child);
      for (let word = 0; word < this.#words; word++) {
        const certain = sums[CERTAIN_SURELY * this.#words + word] ?? 0;
        for (let rest = sums[MET_SURELY * this.#words + word] ?? 0; rest !== 0; rest &= rest - 1) {
          const bit = rest & -rest;
          const own = found[word * 32 + 31 - Math.clz32(bit)];
          own?.people.push(at);
          if ((certain & bit) !== 0) own?.certain.push(at);
        }
      }
    });
    return new Map([...found.entries()].filter(([, { people }]) => people.length > 0));
  }

  /** Places of the level `where` and classes of the level `what`, each with the policies that decide a sign-in there. */
  #ways(): { readonly places: readonly Mask[]; readonly apps: readonly Mask[] } {
    const { apps, diagram, where } = this.#proof;
    const masks = (size: number) => Array.from({ length: size }, () => new Uint32Array(this.#words));
    const [ofApps, ofWhere] = [masks(apps.classes.length), masks(where.classes.length)];
    // Of each place two masks: policies that surely apply on some way there, and that perhaps do.
    const above = new Uint32Array((this.#size / KINDS) * 2);
    const living = this.#proof.union.living[this.#side];
    this.#eachChild(0, diagram.root, 0, (_, one, child) => this.#passOn(above, living, 0, one, child, undefined));
    for (const [level, visited] of this.#known.entries()) {
      for (const { node, flags, at } of visited.values()) {
        const from = above.subarray(at / 2, at / 2 + 2 * this.#words);
        const perhaps = from.subarray(this.#words);
        if (level === this.#last) {
          this.#eachEnd(node, flags, (end, one, terminal) => this.#meet(ofWhere[end], from, one, terminal, 0));
        } else {
          const isOfApps = diagram.levels[level] === apps;
          this.#eachChild(level, node, flags, (next, one, child) =>
            this.#passOn(above, from, perhaps, one, child, isOfApps ? ofApps[next] : undefined),
          );
        }
      }
    }
    const places = where.classesOfPlaces.map((classes) => {
      const sum = new Uint32Array(this.#words);
      for (const at of classes) addTo(sum, ofWhere[at] ?? emptyMask(0));
      return sum;
    });
    return { places, apps: ofApps };
  }

  /** Carries policies along to a place behind a class, and notes in `met` those that decide something there. */
  #passOn(
    above: Uint32Array,
    sure: Uint32Array,
    perhaps: Uint32Array | 0,
    one: LevelClass,
    child: number,
    met: Uint32Array | undefined,
  ): void {
    const { sure: surely, possible } = one.verdicts[this.#side];
    for (let word = 0; word < this.#words; word++) {
      const may = possible[word] ?? 0;
      const does = may & (surely[word] ?? 0);
      const was = sure[word] ?? 0;
      const stillSure = was & does;
      const open = (was & may & ~does) | ((perhaps === 0 ? 0 : (perhaps[word] ?? 0)) & may);
      const to = child / 2 + word;
      above[to] = (above[to] ?? 0) | stillSure;
      above[to + this.#words] = (above[to + this.#words] ?? 0) | open;
      if (met !== undefined) {
        const ofSure = this.#pool[child + MET_SURELY * this.#words + word] ?? 0;
        const ofOpen = this.#pool[child + MET_PERHAPS * this.#words + word] ?? 0;
        met[word] = (met[word] ?? 0) | (stillSure & ofSure) | (open & ofOpen);
      }
    }
  }

  /** Notes the policies that come along to a terminal and decide there. */
  #meet(met: Uint32Array | undefined, from: Uint32Array, one: LevelClass, terminal: Uint32Array, at: number): void {
    if (met === undefined) return;
    const { sure, possible } = one.verdicts[this.#side];
    for (let word = 0; word < this.#words; word++) {
      const may = possible[word] ?? 0;
      const does = may & (sure[word] ?? 0);
      const was = from[word] ?? 0;
      const open = (was & may & ~does) | ((from[this.#words + word] ?? 0) & may);
      const ofSure = terminal[at + word] ?? 0;
      const ofOpen = terminal[at + this.#words + word] ?? 0;
      met[word] = (met[word] ?? 0) | (was & does & ofSure) | (open & ofOpen);
    }
  }

  /** Where the masks of a place stand, or {@link NOTHING}. */
  #visit(from: number, node: NodeId, flags: number): number {
    if ((this.#proof.search.classesFrom(node) & (1 << this.#code)) === 0) return NOTHING;
    const level = levelBehind(this.#proof, from);
    const same = this.#proof.search.flagsAt(level, flags);
    const key = node * FLAG_SETS + same;
    const known = this.#known[level]?.get(key);
    if (known !== undefined) return known.at;
    const at = this.#reserved();
    if (level === this.#last) this.#addPlaces(at, node, same);
    else this.#eachChild(level, node, same, (_, one, child) => this.#addTo(this.#pool, at, one, this.#pool, child));
    this.#known[level]?.set(key, { node, flags: same, at });
    return at;
  }

  /** Room for the masks of one place; the pool may be another one afterwards. */
  #reserved(): number {
    const at = this.#size;
    this.#size += KINDS * this.#words;
    if (this.#size > this.#pool.length) {
      const larger = new Uint32Array(2 * this.#size);
      larger.set(this.#pool);
      this.#pool = larger;
    }
    return at;
  }

  /** The classes of a level that lead to what is asked for, each with where the masks behind it stand. */
  #eachChild(
    level: number,
    node: NodeId,
    flags: number,
    visit: (at: number, one: LevelClass, child: number) => void,
  ): void {
    const { diagram, search } = this.#proof;
    const classes = diagram.levels[level]?.classes ?? [];
    const here = node >= 0 ? diagram.nodes[node] : undefined;
    const children = here?.level === level ? here.children : undefined;
    for (const at of children === undefined ? classes.keys() : search.changing(node, this.#code)) {
      const one = classes[at];
      if (one === undefined) continue;
      const child = this.#visit(
        level + 1,
        children === undefined ? node : (children[at] ?? UNCHANGED_NODE),
        flags | one.flags,
      );
      if (child !== NOTHING) visit(at, one, child);
    }
  }

  /** The same of the last level, with the masks of terminals. */
  #eachEnd(node: NodeId, flags: number, visit: (at: number, one: LevelClass, terminal: Uint32Array) => void): void {
    const { diagram, where, search } = this.#proof;
    const here = node >= 0 ? diagram.nodes[node] : undefined;
    const children = here?.level === this.#last ? here.children : undefined;
    for (const at of children === undefined ? where.classes.keys() : search.changing(node, this.#code)) {
      const one = where.classes[at];
      if (one === undefined) continue;
      const number = terminalOf(children === undefined ? node : (children[at] ?? UNCHANGED_NODE));
      visit(at, one, this.#terminals.of(number, search.flagsAt(this.#last + 1, flags | one.flags)));
    }
  }

  #addPlaces(to: number, node: NodeId, flags: number): void {
    const size = KINDS * this.#words;
    const sums = this.#pool;
    const ofClasses = this.#ofClasses.fill(0);
    let isAnyCertain = false;
    this.#eachEnd(node, flags, (at, one, terminal) => {
      this.#addTo(ofClasses, at * size, one, terminal, 0);
      for (let word = 0; word < size; word++) {
        const own = ofClasses[at * size + word] ?? 0;
        if (word < CERTAIN_SURELY * this.#words) sums[to + word] = (sums[to + word] ?? 0) | own;
        else isAnyCertain ||= own !== 0;
      }
    });
    if (isAnyCertain) this.#addCertain(to, ofClasses);
  }

  /** A place is certain where each of its classes is. */
  #addCertain(to: number, ofClasses: Uint32Array): void {
    const sums = this.#pool;
    const size = KINDS * this.#words;
    for (const classes of this.#proof.where.classesOfPlaces) {
      if (classes.length === 0) continue;
      for (let word = CERTAIN_SURELY * this.#words; word < size; word++) {
        let certain = 0xffffffff;
        for (const at of classes) certain &= ofClasses[at * size + word] ?? 0;
        sums[to + word] = (sums[to + word] ?? 0) | certain;
      }
    }
  }

  /** Adds what stands behind a class, for the policies that apply to it. */
  #addTo(sums: Uint32Array, to: number, one: LevelClass, from: Uint32Array, at: number): void {
    const { sure, possible } = one.verdicts[this.#side];
    const words = this.#words;
    for (let word = 0; word < words; word++) {
      const may = possible[word] ?? 0;
      if (may === 0) continue;
      const does = may & (sure[word] ?? 0);
      for (let kind = MET_SURELY; kind < KINDS; kind += MET_KINDS) {
        const surely = kind * words + word;
        const perhaps = surely + words;
        const open = from[at + perhaps] ?? 0;
        sums[to + surely] = (sums[to + surely] ?? 0) | ((from[at + surely] ?? 0) & does) | (open & may & ~does);
        sums[to + perhaps] = (sums[to + perhaps] ?? 0) | (open & may);
      }
    }
  }
}
