import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { switchSignaling } from './switch.ts';

interface Options {
  readonly dryRun?: true;
}

export const command = defineCommand<[], Options>({
  declare: (command) =>
    command
      .description(
        'Gives Entra ID and Microsoft Graph the users’ own public addresses (source IP restoration) and the compliant network ' +
          'signal. Checks the prerequisites, adds the compliant network location if it is missing, and warns of policies that ' +
          'would newly block or prompt, such as those that list the proxy’s own ranges.',
      )
      .option('--dry-run', 'print the plan, write nothing, exit as the real run would')
      .addHelpText('after', examples('gsa signaling enable --dry-run', 'gsa signaling enable')),
  run: (session, _args, options) => switchSignaling(session, 'enabled', { dryRun: options.dryRun === true }),
});
