import { compile } from '../../conditional-access/compile.ts';
import { withTunnelOwner } from '../../conditional-access/facts/tunnel-owner.ts';
import type { Effect } from '../../conditional-access/result.ts';
import { EFFECTS } from '../../conditional-access/result.ts';
import type { Identity, NetworkPath, SignInAttempt } from '../../signaling/attempt.ts';
import { NOTHING_TOLD } from '../../signaling/attempt.ts';
import { everyAddressTried } from '../../signaling/observe.ts';
import { pairOfCode } from '../diagram/outcomes.ts';
import type { Diagram, NodeId } from '../diagram/search.ts';
import { Search, terminalOf } from '../diagram/search.ts';
import { columnsOf, controlColumns } from '../levels/controls.ts';
import { Judge } from '../levels/judge.ts';
import { signInOf } from '../levels/level.ts';
import type { Named, SignInRange } from '../levels/range-levels.ts';
import { levelsOfRange } from '../levels/range-levels.ts';
import { TooLarge } from '../too-large.ts';
import { unitePolicies } from '../worlds/policies.ts';
import type { WorldPair } from '../worlds/world.ts';

/** One concrete sign-in of a range that comes out as it must not. */
export interface Counterexample {
  readonly attempt: SignInAttempt;
  /** Of the range: whoever of it has such a sign-in, the one of the attempt first. */
  readonly people: readonly Named<Identity>[];
  readonly target: string;
  readonly network: string;
  /** What is particular about client, platform, flow, risk and device; empty for an ordinary sign-in. */
  readonly session: readonly string[];
}

/** What a statement about a range came to. */
export interface RangeAnswer {
  /** Kinds of sign-in that were told apart. */
  readonly kinds: number;
  /** One for each class of people who have such a sign-in, the surest first; empty: the statement holds of every sign-in. */
  readonly counterexamples: readonly Counterexample[];
}

/**
 * Looks for sign-ins of a range whose outcome is, or may be, a forbidden one. It is asked as a proof: against a tenant without
 * policies, which lets everybody in, each change is an outcome.
 */
export function counterexamples(range: SignInRange, forbidden: ReadonlySet<Effect>): RangeAnswer | TooLarge {
  try {
    const answers = byTunnelOwner(range).map((part) => answerOf(part, forbidden));
    return {
      kinds: answers.reduce((sum, { kinds }) => sum + kinds, 0),
      counterexamples: answers.flatMap((answer) => answer.counterexamples),
    };
  } catch (error) {
    if (error instanceof TooLarge) return error;
    throw error;
  }
}

/** Whose tunnel it is hangs on the person, so that people of one kind are gone through together. */
function byTunnelOwner(range: SignInRange): readonly SignInRange[] {
  const { people } = range.compiled;
  const networksFor = ({ value: identity }: Named<Identity>) =>
    range.networks.map(({ value: network, text }): Named<NetworkPath> => {
      const attempt = { identity, network, target: NOTHING_TOLD.target, satisfied: {} };
      return { text, value: withTunnelOwner(people, attempt).network };
    });
  const groups = new Map<string, { people: Named<Identity>[]; networks: readonly Named<NetworkPath>[] }>();
  for (const person of range.people) {
    const networks = networksFor(person);
    const key = networks.map(({ value }) => `${value.tunnelOfThisTenant} ${value.mayBeForeign}`).join();
    const group = groups.get(key) ?? { people: [], networks };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...range, ...group }));
}

