import { setTimeout } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { RunCommandLine } from '../rehearse.ts';
import type { Surroundings } from '../session.ts';
import { watchFiles } from '../watch-files.ts';

export function openSurroundings(
  context: Context,
  program: Surroundings['program'],
  run: RunCommandLine,
): Omit<Surroundings, 'diagnose'> {
  const { interrupted, hearing } = context;
  return {
    program,
    runProgram: async (words, variables) => {
      const { runProgram } = await import('../run-program.ts');
      return await hearing(() => runProgram(words, variables, context));
    },
    temporaryFolder: async (purpose) => (await import('../left-behind.ts')).makeOwnFolder(purpose),
    rehearse: async (argv, stage) => (await import('../rehearse.ts')).rehearse(run, argv, stage, context),
    watch: (paths) => watchFiles(paths, interrupted),
    // The wait is over when it is interrupted: then the promise is rejected.
    pause: (milliseconds) =>
      hearing(() => setTimeout(milliseconds, undefined, { signal: interrupted }).catch(() => undefined)),
    untilInterrupted: () =>
      new Promise((resolve) => {
        if (interrupted.aborted) resolve();
        else interrupted.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
}
