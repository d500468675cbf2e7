import type { Decision } from '../core/conditional-access/fast/decide.ts';
import type { Unreached } from '../core/conditional-access/record/reach.ts';
import type { Outcome } from '../core/conditional-access/result.ts';
import { APPLIED_POLICY_RESULTS } from '../core/conditional-access/result.ts';
import { compareTexts } from '../core/values/compare-texts.ts';
import { CountedLater } from '../core/values/counted-later.ts';
import type { SignInMark } from '../intake/sign-ins/marks.ts';
import type { SkippedSignIn } from '../intake/types.ts';
import type { Appended } from '../store/types.ts';
import { DecisionBits } from './decision-bits.ts';
import type { SkippedCount } from './skipped.ts';
import { SkippedTally } from './skipped.ts';
import type { UnreachedCount } from './unreached.ts';
import { UnreachedTally } from './unreached.ts';

/** What a replay counted; lists are sorted by count, then by name. */
export interface ReplayCounts {
  readonly read: number;
  readonly replayed: number;
  /** Records that repeat one before in this run: not counted in anything else. */
  readonly repeated: number;
  /** Records with the id of one before in this run that say something else of the sign-in; they are replayed. */
  readonly contradicting: number;
  /** What became of the replayed ones in the log; all 0 where nothing is logged. */
  readonly added: number;
  readonly judgedAnew: number;
  readonly alreadyLogged: number;
  readonly skipped: readonly SkippedCount[];
  /** No policy of this tenant was asked for them, so they are not judged; by the reason. */
  readonly unreached: readonly UnreachedCount[];
  readonly outcomes: { readonly [outcome in Outcome]: number };
  readonly policies: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly results: { readonly [result: string]: number };
  }[];
  readonly missing: readonly { readonly fact: string; readonly count: number }[];
  /** Located by a stand-in, because the proxy's address is not known and makes no difference. */
  readonly locatedByStandIn: number;
  /** Records with something special about them, such as an address that is of an earlier sign-in. */
  readonly marks: { readonly [mark in SignInMark]: number };
}

/** The sign-ins that came out as one decision and are not counted yet. */
export interface CountedDecision {
  /** What of the decision tells records of one sign-in apart. */
  readonly bits: number;
  signIns: number;
}

/** Counts as the stream passes; its size depends on the policies and reasons, not on the stream. */
export class ReplayTally {
  read = 0;
  #replayed = 0;
  #repeated = 0;
  #contradicting = 0;
  #added = 0;
  #judgedAnew = 0;
  #alreadyLogged = 0;
  #locatedByStandIn = 0;
  readonly #skipped = new SkippedTally();
  readonly #unreached = new UnreachedTally();
  readonly #marks = { inheritedAddress: 0, derivedId: 0, timeOfLogging: 0 };
  readonly #outcomes = { granted: 0, interrupted: 0, denied: 0, blocked: 0, unknown: 0 };
  readonly #policies: readonly Named[];
  /** How often each policy, in turn, had each result. */
  readonly #results: Float64Array;
  readonly #bits = new DecisionBits();
  readonly #decisions = new CountedLater<Decision, CountedDecision>(
    (decision) => ({ bits: this.#bits.of(decision), signIns: 0 }),
    (decision, { signIns }) => this.#countDecision(decision, signIns),
  );
  readonly #missing = new Map<string, number>();

  constructor(policies: readonly Named[]) {
    this.#policies = policies;
    this.#results = new Float64Array(policies.length * RESULTS);
  }

  unreached(reason: Unreached, signIns: number): void {
    this.read += signIns;
    this.#unreached.add(reason, signIns);
  }

  /** What {@link judged} takes, before the next decision is looked for. */
  decision(decision: Decision): CountedDecision {
    return this.#decisions.of(decision);
  }

  judged(counted: CountedDecision, isLocatedByStandIn: boolean, signIns: number): void {
    this.read += signIns;
    this.#replayed += signIns;
    if (isLocatedByStandIn) this.#locatedByStandIn += signIns;
    counted.signIns += signIns;
  }

  #countDecision({ outcome, results, missing }: Decision, signIns: number): void {
    // Where nothing but repeats came to it, what it lacks is lacking for nobody.
    if (signIns === 0) return;
    this.#outcomes[outcome] += signIns;
    if (outcome === 'unknown') for (const fact of missing) add(this.#missing, fact, signIns);
    for (let at = 0; at < results.length; at++) {
      const place = at * RESULTS + (results[at] as number);
      this.#results[place] = (this.#results[place] as number) + signIns;
    }
  }

  marked(marks: readonly SignInMark[], signIns: number): void {
    for (let at = 0; at < marks.length; at++) this.#marks[marks[at] as SignInMark] += signIns;
  }

  skipped(skipped: SkippedSignIn): void {
    this.read += skipped.signIns ?? 1;
    this.#skipped.add(skipped);
  }

  repeated(signIns: number): void {
    this.read += signIns;
    this.#repeated += signIns;
  }

  /** Of those that are counted as well. */
  contradicting(signIns: number): void {
    this.#contradicting += signIns;
  }

  stored({ added, judgedAnew, alreadyThere }: Appended): void {
    this.#added += added;
    this.#judgedAnew += judgedAnew;
    this.#alreadyLogged += alreadyThere;
  }

  counts(): ReplayCounts {
    this.#decisions.flush();
    return {
      read: this.read,
      replayed: this.#replayed,
      repeated: this.#repeated,
      contradicting: this.#contradicting,
      added: this.#added,
      judgedAnew: this.#judgedAnew,
      alreadyLogged: this.#alreadyLogged,
      skipped: this.#skipped.counts(),
      unreached: this.#unreached.counts(),
      outcomes: { ...this.#outcomes },
      policies: this.#counted(),
      missing: [...this.#missing]
        .map(([fact, count]) => ({ fact, count }))
        .sort((a, b) => b.count - a.count || compareTexts(a.fact, b.fact)),
      locatedByStandIn: this.#locatedByStandIn,
      marks: { ...this.#marks },
    };
  }

  #counted(): ReplayCounts['policies'] {
    if (this.#replayed === 0) return [];
    return this.#policies
      .map(({ id, displayName }, at) => ({ id, displayName, results: this.#resultsOf(at) }))
      .sort((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
  }

  #resultsOf(at: number): { readonly [result: string]: number } {
    const counts = APPLIED_POLICY_RESULTS.map(
      (result, code) => [result, this.#results[at * RESULTS + code] ?? 0] as const,
    );
    return Object.fromEntries(counts.filter(([, count]) => count > 0).sort());
  }
}

/** How many results there are. */
const RESULTS = APPLIED_POLICY_RESULTS.length;

type Named = { readonly id: string; readonly displayName: string };

function add(counts: Map<string, number>, key: string, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
