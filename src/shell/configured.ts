import { homedir } from 'node:os';
import type { Config } from '../store/config/file.ts';
import { ConfigFile, NO_SETTINGS } from '../store/config/file.ts';
import { homeFolder } from '../store/tenant/path.ts';
import { GsaError } from '../trouble/error.ts';
import type { Context } from './context.ts';

type Surroundings = Pick<Context, 'env' | 'confinement'>;

/** The user's settings, which stand below options and variables. */
export interface Configured {
  readonly as: string | undefined;
  readonly lockTimeout: string | undefined;
  /** The tenant file that is meant: by the name that the settings give it, by its path, or by nothing. */
  tenantFile(named: string | undefined): string | undefined;
}

/**
 * A command that a file asked for runs without the user's settings: its answer is the same for everybody. One that goes on
 * without them (`worksWithout`) does so where they cannot be read; every other one throws GsaError `invalid`.
 */
export function configuredIn(context: Surroundings, worksWithout: boolean): Configured {
  const config = context.confinement === undefined ? readConfig(context, worksWithout) : NO_SETTINGS;
  return {
    as: config.as,
    lockTimeout: config['lock-timeout'],
    tenantFile: (named = config.tenant) =>
      named !== undefined && Object.hasOwn(config.tenants, named) ? config.tenants[named] : named,
  };
}

function readConfig(context: Surroundings, worksWithout: boolean): Config {
  try {
    return configFileOf(context).read();
  } catch (error) {
    if (worksWithout && error instanceof GsaError) return NO_SETTINGS;
    throw error;
  }
}

/** Throws GsaError `invalid` where there is no home folder. */
export function configFileOf({ env }: Surroundings): ConfigFile {
  const home = env['HOME'] ?? homedir();
  return new ConfigFile(`${homeFolder({ platform: process.platform, home, env })}/config.json`);
}
