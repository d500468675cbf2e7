import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { checkHelpOf, helpHint, withHelp } from './asked-help.ts';
import { addCommand, declareCommand, newProgram, typedCommand } from './command-tree.ts';
import type { CommandModule } from './commands/command.ts';
import { isoTime, milliseconds } from './commands/options.ts';
import { nearChoice, refusedText } from './commands/refused-value.ts';
import { nearCommand } from './near-command.ts';
import type { OutputTarget } from './output/format.ts';
import { FORMAT_NAMES, FORMATS } from './output/format.ts';
import type { RenderSettings } from './output/render-settings.ts';
import { PROGRAM } from './program.ts';
import { configuredIn } from './shell/configured.ts';
import type { Context } from './shell/context.ts';
import type { GlobalOptions } from './shell/session.ts';
import { colorLevel, saysWidth, terminalWidth } from './shell/terminal.ts';
import { GsaError } from './trouble/error.ts';
import { shellWord } from './trouble/shell-word.ts';

/** A command line that was understood: what to run and how to show it. */
export interface Invocation {
  /** The words that name the command, such as `policy list`. */
  readonly words: string;
  readonly module: CommandModule;
  readonly args: readonly unknown[];
  readonly options: object;
  readonly globals: GlobalOptions;
  /** The fixed clock of `--now`. */
  readonly now: string | undefined;
  readonly outputs: readonly OutputTarget[];
  readonly settings: RenderSettings;
}

/**
 * Understands the words, or answers them: help and version go to stdout and there is no invocation. Throws the error kind
 * `usage` for everything that is wrong with them.
 */
export async function parseCommandLine(words: readonly string[], context: Context): Promise<Invocation | undefined> {
  const argv = withHelp(words);
  const said = { out: '', err: '' };
  const program = newProgram(said, terminalWidth(context));
  const typed = typedCommand(argv);
  let invocation: Invocation | undefined;
  const noun = typed?.words.split(' ', 1)[0];
  for (const { heading, commands } of PROGRAM) {
    for (const line of commands) {
      // What goes by another first word can neither be meant nor be named in a help or an error.
      if (noun !== undefined && line.words.split(' ', 1)[0] !== noun) continue;
      const command = addCommand(program, line, heading);
      if (line !== typed) continue;
      const { command: module } = await line.load();
      const choosesColumns = declareCommand(command, module);
      if (command.registeredArguments.length === 0) checkHelpOf(line, argv);
      command.action(() => {
        invocation = { words: line.words, ...invocationOf(command, module, context, choosesColumns) };
      });
    }
  }
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const answered = error.exitCode === 0 || error.code === 'commander.help';
    if (!answered) throw usageError(error, argv);
  }
  if (invocation === undefined) await context.stdout.write(said.out + said.err);
  else if (invocation.settings.query !== undefined) await checkQuery(invocation.settings.query);
  return invocation;
}

/** Checks `--query` after all other words, because the language is loaded only where somebody uses it. */
async function checkQuery(text: string): Promise<void> {
  const { refusedQuery } = await import('./output/formats/refused-query.ts');
  const refused = refusedQuery(text);
  if (refused === undefined) return;
  const { message, problems } = refused;
  throw new GsaError('usage', message, { hint: 'such as value[].displayName', problems });
}

interface ParsedGlobals {
  readonly tenant?: string;
  readonly output?: readonly OutputTarget[];
  readonly query?: string;
  readonly columns?: readonly string[];
  readonly headers: boolean;
  readonly pager: boolean;
  readonly as?: string;
  readonly yes?: true;
  readonly input: boolean;
  readonly now?: string;
  readonly lockTimeout: number;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: true;
  readonly debug?: true;
  readonly timing?: true;
}

function invocationOf(
  command: Command,
  module: CommandModule,
  context: Context,
  choosesColumns: boolean,
): Omit<Invocation, 'words'> {
  const globals: ParsedGlobals = command.optsWithGlobals();
  const outputs = globals.output ?? [defaultTarget(globals)];
  // Not by commander's own `env`: that asks the process, and a test has a context of its own. Empty means not set.
  const fromEnvironment = (name: string) => context.env[name] || undefined;
  refuseFormats(outputs, globals.query, module);
  const configured = configuredIn(context, module.worksWithoutConfig);
  const options = command.opts();
  checkDestinations(outputs, module.goesOnWith, options);
  return {
    module,
    args: command.processedArgs,
    options,
    globals: {
      tenant: configured.tenantFile(globals.tenant ?? fromEnvironment('GSA_TENANT')),
      as: globals.as ?? fromEnvironment('GSA_AS') ?? configured.as,
      yes: globals.yes === true,
      input: globals.input,
      quiet: globals.quiet === true,
      debug: globals.debug === true,
      timing: globals.timing === true,
      pages: globals.pager,
      lockTimeoutMs: lockTimeoutOf(command, globals.lockTimeout, configured.lockTimeout),
    },
    now: globals.now ?? fixedClock(fromEnvironment('GSA_NOW')),
    outputs,
    settings: settingsOf(globals, context, choosesColumns),
  };
}

