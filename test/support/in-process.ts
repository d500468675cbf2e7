import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/main.ts';
import type { Choice, Context, Output, Prompter } from '../../src/shell/context.ts';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json(): Record<string, unknown>;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** A person at the terminal: each answer is the value of a choice, or yes and no, or what is ticked, by a part of its name. */
  readonly answers?: readonly (string | boolean | readonly string[])[];
  readonly now?: string;
  readonly columns?: number;
  /** Aborted as Ctrl-C would. */
  readonly interrupted?: AbortSignal;
  /** Called with what stdout was sent so far. */
  readonly onStdout?: (text: string) => void;
  /** Called with each piece that either stream was sent, as a terminal that shows both would be. */
  readonly onWrite?: (piece: string) => void;
}

/** A folder of its own with a tenant file in it, and `gsa` in this process with a context of the test's. */
export interface Workplace {
  readonly folder: string;
  readonly tenant: string;
  gsa(args: string | readonly string[], options?: CommandOptions): Promise<CommandRun>;
  /** The bytes of the tenant file. */
  bytes(): string;
  /** The questions that were asked, in order. */
  readonly asked: string[];
}

const NOW = '2026-01-15T09:00:00Z';

/** The folder goes with the test; a place that several tests share takes `afterAll` instead. */
export function workplace(cleanUp: (remove: () => void) => void = onTestFinished): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-test-'));
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  const tenant = join(folder, 'tenant.json');
  const asked: string[] = [];
  return {
    folder,
    tenant,
    asked,
    bytes: () => readFileSync(tenant, 'utf8'),
    gsa: async (args, options = {}) => {
      const stdout = collected(options, false, options.onStdout);
      const stderr = collected(options, options.answers !== undefined);
      const argv = typeof args === 'string' ? args.split(' ') : args;
      const exitCode = await main(argv, contextOf(folder, tenant, stdout, stderr, asked, options));
      return { exitCode, stdout: stdout.text(), stderr: stderr.text(), json: () => JSON.parse(stdout.text()) };
    },
  };
}

function contextOf(
  folder: string,
  tenant: string,
  stdout: Output,
  stderr: Output,
  asked: string[],
  options: CommandOptions,
): Context {
  return {
    env: { HOME: folder, GSA_TENANT: tenant, ...options.env },
    cwd: folder,
    stdin: stdinOf(options),
    stdout,
    stderr,
    now: () => new Date(options.now ?? NOW),
    newId: randomUUID,
    interrupted: options.interrupted ?? new AbortController().signal,
    hearing: (work) => work(),
    computing: async (work) => work(),
    confinement: undefined,
    createPrompter: async () => scripted([...(options.answers ?? [])], asked),
  };
}

function stdinOf({ stdin, answers }: CommandOptions): Context['stdin'] {
  const bytes = typeof stdin === 'string' ? new TextEncoder().encode(stdin) : (stdin ?? new Uint8Array());
  return {
    isTTY: answers !== undefined,
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}

function collected(
  { columns, onWrite }: CommandOptions,
  isTTY = false,
  onText: (text: string) => void = () => undefined,
): Output & { text(): string } {
  let text = '';
  return {
    isTTY: isTTY || columns !== undefined,
    columns,
    write: async (more) => {
      text += more;
      onText(text);
      onWrite?.(more);
    },
    text: () => text,
  };
}

function scripted(answers: (string | boolean | readonly string[])[], asked: string[]): Prompter {
  const next = (question: string) => {
    asked.push(question);
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`no answer is scripted for: ${question}`);
    return answer;
  };
  return {
    confirm: async (question) => next(question) === true,
    choose: async <T extends string>(question: string, choices: readonly Choice<T>[]) => {
      const answer = next(question);
      const choice = choices.find(({ value }) => value === answer);
      if (choice === undefined) throw new Error(`${answer} is none of ${choices.map(({ value }) => value).join(', ')}`);
      return choice.value;
    },
    search: async <T extends string>(question: string, find: (typed: string) => readonly Choice<T>[]) => {
      const answer = next(question);
      // Esc in a list.
      if (answer === false) return undefined;
      const [choice] = find(String(answer));
      if (choice === undefined) throw new Error(`nothing is found by ${answer}`);
      return choice.value;
    },
    tick: async <T extends string>(question: string, choices: readonly Choice<T>[]) => {
      const answer = next(question);
      if (!Array.isArray(answer)) throw new Error(`${answer} ticks nothing`);
      return answer.map((part) => {
        const choice = choices.find(({ name }) => name.includes(part));
        if (choice === undefined) throw new Error(`${part} is none of ${choices.map(({ name }) => name).join(', ')}`);
        return choice.value;
      });
    },
  };
}
