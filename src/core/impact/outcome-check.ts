import type { Decision } from '../conditional-access/fast/decide.ts';
import type { RecordedOutcome } from '../signaling/attempt.ts';
import { ByNumber, numberOf, PART } from '../signaling/numbered-attempt.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { OutcomeAgreement } from './agreement.ts';
import { ComparedOutcomes, differenceOf, isAsTold } from './compared-outcomes.ts';
import type { Sayings } from './compared-policies.ts';
import type { ToCompare } from './to-compare.ts';

type Decided = Pick<Decision, 'outcome' | 'decidedBy'>;

/**
 * Compares what came of sign-ins by their records with what comes of them here. Policies that a record lists explain its outcome
 * where they agree, and tell themselves where they do not; only what they leave unexplained is decided.
 */
export class OutcomeCheck {
  readonly #counts = new ComparedOutcomes();
  /** By the number of what the record says of it. */
  readonly #recorded = new ByNumber<RecordedOutcome | 'notTold'>();
  /** Security defaults and policies exclude each other: what stopped these sign-ins is no policy of the tenant's. */
  readonly #isUnderSecurityDefaults: boolean;
  /** The last change of each policy by its id, and that of all, in milliseconds; -Infinity where none is known. */
  readonly #changes: ReadonlyMap<string, number>;
  readonly #lastChange: number;

  constructor({ policies, settings }: Tenant, changeOf: readonly number[]) {
    this.#isUnderSecurityDefaults = settings.securityDefaults === true;
    this.#changes = new Map(policies.map(({ id }, at) => [id, changeOf[at] ?? Number.NEGATIVE_INFINITY]));
    this.#lastChange = Math.max(Number.NEGATIVE_INFINITY, ...changeOf);
  }

  /** The outcome that is left to be compared with that of {@link compare}; `undefined`: none is told, or the policies explain it. */
  unexplained(
    signIn: ToCompare,
    { comparable, isFailureTold, isOfSecurityDefaults }: Sayings,
    doPoliciesAgree: boolean,
    signIns: number,
  ): RecordedOutcome | undefined {
    if (isOfSecurityDefaults || this.#isUnderSecurityDefaults) return undefined;
    const recorded = this.#recordedOf(signIn);
    if (recorded === 'notTold') return undefined;
    if (recorded === 'letIn' ? comparable.length === 0 : !isFailureTold) return recorded;
    if (doPoliciesAgree) this.#counts.agree(recorded, signIns);
    return undefined;
  }

  compare(recorded: RecordedOutcome, decided: Decided, signIn: ToCompare, signIns: number): void {
    if (isAsTold(recorded, decided.outcome)) this.#counts.agree(recorded, signIns);
    else this.#disagree(recorded, decided, signIn, signIns);
  }

  #disagree(recorded: RecordedOutcome, { outcome, decidedBy }: Decided, signIn: ToCompare, signIns: number): void {
    const difference = differenceOf(recorded, outcome, this.#isChangedSince(signIn, recorded, decidedBy));
    this.#counts.disagree(difference, signIns);
    if (this.#counts.hasExample(difference)) return;
    const { id: signInId, createdDateTime } = signIn.told;
    this.#counts.exemplify(difference, { signInId, createdDateTime, decidedBy });
  }

  /** Counts sign-ins of which nothing that the record tells can be compared, as too little is known here. */
  leaveOpen(signIns: number): void {
    this.#counts.open(signIns);
  }

  agreement(): OutcomeAgreement {
    return this.#counts.agreement();
  }

  #recordedOf(signIn: ToCompare): RecordedOutcome | 'notTold' {
    const { numbered } = signIn;
    // An attempt is made when it is asked for, which takes longer than all of this.
    if (numbered === undefined) return signIn.attempt.reach?.outcome ?? 'notTold';
    const number = numberOf(numbered, PART.reach);
    const known = this.#recorded.find(numbered.rows, number);
    return known ?? this.#recorded.keep(numbered.rows, number, numbered.attempt.reach?.outcome ?? 'notTold');
  }

  /** Any policy may have stopped somebody before it changed; who was let in was so by those that would stop them now. */
  #isChangedSince(signIn: ToCompare, recorded: RecordedOutcome, decidedBy: readonly string[]): boolean {
    const last = recorded === 'letIn' ? this.#lastAmong(decidedBy) : this.#lastChange;
    return last > Number.NEGATIVE_INFINITY && last > (signIn.time ?? Date.parse(signIn.told.createdDateTime));
  }

  #lastAmong(policyIds: readonly string[]): number {
    let last = Number.NEGATIVE_INFINITY;
    for (const id of policyIds) last = Math.max(last, this.#changes.get(id) ?? last);
    return last;
  }
}
