import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/engines/duckdb/connect.ts';
import { measure } from './measured.ts';
import { signInsSql, writeCompany } from './scale-company.ts';

/**
 * The sign-ins of a middle company, judged one by one and by keys: `npm run bench:scale -- <folder> <millions> [ndjson]`. The files are
 * made where they are not there; with `ndjson` the ordinary reader is measured on the same sign-ins.
 */
const [folder = '', millions = '1', ...others] = process.argv.slice(2);
const count = Math.round(Number(millions) * 1_000_000);
const parquet = join(folder, `signins-${millions}m`);
const ndjson = join(folder, `signins-${millions}m.ndjson`);
const tenant = join(folder, 'tenant.json');
const gsa = `node ${join(import.meta.dirname, '..', 'bin', 'gsa.js')} -t ${tenant}`;

mkdirSync(folder, { recursive: true });
if (!existsSync(tenant)) {
  writeCompany(join(folder, 'export'));
  await measure(
    `${gsa} init --empty --name Company >/dev/null && ${gsa} import ${join(folder, 'export')} >/dev/null && ${gsa} tenant set --known namedLocations >/dev/null`,
  );
}
if (!existsSync(parquet))
  await written(async (run) => {
    mkdirSync(parquet);
    for (let from = 0; from < count; from += 5_000_000) {
      const file = join(parquet, `part-${from / 5_000_000}.parquet`);
      await run(`COPY (${signInsSql(from, Math.min(count, from + 5_000_000))}) TO '${file}' (FORMAT parquet)`);
    }
  });
if (others.includes('ndjson') && !existsSync(ndjson))
  await written((run) => run(`COPY (SELECT * FROM read_parquet('${parquet}/*.parquet')) TO '${ndjson}' (FORMAT json)`));

const keyed = await measure(`${gsa} impact --engine duckdb '${parquet}/*.parquet' -o json`);
report('duckdb, Parquet', keyed);
if (others.includes('ndjson')) {
  const single = await measure(`${gsa} impact ${ndjson} -o json`);
  report(`one by one, NDJSON (${(statSync(ndjson).size / 1e9).toFixed(1)} GB)`, single);
  console.log(`ratio wall ${(single.wall / keyed.wall).toFixed(1)}, processor ${(single.cpu / keyed.cpu).toFixed(1)}`);
  console.log(`same classes: ${classesOf(single.stdout) === classesOf(keyed.stdout)}`);
}
if (others.includes('clean')) for (const path of [parquet, ndjson]) rmSync(path, { recursive: true, force: true });

async function written(work: (run: (sql: string) => Promise<unknown>) => Promise<unknown>): Promise<void> {
  const { connection, close } = await openDatabase({
    makeFolder: () => mkdtemp(join(tmpdir(), 'gsa-scale-')),
    interrupted: new AbortController().signal,
  });
  try {
    await work((sql) => connection.run(sql));
  } finally {
    await close();
  }
}

function report(what: string, { cpu, wall, peak, stdout }: Awaited<ReturnType<typeof measure>>): void {
  const keys = /"keys": ?(\d+)/.exec(stdout)?.[1];
  const figures = `${wall.toFixed(1)} s wall, ${cpu.toFixed(1)} s processor, ${peak.toFixed(0)} MB`;
  console.log(`${count} sign-ins, ${what}: ${figures}${keys === undefined ? '' : `, ${keys} keys`}`);
}

function classesOf(stdout: string): string {
  return /"classes": \[[\s\S]*?\n {2}\]/.exec(stdout)?.[0] ?? stdout.slice(0, 100);
}
