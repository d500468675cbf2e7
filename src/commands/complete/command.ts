import type { Command as Completable, RootCommand as Root } from '@bomb.sh/tab';
import { RootCommand } from '@bomb.sh/tab';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { OptionDescription, ProgramDescription } from '../../shell/program-description.ts';
import type { Session } from '../../shell/session.ts';
import { mayAct } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { printed } from '../printed.ts';
import { readableTenant } from '../readable-tenant.ts';

/** The answer that lets the shell offer files where there is no word to offer; the library would tell it not to. */
const FILES = ':0';

/** What a shell takes as it stands, and a person can read at once. */
const COMPLETED = /^[\p{L}\p{N} ._+@,():/&'-]{1,200}$/u;
/** Letters that show nothing, such as U+3164 and U+FFA0: a name with one looks like another. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** What the completion scripts call on every press of Tab: the words so far, the last one unfinished. */
export const command = defineCommand<[readonly string[]], object>({
  worksWithoutConfig: true,
  declare: (command) => command.description('Answers a completion script.').argument('[words...]').allowUnknownOption(),
  run: async (session, [words]) => {
    // No tenant, no names: pressing Tab is no time for an error.
    const root = rootOf(await session.program(words), namedTenant(session));
    const lines = printed(() => root.parse([...words]));
    const answer = lines.length > 1 ? lines : [FILES];
    return { report: { kind: 'script', data: { text: `${answer.join('\n')}\n` } } };
  },
});

/** The tenant whose names may be offered: the Tab key tells no one what a list would not tell them. */
function namedTenant(session: Session): Tenant | undefined {
  const tenant = readableTenant(session)?.tenant;
  return tenant !== undefined && mayAct(session, tenant, ['policy.read']) ? tenant : undefined;
}

function rootOf({ globalOptions, commands }: ProgramDescription, tenant: Tenant | undefined): Root {
  const root = new RootCommand();
  addOptions(root, globalOptions);
  for (const noun of new Set(
    commands.filter(({ words }) => words.includes(' ')).map(({ words }) => words.split(' ')[0] ?? ''),
  )) {
    root.command(noun, '');
  }
  for (const { words, summary, options, arguments: taken } of commands) {
    const command = root.command(words, summary);
    addOptions(command, [...options, ...globalOptions]);
    for (const argument of taken) {
      const values = argument.choices.length > 0 ? argument.choices : namesFor(argument.name, tenant);
      command.argument(
        argument.name,
        (complete) => values.forEach((value) => void complete(value, '')),
        argument.variadic,
      );
    }
  }
  return root;
}

/** Beginnings of values that an option takes besides others, which no list can hold. */
const VALUES: { readonly [option: string]: readonly string[] } = {
  of: ['signaling=disabled', 'signaling=enabled'],
};

function addOptions(command: Completable, options: readonly OptionDescription[]): void {
  for (const { name, alias, description, takesValue, choices: declared } of options) {
    const choices = declared.length > 0 ? declared : (VALUES[name] ?? []);
    if (takesValue)
      command.option(name, description, (complete) => choices.forEach((choice) => void complete(choice, '')), alias);
    else if (alias === undefined) command.option(name, description);
    else command.option(name, description, alias);
  }
}

/** Names of the tenant for an argument called `policy` or `location`; those that a shell would read as something else are left out. */
function namesFor(argument: string, tenant: Tenant | undefined): readonly string[] {
  if (tenant === undefined) return [];
  const lists = {
    policy: tenant.policies,
    location: tenant.namedLocations,
    'policy|location': [...tenant.policies, ...tenant.namedLocations],
  };
  const list = Object.entries(lists).find(([name]) => name === argument)?.[1] ?? [];
  return list
    .map(({ displayName }) => displayName)
    .filter((name) => COMPLETED.test(name) && !INVISIBLE.test(name))
    .sort();
}
