import type { Result } from '../command.ts';
import { defineCommand } from '../command.ts';
import { SETTINGS_HELP, settingNamed, withSetting } from './settings.ts';

export const command = defineCommand<[string], object>({
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description('Takes a setting away, or the name of a tenant; the tenant file stays.')
      .argument('<setting>', 'its name')
      .addHelpText('after', `${SETTINGS_HELP}\n\nExample:\n  gsa config unset tenants.production`),
  run: async (session, [name]): Promise<Result> => {
    const setting = settingNamed(name);
    await session.config().update((config) => withSetting(config, setting, undefined), {
      signature: session.sign('', ''),
      lockTimeout: session.globals.lockTimeoutMs,
    });
    return { report: { kind: 'setting', data: { setting: name, value: null, changed: true } }, wrote: 'it was unset' };
  },
});
