import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import { readSignIns } from '../../../src/intake/sign-ins/read-sign-ins.ts';
import { createJudge } from '../../../src/replay/judge.ts';
import type { ReplayOptions } from '../../../src/replay/replay.ts';
import { replay } from '../../../src/replay/replay.ts';
import type { Appended, Loggable } from '../../../src/store/types.ts';
import { signIns } from '../../support/generate-sign-ins.ts';
import { source } from '../../support/read-all-sign-ins.ts';

const TEXT = signIns(100, {})
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('');

const added = (batch: readonly Loggable[]): Appended => ({ added: batch.length, judgedAnew: 0, alreadyThere: 0 });

const replayed = (
  sink: (batch: readonly Loggable[]) => Promise<Appended>,
  interrupted = new AbortController().signal,
  options: Pick<Partial<ReplayOptions>, 'batchSize' | 'onSignIn'> = {},
) =>
  replay(readSignIns([source(TEXT)]), {
    judge: createJudge(sampleTenant(), 1, 'enabled'),
    sink,
    writtenAtOnce: 0,
    batchSize: 8,
    interrupted,
    onProgress: () => undefined,
    ...options,
  });

test('a sink gets one batch at a time, and its texts stay until it is done', async () => {
  const texts: string[] = [];
  let given = 0;
  const counts = await replayed(async (batch) => {
    expect(++given).toBe(1);
    await later(1);
    for (const signIn of batch) texts.push('text' in signIn ? `${Buffer.from(signIn.text).toString('utf8')}\n` : '');
    given--;
    return added(batch);
  });
  expect(texts.join('')).toBe(TEXT);
  expect(counts.added).toBe(100);
});

test('the trouble of a sink is that of the replay, whichever batch it had', async () => {
  for (const at of [1, 7, 13]) {
    let batches = 0;
    const failing = replayed(async (batch) => {
      if (++batches === at) throw new Error('full');
      return added(batch);
    });
    await expect(failing).rejects.toThrow('full');
    expect(batches).toBe(at);
  }
});

test('who interrupts waits for what was given', async () => {
  const interrupt = new AbortController();
  let done = 0;
  const interrupted = replayed(async (batch) => {
    interrupt.abort(new Error('stop'));
    await later(5);
    done += batch.length;
    return added(batch);
  }, interrupt.signal);
  await expect(interrupted).rejects.toThrow('stop');
  expect(done).toBe(8);
});

test('who interrupts in the midst of a batch has what was judged of it given to the sink', async () => {
  const interrupt = new AbortController();
  let judged = 0;
  const onSignIn = () => {
    if (++judged !== 10) return;
    interrupt.abort(new Error('stop'));
    // Longer than the event loop is kept waiting: the next look at the clock hears of it.
    const until = performance.now() + 60;
    while (performance.now() < until);
  };
  const taken: number[] = [];
  const interrupted = replayed(
    async (batch) => {
      taken.push(batch.length);
      return added(batch);
    },
    interrupt.signal,
    { batchSize: 1_000, onSignIn },
  );
  await expect(interrupted).rejects.toThrow('stop');
  expect(taken).toEqual([judged]);
  expect(judged).toBeLessThan(100);
});
