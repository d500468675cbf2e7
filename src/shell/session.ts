import type { Tenant } from '../core/tenant/tenant.ts';
import type { Report } from '../output/report.ts';
import type { Diagnosis } from '../output/reports/doctor.ts';
import type { DeniedAttempt } from '../store/audit/denied.ts';
import type { ConfigFile } from '../store/config/file.ts';
import type { AuditJournal, KnownTenant, Rewriting, Signature, SignInLog, TenantStore } from '../store/types.ts';
import type { Input, Prompter } from './context.ts';
import type { Step } from './pace.ts';
import type { ProgramDescription } from './program-description.ts';
import type { Rehearsal, Stage } from './rehearse.ts';
import type { KeptFile } from './write-report.ts';

/** Options that every command takes; values are already checked. */
export interface GlobalOptions {
  readonly tenant: string | undefined;
  readonly as: string | undefined;
  readonly yes: boolean;
  /** False after `--no-input`: never ask. */
  readonly input: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly timing: boolean;
  /** False after `--no-pager`. */
  readonly pages: boolean;
  readonly lockTimeoutMs: number;
}

/** Who acts, when, and how the command was started. */
export interface Invoked {
  readonly globals: GlobalOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly interrupted: AbortSignal;
  /** Until the work is done, SIGINT and SIGTERM abort `interrupted`; at any other time they end the process at once. */
  hearing<T>(work: () => Promise<T>): Promise<T>;
  /** A computation that may be long: signals end the process, whoever hears them otherwise. */
  computing<T>(work: () => T): Promise<T>;
  /** RFC 3339 in UTC: the fixed clock of `--now`, else the real one. */
  now(): string;
  newId(): string;
  /** The signature of a change: who made it, when, and by which command line. */
  sign(actor: string, role: string): Signature;
}

/** Who tried something that is not this command line, and what. */
export interface DeniedBy {
  readonly by: string;
  readonly command: string;
}

/** What is kept of tenants. A store opens when it is first asked for, so that a command pays only for what it needs. */
export interface Stores {
  tenants(): TenantStore;
  /** The store of another tenant file, such as the one `impact --against` names. */
  tenantsAt(path: string): TenantStore;
  /** The tenant in the text of a tenant file that is not on the disk; the name is only told. Throws GsaError `invalid`. */
  tenantIn(text: string, name: string): Tenant;
  journal(): AuditJournal;
  /** Attempts that were denied for lack of a right, oldest first. */
  denied(): Promise<readonly DeniedAttempt[]>;
  /** Keeps that somebody tried something without the right to it: whoever acts this command line, unless others are named. */
  keepDenied(reason: string, attempt?: DeniedBy): Promise<void>;
  /** What a write found to be done to the tenant's files by others than gsa. */
  notices(): readonly string[];
  /** What the sign-in log knows of the tenant file as it lies there now; `undefined`: nothing, and the file is to be read. */
  knownToLog(): Promise<KnownTenant | undefined>;
  /** The sign-in log; `rewriting` makes its records where they are looked at. */
  signIns(rewriting: Rewriting): Promise<SignInLog>;
  /**
   * What is wrong with the sign-in log, and what writes to it have found to be done to it by others. Nothing is opened where there
   * is none.
   */
  checkLog(): Promise<{ readonly problems: readonly string[]; readonly found: readonly string[] }>;
  /** The user's settings. Throws GsaError `invalid` where there is no home folder, and where a file asked for the command. */
  config(): ConfigFile;
  /** Files of the tenant, and the folder of its backups: nothing else may be put in their place. */
  ownFiles(): readonly KeptFile[];
}

/** Talk with a person, on stderr and the terminal. */
export interface Talk {
  /** Undefined where nothing may be asked: no terminal, `--no-input`, `--yes`. */
  prompter(): Promise<Prompter | undefined>;
  /** Shows a report on stderr, before a question about it. */
  present(report: Report): Promise<void>;
  /** Talk on stderr; silent with `--quiet`. */
  say(line: string): Promise<void>;
  /** Talk that replaces itself on a terminal; nothing elsewhere. */
  progress(line: string): void;
  /** The same for long work, with its rate and the time that is left: so many of it were done, a share of all if that is known. */
  advance(step: Step): void;
  /** Tells `--timing` how much was worked through. */
  counted(count: number, what: string): void;
}

/** Files that the user names. */
export interface NamedFiles {
  /** A path as people like to read it: `~` for the home folder. */
  shownPath(path: string): string;
  /** A path as the user typed it, made absolute. */
  path(path: string): string;
  /** A path to read, as the user typed it; absolute where the command stands in another folder than this process. */
  toRead(path: string): string;
  /** Throws GsaError `invalid` where a path, or a link at or below it, leads out of the folder. */
  checkInside(folder: string, path: string): Promise<void>;
  /** Writes a file whole or not at all, making its folder; what is no file is written through. */
  writeFile(path: string, text: string | AsyncIterable<string>): Promise<void>;
}

/** What goes on beside the command: programs, files that change, time. */
export interface Surroundings {
  /** The command tree; with the words of a command line, the options of the command that they name and of no other. */
  program(words?: readonly string[]): Promise<ProgramDescription>;
  /** What a bug report has to say of the machine, and of the files of the tenant. */
  diagnose(variables: readonly string[]): Promise<Diagnosis>;
  /** Runs a program that the user named, with variables beside their own, and returns its exit code; it prints to stderr. */
  runProgram(words: readonly string[], variables: Readonly<Record<string, string>>): Promise<number>;
  /** Runs a command of ours on a copy of a tenant, without a terminal and with a fixed clock. */
  rehearse(argv: readonly string[], stage: Stage): Promise<Rehearsal>;
  /**
   * Absolute paths that changed in and below these folders (of a file: its folder), step by step until the interruption; first
   * of all an empty step, from which on nothing is missed.
   */
  watch(paths: readonly string[]): AsyncIterable<readonly string[]>;
  /** Makes a folder that whoever asks for it removes; where that one is killed, the next process of gsa does. */
  temporaryFolder(purpose: 'serve' | 'duckdb'): Promise<string>;
  /** Waits so many milliseconds, or until somebody interrupts. */
  pause(milliseconds: number): Promise<void>;
  /** Resolves when somebody interrupts. */
  untilInterrupted(): Promise<void>;
}

/**
 * Everything a command may use of the outside. A command gets all of it, for nothing of it is opened before it is asked for;
 * what several commands share asks for the parts that it needs and no more.
 */
export interface Session extends Invoked, Stores, Talk, NamedFiles, Surroundings {
  /** Closes what was opened. */
  close(): void;
}
