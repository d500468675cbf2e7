import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { addAbortSignal } from 'node:stream';
import { isatty } from 'node:tty';
import { GsaError } from '../trouble/error.ts';
import type { Context, Prompter } from './context.ts';
import { Signals } from './signals.ts';
import { StandardOutput } from './standard-output.ts';

/** The real process as a context: streams, clock, ids and signals. Never exits; bin sets the exit code. */
export function processContext(): Context {
  const signals = new Signals();
  const { interrupted } = signals;
  return {
    env: process.env,
    get cwd() {
      return currentFolder();
    },
    // `process.stdin` opens the terminal, and somebody beside us may be reading from it: only who reads touches it.
    stdin: {
      get isTTY() {
        return isatty(0);
      },
      [Symbol.asyncIterator]: () => standardInput(signals),
    },
    stdout: new StandardOutput(1, () => process.stdout),
    stderr: new StandardOutput(2, () => process.stderr),
    now: () => new Date(),
    // Called, not handed over: naming it would begin the module, which takes a start longer than most commands their work.
    newId: () => randomUUID(),
    interrupted,
    hearing: (work) => signals.hearing(work),
    computing: (work) => signals.computing(work),
    confinement: undefined,
    createPrompter: async () =>
      heard(
        process.env['TERM'] === 'dumb'
          ? (await import('./line-prompts.ts')).linePrompter(process.stdin, process.stderr, interrupted)
          : (await import('./prompts.ts')).terminalPrompter(process.stdin, process.stderr, interrupted),
        signals,
      ),
  };
}

/** The current folder, asked for only when a relative path needs it, so that other commands work in a folder that was deleted. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw new GsaError('invalid', 'the current folder no longer exists', {
      hint: 'go to one that does, or name every file by its absolute path',
      cause: error,
    });
  }
}

/** Questions that a signal ends, with the terminal as it was. */
function heard(prompter: Prompter, signals: Signals): Prompter {
  return {
    confirm: (question) => signals.hearing(() => prompter.confirm(question)),
    choose: (question, choices) => signals.hearing(() => prompter.choose(question, choices)),
    tick: (question, choices) => signals.hearing(() => prompter.tick(question, choices)),
    search: (...asked) => signals.hearing(() => prompter.search(...asked)),
  };
}

/** Ends with the reason of the interruption, also while nothing comes. */
async function* standardInput(signals: Signals): AsyncGenerator<Uint8Array> {
  const { interrupted } = signals;
  const pieces: AsyncIterator<Uint8Array> = addAbortSignal(interrupted, process.stdin)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await signals.hearing(() => pieces.next());
      if (done === true) return;
      yield value;
    }
  } catch (error) {
    interrupted.throwIfAborted();
    throw error;
  } finally {
    await pieces.return?.();
  }
}
