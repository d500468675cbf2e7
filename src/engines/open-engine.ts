import { unreachable } from '../core/values/unreachable.ts';
import { GsaError } from '../trouble/error.ts';
import { openClickHouse } from './clickhouse/clickhouse-engine.ts';
import { openDuckDb } from './duckdb/duckdb-engine.ts';
import type { EngineName } from './engine-names.ts';
import type { FactEngine } from './fact-engine.ts';

export interface EngineRequest {
  readonly name: EngineName;
  readonly files: readonly string[];
  readonly url: string | undefined;
  readonly table: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly signInId: string | undefined;
  readonly interrupted: AbortSignal;
  /** Makes a folder for what does not fit into memory. */
  readonly makeFolder: () => Promise<string>;
}

/** The engine that was asked for, ready to count; throws GsaError where it is not there or is asked for what it has not. */
export async function openEngine(request: EngineRequest): Promise<FactEngine> {
  switch (request.name) {
    case 'duckdb':
      if (request.files.length === 0) {
        throw new GsaError('usage', 'no files for `--engine duckdb`', {
          hint: 'name Parquet, NDJSON or CSV files, or a glob such as `signins/*.parquet`',
        });
      }
      return openDuckDb(request.files, request.signInId, request);
    case 'clickhouse':
      return openClickHouse(request, request.table, request.signInId);
    default:
      return unreachable(request.name);
  }
}
