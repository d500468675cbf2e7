import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { isObject } from '../../core/values/is-object.ts';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble, isSystemError } from '../../trouble/file-trouble.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { readRegularFile } from '../regular-file.ts';
import type { UpdateOptions } from '../types.ts';

/** What may be set besides the names of tenants. */
const SETTINGS = ['tenant', 'as', 'lock-timeout'] as const;
type Setting = (typeof SETTINGS)[number];

/** Settings are a few lines. */
const MAX_BYTES = 1024 * 1024;

/** The user's settings as they stand in the file; one that is absent is not set. */
export type Config = { readonly [setting in Setting]?: string } & {
  /** Paths of tenant files by the names that `--tenant` takes for them. */
  readonly tenants: Readonly<Record<string, string>>;
};

/** What is set where there is no file. */
export const NO_SETTINGS: Config = { tenants: {} };

/** The user's settings in one JSON file beside the default tenant. A file that is not there holds none. */
export class ConfigFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws GsaError `invalid` for a file that cannot be read, or holds what no setting can. */
  read(): Config {
    let text: string;
    try {
      text = readRegularFile(this.path, MAX_BYTES).toString('utf8');
    } catch (error) {
      if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return NO_SETTINGS;
      // A folder that this account may not even enter is another account's: its settings are not meant.
      if (isSystemError(error) && error.code === 'EACCES' && !mayEnter(dirname(this.path))) return NO_SETTINGS;
      throw fileTrouble('read', this.path, error);
    }
    const config = configIn(text);
    if (typeof config !== 'string') return config;
    throw new GsaError('invalid', `\`${this.path}\` ${config}`, {
      hint: `mend it, or move it away: \`mv ${shellWord(this.path)} ${shellWord(`${this.path}.old`)}\``,
    });
  }

  /** Reads again under a lock, and writes what `change` makes of it, durably. */
  async update(change: (config: Config) => Config, { signature, lockTimeout }: UpdateOptions): Promise<Config> {
    const [{ underLock }, { makeFolder, writeDurably }, { filesOf }] = await Promise.all([
      import('../tenant/lock.ts'),
      import('../tenant/durable-write.ts'),
      import('../tenant/path.ts'),
    ]);
    const holder = { pid: process.pid, command: signature.command, since: signature.dateTime };
    try {
      makeFolder(dirname(this.path));
      const files = filesOf(this.path);
      return await underLock(files, holder, lockTimeout, () => {
        const next = change(this.read());
        writeDurably(files.tenant, Buffer.from(`${JSON.stringify(next, null, 2)}\n`));
        return next;
      });
    } catch (error) {
      throw fileTrouble('write', this.path, error);
    }
  }
}

function mayEnter(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The settings of a text, or what is wrong with it. */
function configIn(text: string): Config | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isObject(value)) return 'holds no JSON object';
  const { tenants = {}, ...settings } = value;
  if (!isObject(tenants)) return 'has a member `tenants` that is no object';
  const wrong =
    notText(settings)?.[0] ?? (notText(tenants) === undefined ? undefined : `tenants.${notText(tenants)?.[0]}`);
  if (wrong !== undefined) return `has a member \`${wrong}\` that is no text`;
  const unknown = Object.keys(settings).find((name) => !SETTINGS.some((setting) => setting === name));
  if (unknown !== undefined)
    return `has a member \`${unknown}\`, which is no setting (${SETTINGS.join(', ')}, tenants)`;
  return { ...(settings as Readonly<Record<string, string>>), tenants: tenants as Readonly<Record<string, string>> };
}

const notText = (members: Readonly<Record<string, unknown>>): readonly [name: string, value: unknown] | undefined =>
  Object.entries(members).find(([, value]) => typeof value !== 'string' || value === '');
