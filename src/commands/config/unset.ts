import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { changeSetting } from './change.ts';
import { SETTINGS_HELP } from './settings.ts';

export const command = defineCommand<[string], object>({
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description('Takes a setting away, or the name of a tenant; the tenant file stays.')
      .argument('<setting>', 'its name')
      .addHelpText('after', SETTINGS_HELP)
      .addHelpText('after', examples('gsa config unset tenants.production')),
  run: (session, [name]) => changeSetting(session, name, () => undefined, 'it was unset'),
});