/** Formats that show what `--query` selects of any report; the others need one of their own kind. */
const SELECTING = FORMAT_NAMES.filter((name) => FORMATS[name].query === true && FORMATS[name].for !== 'named');

function refuseFormats(
  outputs: readonly OutputTarget[],
  query: string | undefined,
  { formats }: Pick<CommandModule, 'formats'>,
): void {
  // What a query selects is data of any shape, whatever the command shows without one.
  const offered = query === undefined ? formats : [...new Set([...formats, ...SELECTING])];
  const missing = outputs.find(({ format }) => !offered.includes(format));
  if (missing !== undefined) {
    throw new GsaError('usage', `this command has no output format \`${missing.format}\``, {
      hint: `one of: ${offered.join(', ')}`,
    });
  }
  const silent = query === undefined ? undefined : outputs.find(({ format }) => FORMATS[format].query !== true);
  if (silent === undefined) return;
  throw new GsaError('usage', `--query selects from data, which \`-o ${silent.format}\` is not`, {
    hint: `one of: ${offered.filter((name) => FORMATS[name].query === true).join(', ')}`,
  });
}

function settingsOf(globals: ParsedGlobals, context: Context, choosesColumns: boolean): Invocation['settings'] {
  const aligned = globals.output?.some(({ format }) => format === 'table') === true;
  return {
    // A table that is asked for by name fits what COLUMNS says where there is no terminal to say it.
    terminal: context.stdout.isTTY || (aligned && saysWidth(context)),
    width: terminalWidth(context),
    color: colorLevel(globals.color, context),
    query: globals.query,
    aligned,
    columns: choosesColumns ? globals.columns : undefined,
    headers: globals.headers,
  };
}

/** `--lock-timeout`, else the user's setting, else the default. */
function lockTimeoutOf(command: Command, given: number, configured: string | undefined): number {
  if (configured === undefined || command.getOptionValueSourceWithGlobals('lockTimeout') !== 'default') return given;
  try {
    return milliseconds(configured);
  } catch (error) {
    throw new GsaError('invalid', `the setting lock-timeout is \`${configured}\`, which is no duration`, {
      hint: 'set another: gsa config set lock-timeout 30s',
      cause: error,
    });
  }
}

/** What a query selects is data; all else is shown to a person. */
function defaultTarget({ query }: ParsedGlobals): OutputTarget {
  return { format: query === undefined ? 'table' : 'json', destination: undefined };
}

/** A file is written whole; what goes on has no end, so there is no moment to write it. */
function checkDestinations(
  outputs: readonly OutputTarget[],
  goesOnWith: string | undefined,
  options: Readonly<Record<string, unknown>>,
): void {
  if (goesOnWith === undefined || options[goesOnWith] !== true) return;
  const target = outputs.find(({ destination }) => destination !== undefined);
  if (target === undefined) return;
  throw new GsaError('usage', `\`--${goesOnWith}\` goes on to stdout and cannot write a file`, {
    hint: `give \`-o ${target.format}\` alone and redirect it: > ${shellWord(target.destination ?? '')}`,
  });
}

function fixedClock(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return isoTime(text);
  } catch (error) {
    throw new GsaError('usage', `GSA_NOW is \`${text}\`, which is not a time`, {
      hint: error instanceof Error ? error.message : '',
      cause: error,
    });
  }
}

/** commander's own message; its "did you mean" becomes the hint. */
function usageError(error: CommanderError, argv: readonly string[]): GsaError {
  const message = refusedText(error);
  const suggestion = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1] ?? nearChoice(message);
  if (error.code === 'commander.unknownCommand') {
    return new GsaError('usage', message, { hint: nearCommand(argv) ?? helpHint(argv) });
  }
  const hint = suggestion === undefined ? helpHint(argv) : `did you mean ${suggestion}?`;
  return new GsaError('usage', message, { hint });
}
