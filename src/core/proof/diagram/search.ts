import type { ControlColumns } from '../levels/controls.ts';
import { isAlikeOnBothSides } from '../levels/flags.ts';
import type { Level, LevelClass } from '../levels/level.ts';
import { TooLarge } from '../too-large.ts';
import type { Mask } from '../worlds/masks.ts';
import { both, either, emptyMask, hasBit, isEmpty } from '../worlds/masks.ts';
import type { PolicyUnion, Side } from '../worlds/policies.ts';
import { SIDES } from '../worlds/policies.ts';
import type { AlikePolicies } from './alike-policies.ts';
import { alikeFrom, mergedAlike } from './alike-policies.ts';
import { LastLevel } from './last-level.ts';
import { Pruning } from './pruning.ts';
import type { Living, State } from './state.ts';
import { keyOfPolicies, keyOfState } from './state.ts';
import type { FlagsInFront } from './telling.ts';
import { flagsInFront, isIdle, keepsPolicies, sameFlags, tellingFlags, withFlags } from './telling.ts';
import type { Terminal } from './terminals.ts';
import { Terminals } from './terminals.ts';
import type { Groups, Transitions } from './transitions.ts';
import { settledAtLast, transitionsOf } from './transitions.ts';

/** A place in the diagram: 0 and above a node, below 0 a terminal; see {@link terminalOf}. */
export type NodeId = number;

/** A level that is gone through, and where each of its classes leads. */
export interface DiagramNode {
  readonly level: number;
  readonly children: readonly NodeId[];
}

/** A diagram in which every sign-in is one path from the root to a terminal; levels that make no difference are passed over. */
export interface Diagram {
  readonly levels: readonly Level[];
  readonly nodes: readonly DiagramNode[];
  readonly terminals: readonly Terminal[];
  readonly root: NodeId;
  /** How many parts of sign-ins were looked at. */
  readonly steps: number;
}

export const UNCHANGED_NODE: NodeId = -1;

export function terminalOf(node: NodeId): number {
  return -1 - node;
}

/** The steps after which a search gives up: some ten seconds of work. */
const STEP_LIMIT = 20_000_000;

/**
 * Goes through all classes of all levels, parts with the same future once. Several questions over the same levels share what
 * was found. Throws {@link TooLarge} at the limit.
 */
export class Search {
  /** The flags that make a difference to some grant; no others are carried along. */
  readonly telling: number;
  /** What of these sign-ins can have together. */
  readonly flagSets: readonly number[];
  readonly #levels: readonly Level[];
  readonly #sameFlags: FlagsInFront;
  /** Of each level, itself or the next one behind it that makes any difference. */
  readonly #nextLevels: readonly number[];
  /** Of each level, whether it changes nothing but flags. */
  readonly #isOfFlags: readonly boolean[];
  readonly #transitions: readonly Transitions[];
  readonly #lastLevel: LastLevel | undefined;
  readonly #alike: readonly (readonly AlikePolicies[])[];
  readonly #pruning: Pruning;
  readonly #terminals: Terminals;
  readonly #union: PolicyUnion;
  readonly #limit: number;
  readonly #nodes: DiagramNode[] = [];
  readonly #numbers = new Map<number, NodeId[]>();
  readonly #classesBelow: number[] = [];
  readonly #changing: Map<NodeId, readonly number[]>[] = [];
  /** A number for each key of what a state has left of the policies. */
  readonly #policies = new Map<string, number>();
  readonly #known: Map<number, NodeId>[];
  readonly #applying: Map<number, Uint8Array>[];
  readonly #nothing: Mask;
  #steps = 0;

  constructor(union: PolicyUnion, columns: ControlColumns, levels: readonly Level[], limit: number = STEP_LIMIT) {
    this.#union = union;
    this.#levels = levels;
    this.#limit = limit;
    this.telling = tellingFlags(levels, union, columns);
    const told = withFlags(levels, this.telling);
    this.#nextLevels = nextLevels(told.map((level) => isIdle(level, union)));
    this.#isOfFlags = told.map((level) => keepsPolicies(level, union));
    const last = told.at(-1);
    this.#lastLevel = last === undefined ? undefined : new LastLevel(last, union);
    this.#transitions = transitionsOf(told, union.entries.length);
    this.#alike = alikeFrom(told, union);
    this.flagSets = [...(flagsInFront(told).at(-1) ?? [])];
    this.#sameFlags = sameFlags(told, union, columns);
    this.#pruning = new Pruning(union, columns, this.flagSets);
    this.#terminals = new Terminals(union, columns);
    this.#nothing = emptyMask(union.entries.length);
    this.#known = levels.map(() => new Map());
    this.#applying = levels.map(() => new Map());
  }

