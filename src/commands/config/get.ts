import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { SETTINGS_HELP, settingNamed, settingOf } from './settings.ts';

export const command = defineCommand<[string], object>({
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description('One setting as config.json has it; nothing where it is not set.')
      .argument('<setting>', 'its name')
      .addHelpText('after', SETTINGS_HELP)
      .addHelpText('after', examples('gsa config get tenants.production')),
  run: async (session, [setting]) => {
    const value = settingOf(session.config().read(), settingNamed(setting)) ?? null;
    return { report: { kind: 'setting', data: { setting, value, changed: false } } };
  },
});
