import { randomUUID } from 'node:crypto';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { GsaError } from '../trouble/error.ts';
import type { Context, Output } from './context.ts';

/** The real process as a context: streams, clock, ids and signals. Never exits; bin sets the exit code. */
export function processContext(): Context {
  const interrupted = interruptions();
  return {
    env: process.env,
    get cwd() {
      return currentFolder();
    },
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
      [Symbol.asyncIterator]: () => standardInput(interrupted),
    },
    stdout: output(() => process.stdout),
    stderr: output(() => process.stderr),
    now: () => new Date(),
    newId: randomUUID,
    interrupted,
    confinement: undefined,
    createPrompter: async () =>
      process.env['TERM'] === 'dumb'
        ? (await import('./line-prompts.ts')).linePrompter(process.stdin, process.stderr, interrupted)
        : (await import('./prompts.ts')).terminalPrompter(process.stdin, process.stderr, interrupted),
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

/** Ends with the reason of the interruption, also while nothing comes. */
async function* standardInput(interrupted: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* addAbortSignal(interrupted, process.stdin);
  } catch (error) {
    interrupted.throwIfAborted();
    throw error;
  }
}

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The stream is opened when it is used: many commands say nothing on stderr. */
function output(open: () => Stream): Output {
  let opened: Stream | undefined;
  const stream = () => {
    // Without a listener the error of a closed pipe would end the process as a crash; each write reports it instead.
    opened ??= open().on('error', () => undefined);
    return opened;
  };
  return {
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream().write(text, (error) => (error == null ? resolve() : reject(error)));
      }),
  };
}

/**
 * The first signal asks the command to stop where it stands whole; a second one ends the process at once, which is safe
 * too (every write is whole or absent) but says nothing.
 */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  let echoes = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not `once`: where no listener is left, the libraries under conf and inquirer end the process by themselves.
    // First of all, also of a library that was loaded earlier: one that ran before us would not be counted any more.
    process.prependListener(signal, () => {
      if (!controller.signal.aborted) {
        // A library under conf listens too, and then sends the signal to the process once more: that is nobody's second.
        echoes = process.listenerCount(signal) > 1 ? 1 : 0;
        controller.abort(signal);
      } else if (echoes > 0) {
        echoes--;
      } else {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      }
    });
  }
  return controller.signal;
}
