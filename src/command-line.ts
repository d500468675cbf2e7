import { Command, CommanderError, Help, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { CommandModule } from './commands/command.ts';
import { isoTime, milliseconds } from './commands/options.ts';
import { encodeLines } from './output/encode.ts';
import type { Format, OutputTarget, RenderSettings } from './output/format.ts';
import { FORMATS } from './output/format.ts';
import { queryProblem } from './output/formats/json.ts';
import type { CommandLine } from './program.ts';
import { NOUNS, PROGRAM } from './program.ts';
import type { Context } from './shell/context.ts';
import { GsaError } from './shell/error.ts';
import type { GlobalOptions } from './shell/session.ts';
import { colorLevel, terminalWidth } from './shell/terminal.ts';

/** A command line that was understood: what to run and how to show it. */
export interface Invocation {
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
export async function parseCommandLine(argv: readonly string[], context: Context): Promise<Invocation | undefined> {
  const said = { out: '', err: '' };
  const program = newProgram(said, terminalWidth(context));
  const typed = typedCommand(argv);
  let invocation: Invocation | undefined;
  for (const { heading, commands } of PROGRAM) {
    for (const line of commands) {
      const command = addCommand(program, line, heading);
      if (line !== typed) continue;
      const { command: module } = await line.load();
      module.declare(command);
      command.action(() => {
        invocation = invocationOf(command, module, context);
      });
    }
  }
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const answered = error.exitCode === 0 || error.code === 'commander.help';
    if (!answered) throw usageError(error);
  }
  if (invocation === undefined) await context.stdout.write(said.out + said.err);
  return invocation;
}

function newProgram(said: { out: string; err: string }, width: number): Command {
  const program = new Command('gsa')
    .description(
      'Know who is locked out before source IP restoration is switched: a local, simulated Microsoft Entra tenant that ' +
        'evaluates Conditional Access with signaling on and off.',
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpCommand('help [command...]', 'show the help of a command')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, formatHelp: commandsFirst })
    .configureOutput({
      writeOut: (text) => {
        said.out += encodeLines(text);
      },
      writeErr: (text) => {
        said.err += encodeLines(text);
      },
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(width, 120),
      getErrHelpWidth: () => Math.min(width, 120),
      getOutHasColors: () => false,
    });
  for (const option of globalOptions()) program.addOption(option);
  return program;
}

/** The commands are what a newcomer looks for: they come before the options that every command shares. */
function commandsFirst(command: Command, help: Help): string {
  const sections = Help.prototype.formatHelp.call(help, command, help).trimEnd().split('\n\n');
  const shared = sections.filter((section) => /^(Options|Global options):/i.test(section));
  if (command.commands.length === 0) return `${sections.join('\n\n')}\n`;
  return `${[...sections.filter((section) => !shared.includes(section)), ...shared].join('\n\n')}\n`;
}

function globalOptions(): readonly Option[] {
  return [
    new Option('-t, --tenant <file>', 'the tenant file (else GSA_TENANT)'),
    new Option('-o, --output <format[:file]>', `how to show the result; may be given several times`).argParser(
      outputTarget,
    ),
    new Option('--query <jmespath>', 'select from the JSON of the result').argParser(jmespath),
    new Option('--as <userPrincipalName>', 'the administrator who acts (else GSA_AS)'),
    new Option('-y, --yes', 'answer confirmations with yes'),
    new Option('--no-input', 'never ask; refuse instead'),
    new Option('--now <time>', 'a fixed clock, ISO 8601 with a zone (else GSA_NOW)').argParser(isoTime),
    new Option('--lock-timeout <duration>', 'how long to wait for another process')
      .argParser(milliseconds)
      .default(10_000, '10s'),
    new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'),
    new Option('-q, --quiet', 'no talk on stderr'),
    new Option('--verbose', 'more talk on stderr'),
    new Option('--debug', 'a stack trace with every error'),
  ].map((option) => option.helpGroup('Global options:'));
}

function jmespath(text: string): string {
  const problem = queryProblem(text);
  if (problem === undefined) return text;
  throw new GsaError('usage', `\`${text}\` is not JMESPath: ${problem}`, { hint: 'such as value[].displayName' });
}

