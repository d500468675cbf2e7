import { Command, Help, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { CommandModule } from './commands/command.ts';
import { EXAMPLES, examples } from './commands/examples.ts';
import { isoTime, list, milliseconds } from './commands/options.ts';
import { encodeLines } from './output/encode.ts';
import type { OutputTarget } from './output/format.ts';
import { FORMAT_NAMES } from './output/format.ts';
import { wrapTalk } from './output/wrap-talk.ts';
import type { CommandLine } from './program.ts';
import { NOUN_EXAMPLES, NOUNS, PROGRAM } from './program.ts';
import type { OptionDescription, ProgramDescription } from './shell/program-description.ts';
import { meaningOf } from './shell/program-description.ts';
import { GsaError } from './trouble/error.ts';

/** The program without its commands; what commander would print is collected in `said`. */
export function newProgram(said: { out: string; err: string }, width: number): Command {
  const program = new Command('gsa')
    .description(
      'Know who is locked out before source IP restoration is switched: a local, simulated Microsoft Entra tenant that ' +
        'evaluates Conditional Access with signaling on and off.',
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpCommand('help [command...]', 'show the help of a command')
    .addHelpText('after', topics(width))
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      formatHelp: commandsFirst,
      formatItem: itemInRoom,
      optionDescription: (option) => meaningOf(describeOption(option)),
      argumentDescription: ({ description, argChoices = [] }) =>
        meaningOf({ description, choices: argChoices, defaultText: undefined }),
      styleTitle: (title) => (title === 'Global Options:' ? 'Global options:' : title),
      minWidthToWrap: 20,
    })
    .configureOutput({
      writeOut: (text) => {
        // Examples are typed as they stand.
        said.out += encodeLines(text.startsWith(EXAMPLES) ? text : wrapTalk(text, width));
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
  refuseRepeated(program);
  return program;
}

function topics(width: number): string {
  const commands = ['exit-codes', 'environment', 'formats'].map((topic) => `gsa help ${topic}`);
  const line = `Topics: ${commands.join(', ')}`;
  return `\n${line.length <= width ? line : ['Topics:', ...commands].join('\n  ')}`;
}

/** A term with its description beside it, or below it where that would be a sliver. */
function itemInRoom(this: Help, term: string, termWidth: number, description: string, help: Help): string {
  const width = this.helpWidth ?? 80;
  if (description === '' || width - termWidth - 4 >= LEAST_DESCRIPTION)
    return Help.prototype.formatItem.call(this, term, termWidth, description, help);
  const below = help.boxWrap(description, Math.max(width - DESCRIPTION_BELOW.length, help.minWidthToWrap));
  return `  ${term}\n${below.replace(/^/gm, DESCRIPTION_BELOW)}`;
}

const LEAST_DESCRIPTION = 24;
const DESCRIPTION_BELOW = '      ';

/** The commands are what a newcomer looks for: they come before the options that every command shares. */
function commandsFirst(command: Command, help: Help): string {
  const sections = Help.prototype.formatHelp.call(help, command, help).trimEnd().split('\n\n');
  const shared = sections.filter((section) => /^(Options|Global options):/i.test(section));
  if (command.commands.length === 0) return `${sections.join('\n\n')}\n`;
  return `${[...sections.filter((section) => !shared.includes(section)), ...shared].join('\n\n')}\n`;
}

function globalOptions(): readonly Option[] {
  return [
    new Option('-t, --tenant <file>', 'the tenant file, or a name of `gsa config` (else GSA_TENANT)'),
    new Option(
      '-o, --output <format[:file]>',
      'how to show the result, and the file to write it to (its folder is made; - is stdout); may be given several times',
    ).argParser(outputTarget),
    new Option(
      '--query <jmespath>',
      'select from the JSON of the result; -o shows that as json, yaml, ndjson, csv, tsv, table or markdown, on any command',
    ),
    new Option('--no-headers', 'tables without their first line'),
    new Option('--no-pager', 'straight to the terminal, whatever GSA_PAGER and PAGER say'),
    new Option('--as <userPrincipalName>', 'the administrator who acts (else GSA_AS)'),
    new Option('-y, --yes', 'answer confirmations with yes'),
    new Option('--no-input', 'never ask; refuse instead'),
    new Option('--now <time>', 'a fixed clock, ISO 8601 with a zone (else GSA_NOW)').argParser(isoTime),
    new Option('--lock-timeout <duration>', 'how long to wait for another process')
      .argParser(milliseconds)
      .default(10_000, '10s'),
    new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'),
    new Option('-q, --quiet', 'no talk on stderr'),
    new Option('--debug', 'a stack trace with every error'),
    new Option('--timing', 'say on stderr how long each stage took, how fast it read, and how much memory it had'),
  ].map((option) => option.helpGroup('Global options:'));
}

function outputTarget(text: string, previous: readonly OutputTarget[] | undefined): readonly OutputTarget[] {
  const [name = '', ...rest] = text.split(':');
  const format = FORMAT_NAMES.find((known) => known === name);
  if (format === undefined) {
    throw new GsaError('usage', `unknown output format \`${name}\``, { hint: `one of: ${FORMAT_NAMES.join(', ')}` });
  }
  if (rest.length > 0 && rest.join(':') === '') {
    throw new GsaError('usage', `\`--output ${text}\` names no file`, {
      hint: `write ${name}:<file>, or ${name} alone`,
    });
  }
  const file = rest.join(':');
  const target: OutputTarget = { format, destination: file === '' || file === '-' ? undefined : file };
  return [...(previous ?? []), target];
}

/**
 * Declares what a command takes, and for one that lists which columns are shown, unless it has a choice of its own. Gives
 * whether the columns are chosen from the view.
 */
export function declareCommand(command: Command, module: CommandModule): boolean {
  module.declare(command);
  refuseRepeated(command);
  const isOwn = command.options.some(({ long }) => long === '--columns');
  if (isOwn || !module.formats.includes('csv')) return false;
  command.option('--columns <headers>', 'columns of the table, by the beginning of their headers', list);
  return true;
}

/** An option whose second value takes the place of the first would lose it silently: it is refused. Those that collect are not. */
function refuseRepeated(command: Command): void {
  for (const option of command.options) {
    if (!(option.required || option.optional)) continue;
    let before: unknown;
    command.on(`option:${option.name()}`, () => {
      const value: unknown = command.getOptionValue(option.attributeName());
      if (before !== undefined && !holdsAll(value, before)) {
        throw new GsaError('usage', `\`${option.long}\` is given twice, and takes one value`, { hint: 'give it once' });
      }
      before = value;
    });
  }
}

function holdsAll(value: unknown, before: unknown): boolean {
  return Array.isArray(value) && Array.isArray(before) && before.every((each) => value.includes(each));
}

/** Adds a command under its noun, which is made with its first verb. */
export function addCommand(program: Command, line: CommandLine, heading: string): Command {
  const [first = '', ...verbs] = line.words.split(' ');
  if (verbs.length === 0 && NOUNS[first] === undefined) {
    return program
      .command(first, { hidden: line.hidden === true })
      .summary(line.summary)
      .description(line.summary)
      .helpGroup(heading);
  }
  const noun =
    program.commands.find((command) => command.name() === first) ??
    program
      .command(first)
      .description(NOUNS[first] ?? '')
      .addHelpText('after', examples(...(NOUN_EXAMPLES[first] ?? [])))
      .helpGroup(heading);
  return noun.command(verbs.join(' ')).summary(line.summary).description(line.summary);
}

/** Made once: the words of one command line are looked at several times. */
let globalsByFlag: ReadonlyMap<string | undefined, Option> | undefined;

/**
 * The words that may name a command, and where they stand. An option of the command itself ends them: what follows is a
 * value (`gsa test --run generate`).
 */
export function commandWords(argv: readonly string[]): readonly { readonly word: string; readonly at: number }[] {
  globalsByFlag ??= new Map(
    globalOptions().flatMap((option) => [[option.long, option] as const, [option.short, option]]),
  );
  const globals = globalsByFlag;
  const words: { word: string; at: number }[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (globals.get(word)?.required === true) at++;
    else if (!word.startsWith('-')) words.push({ word, at });
    else if (words.length > 0 && !globals.has(word.split('=', 1)[0])) break;
  }
  return words;
}

/** Guesses the command from the words, so that only its file is loaded; commander then has the last word. */
export function typedCommand(argv: readonly string[]): CommandLine | undefined {
  const words = commandWords(argv).map(({ word }) => word);
  if (words[0] === 'help') words.shift();
  const lines = PROGRAM.flatMap((group) => group.commands);
  return (
    lines.find(({ words: known }) => known === words.slice(0, 2).join(' ')) ??
    lines.find(({ words: known }) => known === words[0])
  );
}

/** The command tree as data. With the words of a command line, the options of the command that they name and of no other. */
export async function describeProgram(words?: readonly string[]): Promise<ProgramDescription> {
  const only = words === undefined ? undefined : typedCommand(words);
  const program = newProgram({ out: '', err: '' }, 80);
  const commands: ProgramDescription['commands'][number][] = [];
  for (const { heading, commands: lines } of PROGRAM) {
    for (const line of lines.filter((each) => each.hidden !== true)) {
      const command = addCommand(program, line, heading);
      const module = words === undefined || line === only ? (await line.load()).command : undefined;
      if (module !== undefined) declareCommand(command, module);
      commands.push({
        words: line.words,
        heading: heading.replace(/:$/, ''),
        summary: line.summary,
        description: command.description(),
        usage: command.usage(),
        arguments: command.registeredArguments.map((argument) => ({
          name: argument.name(),
          description: argument.description,
          variadic: argument.variadic,
          choices: argument.argChoices ?? [],
        })),
        options: command.options.filter(({ hidden }) => !hidden).map(describeOption),
        formats: module?.formats ?? [],
      });
    }
  }
  return {
    name: program.name(),
    version: packageJson.version,
    description: program.description(),
    globalOptions: globalOptions().map(describeOption),
    commands,
  };
}

function describeOption(option: Option): OptionDescription {
  return {
    flags: option.flags,
    name: option.long?.replace(/^--/, '') ?? '',
    alias: option.short?.replace(/^-/, ''),
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
    defaultText: defaultOf(option),
  };
}

/** Of switches none is told: what is not given is off. */
function defaultOf({ required, optional, defaultValue, defaultValueDescription }: Option): string | undefined {
  const value: unknown = defaultValue;
  if (value === undefined || !(required || optional)) return undefined;
  return defaultValueDescription ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
