import type { Decision } from '../conditional-access/fast/decide.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import { engineOf } from '../conditional-access/fast/engine.ts';
import { NumberedResults } from '../conditional-access/fast/numbered-results.ts';
import { explainSome } from '../conditional-access/fast/some-explained.ts';
import type { Effect } from '../conditional-access/result.ts';
import { APPLIED_POLICY_RESULTS } from '../conditional-access/result.ts';
import type { RecordedOutcome, SignInAttempt } from '../signaling/attempt.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import { ByNumber, numberOf, PART } from '../signaling/numbered-attempt.ts';
import type { Observer } from '../signaling/observe-again.ts';
import { createObserver } from '../signaling/observe-again.ts';
import type { Sight } from '../signaling/sights.ts';
import { Sights } from '../signaling/sights.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { texts } from '../tenant/policy-words.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Agreement, Disagreement } from './agreement.ts';
import { DISAGREEMENT_CAUSES } from './agreement.ts';
import type { ComparedPolicy, Counting, Saying, Sayings } from './compared-policies.ts';
import { ComparedPolicies } from './compared-policies.ts';
import type { LastDecisions } from './last-decisions.ts';
import { unheardDecisionsOf } from './last-decisions.ts';
import { OutcomeCheck } from './outcome-check.ts';
import { recordedStatus } from './recorded-status.ts';
import type { Compared, ToCompare } from './to-compare.ts';
import type { World } from './world.ts';

