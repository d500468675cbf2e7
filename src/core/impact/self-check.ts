import { evaluate } from '../conditional-access/evaluate.ts';
import type { Decision } from '../conditional-access/fast/decide.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import { NumberedDecider } from '../conditional-access/fast/decide-numbered.ts';
import type { AppliedConditionalAccessPolicy, SignIn } from '../conditional-access/record/sign-in.ts';
import { APPLIED_POLICY_RESULTS } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import type { Observer } from '../signaling/observe-again.ts';
import { createObserver } from '../signaling/observe-again.ts';
import { Sights } from '../signaling/sights.ts';
import type { Way } from '../signaling/ways.ts';
import { Ways } from '../signaling/ways.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { texts } from '../tenant/policy-words.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Agreement, Disagreement, DisagreementCause } from './agreement.ts';
import { DISAGREEMENT_CAUSES } from './agreement.ts';
import type { ComparedPolicy } from './compared-policies.ts';
import { ComparedPolicies, saidCode } from './compared-policies.ts';
import { recordedStatus } from './recorded-status.ts';
import type { World } from './world.ts';

/** What of a record is compared. */
export type Compared = Pick<SignIn, 'id' | 'createdDateTime' | 'ipAddress' | 'appliedConditionalAccessPolicies'>;

/** A sign-in to be compared with what its record says. */
export interface ToCompare {
  readonly told: Compared;
  readonly attempt: SignInAttempt;
  readonly numbered?: NumberedAttempt | undefined;
}

/** Counts how far the evaluation agrees with the records; its size depends on the policies, not on the records. */
export class SelfCheck {
  readonly #world: World;
  readonly #compared: ComparedPolicies;
  /** The last change of each policy in turn, in milliseconds; -Infinity where none is known. */
  readonly #changed: readonly number[];
  readonly #observe: Readonly<Record<SignalingStatus, Observer>>;
  readonly #sights: Readonly<Record<SignalingStatus, Sights>>;
  readonly #decider: NumberedDecider;
  readonly #ways = new Ways();
  /** The status under which sign-ins that came one way were recorded. */
  readonly #statuses = new Map<Way, SignalingStatus>();
  readonly #signIns = { compared: 0, agreed: 0, silent: 0 };
  readonly #policies = { compared: 0, agreed: 0, incomparable: 0 };
  #timed: { readonly record: Compared; readonly time: number } | undefined;
  readonly #spokenOf = new Set<ComparedPolicy>();

  constructor(world: World) {
    this.#world = world;
    this.#compared = new ComparedPolicies(world.tenant.policies.map(({ id }) => id));
    this.#changed = world.tenant.policies.map((policy) => this.#lastChangeOf(policy));
    // What came through then did, whoever is tunnelled now.
    const options = { ...world.options, isNobodyTunnelled: false };
    this.#observe = { enabled: createObserver('enabled', options), disabled: createObserver('disabled', options) };
    this.#sights = { enabled: new Sights('enabled', options), disabled: new Sights('disabled', options) };
    this.#decider = new NumberedDecider(world.compiled, () => undefined);
  }

