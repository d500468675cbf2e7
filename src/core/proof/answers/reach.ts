import type { NodeId } from '../diagram/search.ts';
import { Applying, applyingTo, terminalOf, UNCHANGED_NODE } from '../diagram/search.ts';
import { FLAG_SETS } from '../levels/flags.ts';
import type { LevelClass } from '../levels/level.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { emptyMask, setBit } from '../worlds/masks.ts';
import type { Cursor } from './cursor.ts';
import { levelBehind } from './cursor.ts';
import type { Question } from './deciding.ts';
import { Deciding } from './deciding.ts';
import type { Reached, Standing } from './reached.ts';
import { ReachedSum } from './reached.ts';

/** One step of a path: the class that was taken at each level. */
export type Step = readonly [level: number, at: number];

/** A path to one sign-in, and what else of its place comes out alike. */
export interface Path {
  readonly steps: readonly Step[];
  /** A value of the level `where`, and one of the columns of the session. */
  readonly value: number;
  readonly column: number;
  /** Values of the same place, and columns, that the answer holds for as well; all of them where it is certain. */
  readonly values: readonly number[];
  readonly columns: readonly number[];
}

/** Answers one question by going through the diagram once, with a memory. */
export class Reach {
  readonly #proof: Proof;
  readonly #question: Question;
  readonly #deciding: Deciding;
  readonly #known: readonly Map<number, Reached | undefined>[];
  readonly #standings: Uint8Array;
  readonly #terminalStandings = new Map<number, number>();
  readonly #last: number;

  constructor(proof: Proof, question: Question) {
    this.#proof = proof;
    this.#question = question;
    this.#deciding = new Deciding(proof, question);
    this.#standings = new Uint8Array(proof.where.classes.length);
    this.#last = proof.diagram.levels.length - 1;
    this.#known = proof.diagram.levels.map(() => new Map());
  }

