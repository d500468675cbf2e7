import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSignIns } from '../test/support/generate-sign-ins.ts';
import { measure, measureAll } from './measured.ts';

/**
 * A large sign-in log: how fast it is filled (read, judged and stored), how much memory that takes, and how fast it answers,
 * as whole processes of the built `gsa`, beside jq over the same records as NDJSON and the sqlite3 shell over the same
 * records in one indexed table. `npm run bench:logs -- 100000` takes fewer than a million.
 */
const NUMBER = Number(process.argv[2] ?? 1_000_000);
const FEW = Math.min(100_000, NUMBER);
const ROUNDS = 9;

const project = fileURLToPath(new URL('..', import.meta.url));
const node = join(project, 'node_modules/.bin/node');
const gsa = `${node} ${join(project, 'bin/gsa.js')}`;
const folder = mkdtempSync(join(tmpdir(), 'gsa-bench-'));
const file = join(folder, 'signins.ndjson');
const env = { GSA_TENANT: join(folder, 'tenant.json') };
const user = 'user42@contoso.com';

try {
  const last = await writeSignIns();
  say(`${NUMBER} generated sign-ins, ${megabytes(file)} MB of NDJSON; ${ROUNDS} rounds, medians of whole processes\n`);
  await fill();
  const since = new Date(Date.parse(last) - 86_400_000).toISOString();
  await answers(since);
  await everything();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Writes the file and gives the time of its last sign-in. */
async function writeSignIns(): Promise<string> {
  const out = createWriteStream(file);
  let last = '';
  let left = NUMBER;
  for (const record of generateSignIns({ users: 5_000, spread: 2_000 })) {
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
    last = record.createdDateTime;
    if (--left === 0) break;
  }
  out.end();
  await once(out, 'close');
  return last;
}

async function fill(): Promise<void> {
  execFileSync(node, [join(project, 'bin/gsa.js'), 'init'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  for (const count of NUMBER > FEW ? [FEW, NUMBER] : [NUMBER]) {
    rmSync(join(folder, 'tenant.signins.db'), { force: true });
    const command = count === NUMBER ? `${gsa} replay ${file}` : `head -n ${count} ${file} | ${gsa} replay -`;
    const { wall, cpu, peak } = await measure(command, env);
    say(
      `stored, with evaluation   ${count} in ${wall.toFixed(1)} s: ${Math.round(count / wall)} a second, ` +
        `${Math.round(count / cpu)} a second of processor time, at most ${Math.round(peak)} MB`,
    );
  }
  say(`the log                   ${megabytes(join(folder, 'tenant.signins.db'))} MB\n`);
}

async function answers(since: string): Promise<void> {
  const peer = await fillPeer();
  const sql = (query: string) => `sqlite3 ${peer} "${query}"`;
  const questions: readonly (readonly [name: string, gsa: string, sqlite: string])[] = [
    ['one user', `logs --user ${user}`, `SELECT line FROM s WHERE user='${user}' ORDER BY time DESC LIMIT 50`],
    [
      'one user, last day',
      `logs --user ${user} --since ${since}`,
      `SELECT line FROM s WHERE user='${user}' AND time >= '${since}' ORDER BY time DESC LIMIT 50`,
    ],
    ['last 50', 'logs', 'SELECT line FROM s ORDER BY time DESC LIMIT 50'],
    ['count by outcome', 'logs --count-by outcome', 'SELECT error, count(*) FROM s GROUP BY error'],
    ['count by user', 'logs --count-by user', 'SELECT user, count(*) c FROM s GROUP BY user ORDER BY c DESC LIMIT 50'],
  ];
  const commands = [
    `${node} -e 0`,
    ...questions.flatMap(([, ours, theirs]) => [
      `${gsa} ${ours} -o ndjson`,
      ...(peer === undefined ? [] : [sql(theirs)]),
    ]),
  ];
  const [base = { cpu: Number.NaN, wall: Number.NaN }, ...rest] = await measureAll(commands, ROUNDS, env);
  say(`node -e 0                 ${ms(base.cpu)} of processor time, done after ${ms(base.wall)}`);
  const step = peer === undefined ? 1 : 2;
  for (const [at, [name]] of questions.entries()) {
    const [ours, theirs] = rest.slice(at * step, at * step + step);
    if (ours === undefined) continue;
    const beside = theirs === undefined ? 'sqlite3 is not installed' : `sqlite3 ${ms(theirs.cpu)}`;
    const times = (ours.cpu / base.cpu).toFixed(1);
    say(
      `${name.padEnd(26)}${ms(ours.cpu)} of processor time, ${times} × node -e 0, done after ${ms(ours.wall)}; ${beside}`,
    );
  }
  if (!isInstalled('jq')) say('jq is not installed');
  else {
    const { wall } = await measure(`jq -c 'select(.userPrincipalName == "${user}")' ${file}`);
    say(`${'one user by jq'.padEnd(26)}done after ${wall.toFixed(1)} s: it reads the whole file`);
  }
}

/** The same records in one table of the sqlite3 shell, with indexes for the same questions. */
async function fillPeer(): Promise<string | undefined> {
  if (!isInstalled('sqlite3')) return undefined;
  const peer = join(folder, 'peer.db');
  const script = [
    'PRAGMA journal_mode=WAL;',
    'CREATE TABLE raw (line TEXT);',
    '.mode ascii',
    '.separator "\\037" "\\n"',
    `.import ${file} raw`,
    "CREATE TABLE s AS SELECT json_extract(line, '$.userPrincipalName') AS user, json_extract(line, '$.createdDateTime') AS time, json_extract(line, '$.status.errorCode') AS error, line FROM raw;",
    'DROP TABLE raw;',
    'CREATE INDEX s_user ON s (user, time);',
    'CREATE INDEX s_time ON s (time);',
  ].join('\n');
  const { wall } = await measure(`sqlite3 ${peer} <<'SQL'\n${script}\nSQL\n`);
  say(
    `sqlite3 shell             stored ${NUMBER} without evaluation in ${wall.toFixed(1)} s: ${Math.round(NUMBER / wall)} a second, ${megabytes(peer)} MB\n`,
  );
  return peer;
}

/** Every record out again: its time, and the memory that must not grow with it. */
async function everything(): Promise<void> {
  for (const format of ['ndjson', 'csv']) {
    const { wall, peak } = await measure(`${gsa} logs --all -o ${format} | wc -c`, env);
    say(`--all -o ${format.padEnd(17)}${wall.toFixed(1)} s, at most ${Math.round(peak)} MB`);
  }
}

function isInstalled(program: string): boolean {
  return spawnSync('bash', ['-c', `command -v ${program}`]).status === 0;
}

function megabytes(path: string): number {
  return Math.round(statSync(path).size / 1e6);
}

function ms(seconds: number): string {
  return `${Math.round(seconds * 1000)} ms`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
