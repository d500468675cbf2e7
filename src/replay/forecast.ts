import type { Unreached } from '../core/conditional-access/record/reach.ts';
import { UnreachedReasons } from '../core/conditional-access/record/unreached-reasons.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import type { Change } from '../core/impact/change.ts';
import type { Example, ExamplePolicy } from '../core/impact/example.ts';
import { examplePolicy } from '../core/impact/example.ts';
import type { Forecast } from '../core/impact/forecast.ts';
import { createForecast } from '../core/impact/forecast.ts';
import { Grouping } from '../core/impact/grouping.ts';
import type { SelfCheck } from '../core/impact/self-check.ts';
import type { ImpactCounts } from '../core/impact/tally.ts';
import { ImpactTally } from '../core/impact/tally.ts';
import type { World } from '../core/impact/world.ts';
import { isProxyNotKnown, Ways } from '../core/signaling/ways.ts';
import { batchesOf } from '../core/values/batched.ts';
import type { ReadSignIn, SignInItem, SignInStream } from '../intake/types.ts';
import { CountedSignIn, Told } from './counted-sign-in.ts';
import { keepHeapSmall } from './heap-growth.ts';
import type { VerdictTexts } from './record-content.ts';
import { bitsOfVerdict, RecordContents, VerdictBits } from './record-content.ts';
import type { Identified, Sighting } from './seen-ids.ts';
import type { SkippedCount } from './skipped.ts';
import { SkippedTally } from './skipped.ts';
import { Turns } from './turns.ts';
import type { UnreachedCount } from './unreached.ts';
import { UnreachedTally } from './unreached.ts';

export interface ForecastRun {
  readonly before: World;
  readonly after: World;
  /** Compares each record with what it says of its own policies; absent: not asked for. */
  readonly selfCheck: SelfCheck | undefined;
  /** Limits the forecast to the sign-in of that id, worked out policy by policy. */
  readonly signInId: string | undefined;
  /**
   * What the id of a record tells: one that repeats a sign-in is counted once, as the log has it once; one that says something else of
   * it is counted too. Absent: not asked for.
   */
  readonly see?: (signIn: Identified, content: number) => Sighting;
  /** Records of a sign-in that came before, which whoever made the stream has left out already. */
  readonly repeated?: number;
  /** Those of them that say something else of it. */
  readonly contradicting?: number;
  /** False where the records are keys of an engine, which counts the groups and the people itself (count-keys.ts). */
  readonly isGrouped?: false;
  /** Told of every record that is judged. */
  readonly onChange?: (signIn: ReadSignIn, change: Change) => void;
  readonly interrupted: AbortSignal;
  readonly onProgress: (read: number) => void;
}

export interface ForecastCounts extends ImpactCounts {
  readonly read: number;
  readonly skipped: readonly SkippedCount[];
  /** No policy of this tenant was asked for them, so that nothing can change for them; by the reason. */
  readonly unreached: readonly UnreachedCount[];
  /** Records of a sign-in that came before; not judged again. */
  readonly repeated: number;
  /** Records that say something else of a sign-in than one before: each is judged, and which of them is true is not known. */
  readonly contradicting: number;
  /** Through Global Secure Access, with a proxy whose address nothing tells. */
  readonly proxiesNotKnown: number;
  /** The sign-ins of `signInId`, told whole. */
  readonly explained: readonly ExplainedSignIn[];
}

export interface ExplainedSignIn extends Example {
  readonly class: Change['class'];
  /** Every policy that is or could be told of on either side, in the tenant's order. */
  readonly allPolicies: readonly ExamplePolicy[];
}

/** Sign-ins between two words of progress. */
const PAUSE = 1_000;

/** How many sign-ins of one id are told; an id stands once in a sane export. */
const MOST_EXPLAINED = 5;

/** Decides every sign-in of a stream in two worlds, in one pass and in constant memory. */
export async function forecast(stream: SignInStream, run: ForecastRun): Promise<ForecastCounts> {
  keepHeapSmall();
  const pass = new ForecastPass(run);
  const turns = new Turns();
  let items = 0;
  let read = run.repeated ?? 0;
  for await (const batch of batchesOf(stream)) {
    // An iterator makes an object for each item.
    for (let at = 0; at < batch.length; at++) {
      const item = batch[at] as SignInItem;
      read += signInsIn(item);
      if (++items % PAUSE === 0) run.onProgress(read);
      if (turns.areDue()) {
        await turns.take();
        run.interrupted.throwIfAborted();
      }
      if ('skipped' in item) pass.skip(item.skipped);
      else if (run.signInId === undefined || item.signIn.id === run.signInId) pass.judge(item.signIn);
    }
  }
  // An input that was left waiting ends early, and is told as interrupted, not as read to its end.
  run.interrupted.throwIfAborted();
  return { read, ...pass.counts() };
}

