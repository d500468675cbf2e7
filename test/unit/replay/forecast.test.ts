import { describe, expect, test } from 'vitest';
import { worldOf } from '../../../src/core/impact/world.ts';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import type { SignInStream } from '../../../src/intake/types.ts';
import { forecast } from '../../../src/replay/forecast.ts';
import { signIns } from '../../support/generate-sign-ins.ts';
import { workplace } from '../../support/in-process.ts';

describe('a forecast that is interrupted', () => {
  test('stops although its input never waits for anything, as the sign-in log does not', async () => {
    const controller = new AbortController();
    async function* endless(): SignInStream {
      // A signal is heard only when the event loop turns: that is what this stands for.
      setImmediate(() => controller.abort('SIGINT'));
      const place = { file: 'made up' };
      for (;;) {
        yield { skipped: { reason: 'notASignIn', message: 'made up', place } };
      }
    }
    const world = worldOf(sampleTenant(), 'enabled');
    const run = forecast(endless(), {
      before: world,
      after: world,
      selfCheck: undefined,
      signInId: undefined,
      interrupted: controller.signal,
      onProgress: () => undefined,
    });
    await expect(run).rejects.toBe('SIGINT');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s exits %i, from files and from the log, and says nothing on stdout', async (signal, exitCode) => {
    const place = workplace();
    await place.gsa('init');
    const stdin = signIns(1_500)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
    expect((await place.gsa('replay -', { stdin })).exitCode).toBe(0);
    const interrupted = AbortSignal.abort(signal);
    const fromLogs = await place.gsa('impact --from-logs', { interrupted });
    const fromFile = await place.gsa('impact -', { stdin, interrupted });
    for (const run of [fromLogs, fromFile]) expect([run.exitCode, run.stdout]).toEqual([exitCode, '']);
    expect(fromLogs.stderr).toContain('interrupted');
  });
});