function outputTarget(text: string, previous: readonly OutputTarget[] | undefined): readonly OutputTarget[] {
  const [name = '', ...rest] = text.split(':');
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) {
    throw new GsaError('usage', `unknown output format \`${name}\``, { hint: `one of: ${FORMATS.join(', ')}` });
  }
  if (rest.length > 0 && rest.join(':') === '') {
    throw new GsaError('usage', `\`--output ${text}\` names no file`, {
      hint: `write ${name}:<file>, or ${name} alone`,
    });
  }
  const target: OutputTarget = { format, destination: rest.length === 0 ? undefined : rest.join(':') };
  return [...(previous ?? []), target];
}

/** Adds a command under its noun, which is made with its first verb. */
function addCommand(program: Command, line: CommandLine, heading: string): Command {
  const [first = '', ...verbs] = line.words.split(' ');
  if (verbs.length === 0 && NOUNS[first] === undefined) {
    return program.command(first).summary(line.summary).description(line.summary).helpGroup(heading);
  }
  const noun =
    program.commands.find((command) => command.name() === first) ??
    program
      .command(first)
      .description(NOUNS[first] ?? '')
      .helpGroup(heading);
  return noun.command(verbs.join(' ')).summary(line.summary).description(line.summary);
}

const WITH_VALUE = new Set([
  '-t',
  '--tenant',
  '-o',
  '--output',
  '--query',
  '--as',
  '--now',
  '--lock-timeout',
  '--color',
]);

/** Guesses the command from the words, so that only its file is loaded; commander then has the last word. */
function typedCommand(argv: readonly string[]): CommandLine | undefined {
  const words: string[] = [];
  for (let at = 0; at < argv.length && words.length < 4; at++) {
    const word = argv[at] ?? '';
    if (WITH_VALUE.has(word)) at++;
    else if (!word.startsWith('-')) words.push(word);
  }
  if (words[0] === 'help') words.shift();
  const lines = PROGRAM.flatMap((group) => group.commands);
  return (
    lines.find(({ words: known }) => known === words.slice(0, 2).join(' ')) ??
    lines.find(({ words: known }) => known === words[0])
  );
}

interface ParsedGlobals {
  readonly tenant?: string;
  readonly output?: readonly OutputTarget[];
  readonly query?: string;
  readonly as?: string;
  readonly yes?: true;
  readonly input: boolean;
  readonly now?: string;
  readonly lockTimeout: number;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: true;
  readonly verbose?: true;
  readonly debug?: true;
}

function invocationOf(command: Command, module: CommandModule, context: Context): Invocation {
  const globals: ParsedGlobals = command.optsWithGlobals();
  const outputs = globals.output ?? [{ format: 'table', destination: undefined } satisfies OutputTarget];
  // Not by commander's own `env`: that asks the process, and a test has a context of its own. Empty means not set.
  const fromEnvironment = (name: string) => context.env[name] || undefined;
  const offered: readonly Format[] = ['table', 'json', ...module.formats];
  for (const { format } of outputs) {
    if (!offered.includes(format)) {
      throw new GsaError('usage', `this command has no output format \`${format}\``, {
        hint: `one of: ${offered.join(', ')}`,
      });
    }
  }
  return {
    module,
    args: command.processedArgs,
    options: command.opts(),
    globals: {
      tenant: globals.tenant ?? fromEnvironment('GSA_TENANT'),
      as: globals.as ?? fromEnvironment('GSA_AS'),
      yes: globals.yes === true,
      input: globals.input,
      quiet: globals.quiet === true,
      verbose: globals.verbose === true,
      debug: globals.debug === true,
      lockTimeoutMs: globals.lockTimeout,
    },
    now: globals.now ?? fixedClock(fromEnvironment('GSA_NOW')),
    outputs,
    settings: {
      terminal: context.stdout.isTTY,
      width: terminalWidth(context),
      color: colorLevel(globals.color, context),
      query: globals.query,
    },
  };
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

/** commander's own message without its prefix; its "did you mean" becomes the hint. */
function usageError(error: CommanderError): GsaError {
  const [message = '', ...rest] = error.message
    .replace(/^error: /, '')
    .replaceAll("'", '`')
    .split('\n');
  const suggestion = /\(Did you mean (.+)\?\)/.exec(rest.join(' '))?.[1];
  const hint = suggestion === undefined ? 'see `gsa --help`' : `did you mean ${suggestion}?`;
  return new GsaError('usage', message, { hint });
}
