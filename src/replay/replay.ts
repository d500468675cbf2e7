import type { Decision } from '../core/conditional-access/fast/decide.ts';
import type { JudgedSignIn } from '../core/conditional-access/record/judged-sign-in.ts';
import type { Unreached } from '../core/conditional-access/record/reach.ts';
import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import { batchesOf } from '../core/values/batched.ts';
import type { ReadSignIn, SignInItem, SignInStream } from '../intake/types.ts';
import type { Appended, Loggable } from '../store/types.ts';
import { BatchTexts } from './batch-texts.ts';
import { keepHeapSmall } from './heap-growth.ts';
import type { Judge, Judgement } from './judge.ts';
import { bitsOfVerdict, RecordContents } from './record-content.ts';
import type { Sighting } from './seen-ids.ts';
import { SeenIds } from './seen-ids.ts';
import type { ReplayCounts } from './tally.ts';
import { ReplayTally } from './tally.ts';
import { Turns } from './turns.ts';

export interface ReplayOptions {
  readonly judge: Judge;
  /** Takes whole batches; says what became of them. Absent: they are counted, and kept nowhere. */
  readonly sink: ((batch: readonly Loggable[]) => Appended | Promise<Appended>) | undefined;
  /**
   * After so many sign-ins the sink gets them as they were read, with what came of them, and their records are made when somebody
   * asks; absent: never. Few are not worth the tenant that has to be kept for it.
   */
  readonly writtenAtOnce?: number;
  readonly batchSize: number;
  /** Ends the replay after a sign-in: the sink gets those that were judged by then as a last batch, and takes it whole. */
  readonly interrupted: AbortSignal;
  readonly onProgress: (read: number) => void;
  /** Sees every sign-in that is judged and counted. */
  readonly onSignIn?: (signIn: ReadSignIn) => void;
}

/**
 * Moves every sign-in of a stream through the judge into the sink, in order. One that was there before, by its id, is not
 * counted again, as an export may overlap another; where it says something else, that is told. Memory stays the same, but for two bytes
 * for each id.
 */
export async function replay(stream: SignInStream, options: ReplayOptions): Promise<ReplayCounts> {
  keepHeapSmall();
  const pass = new ReplayPass(options);
  try {
    await passAll(stream, pass, options.interrupted);
    await pass.flush();
  } finally {
    await pass.settle().finally(() => pass.end());
  }
  // An input that was left waiting ends early, and is told as interrupted, not as read to its end.
  options.interrupted.throwIfAborted();
  return pass.tally.counts();
}

async function passAll(stream: SignInStream, pass: ReplayPass, interrupted: AbortSignal): Promise<void> {
  const turns = new Turns();
  for await (const batch of batchesOf(stream)) {
    // An iterator makes an object for each item.
    for (let at = 0; at < batch.length; at++) {
      const item = batch[at] as SignInItem;
      if (turns.areDue()) {
        await turns.take();
        if (interrupted.aborted) await pass.flush();
        interrupted.throwIfAborted();
      }
      if ('skipped' in item) pass.tally.skipped(item.skipped);
      else pass.take(item.signIn);
      if (pass.isFull) await pass.flush();
    }
  }
}

