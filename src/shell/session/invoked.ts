import type { Context } from '../context.ts';
import type { GlobalOptions, Invoked } from '../session.ts';

/** `fixedNow` is the clock of `--now`. One command line is one transaction. */
export function openInvoked(
  context: Context,
  globals: GlobalOptions,
  fixedNow: string | undefined,
  commandLine: string,
): Invoked {
  const { env, stdin, interrupted, hearing, computing, newId } = context;
  let transactionId: string | undefined;
  const now = () => fixedNow ?? withoutFraction(context.now());
  const sign: Invoked['sign'] = (actor, role) => {
    transactionId ??= newId();
    return { dateTime: now(), actor, role, transactionId, command: commandLine };
  };
  return { globals, env, stdin, interrupted, hearing, computing, newId, now, sign };
}

function withoutFraction(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
