import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { changeSetting } from './change.ts';
import { SETTINGS_HELP, storedValue } from './settings.ts';

export const command = defineCommand<[string, string], object>({
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description(
        'Sets a default of yours, or gives a tenant file a name, in config.json beside the default tenant. Paths are kept whole: ' +
          'they count from every folder.',
      )
      .argument('<setting>', 'its name')
      .argument('<value>', 'its value')
      .addHelpText('after', SETTINGS_HELP)
      .addHelpText(
        'after',
        examples(
          'gsa config set tenants.production ./production.json',
          'gsa config set tenant production',
          'gsa --tenant production signaling status',
        ),
      ),
  run: (session, [name, typed]) =>
    changeSetting(session, name, (setting, config) => storedValue(setting, typed, config, session.path), 'it was set'),
});
