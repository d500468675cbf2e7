import type { Session } from '../../shell/session.ts';
import type { Config } from '../../store/config/file.ts';
import type { Result } from '../command.ts';
import type { Setting } from './settings.ts';
import { settingNamed, settingOf, withSetting } from './settings.ts';

/** Gives the setting of that name the value that is found for it among the others, or takes it away. Throws GsaError `usage`. */
export async function changeSetting(
  session: Session,
  name: string,
  valueIn: (setting: Setting, config: Config) => string | undefined,
  wrote: string,
): Promise<Result> {
  const setting = settingNamed(name);
  const next = await session.config().update((config) => withSetting(config, setting, valueIn(setting, config)), {
    signature: session.sign('', ''),
    lockTimeout: session.globals.lockTimeoutMs,
  });
  const value = settingOf(next, setting) ?? null;
  return { report: { kind: 'setting', data: { setting: name, value, changed: true } }, wrote };
}
