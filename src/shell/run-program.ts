import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { GsaError } from '../trouble/error.ts';
import type { Context } from './context.ts';

/**
 * Runs a program that the user named, with variables beside their own; what it prints goes to stderr, for stdout is ours. Its
 * exit code, as a shell would tell it. Throws GsaError `usage` where there is no such program.
 */
export function runProgram(
  [program = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  { env, cwd, stderr, interrupted }: Context,
): Promise<number> {
  const child = spawn(program, args, { cwd, env: { ...env, ...variables }, stdio: ['inherit', 'pipe', 'pipe'] });
  const stop = () => child.kill('SIGTERM');
  interrupted.addEventListener('abort', stop, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void stderr.write(text).catch(() => undefined));
  }
  return new Promise<number>((resolve, reject) => {
    child.on('error', (cause) => {
      const hint = 'name a program, and give a line of a shell as: sh -c "…"';
      reject(new GsaError('usage', `cannot start \`${program}\``, { hint, cause }));
    });
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  }).finally(() => interrupted.removeEventListener('abort', stop));
}