  /** The diagram with everything that was found so far; its root is the whole question. */
  run(): Diagram {
    const root = this.rootOf(this.#union.living);
    return { levels: this.#levels, nodes: this.#nodes, terminals: this.#terminals.list, root, steps: this.#steps };
  }

  /** The root of the same question about these policies alone. */
  rootOf(living: PolicyUnion['living']): NodeId {
    return this.#enter(0, startOf(this.#union, living));
  }

  /** The level itself, or the next one behind it that makes any difference. */
  nextLevel(level: number): number {
    return this.#nextLevels[level] ?? level;
  }

  /** The flags with which a sign-in goes on in front of a level that has these: see {@link FlagsInFront}. */
  flagsAt(level: number, flags: number): number {
    return this.#sameFlags(level, flags & this.telling);
  }

  /** Positions of the classes of a node behind which a class of change is met. */
  changing(node: NodeId, code: number): readonly number[] {
    const known = this.#changing[code]?.get(node);
    if (known !== undefined) return known;
    const children = this.#nodes[node]?.children ?? [];
    const found = children.flatMap((child, at) => ((this.classesFrom(child) & (1 << code)) === 0 ? [] : [at]));
    this.#changing[code] ??= new Map();
    this.#changing[code].set(node, found);
    return found;
  }

  /** How the policy stands to each class of a level in a world: see {@link Applying}. */
  applying(level: number, side: Side, entry: number): Uint8Array {
    const known = this.#applying[level]?.get(entry * 2 + SIDES.indexOf(side));
    if (known !== undefined) return known;
    const applying = Uint8Array.from(this.#levels[level]?.classes ?? [], (one) => applyingTo(one, side, entry));
    this.#applying[level]?.set(entry * 2 + SIDES.indexOf(side), applying);
    return applying;
  }

  /** A bit for each class of change that is met from a place on. */
  classesFrom(place: NodeId): number {
    if (place < 0) return this.#terminals.list[terminalOf(place)]?.classMask ?? 0;
    const known = this.#classesBelow[place];
    if (known !== undefined) return known;
    const children = new Set(this.#nodes[place]?.children);
    const mask = [...children].reduce((found, child) => found | this.classesFrom(child), 0);
    this.#classesBelow[place] = mask;
    return mask;
  }

  /** The place of a state in front of a level. */
  #enter(from: number, raw: State): NodeId {
    const level = this.nextLevel(from);
    const transitions = this.#transitions[level];
    const pruned = this.#pruning.prune(
      this.#merged(level, raw),
      transitions ?? settledAtLast(this.#union.entries.length),
    );
    if (pruned === undefined) return UNCHANGED_NODE;
    if (transitions === undefined) return -1 - this.#terminals.of(pruned);
    const state = { ...pruned, flags: this.#sameFlags(level, pruned.flags) };
    return this.#found(level, state, this.#numberOf(keyOfPolicies(state)), transitions);
  }

  /** The place behind a level that only adds flags: of the policies all is left out already that can be. */
  #enterWith(added: number, from: number, state: State, policies: number): NodeId {
    const level = this.nextLevel(from);
    const transitions = this.#transitions[level];
    if (transitions === undefined) return this.#enter(from, { ...state, flags: state.flags | added });
    const flags = this.#pruning.flagsFor(state.flags | added, state);
    return this.#found(level, { ...state, flags: this.#sameFlags(level, flags) }, policies, transitions);
  }

  #numberOf(policies: string): number {
    const number = this.#policies.get(policies) ?? this.#policies.size;
    this.#policies.set(policies, number);
    return number;
  }

  #found(level: number, state: State, policies: number, transitions: Transitions): NodeId {
    const key = keyOfState(state, policies);
    const known = this.#known[level]?.get(key);
    if (known !== undefined) return known;
    const node = this.#expand(level, state, policies, transitions);
    this.#known[level]?.set(key, node);
    return node;
  }

  #merged(level: number, state: State): State {
    const alike = this.#alike[level] ?? [];
    if (alike.length === 0) return state;
    return { ...state, before: mergedAlike(state.before, alike), after: mergedAlike(state.after, alike) };
  }

  #expand(level: number, state: State, policies: number, transitions: Transitions): NodeId {
    const { first, groupOf } = this.#groupsFor(level, state, transitions);
    this.#steps += first.length;
    if (this.#steps > this.#limit)
      throw new TooLarge(`more than ${this.#limit} kinds of sign-in`, ['user', 'app', 'policy']);
    const { classes } = transitions.level;
    const later = this.#transitions[this.nextLevel(level + 1)]?.differing ?? this.#nothing;
    const isOfFlags = this.#isOfFlags[level] === true;
    const places = first.map((at) => {
      const one = classes[at];
      if (one === undefined || leavesUnchanged(state, one, later)) return UNCHANGED_NODE;
      if (isOfFlags) return this.#enterWith(one.flags, level + 1, state, policies);
      return this.#enter(level + 1, narrowed(state, one));
    });
    return this.#intern(level, places, groupOf);
  }

