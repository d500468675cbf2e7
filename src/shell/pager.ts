import { spawn } from 'node:child_process';
import type { Context, Output } from './context.ts';

/** Standard output through a program that pages it. */
export interface Pager extends Output {
  /** Resolves when the person has left the program. */
  close(): Promise<void>;
}

/**
 * The program of `GSA_PAGER`, or else of `PAGER`, where standard output is a terminal; an empty `GSA_PAGER` and `cat` page
 * nothing. As `gh` and `git` have it, `less` is told to leave by itself what fits the screen and to keep the colours.
 */
export function pagerOf({ env, stdout }: Context): string | undefined {
  const program = (env['GSA_PAGER'] ?? env['PAGER'] ?? '').trim();
  return stdout.isTTY && env['TERM'] !== 'dumb' && program !== '' && program !== 'cat' ? program : undefined;
}

/** Starts it. Whoever leaves it early has read enough: what is written after that goes nowhere, and is no failure. */
export function openPager(program: string, { env, cwd, stdout }: Context): Pager {
  const child = spawn(program, {
    shell: true,
    cwd,
    env: { ...env, LESS: env['LESS'] ?? 'FRX', LV: env['LV'] ?? '-c' },
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  let isLeft = false;
  void ended.then(() => {
    isLeft = true;
  });
  child.stdin.on('error', () => {
    isLeft = true;
  });
  return {
    isTTY: stdout.isTTY,
    columns: stdout.columns,
    write: (text) =>
      isLeft
        ? Promise.resolve()
        : Promise.race([ended, new Promise<void>((resolve) => child.stdin.write(text, () => resolve()))]),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
