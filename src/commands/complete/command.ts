import type { Command as Completable, RootCommand as Root } from '@bomb.sh/tab';
import { RootCommand } from '@bomb.sh/tab';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { OptionDescription, ProgramDescription } from '../../shell/program-description.ts';
import type { Session } from '../../shell/session.ts';
import { mayAct } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { printed } from '../printed.ts';
import { readableTenant } from '../readable-tenant.ts';
import type { Asked, Offered } from './values.ts';
import { argumentValues, optionValues } from './values.ts';

/** The answer that lets the shell offer files where there is no word to offer; the library would tell it not to. */
const FILES = ':0';

/** What a shell takes as it stands, and a person can read at once. */
const COMPLETED = /^[\p{L}\p{N} ._+@,():/&='-]{1,200}$/u;
/** Letters that show nothing, such as U+3164 and U+FFA0: a name with one looks like another. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u;

/** What the completion scripts call on every press of Tab: the words so far, the last one unfinished. */
export const command = defineCommand<[readonly string[]], object>({
  worksWithoutConfig: true,
  declare: (command) => command.description('Answers a completion script.').argument('[words...]').allowUnknownOption(),
  run: async (session, [words]) => {
    // No tenant, no names: pressing Tab is no time for an error.
    const program = await session.program(words);
    const root = rootOf(program, namedTenant(session), words.at(-1) ?? '');
    const lines = printed(() => root.parse([...withoutEarlierValues(words, program)]));
    const answer = lines.length > 1 ? lines : [FILES];
    return { report: { kind: 'script', data: { text: `${answer.join('\n')}\n` } } };
  },
});

/** An option of several values is asked for the next one as for the first: the library knows of one value alone. */
function withoutEarlierValues(words: readonly string[], { commands }: ProgramDescription): readonly string[] {
  const last = words.length - 1;
  const at = words.findLastIndex((word, place) => place < last && word.startsWith('-'));
  const option = words[at] ?? '';
  const isVariadic = commands
    .flatMap(({ options }) => options)
    .some(({ name, flags }) => flags.includes('...') && option === `--${name}`);
  return isVariadic && !(words[last] ?? '').startsWith('-') ? [...words.slice(0, at + 1), words[last] ?? ''] : words;
}

/** The tenant whose names may be offered: the Tab key tells no one what a list would not tell them. */
function namedTenant(session: Session): Tenant | undefined {
  const tenant = readableTenant(session)?.tenant;
  return tenant !== undefined && mayAct(session, tenant, ['policy.read']) ? tenant : undefined;
}

function rootOf(program: ProgramDescription, tenant: Tenant | undefined, typed: string): Root {
  const { globalOptions, commands } = program;
  const root = new RootCommand();
  addOptions(root, globalOptions, { words: '', formats: [], tenant }, typed);
  for (const noun of new Set(
    commands.filter(({ words }) => words.includes(' ')).map(({ words }) => words.split(' ')[0] ?? ''),
  )) {
    root.command(noun, '');
  }
  for (const { words, summary, options, formats, arguments: taken } of commands) {
    const command = root.command(words, summary);
    const asked = { words, formats, tenant };
    addOptions(command, [...options, ...globalOptions], asked, typed);
    for (const argument of taken) {
      const values =
        argument.choices.length > 0 ? listed(argument.choices) : typable(argumentValues(argument.name, asked));
      command.argument(
        argument.name,
        (complete) => values.forEach(({ value, says = '' }) => void complete(value, says)),
        argument.variadic,
      );
    }
  }
  return root;
}

function addOptions(command: Completable, options: readonly OptionDescription[], asked: Asked, typed: string): void {
  for (const { name, alias, description, takesValue, choices } of options) {
    if (takesValue) {
      const offered = () => (choices.length > 0 ? listed(choices) : typable(optionValues(name, asked, typed)));
      command.option(
        name,
        description,
        (complete) => offered().forEach(({ value, says = '' }) => void complete(value, says)),
        alias,
      );
    } else if (alias === undefined) command.option(name, description);
    else command.option(name, description, alias);
  }
}

function listed(values: readonly string[]): readonly Offered[] {
  return values.map((value) => ({ value }));
}

/** Without those that a shell would read as something else, by their first letters. */
function typable(offered: readonly Offered[]): readonly Offered[] {
  return offered
    .filter(({ value }) => COMPLETED.test(value) && !INVISIBLE.test(value))
    .map(({ value, says }) => ({ value, ...(says === undefined || !COMPLETED.test(says) ? {} : { says }) }));
}
