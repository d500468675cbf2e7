// Two ClickHouse servers on the loopback address, as two shards of one cluster, for tests and examples:
// `node tools/clickhouse.mjs <folder>` starts them and waits until it is ended. Debian's package clickhouse-server is installed
// where it is missing and this is root's machine; without it the tool ends with code 3.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SERVER = ['/usr/sbin/clickhouse-server', '/usr/bin/clickhouse-server'];
const SHARDS = [
  { http: 18123, tcp: 19000, interserver: 19009 },
  { http: 18124, tcp: 19001, interserver: 19010 },
];

/** The program, installed where that can be; `undefined`: it is not to be had. */
export function clickHouse() {
  const found = () => SERVER.find((path) => existsSync(path));
  if (found() === undefined && process.getuid?.() === 0 && process.env.GSA_INSTALL_CLICKHOUSE === '1') {
    const run = (...args) =>
      execFileSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    try {
      run('update', '-qq');
      run('install', '-y', '-qq', '--no-install-recommends', 'clickhouse-server');
    } catch {
      return undefined;
    }
  }
  return found();
}

/** Starts both servers; a password for the user `reader`, who may only read. */
export async function startShards(folder, { password = '' } = {}) {
  const program = clickHouse();
  if (program === undefined) return undefined;
  const children = SHARDS.map((ports, at) => start(program, join(resolve(folder), `shard-${at}`), ports, password));
  const urls = SHARDS.map(({ http }) => `http://127.0.0.1:${http}`);
  await Promise.all(urls.map((url) => answers(url)));
  return {
    urls,
    cluster: 'gsa_test',
    processor: (at) => processorOf(children[at].pid),
    kill: (at) => ended(children[at], 'SIGKILL'),
    restart: async (at) => {
      children[at] = start(program, join(resolve(folder), `shard-${at}`), SHARDS[at], password);
      await answers(urls[at]);
    },
    stop: async () => {
      for (const child of children) await ended(child, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function start(program, folder, { http, tcp, interserver }, password) {
  for (const name of ['data', 'tmp', 'log', 'user_files', 'format_schemas'])
    mkdirSync(join(folder, name), { recursive: true });
  const shards = SHARDS.map(
    (each) => `<shard><replica><host>127.0.0.1</host><port>${each.tcp}</port></replica></shard>`,
  );
  writeFileSync(
    join(folder, 'config.xml'),
    `<yandex><logger><level>warning</level><log>${folder}/log/server.log</log><errorlog>${folder}/log/error.log</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><interserver_http_port>${interserver}</interserver_http_port>
<listen_host>127.0.0.1</listen_host><max_connections>64</max_connections><keep_alive_timeout>3</keep_alive_timeout>
<max_concurrent_queries>32</max_concurrent_queries><uncompressed_cache_size>0</uncompressed_cache_size><mark_cache_size>268435456</mark_cache_size>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><user_files_path>${folder}/user_files/</user_files_path><format_schema_path>${folder}/format_schemas/</format_schema_path>
<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
<remote_servers><gsa_test>${shards.join('')}</gsa_test></remote_servers></yandex>`,
  );
  const user = (name, secret, profile) =>
    `<${name}><password>${secret}</password><networks><ip>127.0.0.1</ip></networks><profile>${profile}</profile><quota>default</quota></${name}>`;
  writeFileSync(
    join(folder, 'users.xml'),
    `<yandex><profiles><default><max_threads>1</max_threads></default><reader><readonly>2</readonly><max_threads>1</max_threads></reader>
<strict><readonly>1</readonly><output_format_json_quote_64bit_integers>0</output_format_json_quote_64bit_integers><max_query_size>100000000</max_query_size><max_threads>1</max_threads></strict></profiles>
<users>${user('default', '', 'default')}${user('reader', password, 'reader')}${user('strict', password, 'strict')}</users><quotas><default/></quotas></yandex>`,
  );
  return spawn(program, [`--config-file=${join(folder, 'config.xml')}`], { cwd: folder, stdio: 'ignore' });
}

/** Seconds of processor time that a process has taken, on Linux. */
function processorOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / 100;
}

async function answers(url) {
  for (let tries = 0; tries < 300; tries++) {
    try {
      if ((await fetch(`${url}/ping`)).ok) return;
    } catch {}
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${url} does not answer`);
}

function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((done) => {
    child.once('exit', done);
    child.kill(signal);
  });
}

if (process.argv[1] === import.meta.filename) {
  const servers = await startShards(process.argv[2] ?? 'clickhouse-shards', {
    password: process.env.GSA_CLICKHOUSE_PASSWORD,
  });
  if (servers === undefined) {
    console.error('clickhouse-server is not here; GSA_INSTALL_CLICKHOUSE=1 installs Debian’s package, as root');
    process.exit(3);
  }
  console.log(servers.urls.join('\n'));
  process.once('SIGINT', () => servers.stop().then(() => process.exit()));
  process.once('SIGTERM', () => servers.stop().then(() => process.exit()));
}
