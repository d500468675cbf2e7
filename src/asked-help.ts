import { commandWords, typedCommand } from './command-tree.ts';
import { nearest } from './commands/nearest.ts';
import { TOPICS } from './commands/topics.ts';
import { nearCommand } from './near-command.ts';
import type { CommandLine } from './program.ts';
import { NOUNS, PROGRAM } from './program.ts';
import { GsaError } from './trouble/error.ts';

const COMMANDS = PROGRAM.flatMap(({ commands }) => commands).filter(({ hidden }) => hidden !== true);
const FIRST = [...new Set(COMMANDS.map(({ words }) => words.split(' ')[0] ?? ''))];

const verbsOf = (first: string): readonly string[] =>
  COMMANDS.flatMap(({ words }) => (words.startsWith(`${first} `) ? [words.slice(first.length + 1)] : []));

/**
 * The words as commander reads them: a topic is a hidden command, and `gsa help policy list` and `gsa policy help list` are
 * `gsa policy list --help`. Help is of what was named and of nothing else: throws where there is no such command.
 */
export function withHelp(argv: readonly string[]): readonly string[] {
  const said = commandWords(argv);
  const [first = '', second, third] = said.map(({ word }) => word);
  const without = (at: number) => argv.filter((_, index) => index !== said[at]?.at);
  if (first === 'help' && second !== undefined) {
    if (second === 'help') return without(1);
    if (Object.hasOwn(TOPICS, second)) {
      if (third !== undefined) throw surplus(['help', second], third);
      return argv.with(said[0]?.at ?? 0, 'help-topic');
    }
    checkNames(
      said.slice(1).map(({ word }) => word),
      [...FIRST, ...Object.keys(TOPICS)],
    );
    return [...without(0), '--help'];
  }
  const verbs = verbsOf(first);
  // What takes arguments of its own may mean one that is called `help`.
  if (second === 'help' && (NOUNS[first] !== undefined || (third !== undefined && verbs.includes(third)))) {
    checkNames([first, ...said.slice(2).map(({ word }) => word)], FIRST);
    return [...without(1), '--help'];
  }
  if (first !== '' && first !== 'help' && asksForHelp(argv)) {
    checkNames(NOUNS[first] === undefined || second === undefined ? [first] : [first, second], FIRST);
  }
  return argv;
}

/** The hint of a usage error: the help of the command that was typed, or of as much of it as is known. */
export function helpHint(argv: readonly string[]): string {
  const typed = typedCommand(argv);
  const noun = commandWords(argv).find(({ word }) => NOUNS[word] !== undefined)?.word;
  const words = typed === undefined ? (noun ?? '') : typed.hidden === true ? '' : typed.words;
  return `see \`${['gsa', words, '--help'].filter((word) => word !== '').join(' ')}\``;
}

/** Refuses words behind a command that takes no arguments: where help is asked for, commander lets every word pass. */
export function checkHelpOf(line: CommandLine, argv: readonly string[]): void {
  const words = line.words.split(' ');
  const more = commandWords(argv)[words.length];
  if (more === undefined || line.hidden === true || !asksForHelp(argv)) return;
  if (words.length === 1 && verbsOf(line.words).length > 0) checkNames([line.words, more.word], FIRST);
  else throw surplus(words, more.word);
}

function surplus(words: readonly string[], more: string): GsaError {
  return new GsaError('usage', `there is no command \`${[...words, more].join(' ')}\``, {
    hint: `did you mean \`gsa ${words.join(' ')}\`?`,
  });
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).some((word) => word === '--help' || word === '-h');
}

/** Refuses a word that is no command's: help alone is asked for, so no word can be a value. */
function checkNames([first = '', second, ...more]: readonly string[], known: readonly string[]): void {
  const hidden = PROGRAM.some(({ commands }) => commands.some(({ words }) => words === first));
  if (!FIRST.includes(first) && !hidden) {
    const topic = known === FIRST ? undefined : nearest(first, Object.keys(TOPICS));
    const lists = `\`gsa --help\` lists the commands; topics are ${Object.keys(TOPICS).join(', ')}`;
    throw new GsaError('usage', `there is no command${known === FIRST ? '' : ' or topic'} \`${first}\``, {
      hint: topic === undefined ? (nearCommand([first]) ?? lists) : `did you mean \`gsa help ${topic}\`?`,
    });
  }
  const verbs = verbsOf(first);
  if (second === undefined) return;
  if (!verbs.includes(second)) {
    const near = nearest(second, verbs);
    throw new GsaError('usage', `there is no command \`${first} ${second}\``, {
      hint: near === undefined ? `see \`gsa ${first} --help\`` : `did you mean \`gsa ${first} ${near}\`?`,
    });
  }
  if (more[0] !== undefined) throw surplus([first, second], more[0]);
}
