import { randomUUID } from 'node:crypto';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { addAbortSignal } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import type { Context, Output } from './context.ts';
import { GsaError } from './error.ts';

/** The real process as a context: streams, clock, ids and signals. Never exits; bin sets the exit code. */
export function processContext(): Context {
  // Records pass through and are forgotten: a nursery that grows with them only takes memory, 300 MB instead of 180.
  setFlagsFromString('--semi-space-growth-factor=1');
  const interrupted = interruptions();
  return {
    env: process.env,
    get cwd() {
      return currentFolder();
    },
    stdin: { isTTY: process.stdin.isTTY === true, [Symbol.asyncIterator]: () => standardInput(interrupted) },
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    now: () => new Date(),
    newId: randomUUID,
    interrupted,
    createPrompter: async () =>
      process.env['TERM'] === 'dumb'
        ? (await import('./line-prompts.ts')).linePrompter(process.stdin, process.stderr, interrupted)
        : (await import('./prompts.ts')).terminalPrompter(process.stdin, process.stderr, interrupted),
  };
}

/** Asked for only when a relative path needs it: a command works in a folder that was deleted under it. */
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

function output(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Output {
  // Without a listener the error of a closed pipe would end the process as a crash; each write reports it instead.
  stream.on('error', () => undefined);
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error == null ? resolve() : reject(error)));
      }),
  };
}

/** Milliseconds in which one signal may come twice: conf brings a library that sends it to the process once more. */
const ECHO = 30;

/**
 * The first signal asks the command to stop where it stands whole; a second one ends the process at once, which is safe
 * too (every write is whole or absent) but says nothing.
 */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not `once`: where no listener is left, the libraries under conf and inquirer end the process by themselves.
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        first = performance.now();
        controller.abort(signal);
      } else if (performance.now() - first > ECHO) {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      }
    });
  }
  return controller.signal;
}
