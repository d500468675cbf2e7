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
  /** To the process of the terminal itself: `exec` the command in it. */
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

/** A command line of bash on a real pseudo-terminal, 80 columns unless told, with `gsa` on the path. */
export function runOnTerminal(command: string, options: TerminalOptions): Promise<Run> {
  return new Promise((resolve) => {
    let output = '';
    let seen = 0;
    const keys = [...(options.keys ?? [])];
    const terminal = spawn('bash', ['-c', `gsa() { '${NODE}' '${GSA}' "$@"; }; ${command}`], {
      cols: options.columns ?? 80,
      rows: 50,
      cwd: options.cwd,
      env: quietEnvironment(options.home, options.env),
    });
    terminal.onData((data) => {
      output += data;
      const [next] = keys;
      if (next === undefined) return;
      const fresh = output.slice(seen);
      const found = typeof next.after === 'string' ? fresh.includes(next.after) : next.after.test(fresh);
      if (!found) return;
      seen = output.length;
      keys.shift();
      if (next.type !== undefined) terminal.write(next.type);
      if (next.signal !== undefined) terminal.kill(next.signal);
    });
    terminal.onExit(({ exitCode }) => resolve({ output: output.replaceAll('\r\n', '\n'), exitCode }));
  });
}
