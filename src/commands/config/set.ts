import { defineCommand } from '../command.ts';
import { SETTINGS_HELP, settingNamed, settingOf, storedValue, withSetting } from './settings.ts';

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
      .addHelpText(
        'after',
        `${SETTINGS_HELP}\n\nExamples:\n  gsa config set tenants.production ./production.json\n` +
          '  gsa config set tenant production\n  gsa --tenant production signaling status',
      ),
  run: async (session, [name, typed]) => {
    const setting = settingNamed(name);
    const next = await session
      .config()
      .update((config) => withSetting(config, setting, storedValue(setting, typed, config, session.path)), {
        signature: session.sign('', ''),
        lockTimeout: session.globals.lockTimeoutMs,
      });
    const value = settingOf(next, setting) ?? null;
    return { report: { kind: 'setting', data: { setting: name, value, changed: true } }, wrote: 'it was set' };
  },
});
