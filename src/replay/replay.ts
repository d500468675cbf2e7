import { whyUnreached } from '../core/conditional-access/record/reach.ts';
import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import type { Appended } from '../store/types.ts';
import type { Judge } from './judge.ts';
import { keepNurserySmall } from './nursery.ts';
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
  /** Sees every sign-in before it is judged. */
  readonly onSignIn?: (signIn: ReadSignIn) => void;
}

/**
 * Moves every sign-in of a stream through the judge into the sink, in order. One that was there before, by its id, is not
 * judged again: an export may overlap another. Memory stays the same, but for some 16 bytes for each id.
 */
export async function replay(stream: SignInStream, options: ReplayOptions): Promise<ReplayCounts> {
  keepNurserySmall();
  const { judge } = options;
  const tally = new ReplayTally(judge.compiled.policies.map(({ policy }) => policy));
  const seen = new SeenIds();
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
    const { id, attempt, marks, weight = ONE } = item.signIn;
    const { signIns } = weight;
    // An id made from the content tells nothing: who signs in twice in a second may leave two records that are the same.
    if (!marks.includes('derivedId') && !seen.add(id)) {
      tally.repeated(signIns);
      continue;
    }
    const unreached = whyUnreached(judge.compiled.tenant.tenantId, attempt);
    if (unreached !== undefined) {
      tally.unreached(unreached, signIns);
      tally.marked(marks, signIns);
      if (options.sink !== undefined) batch.push(judge.writeUnreached(item.signIn.record, unreached));
      if (++waiting >= options.batchSize) flush();
      continue;
    }
    options.onSignIn?.(item.signIn);
    const observation = judge.see(attempt);
    tally.judged(judge.decide(attempt, observation), observation.standInAddress !== undefined, signIns);
    tally.marked(marks, signIns);
    if (options.sink !== undefined) batch.push(judge.write(item.signIn.record, attempt, observation));
    if (++waiting >= options.batchSize) flush();
  }
  flush();
  // An input that was left waiting ends early, and is told as interrupted, not as read to its end.
  options.interrupted.throwIfAborted();
  return tally.counts();
}
