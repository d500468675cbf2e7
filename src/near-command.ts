import { commandWords, typedCommand } from './command-tree.ts';
import { nearest } from './commands/nearest.ts';
import { NOUNS, PROGRAM } from './program.ts';

const COMMANDS = PROGRAM.flatMap(({ commands }) => commands)
  .filter(({ hidden }) => hidden !== true)
  .map(({ words }) => words);

/** Words that other tools, the portal and people have for our commands. */
const ALSO_CALLED: { readonly [word: string]: string } = {
  version: 'gsa --version',
  log: 'gsa logs',
  signin: 'gsa logs',
  signins: 'gsa logs',
  'sign-in': 'gsa logs',
  'sign-ins': 'gsa logs',
  on: 'gsa signaling enable',
  off: 'gsa signaling disable',
  switch: 'gsa signaling disable',
  plan: 'gsa signaling disable --dry-run',
  forecast: 'gsa impact',
  who: 'gsa impact',
  simulate: 'gsa whatif',
  evaluate: 'gsa whatif',
  'what-if': 'gsa whatif',
  lint: 'gsa check',
  rules: 'gsa explain',
  rule: 'gsa explain',
  rollback: 'gsa undo',
  revert: 'gsa undo',
  journal: 'gsa audit',
  changes: 'gsa history',
  backup: 'gsa tenant backups',
  login: 'gsa import',
  pull: 'gsa import --requests',
  permissions: 'gsa role list',
};

/** Verbs of other tools for ours. */
const VERB_ALSO_CALLED: { readonly [verb: string]: readonly string[] } = {
  ls: ['list'],
  get: ['show', 'list'],
  describe: ['show'],
  view: ['show'],
  rm: ['delete', 'remove'],
  del: ['delete', 'remove'],
  delete: ['remove'],
  remove: ['delete'],
  create: ['add'],
  new: ['add'],
  on: ['enable', 'set-state'],
  off: ['disable', 'set-state'],
  enable: ['set-state'],
  disable: ['set-state'],
  compare: ['diff'],
  deps: ['dependencies'],
  trusted: ['trust'],
  verify: ['validate'],
};

/** How many commands one hint names. */
const NAMED = 3;

/**
 * What somebody may have meant whose words are no command, as text for a hint; `undefined`: nothing is near. Words that are
 * called otherwise elsewhere come first, then verbs without their noun, then typing errors.
 */
export function nearCommand(argv: readonly string[]): string | undefined {
  const [first = '', second] = commandWords(argv).map(({ word }) => word.toLowerCase());
  if (NOUNS[first] !== undefined || typedCommand(argv) !== undefined)
    return second === undefined ? undefined : hint(verbs(first, second));
  const also = ALSO_CALLED[first];
  if (also !== undefined) return hint([also]);
  return hint(asNoun(first, second) ?? asVerb(first) ?? typingError(first));
}

/** Verbs of a noun that a word may stand for. */
function verbs(noun: string, word: string): readonly string[] {
  const own = COMMANDS.flatMap((words) => (words.startsWith(`${noun} `) ? [words.slice(noun.length + 1)] : []));
  const also = (VERB_ALSO_CALLED[word] ?? []).filter((verb) => own.includes(verb));
  const near = also.length > 0 ? also : [nearest(word, own) ?? []].flat();
  return near.map((verb) => `gsa ${noun} ${verb}`);
}

/** `policies` is `policy list`, and `policies show` is `policy show`. */
function asNoun(first: string, second: string | undefined): readonly string[] | undefined {
  const noun = first.replace(/ies$/, 'y').replace(/s$/, '');
  if (first === noun || NOUNS[noun] === undefined) return undefined;
  const verb = second === undefined ? 'list' : second;
  const found = COMMANDS.includes(`${noun} ${verb}`) ? [`gsa ${noun} ${verb}`] : verbs(noun, verb);
  return found.length > 0 ? found : [`gsa ${noun} --help`];
}

/** A verb whose noun was left out. */
function asVerb(word: string): readonly string[] | undefined {
  const withVerb = (verb: string) => COMMANDS.filter((words) => words.endsWith(` ${verb}`));
  const exact = withVerb(word);
  const found = exact.length > 0 ? exact : (VERB_ALSO_CALLED[word] ?? []).flatMap(withVerb);
  return found.length === 0 ? undefined : found.map((words) => `gsa ${words}`);
}

function typingError(word: string): readonly string[] {
  const firsts = new Set(COMMANDS.map((words) => words.split(' ')[0] ?? ''));
  const verbsAlone = COMMANDS.flatMap((words) => words.split(' ').slice(1));
  const near = nearest(word, [...firsts]);
  if (near !== undefined) return [`gsa ${near}`];
  const verb = nearest(word, verbsAlone);
  return verb === undefined ? [] : (asVerb(verb) ?? []);
}

function hint(commands: readonly string[]): string | undefined {
  if (commands.length === 0) return undefined;
  const named = commands.slice(0, NAMED).map((command) => `\`${command}\``);
  return `did you mean ${named.join(commands.length > NAMED ? ', ' : ' or ')}${commands.length > NAMED ? ' …' : ''}?`;
}
