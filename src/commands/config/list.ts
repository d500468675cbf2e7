import type { ConfigReport } from '../../output/reports/config.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { MEANINGS, SETTINGS_HELP } from './settings.ts';

/** The variables that count before a setting. */
const VARIABLES: { readonly [setting: string]: string } = { tenant: 'GSA_TENANT', as: 'GSA_AS' };

export const command = defineCommand<[], object>({
  formats: ['lists'],
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description('The settings that count now, where each comes from, and the names of tenants.')
      .addHelpText('after', SETTINGS_HELP)
      .addHelpText('after', examples('gsa config list')),
  run: async (session) => {
    const file = session.config();
    const { tenants, ...settings } = file.read();
    const own: Readonly<Record<string, string | undefined>> = settings;
    const value: ConfigReport['value'] = [
      ...Object.keys(MEANINGS).map((setting) => {
        const variable = VARIABLES[setting];
        const told = variable === undefined ? undefined : session.env[variable] || undefined;
        const from = told !== undefined && variable !== undefined ? variable : 'config.json';
        const text = told ?? own[setting];
        return { setting, value: text ?? null, from: text === undefined ? 'default' : from };
      }),
      ...Object.entries(tenants).map(([name, path]) => ({
        setting: `tenants.${name}`,
        value: session.shownPath(path),
        from: 'config.json',
      })),
    ];
    return { report: { kind: 'config', data: { path: session.shownPath(file.path), value } } };
  },
});
