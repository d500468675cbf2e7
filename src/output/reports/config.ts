import type { Inline, View } from '../view.ts';
import { code, dim } from '../view.ts';

/** The user's settings: what counts now, and where it comes from. */
export type ConfigReport = {
  /** The file that holds them. */
  readonly path: string;
  readonly value: readonly {
    readonly setting: string;
    /** `null`: not set. */
    readonly value: string | null;
    /** `GSA_TENANT` or `GSA_AS`, `config.json`, or `default`. */
    readonly from: string;
  }[];
};

export function viewConfig({ path, value }: ConfigReport): View {
  return [
    {
      block: 'table',
      columns: [{ header: 'Setting' }, { header: 'Value' }, { header: 'From' }],
      rows: value.map(({ setting, value: text, from }): readonly Inline[] => [setting, text ?? dim('not set'), from]),
      empty: '',
    },
    { block: 'text', text: [dim('in '), code(path)] },
  ];
}

/** One setting as the file has it. */
export type SettingReport = {
  readonly setting: string;
  /** `null`: not set. */
  readonly value: string | null;
  /** True where the command changed it. */
  readonly changed: boolean;
};

/** Asked for, a setting is its value alone: a script takes it as it is. */
export function viewSetting({ setting, value, changed }: SettingReport): View {
  if (!changed) return value === null ? [] : [{ block: 'text', text: value }];
  return [
    { block: 'text', text: value === null ? [code(setting), ' is no longer set'] : [code(setting), ' = ', value] },
  ];
}
