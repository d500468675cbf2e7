import { cutMiddle } from '../core/values/cut-middle.ts';
import { encodeJson, encodeLines, encodeText } from '../output/encode.ts';
import type { ErrorProblem } from '../trouble/error.ts';
import { GsaError, interruption } from '../trouble/error.ts';
import { isSystemError, systemTrouble } from '../trouble/file-trouble.ts';
import { EXIT_CODES } from './exit-codes.ts';

const SHOWN_PROBLEMS = 20;
/** Columns of one message: with both ends of what was typed, which may be a file's worth. */
const LONGEST_MESSAGE = 1_000;

/** What stderr says of a failure, and its exit code: the one function from error to exit code. */
export function describeFailure(
  error: unknown,
  interrupted: AbortSignal,
  how: {
    readonly json: boolean;
    readonly debug: boolean;
    /** What was done all the same, before the failure. */
    readonly wrote?: string | undefined;
    /** The command was one that changes no tenant and no log. */
    readonly changesNothing?: boolean;
  },
): { readonly text: string; readonly exitCode: number } {
  const known = asGsaError(error, interrupted, how);
  if (known === undefined) return { text: bugText(error, how), exitCode: EXIT_CODES.internal };
  return { text: how.json ? jsonText(known) : lineText(known, how.debug), exitCode: EXIT_CODES[known.kind] };
}

/** What is known of the command that failed. */
interface Failed {
  readonly wrote?: string | undefined;
  readonly changesNothing?: boolean;
}

function asGsaError(error: unknown, interrupted: AbortSignal, { wrote, changesNothing }: Failed): GsaError | undefined {
  const known = knownError(error, interrupted, changesNothing === true);
  if (known === undefined || wrote === undefined) return known;
  const { kind, message, hint, problems, stack } = known;
  const said = new GsaError(kind, `${message}; ${wrote}`, { ...(hint === undefined ? {} : { hint }), problems });
  return Object.assign(said, { stack });
}

function knownError(error: unknown, interrupted: AbortSignal, changesNothing: boolean): GsaError | undefined {
  if (error instanceof GsaError) return error;
  if (interrupted.aborted && error === interrupted.reason) {
    const kept = changesNothing
      ? 'before the answer was whole; nothing was changed'
      : 'what was finished is kept whole';
    return interruption(interrupted, `interrupted${changesNothing ? ' ' : '; '}${kept}`);
  }
  if (isSystemError(error)) return systemTrouble(error);
  return undefined;
}

function lineText(error: GsaError, debug: boolean): string {
  const shown = error.problems.slice(0, SHOWN_PROBLEMS);
  const lines = [
    `gsa: ${shortened(error.message)}`,
    ...shown.map(
      (problem) => `  ${encodeText(cutMiddle(placeOf(problem), LONGEST_MESSAGE))}${shortened(problem.message)}`,
    ),
  ];
  if (error.problems.length > shown.length) lines.push(`  … and ${error.problems.length - shown.length} more`);
  if (error.hint !== undefined) lines.push(`hint: ${shortened(error.hint)}`);
  if (debug) lines.push(encodeLines(error.stack ?? ''));
  return `${lines.join('\n')}\n`;
}

/** Cut after it was made visible, because an escape is wider than what it stands for. */
function shortened(text: string): string {
  return cutMiddle(encodeText(text), LONGEST_MESSAGE);
}

function placeOf({ file, line, column, path }: ErrorProblem): string {
  // Without a file the line is one that was typed.
  if (file === undefined && line !== undefined) return column === undefined ? '' : `at character ${column}: `;
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  const place = `${file ?? ''}${position}${path === undefined || path === '' ? '' : `${file === undefined ? '' : ' '}${path}`}`;
  return place === '' ? '' : `${place}: `;
}

function jsonText({ kind, message, hint, problems }: GsaError): string {
  const error = {
    kind,
    message: cutMiddle(message, LONGEST_MESSAGE),
    hint: hint === undefined ? undefined : cutMiddle(hint, LONGEST_MESSAGE),
    problems: problems.map((problem) => ({
      ...problem,
      ...(problem.file === undefined ? {} : { file: cutMiddle(problem.file, LONGEST_MESSAGE) }),
      ...(problem.path === undefined ? {} : { path: cutMiddle(problem.path, LONGEST_MESSAGE) }),
      message: cutMiddle(problem.message, LONGEST_MESSAGE),
    })),
  };
  return `${encodeJson(JSON.stringify({ error }, null, 2))}\n`;
}

function bugText(
  error: unknown,
  { debug, wrote }: { readonly debug: boolean; readonly wrote?: string | undefined },
): string {
  const done = wrote === undefined ? '' : `; ${wrote}`;
  const message = `${error instanceof Error ? error.message : String(error)}${done}`;
  const stack = debug && error instanceof Error ? `${encodeLines(error.stack ?? '')}\n` : '';
  return `gsa: internal error: ${encodeText(message)}\nhint: this is a bug; run it again with --debug and report what it prints\n${stack}`;
}