  /** The cursor in front of the first level. */
  get start(): Cursor {
    return { level: 0, node: this.#proof.diagram.root, flags: 0, isSure: true };
  }

  /** What each class of people has of the sign-ins that are meant; classes that have none are absent. */
  people(): ReadonlyMap<number, Reached> {
    const found = new Map<number, Reached>();
    if (!this.#deciding.canDecide()) return found;
    const { node } = this.start;
    const classes = this.#proof.diagram.levels[0]?.classes ?? [];
    const children = this.#childrenAt(0, node);
    const applying = this.#applying(0);
    for (const at of this.#positions(children, node, classes)) {
      const standing = applying?.[at] ?? Applying.surely;
      if (standing === Applying.never) continue;
      const next = children === undefined ? node : (children[at] ?? UNCHANGED_NODE);
      const reached = this.#visitAt(1, next, this.#flagsBehind(0, 0, classes[at]), standing === Applying.surely);
      if (reached !== undefined) found.set(at, reached);
    }
    return found;
  }

  /**
   * A path to one of the sign-ins, beginning with this class of people; certain ones first. `standing` says whether there are any behind a
   * place, for those who know that already.
   */
  witness(
    who: number,
    standing: (cursor: Cursor) => Standing | undefined = (cursor) => this.visit(cursor),
  ): Path | undefined {
    const steps: Step[] = [[0, who]];
    let cursor = this.#nextAt(this.start, 0, who);
    while (cursor !== undefined && cursor.level < this.#last) {
      const nexts = this.nexts(cursor, cursor.level);
      const reached = nexts.map((next) => (next === undefined ? undefined : standing(next)));
      const certain = reached.findIndex((one) => one?.isCertain === true);
      const at = certain >= 0 ? certain : reached.findIndex((one) => one !== undefined);
      steps.push([cursor.level, at]);
      cursor = nexts[at];
    }
    if (cursor === undefined) return undefined;
    const hits = this.#hits(cursor);
    const hit = hits.find(({ isCertain }) => isCertain) ?? hits[0];
    if (hit === undefined) return undefined;
    const place = this.#proof.where.values[hit.value]?.place;
    return {
      steps,
      value: hit.value,
      column: hit.column,
      values: hits.map(({ value }) => value).filter((value) => this.#proof.where.values[value]?.place === place),
      columns: this.#columnsAt(cursor, hit.value),
    };
  }

  /** What of the sign-ins behind this place is meant; `undefined`: none. */
  visit(cursor: Cursor): Reached | undefined {
    return this.#visitAt(cursor.level, cursor.node, cursor.flags, cursor.isSure);
  }

  /** The same without an object for each place: a proof has millions. */
  #visitAt(from: number, node: NodeId, flags: number, isSure: boolean): Reached | undefined {
    if ((this.#proof.search.classesFrom(node) & (1 << this.#question.code)) === 0) return undefined;
    const level = levelBehind(this.#proof, from);
    const known = this.#known[level];
    const key = (node * FLAG_SETS + flags) * 2 + (isSure ? 1 : 0);
    if (known?.has(key)) return known.get(key);
    const cursor = { level, node, flags, isSure };
    const reached = level === this.#last ? this.#atPlaces(cursor) : this.#among(cursor);
    known?.set(key, reached);
    return reached;
  }

  #among({ level, node, flags, isSure }: Cursor): Reached | undefined {
    const { classes } = this.#proof.diagram.levels[level] ?? { classes: [] };
    const children = this.#childrenAt(level, node);
    const isApp = this.#proof.diagram.levels[level] === this.#proof.apps;
    const sum = new ReachedSum(this.#proof);
    const applying = this.#applying(level);
    for (const at of this.#positions(children, node, classes)) {
      const standing = applying?.[at] ?? Applying.surely;
      if (standing === Applying.never) continue;
      const next = children === undefined ? node : (children[at] ?? UNCHANGED_NODE);
      const isSureHere = isSure && standing === Applying.surely;
      const reached = this.#visitAt(level + 1, next, this.#flagsBehind(level, flags, classes[at]), isSureHere);
      if (reached !== undefined) sum.add(reached, isApp ? at : undefined);
    }
    return sum.total;
  }

  /** Where the classes of a level lead from a place; `undefined` where the level is passed over. */
  #childrenAt(level: number, node: NodeId): readonly NodeId[] | undefined {
    const here = this.#proof.diagram.nodes[node];
    return node >= 0 && here?.level === level ? here.children : undefined;
  }

  /** The classes of a level that lead to what is asked for, as far as the diagram says. */
  #positions(children: readonly NodeId[] | undefined, node: NodeId, classes: readonly LevelClass[]): Iterable<number> {
    return children === undefined ? classes.keys() : this.#proof.search.changing(node, this.#question.code);
  }

  /** How the policy that is asked about stands to the classes of a level; `undefined` where none is. */
  #applying(level: number): Uint8Array | undefined {
    const { by } = this.#question;
    return by === undefined ? undefined : this.#proof.search.applying(level, by.side, by.entry);
  }

  #flagsBehind(level: number, flags: number, one: LevelClass | undefined): number {
    return this.#proof.search.flagsAt(level + 1, flags | (one?.flags ?? 0));
  }

  /** The cursors to which the classes of a level lead, as far as the policy that is asked about may apply. */
  nexts(cursor: Cursor, level: number): readonly (Cursor | undefined)[] {
    const { classes } = this.#proof.diagram.levels[level] ?? { classes: [] };
    return classes.map((_, at) => this.#nextAt(cursor, level, at));
  }

  #nextAt(cursor: Cursor, level: number, at: number): Cursor | undefined {
    const { by } = this.#question;
    const one = this.#proof.diagram.levels[level]?.classes[at];
    const standing = by === undefined ? Applying.surely : applyingTo(one, by.side, by.entry);
    if (standing === Applying.never) return undefined;
    const children = this.#childrenAt(level, cursor.node);
    const next = children === undefined ? cursor.node : (children[at] ?? UNCHANGED_NODE);
    const isSure = cursor.isSure && standing === Applying.surely;
    const flags = this.#flagsBehind(level, cursor.flags, one);
    return { level: level + 1, node: next, flags, isSure };
  }

  #atPlaces(cursor: Cursor): Reached | undefined {
    const { classesOfPlaces } = this.#proof.where;
    const standings = this.#standingsOf(cursor);
    let places: Mask | undefined;
    let isCertain = false;
    for (let at = 0; at < classesOfPlaces.length; at++) {
      const found = standingAmong(standings, classesOfPlaces[at] ?? NO_CLASSES);
      if (found === MISSED) continue;
      places ??= emptyMask(classesOfPlaces.length);
      setBit(places, at);
      isCertain ||= found === ALWAYS;
    }
    if (places === undefined) return undefined;
    return { places, apps: emptyMask(this.#proof.apps.classes.length), isCertain };
  }

  /** How each class of places stands to the question, behind a cursor. */
  #standingsOf({ node, flags, isSure }: Cursor): Uint8Array {
    const { classes } = this.#proof.where;
    const children = this.#childrenAt(this.#last, node);
    const standings = this.#standings;
    const applying = this.#applying(this.#last);
    for (let at = 0; at < classes.length; at++) {
      const standing = applying?.[at] ?? Applying.surely;
      if (standing === Applying.never) standings[at] = MISSED;
      else {
        const next = children === undefined ? node : (children[at] ?? UNCHANGED_NODE);
        const isSureHere = isSure && standing === Applying.surely;
        standings[at] = this.#standingOf(next, this.#flagsBehind(this.#last, flags, classes[at]), isSureHere);
      }
    }
    return standings;
  }

  #standingOf(node: NodeId, flags: number, isSure: boolean): number {
    const number = terminalOf(node);
    const key = (number * FLAG_SETS + flags) * 2 + (isSure ? 1 : 0);
    const known = this.#terminalStandings.get(key);
    if (known !== undefined) return known;
    const terminal = this.#proof.diagram.terminals[number];
    const cursor = { level: this.#last + 1, node, flags, isSure };
    const hit = this.#deciding.columnOf(terminal, cursor) < 0 ? MISSED : MET;
    const standing = hit === MET && this.#deciding.isAlways(terminal, cursor) ? ALWAYS : hit;
    this.#terminalStandings.set(key, standing);
    return standing;
  }

  /** One hit for each value of the level `where` at which the question holds. */
  #hits(cursor: Cursor): { readonly value: number; readonly column: number; readonly isCertain: boolean }[] {
    const { where } = this.#proof;
    const nexts = this.nexts(cursor, this.#last);
    const terminals = nexts.map((next) =>
      next === undefined ? undefined : this.#proof.diagram.terminals[terminalOf(next.node)],
    );
    const columns = nexts.map((next, at) => (next === undefined ? -1 : this.#deciding.columnOf(terminals[at], next)));
    const certain = nexts.map((next, at) => next !== undefined && this.#deciding.isAlways(terminals[at], next));
    return where.places.flatMap((place) => {
      const hit = place.options.filter((value) => (columns[where.classOf[value] ?? 0] ?? -1) >= 0);
      if (hit.length === 0) return [];
      const isCertain = place.options.every((value) => certain[where.classOf[value] ?? 0] === true);
      return hit.map((value) => ({ value, column: columns[where.classOf[value] ?? 0] ?? 0, isCertain }));
    });
  }

  /** The columns in which the class is the asked one. */
  #columnsAt(cursor: Cursor, value: number): readonly number[] {
    const next = this.nexts(cursor, this.#last)[this.#proof.where.classOf[value] ?? 0];
    const terminal = next === undefined ? undefined : this.#proof.diagram.terminals[terminalOf(next.node)];
    return [...(terminal?.classes ?? [])].flatMap((code, column) => (code === this.#question.code ? [column] : []));
  }
}

/** How a question stands to sign-ins: it holds of none, of some whatever of their session and egress, or of all of them. */
const MISSED = 0;
const MET = 1;
const ALWAYS = 2;

const NO_CLASSES = new Int32Array(0);

/** Of places that may be of several classes: met where one of them is, and always where all are. */
function standingAmong(standings: Uint8Array, classes: Int32Array): number {
  let [isMet, isAlways] = [false, true];
  for (const at of classes) {
    const standing = standings[at] ?? MISSED;
    isMet ||= standing !== MISSED;
    isAlways &&= standing === ALWAYS;
  }
  if (!isMet) return MISSED;
  return isAlways ? ALWAYS : MET;
}
