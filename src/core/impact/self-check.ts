import { evaluate } from '../conditional-access/evaluate.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import type { AppliedConditionalAccessPolicy, SignIn } from '../conditional-access/record/sign-in.ts';
import { APPLIED_POLICY_RESULTS } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observer } from '../signaling/observe-again.ts';
import { createObserver } from '../signaling/observe-again.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { texts } from '../tenant/policy-words.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Agreement, Disagreement, DisagreementCause } from './agreement.ts';
import { recordedStatus } from './recorded-status.ts';
import type { World } from './world.ts';

const SECURITY_DEFAULTS = 'securitydefaults';

type Counting<Counted> = Omit<Counted, 'count'> & { count: number };

/** What of a record is compared. */
export type Compared = Pick<SignIn, 'id' | 'createdDateTime' | 'ipAddress' | 'appliedConditionalAccessPolicies'>;

/** Counts how far the evaluation agrees with the records; its size depends on the policies, not on the records. */
export class SelfCheck {
  readonly #world: World;
  readonly #positions: ReadonlyMap<string, number>;
  /** The last change of each policy in turn, in milliseconds; -Infinity where none is known. */
  readonly #changed: readonly number[];
  readonly #observe: Readonly<Record<SignalingStatus, Observer>>;
  readonly #signIns = { compared: 0, agreed: 0, silent: 0 };
  readonly #policies = { compared: 0, agreed: 0, incomparable: 0 };
  readonly #spokenOf = new Set<string>();
  readonly #unknown = new Map<string, { displayName: string; signIns: number }>();
  readonly #disagreements = new Map<string, Counting<Disagreement>>();

  constructor(world: World) {
    this.#world = world;
    this.#positions = new Map(world.tenant.policies.map(({ id }, at) => [id.toLowerCase(), at]));
    this.#changed = world.tenant.policies.map((policy) => this.#lastChangeOf(policy));
    // What came through then did, whoever is tunnelled now.
    const options = { ...world.options, isNobodyTunnelled: false };
    this.#observe = { enabled: createObserver('enabled', options), disabled: createObserver('disabled', options) };
  }