  /** The classes of a level that lead to the same. */
  #groupsFor(level: number, state: State, { groupsFor }: Transitions): Groups {
    if (level === this.#levels.length - 1 && this.#lastLevel !== undefined) return this.#lastLevel.groupsFor(state);
    return groupsFor(either(state.before.possible, state.after.possible));
  }

  /** The node with the place of its group for each class. */
  #intern(level: number, places: readonly NodeId[], groupOf: Int32Array): NodeId {
    const [only = UNCHANGED_NODE] = places;
    if (places.every((place) => place === only)) return only;
    const children: NodeId[] = [];
    let hash = level;
    for (const group of groupOf) {
      const child = places[group] ?? UNCHANGED_NODE;
      children.push(child);
      hash = (Math.imul(hash, 31) + child) | 0;
    }
    const alike = this.#numbers.get(hash) ?? [];
    const known = alike.find((number) => isNode(this.#nodes[number], level, children));
    if (known !== undefined) return known;
    const number = this.#nodes.push({ level, children }) - 1;
    alike.push(number);
    if (alike.length === 1) this.#numbers.set(hash, alike);
    return number;
  }
}

function isNode(node: DiagramNode | undefined, level: number, children: readonly NodeId[]): boolean {
  if (node?.level !== level) return false;
  for (let at = 0; at < children.length; at++) if (node.children[at] !== children[at]) return false;
  return true;
}

/** How a policy stands to a class. */
export const Applying = { never: 0, perhaps: 1, surely: 2 } as const;

export function applyingTo(one: LevelClass | undefined, side: Side, entry: number): number {
  const verdict = one?.verdicts[side];
  if (verdict === undefined || !hasBit(verdict.possible, entry)) return Applying.never;
  return hasBit(verdict.sure, entry) ? Applying.surely : Applying.perhaps;
}

/** Of each level, the first from it on that is not idle, or the end. */
function nextLevels(idle: readonly boolean[]): readonly number[] {
  const next: number[] = [];
  for (let level = idle.length - 1; level >= 0; level--) {
    next[level] = idle[level] === true ? (next[level + 1] ?? idle.length) : level;
  }
  return next;
}

function startOf({ entries, demands }: PolicyUnion, living: PolicyUnion['living']): State {
  return {
    before: { sure: living.before, possible: living.before },
    after: { sure: living.after, possible: living.after },
    flags: 0,
    isBlockedBefore: false,
    isBlockedAfter: false,
    unlike: emptyMask(entries.length),
    mayLose: emptyMask(Math.max(demands.length, 1)).fill(entries.length === 0 ? 0 : 0xffffffff),
  };
}

function narrowed(state: State, { verdicts, flags }: LevelClass): State {
  const keep = (living: Living, verdict: Living): Living => ({
    sure: both(living.sure, verdict.sure),
    possible: both(living.possible, verdict.possible),
  });
  return {
    ...state,
    before: keep(state.before, verdicts.before),
    after: keep(state.after, verdicts.after),
    flags: state.flags | flags,
    unlike: isEmpty(verdicts.unlike) ? state.unlike : either(state.unlike, verdicts.unlike),
  };
}

/** Whether the class leaves the same policies alive in both worlds and none that differs later: most do, so nothing is made. */
function leavesUnchanged(
  { before, after, flags, isBlockedBefore, isBlockedAfter, unlike }: State,
  one: LevelClass,
  later: Mask,
): boolean {
  if (isBlockedBefore || isBlockedAfter || !isAlikeOnBothSides(flags | one.flags)) return false;
  const { verdicts } = one;
  for (let at = 0; at < later.length; at++) {
    const possible = (before.possible[at] ?? 0) & (verdicts.before.possible[at] ?? 0);
    if ((possible & (later[at] ?? 0)) !== 0) return false;
    if (possible !== ((after.possible[at] ?? 0) & (verdicts.after.possible[at] ?? 0))) return false;
    const sure = (before.sure[at] ?? 0) & (verdicts.before.sure[at] ?? 0);
    if (sure !== ((after.sure[at] ?? 0) & (verdicts.after.sure[at] ?? 0))) return false;
    if ((possible & ((unlike[at] ?? 0) | (verdicts.unlike[at] ?? 0))) !== 0) return false;
  }
  return true;
}
