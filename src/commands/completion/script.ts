import { script } from '@bomb.sh/tab';
import { Argument } from 'commander';
import { defineCommand } from '../command.ts';
import { printed } from '../printed.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const command = defineCommand<[(typeof SHELLS)[number]], object>({
  declare: (command) =>
    command
      .description('Prints a script that completes commands, options, and the names of policies and locations.')
      .addArgument(new Argument('<shell>', 'the shell to complete in').choices(SHELLS))
      .addHelpText(
        'after',
        '\nExamples:\n  source <(gsa completion bash)\n  gsa completion fish > ~/.config/fish/completions/gsa.fish',
      ),
  run: async (_session, [shell]) => ({
    report: { kind: 'script', data: { text: printed(() => script(shell, 'gsa', 'gsa')).join('\n') } },
  }),
});
