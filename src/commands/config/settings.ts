import { nearNames } from '../../core/values/near-names.ts';
import type { Config } from '../../store/config/file.ts';
import { GsaError } from '../../trouble/error.ts';
import { milliseconds } from '../options.ts';

/** What may be set, with what it is for. */
export const MEANINGS: { readonly [setting in Exclude<keyof Config, 'tenants'>]-?: string } = {
  tenant: 'the tenant file, or its name (before it: --tenant, GSA_TENANT)',
  as: 'the administrator who acts (before it: --as, GSA_AS)',
  'lock-timeout': 'how long to wait for another process (before it: --lock-timeout)',
};

const SETTINGS = Object.keys(MEANINGS) as readonly (keyof typeof MEANINGS)[];

/** Says what settings there are, for the help of every command of them. */
export const SETTINGS_HELP = [
  '',
  'Settings:',
  ...Object.entries(MEANINGS).map(([name, meaning]) => `  ${name.padEnd(14)}${meaning}`),
  `  ${'tenants.NAME'.padEnd(14)}a tenant file that \`--tenant NAME\` stands for`,
  '',
  'An option counts first, then a variable, then the setting.',
  'A file that is called like a named tenant is meant by `./NAME`.',
].join('\n');

/** A setting as somebody typed it: one of the three, or the name of a tenant. Throws GsaError `usage`. */
export type Setting = (typeof SETTINGS)[number] | { readonly tenant: string };

export function settingNamed(text: string): Setting {
  const known = SETTINGS.find((setting) => setting === text);
  if (known !== undefined) return known;
  const name = /^tenants\.(.*)$/.exec(text)?.[1];
  if (name === undefined) {
    const [near] = nearNames(text, [...SETTINGS, 'tenants.NAME']);
    throw new GsaError('usage', `\`${text}\` is no setting`, {
      hint: near === undefined ? `one of: ${SETTINGS.join(', ')}, tenants.NAME` : `did you mean \`${near}\`?`,
    });
  }
  // No dot and no slash: a name is never taken for a file, nor a file for a name.
  if (!/^[A-Za-z0-9][\w-]*$/.test(name)) {
    throw new GsaError('usage', `\`${name}\` cannot be the name of a tenant`, {
      hint: 'letters, digits, - and _, such as tenants.production',
    });
  }
  return { tenant: name };
}

export function settingOf(config: Config, setting: Setting): string | undefined {
  if (typeof setting === 'string') return config[setting];
  return Object.hasOwn(config.tenants, setting.tenant) ? config.tenants[setting.tenant] : undefined;
}

/** The settings with one of them set, or taken away. */
export function withSetting(config: Config, setting: Setting, value: string | undefined): Config {
  if (typeof setting === 'string') {
    const { [setting]: _, ...others } = config;
    return value === undefined ? others : { ...others, [setting]: value };
  }
  const tenants = Object.entries(config.tenants).filter(([name]) => name !== setting.tenant);
  const added = value === undefined ? [] : [[setting.tenant, value] as const];
  return { ...config, tenants: Object.fromEntries([...tenants, ...added]) };
}

/** What stands in the file for what was typed; a path is made absolute, for the file counts in every folder. */
export function storedValue(setting: Setting, typed: string, config: Config, path: (text: string) => string): string {
  if (typed === '')
    throw new GsaError('usage', 'a setting cannot be empty', { hint: 'take it away: gsa config unset' });
  if (setting === 'lock-timeout') checkDuration(typed);
  if (setting === 'lock-timeout' || setting === 'as') return typed;
  if (setting === 'tenant' && Object.hasOwn(config.tenants, typed)) return typed;
  return path(typed);
}

function checkDuration(text: string): void {
  try {
    milliseconds(text);
  } catch (error) {
    throw new GsaError('usage', `\`${text}\` is no duration`, { hint: 'such as 500ms, 10s or 2m', cause: error });
  }
}
