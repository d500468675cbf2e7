import { whyUnreached } from '../core/conditional-access/record/reach.ts';
import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import type { Appended } from '../store/types.ts';
import type { Judge } from './judge.ts';
import { keepNurserySmall } from './nursery.ts';
import { RecordContents } from './record-content.ts';
import { SeenIds } from './seen-ids.ts';
import type { ReplayCounts } from './tally.ts';
import { ReplayTally } from './tally.ts';
import { Turns } from './turns.ts';

export interface ReplayOptions {
  readonly judge: Judge;
  /** Takes whole batches; says what became of them. Absent: they are counted, and kept nowhere. */
  readonly sink: ((batch: readonly LoggedSignIn[]) => Appended) | undefined;
  readonly batchSize: number;
  /** Stops between two batches: what the sink took is whole. */
  readonly interrupted: AbortSignal;
  readonly onProgress: (read: number) => void;
  /** Sees every sign-in that is judged and counted. */
  readonly onSignIn?: (signIn: ReadSignIn) => void;
}

/**
 * Moves every sign-in of a stream through the judge into the sink, in order. One that was there before, by its id, is not
 * counted again, as an export may overlap another; where it says something else, that is told. Memory stays the same, but for some 20
 * bytes for each id.
 */
export async function replay(stream: SignInStream, options: ReplayOptions): Promise<ReplayCounts> {
  keepNurserySmall();
  const { judge } = options;
  const tally = new ReplayTally(judge.compiled.policies.map(({ policy }) => policy));
  const seen = new SeenIds();
  const contents = new RecordContents();
  let batch: LoggedSignIn[] = [];
  let waiting = 0;
  const flush = () => {
    if (waiting === 0) return;
    if (options.sink !== undefined) tally.stored(options.sink(batch));
    batch = [];
    waiting = 0;
    options.onProgress(tally.read);
    options.interrupted.throwIfAborted();
  };
  const turns = new Turns();
  for await (const item of stream) {
    if (turns.areDue()) {
      await turns.take();
      if (options.interrupted.aborted) flush();
      options.interrupted.throwIfAborted();
    }
    if ('skipped' in item) {
      tally.skipped(item.skipped);
      continue;
    }
    if (!take(item.signIn)) continue;
    if (++waiting >= options.batchSize) flush();
  }
  flush();
  // An input that was left waiting ends early, and is told as interrupted, not as read to its end.
  options.interrupted.throwIfAborted();
  return tally.counts();

  /** Counts the sign-in and puts it into the batch; false for one that was there before. */
  function take(signIn: ReadSignIn): boolean {
    const { id, attempt, marks, weight = ONE } = signIn;
    const { verdict, count, write } = judged(signIn);
    // An id made from the content tells nothing: who signs in twice in a second may leave two records that are the same.
    const sighting = marks.includes('derivedId')
      ? 'new'
      : seen.see(id, contents.bitsOf(attempt, weight.signIns, verdict));
    if (sighting === 'repeated') {
      tally.repeated(weight.signIns);
      return false;
    }
    if (sighting === 'other') tally.contradicting(weight.signIns);
    count();
    tally.marked(marks, weight.signIns);
    if (options.sink !== undefined) batch.push(sighting === 'other' ? contradicted(write()) : write());
    return true;
  }

  function judged(signIn: ReadSignIn): Judged {
    const { record, attempt, weight = ONE } = signIn;
    const unreached = whyUnreached(judge.compiled.tenant.tenantId, attempt);
    if (unreached !== undefined) {
      const count = () => tally.unreached(unreached, weight.signIns);
      return { verdict: unreached, count, write: () => judge.writeUnreached(record, unreached) };
    }
    const observation = judge.see(attempt);
    const decision = judge.decide(attempt, observation);
    return {
      verdict: `${decision.outcome} ${decision.decidedBy}`,
      count: () => {
        options.onSignIn?.(signIn);
        tally.judged(decision, observation.standInAddress !== undefined, weight.signIns);
      },
      write: () => judge.write(record, attempt, observation),
    };
  }
}

/** What became of a sign-in, not yet counted. */
interface Judged {
  /** In words that are the same for the same. */
  readonly verdict: string;
  count(): void;
  write(): LoggedSignIn;
}

function contradicted({ record, replay: judged }: LoggedSignIn): LoggedSignIn {
  return { record, replay: { ...judged, isContradicted: true } };
}