  /** Evaluates the record as it was recorded and compares it, policy by policy, with what the record says. */
  compare(record: Compared, attempt: SignInAttempt, signIns = 1): void {
    const listed = record.appliedConditionalAccessPolicies ?? [];
    const [before, beforeAgreed] = [this.#policies.compared, this.#policies.agreed];
    let results: Uint8Array | undefined;
    for (const policy of listed) {
      const { id, result } = policy;
      if (typeof id !== 'string' || typeof result !== 'string') continue;
      // Security defaults stand in this list and are no policy: nobody can import them, and gsa does not evaluate them.
      if (result === 'unknown' || !RESULTS.has(result) || id.toLowerCase() === SECURITY_DEFAULTS) {
        this.#policies.incomparable += signIns;
        continue;
      }
      const key = id.toLowerCase();
      this.#spokenOf.add(key);
      this.#policies.compared += signIns;
      const position = this.#positions.get(key);
      if (position === undefined) {
        this.#count('unknownPolicy', policy, null, record, signIns);
        continue;
      }
      results ??= this.#decide(record, attempt);
      const evaluated = APPLIED_POLICY_RESULTS[results[position] ?? -1] ?? 'unknown';
      if (evaluated === result) this.#policies.agreed += signIns;
      else {
        const cause = this.#causeOf(position, evaluated, record);
        this.#count(cause, policy, evaluated, record, signIns, { attempt, position });
      }
    }
    const compared = this.#policies.compared - before;
    if (compared > 0) this.#signIns.compared += signIns;
    else if (listed.length === 0) this.#signIns.silent += signIns;
    if (compared > 0 && this.#policies.agreed - beforeAgreed === compared) this.#signIns.agreed += signIns;
  }

  agreement(): Agreement {
    const disagreements: Disagreement[] = [...this.#disagreements.values()]
      .map((each) => ({ ...each }))
      .sort(
        (a, b) =>
          b.count - a.count ||
          compareTexts(a.displayName, b.displayName) ||
          compareTexts(a.policyId, b.policyId) ||
          compareTexts(`${a.recorded} ${a.evaluated} ${a.cause}`, `${b.recorded} ${b.evaluated} ${b.cause}`),
      );
    const causes = { unknownPolicy: 0, changedSince: 0, missingFact: 0, unexplained: 0 };
    for (const { cause, count } of disagreements) causes[cause] += count;
    const { compared, agreed } = this.#policies;
    return {
      signIns: { ...this.#signIns },
      policies: { ...this.#policies },
      share: compared === 0 ? null : agreed / compared,
      causes,
      policiesOfRecords: this.#spokenOf.size,
      unknownPolicies: [...this.#unknown]
        .map(([id, { displayName, signIns }]) => ({ id, displayName, signIns }))
        .sort((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id)),
      disagreements,
    };
  }

  /** Evaluates without the record's own word: an evaluation that hears it would only agree with itself. */
  #asRecorded(record: Compared, attempt: SignInAttempt) {
    const unheard = { ...attempt, testimony: undefined };
    const observe = this.#observe[recordedStatus(record, attempt) ?? this.#world.signalingStatus];
    return { unheard, observation: observe(unheard) };
  }

  #decide(record: Compared, attempt: SignInAttempt): Uint8Array {
    const { unheard, observation } = this.#asRecorded(record, attempt);
    return decide(this.#world.compiled, unheard, observation).results;
  }

  #causeOf(position: number, evaluated: string, record: Compared): DisagreementCause {
    if ((this.#changed[position] ?? 0) > Date.parse(record.createdDateTime)) return 'changedSince';
    return evaluated === 'unknown' ? 'missingFact' : 'unexplained';
  }

  /** The last change of the policy itself, or of a named location that it lists. */
  #lastChangeOf(policy: ConditionalAccessPolicy): number {
    const { includeLocations, excludeLocations } = policy.conditions.locations ?? {};
    const locations = [...texts(includeLocations), ...texts(excludeLocations)].flatMap(
      (id) => this.#world.compiled.locations.byId.get(id.toLowerCase())?.location ?? [],
    );
    return Math.max(...[policy, ...locations].map(changeOf));
  }

  #count(
    cause: DisagreementCause,
    policy: AppliedConditionalAccessPolicy,
    evaluated: string | null,
    record: Compared,
    signIns: number,
    judged?: { readonly attempt: SignInAttempt; readonly position: number },
  ): void {
    const id = policy.id ?? '';
    const displayName = policy.displayName ?? id;
    if (cause === 'unknownPolicy') {
      const entry = this.#unknown.get(id) ?? { displayName, signIns: 0 };
      entry.signIns += signIns;
      this.#unknown.set(id, entry);
    }
    const recorded = policy.result ?? '';
    const key = `${cause} ${recorded} ${evaluated} ${id}`;
    const known = this.#disagreements.get(key);
    if (known !== undefined) {
      known.count += signIns;
      return;
    }
    const missing = judged === undefined ? [] : this.#missing(record, judged.attempt, judged.position);
    const example = { signInId: record.id, createdDateTime: record.createdDateTime, missing };
    this.#disagreements.set(key, { cause, policyId: id, displayName, recorded, evaluated, count: signIns, example });
  }

  #missing(record: Compared, attempt: SignInAttempt, position: number): string[] {
    const { unheard, observation } = this.#asRecorded(record, attempt);
    const policy = evaluate(this.#world.compiled, unheard, observation).policies[position];
    return [...new Set(policy?.missing.map(({ fact }) => fact))].sort();
  }
}

const RESULTS: ReadonlySet<string> = new Set(APPLIED_POLICY_RESULTS);

function changeOf({
  modifiedDateTime,
  createdDateTime,
}: Pick<ConditionalAccessPolicy, 'modifiedDateTime' | 'createdDateTime'>): number {
  const changed = modifiedDateTime ?? createdDateTime;
  const time = typeof changed === 'string' ? Date.parse(changed) : Number.NaN;
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}
