import type { Confinement } from './confinement.ts';

/** The process as `main` sees it. A test passes its own: the same command runs without a terminal, a clock or a disk of ours. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
  /** Aborted by SIGINT or SIGTERM that were heard; `reason` is the signal's name. */
  readonly interrupted: AbortSignal;
  /** Until the work is done, signals are heard; at any other time they end the process at once. */
  readonly hearing: <T>(work: () => Promise<T>) => Promise<T>;
  /** A computation that may be long: signals end the process, whoever hears them otherwise. */
  readonly computing: <T>(work: () => T) => Promise<T>;
  /** Set where a file asked for the command: what it may read and write. */
  readonly confinement: Confinement | undefined;
  /** Asks on the terminal; tests bring scripted answers. */
  readonly createPrompter: () => Promise<Prompter>;
}

export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
}

export interface Output {
  readonly isTTY: boolean;
  /** Columns, when the terminal says. */
  readonly columns: number | undefined;
  /** Resolves when the text was taken. Rejects with the system's error (`EPIPE`, `ENOSPC` …). */
  write(text: string): Promise<void>;
}

/** Questions to a person. Every answer is typed or chosen on a terminal; there is no default that changes anything. */
export interface Prompter {
  confirm(question: string): Promise<boolean>;
  choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  /**
   * One of what `find` has for what was typed so far; `first` stands under the cursor where it is among it. `undefined`: the list was
   * left, which is no interruption where the question was only where to look.
   */
  search<T extends string>(
    question: string,
    find: (typed: string) => readonly Choice<T>[],
    first?: T,
  ): Promise<T | undefined>;
  /** Any number of the choices, none of them ticked beforehand. */
  tick<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<readonly T[]>;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly name: string;
  readonly description?: string;
}
