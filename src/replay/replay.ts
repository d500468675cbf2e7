import { setFlagsFromString } from 'node:v8';
import type { LoggedSignIn } from '../core/conditional-access/sign-in.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import type { Judge } from './judge.ts';
import type { ReplayCounts } from './tally.ts';
import { ReplayTally } from './tally.ts';

export interface ReplayOptions {
  readonly judge: Judge;
  /** Takes whole batches; says how many of them were new. */
  readonly sink: (batch: readonly LoggedSignIn[]) => { readonly added: number };
  readonly batchSize: number;
  /** Stops between two batches: what the sink took is whole. */
  readonly interrupted: AbortSignal;
  readonly onProgress: (read: number) => void;
  /** Sees every usable sign-in before it is judged. */
  readonly onSignIn?: (signIn: ReadSignIn) => void;
}

/** Moves every sign-in of a stream through the judge into the sink, in order and in constant memory. */
export async function replay(stream: SignInStream, options: ReplayOptions): Promise<ReplayCounts> {
  // Records pass through and are forgotten: a nursery that grows with them only takes memory, 300 MB instead of 180.
  setFlagsFromString('--semi-space-growth-factor=1');
  const tally = new ReplayTally();
  let batch: LoggedSignIn[] = [];
  const flush = () => {
    if (batch.length === 0) return;
    tally.stored(options.sink(batch).added, batch.length);
    batch = [];
    options.onProgress(tally.read);
    options.interrupted.throwIfAborted();
  };
  for await (const item of stream) {
    if ('skipped' in item) {
      tally.skipped(item.skipped);
      continue;
    }
    options.onSignIn?.(item.signIn);
    const { record, attempt } = item.signIn;
    const { evaluation, logged } = options.judge(record, attempt);
    tally.judged(evaluation);
    tally.marked(item.signIn.marks);
    batch.push(logged);
    if (batch.length >= options.batchSize) flush();
  }
  flush();
  // An input that was left waiting ends early, and is told as interrupted, not as read to its end.
  options.interrupted.throwIfAborted();
  return tally.counts();
}