/** Counts how far the evaluation agrees with the records; its size depends on the policies, not on the records. */
export class SelfCheck {
  readonly #world: World;
  readonly #compared: ComparedPolicies;
  readonly #sayings = new ByNumber<Sayings>();
  /** The last change of each policy in turn, in milliseconds; -Infinity where none is known. */
  readonly #changed: readonly number[];
  readonly #observe: Readonly<Record<SignalingStatus, Observer>>;
  readonly #sights: Readonly<Record<SignalingStatus, Sights>>;
  readonly #decisions: LastDecisions;
  readonly #results: NumberedResults;
  /** Room for the results of some policies of one sign-in, by their positions. */
  readonly #some: Uint8Array;
  /** Whether the address at the resource may count too. */
  readonly #isStrict: boolean;
  /** What was seen of sign-ins under the status that they were recorded under, by the key of their sights. */
  readonly #recorded = new Map<number, Sight>();
  readonly #outcomes: OutcomeCheck;
  readonly #signIns = { compared: 0, agreed: 0, silent: 0 };
  readonly #policies = { compared: 0, agreed: 0, incomparable: 0 };
  /** When the sign-in was that is compared; `undefined`: nobody has asked yet. */
  #time: number | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#compared = new ComparedPolicies(world.tenant.policies.map(({ id }) => id));
    this.#changed = world.tenant.policies.map((policy) => this.#lastChangeOf(policy));
    this.#outcomes = new OutcomeCheck(world.tenant, this.#changed);
    // What came through then did, whoever is tunnelled now.
    const options = { ...world.options, isNobodyTunnelled: false };
    this.#observe = { enabled: createObserver('enabled', options), disabled: createObserver('disabled', options) };
    this.#sights = { enabled: new Sights('enabled', options), disabled: new Sights('disabled', options) };
    this.#decisions = unheardDecisionsOf(world.compiled);
    this.#results = new NumberedResults(world.compiled);
    this.#some = new Uint8Array(world.compiled.policies.length);
    this.#isStrict = engineOf(world.compiled).hasStrictLocation;
  }

  /** Evaluates the record as it was recorded and compares it, policy by policy and as a whole, with what the record says. */
  compare(signIn: ToCompare, signIns = 1): void {
    const sayings = this.#sayingsOf(signIn);
    this.#policies.incomparable += sayings.incomparable * signIns;
    if (sayings.isSilent) this.#signIns.silent += signIns;
    const doPoliciesAgree = sayings.comparable.length === 0 || this.#comparePolicies(signIn, sayings, signIns);
    const recorded = this.#outcomes.unexplained(signIn, sayings, doPoliciesAgree, signIns);
    if (recorded !== undefined) this.#compareOutcome(recorded, signIn, signIns);
  }

  #compareOutcome(recorded: RecordedOutcome, signIn: ToCompare, signIns: number): void {
    const decided = this.#decisionOf(signIn);
    // Where everything here only asks, nobody is blocked, whatever is not known.
    const isOpen = decided.outcome === 'unknown' && (recorded !== 'blocked' || STOPPING.has(decided.most));
    if (isOpen) this.#outcomes.leaveOpen(signIns);
    else this.#outcomes.compare(recorded, decided, signIn, signIns);
  }

  /** Whether all policies agree of which the record says something. */
  #comparePolicies(signIn: ToCompare, { comparable, areAnyKnown }: Sayings, signIns: number): boolean {
    const results = areAnyKnown ? this.#resultsOf(signIn, comparable) : undefined;
    this.#time = undefined;
    let agreed = 0;
    for (let at = 0; at < comparable.length; at++) {
      const saying = comparable[at] as Saying;
      const { position } = saying.policy;
      const evaluated = position === undefined ? undefined : results?.[position];
      if (evaluated === saying.code) agreed++;
      else this.#disagree(saying, evaluated, signIn, signIns);
    }
    this.#policies.compared += comparable.length * signIns;
    this.#policies.agreed += agreed * signIns;
    this.#signIns.compared += signIns;
    if (agreed === comparable.length) this.#signIns.agreed += signIns;
    return agreed === comparable.length;
  }

  #sayingsOf(signIn: ToCompare): Sayings {
    const { numbered } = signIn;
    if (numbered === undefined) return this.#compared.sayingsOf(signIn.told.appliedConditionalAccessPolicies);
    const number = numberOf(numbered, PART.testimony);
    const known = this.#sayings.find(numbered.rows, number);
    if (known !== undefined) return known;
    const sayings = this.#compared.sayingsOf(signIn.told.appliedConditionalAccessPolicies);
    return this.#sayings.keep(numbered.rows, number, sayings);
  }

  agreement(): Agreement {
    const disagreements: Disagreement[] = this.#compared
      .values()
      .flatMap(({ disagreements: found }) => found)
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
      policiesOfRecords: this.#compared.spokenOf,
      unknownPolicies: this.#compared
        .values()
        .flatMap(unknownOf)
        .sort((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id)),
      disagreements,
      outcomes: this.#outcomes.agreement(),
    };
  }

  /** Evaluates without the record's own word: an evaluation that hears it would only agree with itself. */
  #asRecorded(record: Compared, attempt: SignInAttempt) {
    const unheard = { ...attempt, testimony: undefined };
    const observe = this.#observe[recordedStatus(record, attempt) ?? this.#world.signalingStatus];
    return { unheard, observation: observe(unheard) };
  }

  #decisionOf(signIn: ToCompare): Decision {
    const { numbered } = signIn;
    if (numbered !== undefined) return this.#decisions.decide(numbered, this.#sightOf(numbered));
    const { unheard, observation } = this.#asRecorded(signIn.told, signIn.attempt);
    return decide(this.#world.compiled, unheard, observation);
  }

  /** By the position of the policy, of those that are spoken of. */
  #resultsOf(signIn: ToCompare, sayings: readonly Saying[]): Uint8Array {
    const { numbered } = signIn;
    return numbered === undefined ? this.#decisionOf(signIn).results : this.#resultsOfNumbered(numbered, sayings);
  }

  /** Where nothing was decided before, few policies are asked for their results instead of all for what they come to. */
  #resultsOfNumbered(signIn: NumberedAttempt, sayings: readonly Saying[]): Uint8Array {
    const sight = this.#sightOf(signIn);
    if (this.#isStrict && sight.differsAtResource) return this.#decisions.decide(signIn, sight).results;
    const location = this.#decisions.location(signIn, sight);
    const found = this.#decisions.found(signIn, location);
    if (found !== undefined) return found.results;
    const areSomeEnough = this.#results.turnTo(signIn, sight, location) && this.#putResults(sayings);
    return areSomeEnough ? this.#some : this.#decisions.decide(signIn, sight, location).results;
  }

  /** False where a result hangs on other policies. */
  #putResults(sayings: readonly Saying[]): boolean {
    for (let at = 0; at < sayings.length; at++) {
      const { position } = (sayings[at] as Saying).policy;
      if (position === undefined) continue;
      const result = this.#results.at(position);
      if (result === undefined) return false;
      this.#some[position] = result;
    }
    return true;
  }

  #sightOf(signIn: NumberedAttempt): Sight {
    const key = this.#sights.enabled.keyOf(signIn);
    const known = this.#recorded.get(key);
    if (known !== undefined) return known;
    const { attempt } = signIn;
    const status = recordedStatus({ ipAddress: attempt.recordedIpAddress?.text ?? null }, attempt);
    const sight = this.#sights[status ?? this.#world.signalingStatus].of(signIn);
    this.#recorded.set(key, sight);
    return sight;
  }

  /** The position of the cause in `DISAGREEMENT_CAUSES`. */
  #causeOf({ position }: ComparedPolicy, evaluated: number | undefined, signIn: ToCompare): number {
    if (position === undefined) return UNKNOWN_POLICY;
    const changed = this.#changed[position] ?? 0;
    if (changed > Number.NEGATIVE_INFINITY && changed > this.#timeOf(signIn)) return CHANGED_SINCE;
    return evaluated === UNKNOWN ? MISSING_FACT : UNEXPLAINED;
  }

  /** In milliseconds; of a record that lists many policies it is read once. */
  #timeOf(signIn: ToCompare): number {
    this.#time ??= signIn.time ?? Date.parse(signIn.told.createdDateTime);
    return this.#time;
  }

  /** The last change of the policy itself, or of a named location that it lists. */
  #lastChangeOf(policy: ConditionalAccessPolicy): number {
    const { includeLocations, excludeLocations } = policy.conditions.locations ?? {};
    const locations = [...texts(includeLocations), ...texts(excludeLocations)].flatMap(
      (id) => this.#world.compiled.locations.byId.get(id.toLowerCase())?.location ?? [],
    );
    return Math.max(...[policy, ...locations].map(changeOf));
  }

  #disagree(saying: Saying, evaluated: number | undefined, signIn: ToCompare, signIns: number): void {
    const cause = this.#causeOf(saying.policy, evaluated, signIn);
    const how = cause * HOWS + (evaluated ?? NOT_EVALUATED);
    const known = saying.found[how];
    if (known !== undefined) {
      known.count += signIns;
      return;
    }
    const first = this.#first(saying, evaluated, cause, signIn, signIns);
    saying.found[how] = first;
    saying.policy.disagreements.push(first);
  }

  /** A disagreement of a kind that has not been seen before. */
  #first(
    { policy: { id, position }, code }: Saying,
    evaluated: number | undefined,
    cause: number,
    signIn: ToCompare,
    signIns: number,
  ): Counting<Disagreement> {
    const { told } = signIn;
    const recorded = APPLIED_POLICY_RESULTS[code] ?? '';
    const said = told.appliedConditionalAccessPolicies?.find((each) => each.id === id && each.result === recorded);
    // A result that is known lacks nothing, whatever else of the policy is not.
    const missing = position === undefined || evaluated !== UNKNOWN ? [] : this.#missing(signIn, position);
    return {
      cause: DISAGREEMENT_CAUSES[cause] ?? 'unexplained',
      policyId: id,
      displayName: said?.displayName ?? id,
      recorded,
      evaluated: evaluated === undefined ? null : (APPLIED_POLICY_RESULTS[evaluated] ?? 'unknown'),
      count: signIns,
      example: { signInId: told.id, createdDateTime: told.createdDateTime, missing },
    };
  }

  /** What the evaluation of the one policy lacks, with its reasons. */
  #missing({ told, attempt }: ToCompare, position: number): string[] {
    const { compiled } = this.#world;
    const id = compiled.policies[position]?.policy.id ?? '';
    const { unheard, observation } = this.#asRecorded(told, attempt);
    const { policies } = explainSome(compiled, unheard, observation, [id]);
    // Of several of one id the last is compared.
    const policy = policies.findLast(({ policyId }) => policyId === id);
    return [...new Set(policy?.missing.map(({ fact }) => fact))].sort();
  }
}

const STOPPING: ReadonlySet<Effect> = new Set<Effect>(['denied', 'blocked']);
const UNKNOWN = APPLIED_POLICY_RESULTS.indexOf('unknown');
const UNKNOWN_POLICY = DISAGREEMENT_CAUSES.indexOf('unknownPolicy');
const CHANGED_SINCE = DISAGREEMENT_CAUSES.indexOf('changedSince');
const MISSING_FACT = DISAGREEMENT_CAUSES.indexOf('missingFact');
const UNEXPLAINED = DISAGREEMENT_CAUSES.indexOf('unexplained');
const NOT_EVALUATED = APPLIED_POLICY_RESULTS.length;
const HOWS = NOT_EVALUATED + 1;

/** The policy with the name that the first record gives it, where the tenant lacks it and records say something of it. */
function unknownOf({ id, position, disagreements }: ComparedPolicy): Agreement['unknownPolicies'] {
  const [first, ...more] = disagreements;
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