function answerOf(range: SignInRange, forbidden: ReadonlySet<Effect>): RangeAnswer {
  const { tenant, compiled, signaling, options, satisfied } = range;
  const without = { ...tenant, policies: [] };
  const worlds: WorldPair = {
    before: {
      tenant: without,
      compiled: compile(without),
      signalingStatus: signaling,
      options: everyAddressTried(tenant),
    },
    after: { tenant, compiled, signalingStatus: signaling, options },
  };
  const union = unitePolicies(worlds);
  const columns = satisfied === undefined ? controlColumns(union.grants) : columnsOf(union.grants, [satisfied]);
  const levels = levelsOfRange(range, worlds, new Judge(worlds, union));
  const diagram = new Search(union, columns, levels).run();
  const walk = new Walk(diagram, forbidden);
  const [people] = levels;
  const found = (people?.classes ?? []).flatMap((_, at) => walk.from(at) ?? []);
  return {
    kinds: levels.reduce((product, { classes }) => product * classes.length, columns.columns.length),
    counterexamples: found
      .toSorted((a, b) => b.rank - a.rank)
      .map(({ steps, column }) => {
        const taken = levels.map((level, at) => level.values[level.classes[steps[at] ?? 0]?.members[0] ?? 0]);
        const parts = taken.map((value) => value?.part ?? {});
        const proven = columns.columns[column] ?? {};
        return {
          attempt: signInOf([range.facts, ...parts], proven),
          people: (people?.classes[steps[0] ?? 0]?.members ?? []).flatMap((at) => range.people[at] ?? []),
          target: taken[1]?.text ?? '',
          network: taken.at(-1)?.text ?? '',
          session: levels.slice(2, -1).flatMap((_, at) => (steps[at + 2] === 0 ? [] : (taken[at + 2]?.text ?? []))),
        };
      }),
  };
}

/** How sure it is that a sign-in behind a place comes out as it must not: not at all, possibly, surely. */
type Rank = 0 | 1 | 2;

interface Found {
  readonly rank: Rank;
  /** The class that was taken at each level. */
  readonly steps: readonly number[];
  readonly column: number;
}

/** Finds its way through a diagram to a forbidden outcome, the surest there is. */
class Walk {
  readonly #diagram: Diagram;
  readonly #isForbidden: readonly boolean[];
  readonly #ranks = new Map<NodeId, Rank>();

  constructor(diagram: Diagram, forbidden: ReadonlySet<Effect>) {
    this.#diagram = diagram;
    this.#isForbidden = EFFECTS.map((effect) => forbidden.has(effect));
  }

  /** A way that begins with a class of people; `undefined`: none of them has such a sign-in. */
  from(person: number): Found | undefined {
    let node = this.#next(this.#diagram.root, 0, person);
    const rank = this.#rankOf(node);
    if (rank === 0) return undefined;
    const steps = [person];
    for (let level = 1; level < this.#diagram.levels.length; level++) {
      const at = this.#stepAt(node, level);
      steps.push(at);
      node = this.#next(node, level, at);
    }
    const ranks = this.#columnRanks(node);
    return { rank, steps, column: ranks.indexOf(rank) };
  }

  #next(node: NodeId, level: number, at: number): NodeId {
    const here = node >= 0 ? this.#diagram.nodes[node] : undefined;
    return here?.level === level ? (here.children[at] ?? node) : node;
  }

  /** The first class that leads there as surely as any; where the level makes no difference, the ordinary one. */
  #stepAt(node: NodeId, level: number): number {
    const here = node >= 0 ? this.#diagram.nodes[node] : undefined;
    if (here?.level !== level) return 0;
    const rank = this.#rankOf(node);
    return here.children.findIndex((child) => this.#rankOf(child) === rank);
  }

  #rankOf(node: NodeId): Rank {
    const known = this.#ranks.get(node);
    if (known !== undefined) return known;
    const below =
      node < 0
        ? this.#columnRanks(node)
        : (this.#diagram.nodes[node]?.children ?? []).map((child) => this.#rankOf(child));
    const rank = below.includes(2) ? 2 : below.includes(1) ? 1 : 0;
    this.#ranks.set(node, rank);
    return rank;
  }

  #columnRanks(node: NodeId): readonly Rank[] {
    const terminal = this.#diagram.terminals[terminalOf(node)];
    return [...(terminal?.pairs ?? [])].map((code) => {
      const { leastAfter, mostAfter } = pairOfCode(code);
      const possible = this.#isForbidden.slice(leastAfter, mostAfter + 1);
      return possible.every(Boolean) ? 2 : possible.some(Boolean) ? 1 : 0;
    });
  }
}
