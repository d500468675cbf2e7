import type { Command } from 'commander';
import { Option } from 'commander';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../../core/network/gsa-ranges.ts';
import type { EngineName } from '../../engines/engine-names.ts';
import { ENGINES } from '../../engines/engine-names.ts';
import type { KeyRun } from '../../engines/key-run.ts';
import type { EngineRequest } from '../../engines/open-engine.ts';
import type { ForecastCounts, ForecastRun } from '../../replay/forecast.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { clickHouseServer } from '../clickhouse-server.ts';
import type { SourceOptions } from '../sign-in-sources.ts';

/** Options of a command that may count where the sign-ins lie. */
export interface EngineOptions {
  readonly engine?: EngineName;
  readonly url?: string;
  readonly table?: string;
}

export function declareEngine(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--engine <name>',
        'group the sign-ins where they lie and judge each kind once: duckdb reads Parquet, NDJSON and CSV files (and globs) ' +
          'larger than memory, clickhouse a table, distributed or not; the answer is the same',
      ).choices(ENGINES),
    )
    .option(
      '--url <url>',
      'with --engine clickhouse: the server, such as http://127.0.0.1:8123 (or GSA_CLICKHOUSE_URL); user and password are read ' +
        'from GSA_CLICKHOUSE_USER and GSA_CLICKHOUSE_PASSWORD',
    )
    .option('--table <name>', 'with --engine clickhouse: the table, such as security.sign_ins');
}

interface Asked extends EngineOptions, SourceOptions {
  readonly fromLogs?: true;
  readonly signIn?: string;
}

/** What needs whole records, or no engine, is refused by its name. */
export function refuseWithEngine({ engine, url, table, fromLogs, countries, gsaTraffic }: Asked): void {
  if (engine === undefined) {
    if (url !== undefined || table !== undefined) {
      throw new GsaError('usage', '--url and --table name a table of an engine', { hint: 'add --engine clickhouse' });
    }
    return;
  }
  const given = Object.entries({ 'from-logs': fromLogs, countries, 'gsa-traffic': gsaTraffic }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw new GsaError('usage', `--${given[0]} and --engine at once`, {
    hint: 'an engine groups sign-ins by what they say themselves: leave out one of the two',
  });
}

/** What impact counts, counted by the engine; and how many keys there were. */
export async function countedByEngine(
  session: Session,
  run: ForecastRun,
  files: readonly string[],
  options: Asked,
): Promise<{ readonly counts: ForecastCounts; readonly keys: number }> {
  const [{ openEngine }, { countKeys }] = await Promise.all([
    import('../../engines/open-engine.ts'),
    import('../../engines/count-keys.ts'),
  ]);
  // Heard from the first folder to the last, so that none is left where somebody stops it.
  return await session.hearing(async () => {
    const engine = await openEngine(requestOf(session, files, options));
    try {
      return await countKeys(engine, run, {
        ...knownBeside(run),
        proxyCountry: options.proxyCountry,
        onStep: (step) => session.progress(`${options.engine}: ${step}`),
      });
    } finally {
      await engine.close();
    }
  });
}

function requestOf(session: Session, files: readonly string[], options: Asked): EngineRequest {
  return {
    name: options.engine ?? 'duckdb',
    files: files.map(session.toRead),
    ...clickHouseServer(session, options.url),
    table: options.table,
    signInId: options.signIn,
    makeFolder: () => session.temporaryFolder('duckdb'),
  };
}

function knownBeside({ before }: ForecastRun): Pick<KeyRun, 'facts'> {
  const { egressRanges } = before.tenant.globalSecureAccess;
  const egress = egressRanges === undefined ? undefined : buildEgressIndex(egressRanges);
  return { facts: egress === undefined ? {} : { isEgress: (address) => isGlobalSecureAccessEgress(address, egress) } };
}
