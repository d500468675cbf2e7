import type { Evaluation, Outcome } from '../core/conditional-access/result.ts';
import { compareTexts } from '../core/values/compare-texts.ts';
import type { SignInMark, SkippedSignIn } from '../intake/types.ts';
import type { Appended } from '../store/types.ts';
import type { SkippedCount } from './skipped.ts';
import { SkippedTally } from './skipped.ts';

/** What a replay counted; lists are sorted by count, then by name. */
export interface ReplayCounts {
  readonly read: number;
  readonly replayed: number;
  /** Records with an id that was read before in this run: not judged, not counted in anything else. */
  readonly repeated: number;
  /** What became of the replayed ones in the log; all 0 where nothing is logged. */
  readonly added: number;
  readonly judgedAnew: number;
  readonly alreadyLogged: number;
  readonly skipped: readonly SkippedCount[];
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

/** Sign-ins that are alike share the list of their policies: so many lists are counted at once. */
const UNCOUNTED = 1_000;

/** Counts as the stream passes; its size depends on the policies and reasons, not on the stream. */
export class ReplayTally {
  read = 0;
  #replayed = 0;
  #repeated = 0;
  #added = 0;
  #judgedAnew = 0;
  #alreadyLogged = 0;
  #locatedByStandIn = 0;
  readonly #skipped = new SkippedTally();
  readonly #marks = { inheritedAddress: 0, derivedId: 0, timeOfLogging: 0 };
  readonly #outcomes = { granted: 0, interrupted: 0, denied: 0, blocked: 0, unknown: 0 };
  readonly #policies = new Map<string, { displayName: string; results: Map<string, number> }>();
  readonly #uncounted = new Map<Evaluation['policies'], number>();
  readonly #missing = new Map<string, number>();

  judged(evaluation: Evaluation): void {
    this.read++;
    this.#replayed++;
    this.#outcomes[evaluation.outcome]++;
    if (evaluation.observation.standInAddress !== undefined) this.#locatedByStandIn++;
    this.#uncounted.set(evaluation.policies, (this.#uncounted.get(evaluation.policies) ?? 0) + 1);
    if (this.#uncounted.size >= UNCOUNTED) this.#countPolicies();
    if (evaluation.outcome !== 'unknown') return;
    for (const fact of new Set(evaluation.missing.map((missing) => missing.fact))) add(this.#missing, fact);
  }

  #countPolicies(): void {
    for (const [policies, count] of this.#uncounted) {
      for (const { policyId, displayName, result } of policies) {
        let policy = this.#policies.get(policyId);
        if (policy === undefined) {
          policy = { displayName, results: new Map() };
          this.#policies.set(policyId, policy);
        }
        add(policy.results, result, count);
      }
    }
    this.#uncounted.clear();
  }

  marked(marks: readonly SignInMark[]): void {
    for (const mark of marks) this.#marks[mark]++;
  }

  skipped(skipped: SkippedSignIn): void {
    this.read++;
    this.#skipped.add(skipped);
  }

  repeated(): void {
    this.read++;
    this.#repeated++;
  }

  stored({ added, judgedAnew, alreadyThere }: Appended): void {
    this.#added += added;
    this.#judgedAnew += judgedAnew;
    this.#alreadyLogged += alreadyThere;
  }

  counts(): ReplayCounts {
    this.#countPolicies();
    return {
      read: this.read,
      replayed: this.#replayed,
      repeated: this.#repeated,
      added: this.#added,
      judgedAnew: this.#judgedAnew,
      alreadyLogged: this.#alreadyLogged,
      skipped: this.#skipped.counts(),
      outcomes: { ...this.#outcomes },
      policies: [...this.#policies]
        .map(([id, { displayName, results }]) => ({
          id,
          displayName,
          results: Object.fromEntries([...results].sort()),
        }))
        .sort((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id)),
      missing: [...this.#missing]
        .map(([fact, count]) => ({ fact, count }))
        .sort((a, b) => b.count - a.count || compareTexts(a.fact, b.fact)),
      locatedByStandIn: this.#locatedByStandIn,
      marks: { ...this.#marks },
    };
  }
}

function add(counts: Map<string, number>, key: string, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
