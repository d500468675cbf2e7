import { Argument } from 'commander';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { BASH_SCRIPT } from './bash.ts';
import { libraryScript } from './library.ts';
import { ZSH_SCRIPT } from './zsh.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

const SCRIPTS: { readonly [shell in (typeof SHELLS)[number]]: () => string } = {
  bash: () => BASH_SCRIPT,
  zsh: () => ZSH_SCRIPT,
  fish: () => libraryScript('fish'),
  powershell: () => libraryScript('powershell'),
};

export const command = defineCommand<[(typeof SHELLS)[number]], object>({
  declare: (command) =>
    command
      .description(
        'Prints a script that completes commands, options and their values: formats, columns, statuses, rules, people, and the policies ' +
          'and locations that the verb can do something with.',
      )
      .addArgument(new Argument('<shell>', 'the shell to complete in').choices(SHELLS))
      .addHelpText(
        'after',
        examples('source <(gsa completion bash)', 'gsa completion fish > ~/.config/fish/completions/gsa.fish'),
      ),
  run: async (_session, [shell]) => ({
    report: { kind: 'script', data: { text: SCRIPTS[shell]() } },
  }),
});
