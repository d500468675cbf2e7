import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { GsaError } from '../../trouble/error.ts';

/** What decides where the tenant file lies when no one names it. `home` is the home folder, as the system gives it. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const HINT = 'name the file with `--tenant <file>`, or in `GSA_TENANT`';

/** The default tenant file. */
export function defaultTenantPath(surroundings: Surroundings): string {
  return join(homeFolder(surroundings), 'tenant.json');
}

/**
 * Conf's config folder for `gsa`: where the default tenant file lies, and the user's settings. The folder is conf's own answer
 * (a test compares), worked out here because conf makes the folder while it answers, whatever the folder is, and accepts an
 * empty home or a relative folder, which puts the files wherever the command happens to be started.
 */
export function homeFolder({ platform, home, env }: Surroundings): string {
  if (!isAbsolute(home)) {
    throw new GsaError('invalid', `the home folder is \`${home}\`, which is not an absolute path`, { hint: HINT });
  }
  const configured = platform === 'win32' ? 'APPDATA' : platform === 'darwin' ? undefined : 'XDG_CONFIG_HOME';
  const folder = configured === undefined ? undefined : env[configured];
  if (folder !== undefined && folder !== '' && !isAbsolute(folder)) {
    throw new GsaError('invalid', `${configured} is \`${folder}\`, which is not an absolute path`, { hint: HINT });
  }
  switch (platform) {
    case 'win32':
      return join(folder || join(home, 'AppData', 'Roaming'), 'gsa', 'Config');
    case 'darwin':
      return join(home, 'Library', 'Preferences', 'gsa');
    default:
      return join(folder || join(home, '.config'), 'gsa');
  }
}

/** A path that a user typed, made absolute. Throws GsaError `usage` for what cannot be a file name. */
export function tenantPath(typed: string): string {
  if (typed === '' || typed.includes('\0')) {
    throw new GsaError('usage', `\`${typed.replaceAll('\0', '\\0')}\` is not a file name`, { hint: HINT });
  }
  return resolve(typed);
}

/** The files of one tenant, all beside the tenant file. */
export interface TenantFiles {
  /** The tenant file itself, behind every symbolic link, so that two names of one file share one lock. */
  readonly tenant: string;
  readonly folder: string;
  readonly lock: string;
  /** The file that names the holder of the lock, for messages only. */
  readonly holder: string;
  readonly backups: string;
  readonly journal: string;
  /** Attempts that were denied for lack of a right. */
  readonly denied: string;
  readonly signIns: string;
  /** How far the sign-in log has come. */
  readonly logAnchor: string;
}

export function filesOf(path: string): TenantFiles {
  const tenant = existsSync(path) ? realpathSync(path) : join(realFolder(dirname(path)), basename(path));
  return {
    tenant,
    folder: dirname(tenant),
    lock: `${tenant}.lock`,
    holder: `${tenant}.lock.holder`,
    backups: `${tenant}.backups`,
    journal: `${tenant}.audit.ndjson`,
    denied: `${tenant}.denied.ndjson`,
    // Two names, so that `a` and `a.json` have a log each.
    signIns: tenant.endsWith('.json') ? tenant.replace(/\.json$/, '.signins.db') : `${tenant}.sign-ins.db`,
    logAnchor: `${tenant}.log-anchor`,
  };
}

function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}
