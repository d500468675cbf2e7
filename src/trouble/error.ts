/**
 * "The user or the world is wrong": the one error class of the project, thrown outside core only. Everything else that is
 * thrown is a bug. The kind decides the exit code (exit-codes.ts); the message is one lower-case line without a period,
 * with user input in backticks; the hint says what to type.
 */
export type ErrorKind = 'usage' | 'refused' | 'invalid' | 'forbidden' | 'busy' | 'interrupted' | 'terminated';

export interface ErrorProblem {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON Pointer. */
  readonly path?: string;
  readonly message: string;
}

export class GsaError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly problems: readonly ErrorProblem[];

  constructor(
    kind: ErrorKind,
    message: string,
    options: { hint?: string; problems?: readonly ErrorProblem[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GsaError';
    this.kind = kind;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

/** What becomes of a command that a signal stopped: the signal's name is the reason, and decides the kind. */
export function interruption({ reason }: AbortSignal, message: string): GsaError {
  return new GsaError(reason === 'SIGTERM' ? 'terminated' : 'interrupted', message);
}
