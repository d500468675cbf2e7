import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';

export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The folder of shared test input beside the project; absent on most machines. */
export const SHARED = join(dirname(PROJECT), 'shared');
const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = join(PROJECT, 'bin/gsa.js');

export interface Run {
  /** What the screen was sent, `\r\n` made `\n`. */
  readonly output: string;
  readonly exitCode: number;
}

export interface TerminalOptions {
  readonly cwd: string;
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** Typed, or a signal sent, one after another, each once the text before it has appeared. */
  readonly keys?: readonly Key[];
}

export interface Key {
  readonly after: string | RegExp;
  readonly type?: string;
  /** To the command; the shell that waits for it takes no notice. */
  readonly signal?: 'SIGTERM' | 'SIGHUP';
}

/** The environment in which `gsa` is the built binary, time stands still and nothing of the machine shines through. */
export function quietEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: [join(home, 'bin'), dirname(NODE), process.env['PATH'] ?? ''].join(delimiter),
    HOME: home,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
    NO_COLOR: '1',
    GSA_NOW: '2026-01-15T09:00:00Z',
    ...more,
  };
}

/** What the shell says when the command is done, with its exit code; no terminal shows it. */
const [DONE_BEGINS, DONE_ENDS] = ['\u001b]gsa-done;', '\u0007'];

/**
 * The shell stays until it is killed, as the terminal throws away what nobody has read 200 ms after its process has ended: on
 * a busy machine that was the end of the output.
 */
const SHELL = `
done_with() { printf '\\033]gsa-done;%d\\007' "$?"; exec cat >/dev/null; }
trap done_with EXIT
trap : INT TERM HUP
gsa() { '${NODE}' '${GSA}' "$@"; }
`;

/** A command line of bash on a real pseudo-terminal, 80 columns unless told, with `gsa` on the path. */
export function runOnTerminal(command: string, options: TerminalOptions): Promise<Run> {
  return new Promise((resolve) => {
    let output = '';
    let seen = 0;
    const keys = [...(options.keys ?? [])];
    const terminal = spawn('bash', ['-c', `${SHELL}${command}`], {
      cols: options.columns ?? 80,
      rows: 50,
      cwd: options.cwd,
      env: quietEnvironment(options.home, options.env),
    });
    terminal.onData((data) => {
      output += data;
      if (doneIn(output) !== undefined) terminal.kill('SIGKILL');
      const [next] = keys;
      if (next === undefined) return;
      const fresh = output.slice(seen);
      const found = typeof next.after === 'string' ? fresh.includes(next.after) : next.after.test(fresh);
      if (!found) return;
      seen = output.length;
      keys.shift();
      if (next.type !== undefined) terminal.write(next.type);
      if (next.signal !== undefined) process.kill(-terminal.pid, next.signal);
    });
    terminal.onExit(({ exitCode }) => {
      const done = doneIn(output) ?? { output, exitCode };
      resolve({ ...done, output: done.output.replaceAll('\r\n', '\n') });
    });
  });
}

/** What came before the shell said that the command is done, and the exit code that it said; `undefined`: not yet. */
function doneIn(output: string): Run | undefined {
  const begins = output.lastIndexOf(DONE_BEGINS);
  const ends = output.indexOf(DONE_ENDS, begins);
  if (begins === -1 || ends === -1) return undefined;
  return { output: output.slice(0, begins), exitCode: Number(output.slice(begins + DONE_BEGINS.length, ends)) };
}