/** What one pass over sign-ins has counted so far. */
class ForecastPass {
  readonly #run: ForecastRun;
  readonly #worlds: Forecast;
  readonly #tally: ImpactTally;
  readonly #skipped = new SkippedTally();
  readonly #unreached = new UnreachedTally();
  readonly #grouping: Grouping;
  readonly #ways = new Ways();
  readonly #contents = new RecordContents();
  readonly #verdicts = new VerdictBits(verdictOf);
  readonly #reasons: UnreachedReasons;
  readonly #explained: ExplainedSignIn[] = [];
  #repeated: number;
  #contradicting: number;
  #proxiesNotKnown = 0;

  constructor(run: ForecastRun) {
    const { before, after } = run;
    this.#run = run;
    this.#worlds = createForecast(before, after);
    this.#reasons = new UnreachedReasons(before.tenant.tenantId);
    this.#tally = new ImpactTally(policyNames(before, after), run.isGrouped ?? true);
    this.#grouping = new Grouping(before.compiled);
    this.#repeated = run.repeated ?? 0;
    this.#contradicting = run.contradicting ?? 0;
  }

  skip(skipped: Parameters<SkippedTally['add']>[0]): void {
    this.#skipped.add(skipped);
  }

  judge(signIn: ReadSignIn): void {
    const { weight = ONE } = signIn;
    const why = this.#reasons.of(signIn);
    if (why !== undefined) {
      if (!this.#isRepeat(signIn, why)) this.#unreached.add(why, weight.signIns);
      return;
    }
    const { numbered } = signIn;
    const change = numbered === undefined ? this.#worlds.judge(signIn.attempt) : this.#worlds.judgeNumbered(numbered);
    if (!this.#isRepeat(signIn, change)) this.#count(signIn, change);
  }

  counts(): Omit<ForecastCounts, 'read'> {
    return {
      skipped: this.#skipped.counts(),
      unreached: this.#unreached.counts(),
      repeated: this.#repeated,
      contradicting: this.#contradicting,
      proxiesNotKnown: this.#proxiesNotKnown,
      explained: this.#explained,
      ...this.#tally.counts(),
    };
  }

  /** Whether the record repeats one before. An id that was made from the content says nothing: two sign-ins may look the same. */
  #isRepeat(signIn: ReadSignIn, verdict: Change | Unreached): boolean {
    const { marks, weight = ONE, isContradicted } = signIn;
    if (isContradicted === true) this.#contradicting += weight.signIns;
    const { see } = this.#run;
    if (see === undefined || marks.includes('derivedId')) return false;
    const bits = typeof verdict === 'string' ? bitsOfVerdict([verdict]) : this.#verdicts.of(verdict);
    const sighting = see(signIn, this.#contents.bitsOf(signIn, weight.signIns, bits));
    if (sighting === 'repeated') this.#repeated += weight.signIns;
    if (sighting === 'other') this.#contradicting += weight.signIns;
    return sighting === 'repeated';
  }

  #count(signIn: ReadSignIn, change: Change): void {
    const { weight = ONE, numbered } = signIn;
    const told = new Told(signIn);
    this.#run.selfCheck?.compare(told, weight.signIns);
    this.#run.onChange?.(signIn, change);
    const counted = new CountedSignIn(told, change, this.#grouping, this.#worlds);
    if (this.#run.signInId === undefined) this.#tally.add(counted);
    else this.#countWhole(signIn, counted);
    const isNotKnown =
      numbered === undefined ? isProxyNotKnown(signIn.attempt.network) : this.#ways.of(numbered).isProxyNotKnown;
    if (isNotKnown) this.#proxiesNotKnown += weight.signIns;
  }

  /** Counts a sign-in that is asked for with the outcomes that it is explained by. */
  #countWhole(signIn: ReadSignIn, counted: CountedSignIn): void {
    const example = counted.explain();
    this.#tally.add(counted.cameTo({ before: example.outcomeBefore, after: example.outcomeAfter }));
    if (this.#explained.length >= MOST_EXPLAINED) return;
    const allPolicies = policiesOf(this.#worlds, signIn.attempt);
    this.#explained.push({ ...example.toJSON(), class: counted.change.class, allPolicies });
  }
}

/** The number of sign-ins that an item stands for. */
function signInsIn(item: SignInItem): number {
  return 'skipped' in item ? (item.skipped.signIns ?? 1) : (item.signIn.weight ?? ONE).signIns;
}

function verdictOf({ class: kind, decidedBy, stoppedBy, couldBe }: Change): VerdictTexts {
  return [kind, decidedBy, stoppedBy, couldBe];
}

function policiesOf(worlds: Forecast, attempt: ReadSignIn['attempt']): ExamplePolicy[] {
  const { before, after } = worlds.explain(attempt);
  const ids = new Set([...before.policies, ...after.policies].map(({ policyId }) => policyId));
  return [...ids].map((id) => examplePolicy(id, before, after));
}

function policyNames(before: World, after: World): ReadonlyMap<string, string> {
  const policies = [...before.tenant.policies, ...after.tenant.policies];
  return new Map(policies.map(({ id, displayName }) => [id, displayName]));
}