/** The sign-ins that one pass has judged, in batches for the sink. */
class ReplayPass {
  readonly tally: ReplayTally;
  readonly #options: ReplayOptions;
  readonly #seen = new SeenIds();
  readonly #contents = new RecordContents();
  #batch: Loggable[] = [];
  #written = 0;
  #texts = new BatchTexts();
  /** What the sink was given last, and the texts of it. */
  #given: Promise<Appended> | undefined;
  #givenTexts = new BatchTexts();
  #waiting = 0;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.tally = new ReplayTally(options.judge.compiled.policies.map(({ policy }) => policy));
  }

  get isFull(): boolean {
    return this.#waiting >= this.#options.batchSize;
  }

  /** Gives what waits to the sink, which may go on with it while the next batch is made. */
  async flush(): Promise<void> {
    if (this.#waiting === 0) return;
    await this.settle();
    const { sink, onProgress, interrupted } = this.#options;
    if (sink !== undefined) this.#give(sink(this.#batch));
    this.#batch = [];
    this.#waiting = 0;
    onProgress(this.tally.read);
    interrupted.throwIfAborted();
  }

  /** Waits until the sink is done with what it was given. */
  async settle(): Promise<void> {
    const given = this.#given;
    this.#given = undefined;
    if (given !== undefined) this.tally.stored(await given);
  }

  /** Gives back what the pass has of the system. */
  end(): void {
    this.#seen.end();
  }

  #give(given: Appended | Promise<Appended>): void {
    this.#given = Promise.resolve(given);
    // Whoever waits for it hears of its trouble; until then nobody does.
    this.#given.catch(() => undefined);
    [this.#texts, this.#givenTexts] = [this.#givenTexts, this.#texts];
    this.#texts.clear();
  }

  /** Counts the sign-in and puts it into the batch, unless it was there before. */
  take(signIn: ReadSignIn): void {
    const unreached = this.#options.judge.whyUnreached(signIn);
    if (unreached === undefined) this.#takeJudged(signIn, this.#options.judge.judge(signIn));
    else this.#takeUnreached(signIn, unreached);
  }

  #takeUnreached(signIn: ReadSignIn, unreached: Unreached): void {
    const { weight = ONE } = signIn;
    const sighting = this.#see(signIn, bitsOfVerdict([unreached]));
    if (sighting === 'repeated') return;
    this.tally.unreached(unreached, weight.signIns);
    this.#put(signIn, sighting, unreached);
  }

  #takeJudged(signIn: ReadSignIn, { decision, isLocatedByStandIn }: Judgement): void {
    const { weight = ONE } = signIn;
    const counted = this.tally.decision(decision);
    const sighting = this.#see(signIn, counted.bits);
    if (sighting === 'repeated') return;
    this.#options.onSignIn?.(signIn);
    this.tally.judged(counted, isLocatedByStandIn, weight.signIns);
    this.#put(signIn, sighting, decision);
  }

  /** What the id tells of the record, which is counted where it was there before. */
  #see(signIn: ReadSignIn, verdict: number): Sighting {
    const { marks, weight = ONE } = signIn;
    // An id made from the content tells nothing: who signs in twice in a second may leave two records that are the same.
    if (marks.includes('derivedId')) return 'new';
    const sighting = this.#seen.see(signIn, this.#contents.bitsOf(signIn, weight.signIns, verdict));
    if (sighting === 'repeated') this.tally.repeated(weight.signIns);
    if (sighting === 'other') this.tally.contradicting(weight.signIns);
    return sighting;
  }

  /** `verdict`: what was decided, or why nothing was. */
  #put(signIn: ReadSignIn, sighting: Sighting, verdict: Decision | Unreached): void {
    const { marks, weight = ONE } = signIn;
    this.tally.marked(marks, weight.signIns);
    const { sink } = this.#options;
    if (sink !== undefined) this.#batch.push(this.#loggable(signIn, verdict, sighting === 'other'));
    this.#waiting++;
  }

  #loggable(signIn: ReadSignIn, verdict: Decision | Unreached, isOther: boolean): Loggable {
    if (this.#written++ < (this.#options.writtenAtOnce ?? Number.POSITIVE_INFINITY)) {
      const written = this.#write(signIn, verdict);
      return isOther ? contradicted(written) : written;
    }
    const kept = this.#keep(signIn, verdict);
    return isOther ? { ...kept, verdict: { ...kept.verdict, isContradicted: true } } : kept;
  }

  #write({ record, attempt }: ReadSignIn, verdict: Decision | Unreached): LoggedSignIn {
    const { judge } = this.#options;
    return typeof verdict === 'string'
      ? judge.writeUnreached(record, verdict)
      : judge.write(record, attempt, judge.see(attempt));
  }

  /** The sign-in for a log that makes its record later. */
  #keep(signIn: ReadSignIn, verdict: Decision | Unreached): JudgedSignIn {
    const { judge } = this.#options;
    const { text, isAsExported } = this.#textOf(signIn);
    const judged =
      typeof verdict === 'string' ? judge.judgedUnreached(signIn.record, verdict) : judge.judged(signIn, verdict);
    const { tenant, seen, found } = judged;
    return { text, isAsExported, tenant, verdict: judged.verdict, seen, found };
  }

  /** The text that the record is made of; what was read is in the reader's hands until it reads on, so it is copied. */
  #textOf(signIn: ReadSignIn): Pick<JudgedSignIn, 'text' | 'isAsExported'> {
    const { bytes } = signIn;
    if (bytes !== undefined) return { text: this.#texts.copy(bytes), isAsExported: true };
    return { text: Buffer.from(JSON.stringify(signIn.record)), isAsExported: false };
  }
}

function contradicted({ record, replay: judged }: LoggedSignIn): LoggedSignIn {
  return { record, replay: { ...judged, isContradicted: true } };
}