  /** Evaluates the record as it was recorded and compares it, policy by policy, with what the record says. */
  compare(signIn: ToCompare, signIns = 1): void {
    const { told: record } = signIn;
    const listed = record.appliedConditionalAccessPolicies ?? [];
    const [before, beforeAgreed] = [this.#policies.compared, this.#policies.agreed];
    let results: Uint8Array | undefined;
    for (const said of listed) {
      if (typeof said.id !== 'string' || typeof said.result !== 'string') continue;
      const policy = this.#compared.of(said.id);
      const code = saidCode(said.result);
      if (code === undefined || policy.isSecurityDefaults) {
        this.#policies.incomparable += signIns;
        continue;
      }
      this.#policies.compared += signIns;
      if (policy.position !== undefined) results ??= this.#decide(signIn);
      const evaluated = policy.position === undefined ? undefined : results?.[policy.position];
      if (evaluated === code) this.#policies.agreed += signIns;
      else this.#disagree({ policy, said, code, evaluated, record, signIn, signIns });
      this.#spokenOf.add(policy);
    }
    const compared = this.#policies.compared - before;
    if (compared > 0) this.#signIns.compared += signIns;
    else if (listed.length === 0) this.#signIns.silent += signIns;
    if (compared > 0 && this.#policies.agreed - beforeAgreed === compared) this.#signIns.agreed += signIns;
  }

  agreement(): Agreement {
    const disagreements: Disagreement[] = this.#compared
      .values()
      .flatMap(({ disagreements: found }) => [...found.values()])
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
      policiesOfRecords: new Set([...this.#spokenOf].map(({ key }) => key)).size,
      unknownPolicies: this.#compared
        .values()
        .flatMap(unknownOf)
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

  #decide(signIn: ToCompare): Uint8Array {
    const { numbered } = signIn;
    if (numbered !== undefined) return this.#decideNumbered(numbered).results;
    const { unheard, observation } = this.#asRecorded(signIn.told, signIn.attempt);
    return decide(this.#world.compiled, unheard, observation).results;
  }

  #decideNumbered(signIn: NumberedAttempt): Decision {
    const way = this.#ways.of(signIn);
    let status = this.#statuses.get(way);
    if (status === undefined) {
      const { attempt } = signIn;
      status =
        recordedStatus({ ipAddress: attempt.recordedIpAddress?.text ?? null }, attempt) ?? this.#world.signalingStatus;
      this.#statuses.set(way, status);
    }
    return this.#decider.decide(signIn, this.#sights[status].of(signIn));
  }

  #causeOf({ policy, evaluated, record }: Disagreeing): DisagreementCause {
    if (policy.position === undefined) return 'unknownPolicy';
    const changed = this.#changed[policy.position] ?? 0;
    if (changed > Number.NEGATIVE_INFINITY && changed > this.#timeOf(record)) return 'changedSince';
    return evaluated === UNKNOWN ? 'missingFact' : 'unexplained';
  }

  /** In milliseconds; of a record that lists many policies it is read once. */
  #timeOf(record: Compared): number {
    if (this.#timed?.record !== record) this.#timed = { record, time: Date.parse(record.createdDateTime) };
    return this.#timed.time;
  }

  /** The last change of the policy itself, or of a named location that it lists. */
  #lastChangeOf(policy: ConditionalAccessPolicy): number {
    const { includeLocations, excludeLocations } = policy.conditions.locations ?? {};
    const locations = [...texts(includeLocations), ...texts(excludeLocations)].flatMap(
      (id) => this.#world.compiled.locations.byId.get(id.toLowerCase())?.location ?? [],
    );
    return Math.max(...[policy, ...locations].map(changeOf));
  }

  #disagree(found: Disagreeing): void {
    const { policy, code, evaluated = NOT_EVALUATED, signIns } = found;
    const cause = this.#causeOf(found);
    const how = (DISAGREEMENT_CAUSES.indexOf(cause) * HOWS + code) * HOWS + evaluated;
    const known = policy.disagreements.get(how);
    if (known === undefined) policy.disagreements.set(how, this.#first(found, cause));
    else known.count += signIns;
  }

  /** A disagreement of a kind that has not been seen before. */
  #first({ policy, said, evaluated, record, signIn, signIns }: Disagreeing, cause: DisagreementCause) {
    const { id, position } = policy;
    const missing = position === undefined ? [] : this.#missing(record, signIn.attempt, position);
    return {
      cause,
      policyId: id,
      displayName: said.displayName ?? id,
      recorded: said.result ?? '',
      evaluated: evaluated === undefined ? null : (APPLIED_POLICY_RESULTS[evaluated] ?? 'unknown'),
      count: signIns,
      example: { signInId: record.id, createdDateTime: record.createdDateTime, missing },
    };
  }

  #missing(record: Compared, attempt: SignInAttempt, position: number): string[] {
    const { unheard, observation } = this.#asRecorded(record, attempt);
    const policy = evaluate(this.#world.compiled, unheard, observation).policies[position];
    return [...new Set(policy?.missing.map(({ fact }) => fact))].sort();
  }
}

/** What a record says of a policy and the evaluation does not; `evaluated` is absent where the tenant lacks the policy. */
interface Disagreeing {
  readonly policy: ComparedPolicy;
  readonly said: AppliedConditionalAccessPolicy;
  readonly code: number;
  readonly evaluated: number | undefined;
  readonly record: Compared;
  readonly signIn: ToCompare;
  readonly signIns: number;
}

const UNKNOWN = APPLIED_POLICY_RESULTS.indexOf('unknown');
const NOT_EVALUATED = APPLIED_POLICY_RESULTS.length;
const HOWS = NOT_EVALUATED + 1;

/** The policy with the name that the first record gives it, where the tenant lacks it and records say something of it. */
function unknownOf({ id, position, disagreements }: ComparedPolicy): Agreement['unknownPolicies'] {
  const [first, ...more] = disagreements.values();
  if (position !== undefined || first === undefined) return [];
  const signIns = more.reduce((sum, { count }) => sum + count, first.count);
  return [{ id, displayName: first.displayName, signIns }];
}

function changeOf({
  modifiedDateTime,
  createdDateTime,
}: Pick<ConditionalAccessPolicy, 'modifiedDateTime' | 'createdDateTime'>): number {
  const changed = modifiedDateTime ?? createdDateTime;
  const time = typeof changed === 'string' ? Date.parse(changed) : Number.NaN;
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}
