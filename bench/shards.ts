import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { switched, worldOf } from '../src/core/impact/world.ts';
import { openClickHouse } from '../src/engines/clickhouse/clickhouse-engine.ts';
import type { Server } from '../src/engines/clickhouse/connect.ts';
import { connect } from '../src/engines/clickhouse/connect.ts';
import { createSignInTable, loadSignIns } from '../src/engines/clickhouse/load-table.ts';
import { countKeys } from '../src/engines/count-keys.ts';
import type { FactEngine, Keys } from '../src/engines/fact-engine.ts';
import { readSignIns } from '../src/intake/sign-ins/read-sign-ins.ts';
import { readTenantFile } from '../src/store/tenant/conf.ts';
import { startShards } from '../tools/clickhouse.mjs';
import { median } from './paired.ts';

/**
 * The grouping of the same sign-ins by one server of ClickHouse and by two, each with one thread: `node bench/shards.ts <tenant>
 * <sign-ins, NDJSON> [rounds] [times]`, where each sign-in is put in so many times under ids of its own. On a machine that does
 * anything else besides, the seconds tell nothing, and the processor time of the busiest server tells what the shards share.
 */
const [tenantFile = '', file = '', rounds = '5', times = '1'] = process.argv.slice(2);
const interrupted = new AbortController().signal;
const shards = await startShards(await mkdtemp(join(tmpdir(), 'gsa-shards-')));
if (shards === undefined) throw new Error('clickhouse-server is not here');
try {
  await filled();
  const taken = { one_shard: [] as Taken[], two: [] as Taken[] };
  for (let round = 0; round < Number(rounds); round++)
    for (const table of ['one_shard', 'two'] as const) taken[table].push(await grouping(table));
  for (const what of ['seconds', 'processor'] as const) {
    const [one, two] = [taken.one_shard, taken.two].map((all) => median(all.map((each) => each[what])));
    const ratio = ((one ?? 0) / (two ?? 0)).toFixed(2);
    console.log(`grouping, ${what}: one server ${one?.toFixed(2)}, two ${two?.toFixed(2)}, ${ratio} ×`);
  }
} finally {
  await shards.stop();
}

function server(at: number): Server {
  return { url: shards?.urls[at], user: undefined, password: undefined, interrupted };
}

/** One table on the first server alone, and one that lies on both. */
async function filled(): Promise<void> {
  await createSignInTable(server(0), 'one_shard', undefined);
  for (const at of [0, 1]) await createSignInTable(server(at), 'two', shards?.cluster);
  const { loaded } = await loadSignIns(server(0), 'one_shard', readSignIns([file]));
  const connection = await connect(server(0));
  connection.use({ insert_distributed_sync: 1 });
  const others = await connection.rows('DESCRIBE TABLE one_shard');
  const columns = others.map(({ name }) => `\`${name}\``).filter((name) => name !== '`id`');
  const copies = `SELECT concat(toString(copy), '-', id) AS id, ${columns.join(', ')} FROM one_shard ARRAY JOIN range(${Number(times) - 1}) AS copy`;
  if (Number(times) > 1) await connection.run(`INSERT INTO one_shard (id, ${columns.join(', ')}) ${copies}`);
  await connection.run('INSERT INTO two SELECT * FROM one_shard');
  await connection.close();
  console.log(`${loaded * Number(times)} sign-ins`);
}

/** What the engine took for keys, groups and people. */
interface Taken {
  readonly seconds: number;
  /** Seconds of the busiest server. */
  readonly processor: number;
}

/** With what is asked of the server for their rows. */
async function withRows(keys: Promise<Keys>): Promise<Keys> {
  const { count, rows } = await keys;
  return { count, rows: Readable.from(await Readable.from(rows).toArray()) };
}

async function grouping(table: string): Promise<Taken> {
  const before = worldOf(readTenantFile(tenantFile).tenant, 'enabled');
  const engine = await openClickHouse(server(0), table, undefined);
  let seconds = 0;
  const busy = [0, 0];
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const before = busy.map((_, at) => shards?.processor(at) ?? 0);
    const result = await work();
    seconds += (performance.now() - start) / 1000;
    for (const at of busy.keys()) busy[at] = (busy[at] ?? 0) + (shards?.processor(at) ?? 0) - (before[at] ?? 0);
    return result;
  };
  const watched: FactEngine = {
    zone: engine.zone,
    order: engine.order,
    totals: (needs) => engine.totals(needs),
    tuples: (group) => engine.tuples(group),
    keys: (plan) => timed(() => withRows(engine.keys(plan))),
    groups: (verdicts, members) => timed(() => engine.groups(verdicts, members)),
    people: (verdicts, members) => timed(() => engine.people(verdicts, members)),
    close: () => engine.close(),
  };
  const run = { signInId: undefined, interrupted, onProgress: () => undefined, selfCheck: undefined };
  const beside = { facts: {}, proxyCountry: undefined, onStep: () => undefined };
  await countKeys(watched, { before, after: switched(before, 'disabled'), ...run }, beside);
  await engine.close();
  return { seconds, processor: Math.max(...busy) };
}
