// Load on one machine: `node tools/test-load.mjs [--records 1000000] [--people 100000] [--groups 10000] [--seconds 600] [--megabytes 400]`.
// Imports people and groups, replays sign-ins twice at once, and lets ten readers read the log beside a writer. Nothing may be
// lost, no process may take more memory than it is given, and nobody may wait two seconds for a lock that is not held.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { underLock } from '../src/store/tenant/lock.ts';
import { filesOf } from '../src/store/tenant/path.ts';
import { generateSignIns, signIns } from '../test/support/generate-sign-ins.ts';

const number = /** @type {const} */ ({ type: 'string' });
const { values } = parseArgs({
  options: { records: number, people: number, groups: number, seconds: number, megabytes: number },
});
const asked = (/** @type {keyof typeof values} */ name, /** @type {number} */ usual) => Number(values[name] ?? usual);
const [records, people, groups] = [asked('records', 1_000_000), asked('people', 100_000), asked('groups', 10_000)];
const [seconds, megabytes] = [asked('seconds', 600), asked('megabytes', 400)];

const gsa = join(dirname(dirname(fileURLToPath(import.meta.url))), 'bin/gsa.js');
const folder = mkdtempSync(join(tmpdir(), 'gsa-load-'));
const tenant = join(folder, 'tenant.json');
/** @type {string[]} */
const violations = [];

/**
 * Runs gsa to its end: exit code, stdout, and the most memory that it took in megabytes, where the system tells.
 * @param {string[]} words
 */
async function run(...words) {
  const child = spawn(process.execPath, [gsa, ...words, '--tenant', tenant], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, most] = ['', '', 0];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const look = setInterval(() => (most = Math.max(most, memoryOf(child.pid ?? 0))), 100);
  const [code] = await once(child, 'close');
  clearInterval(look);
  if (code !== 0) violations.push(`gsa ${words.join(' ')}: exit ${code}: ${stderr.slice(0, 300)}`);
  return { stdout, most };
}

/** @param {number} pid */
function memoryOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** @param {string} what @param {boolean} holds @param {string} told */
function told(what, holds, told) {
  if (!holds) violations.push(`${what}: ${told}`);
  process.stdout.write(`${what.padEnd(34)} ${told}\n`);
}

const idOf = (/** @type {string} */ kind, /** @type {number} */ at) =>
  `${kind}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** @param {number} count */
function* firstSignIns(count) {
  let left = count;
  for (const signIn of generateSignIns()) {
    if (left-- === 0) return;
    yield signIn;
  }
}

async function directory() {
  const list = (/** @type {string} */ file, /** @type {object[]} */ value) =>
    writeFileSync(join(folder, file), JSON.stringify({ value }));
  list(
    'users.json',
    Array.from({ length: people }, (_, at) => ({
      '@odata.type': '#microsoft.graph.user',
      id: idOf('a', at),
      displayName: `Person ${at}`,
      userPrincipalName: `p${at}@contoso.com`,
      userType: 'Member',
      accountEnabled: true,
    })),
  );
  list(
    'groups.json',
    Array.from({ length: groups }, (_, at) => ({
      '@odata.type': '#microsoft.graph.group',
      id: idOf('b', at),
      displayName: `Group ${at}`,
      groupTypes: [],
      mailEnabled: false,
      securityEnabled: true,
    })),
  );
  const { most } = await run('import', join(folder, 'users.json'), join(folder, 'groups.json'), '--quiet');
  const { stdout } = await run('user', 'list', '-o', 'json', '--query', 'length(value)');
  told('people imported', Number(stdout) >= people, `${stdout.trim()}, ${Math.round(most)} MB`);
}

async function replays() {
  const file = join(folder, 'signins.ndjson');
  const out = createWriteStream(file);
  for (const signIn of firstSignIns(records)) if (!out.write(`${JSON.stringify(signIn)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  const both = await Promise.all([
    run('replay', file, '-o', 'json', '--quiet'),
    run('replay', file, '-o', 'json', '--quiet'),
  ]);
  const most = Math.max(...both.map((each) => each.most));
  const { stdout } = await run('logs', '--count-by', 'location', '-o', 'json', '--query', 'sum(value[].count)');
  told('memory of a replay', most <= megabytes, `${Math.round(most)} MB for ${records} records, two at once`);
  const counts = both.map(({ stdout }) => JSON.parse(stdout || '{}')).map(({ read }) => read);
  told(
    'records read by each',
    counts.every((read) => read === records),
    counts.join(', '),
  );
  told('records in the log', Number(stdout) === records, stdout.trim());
}

const free = join(folder, 'free.lock');
const files = { ...filesOf(join(folder, 'free.json')), lock: free, holder: `${free}.holder` };
const underFreeLock = () => underLock(files, { pid: process.pid, command: 'load', since: '' }, 10_000, () => undefined);

async function readersBesideWriter() {
  const until = Date.now() + seconds * 1000;
  let [reads, writes, slowest] = [0, 0, 0];
  const reader = async () => {
    while (Date.now() < until) {
      await run('logs', '--limit', '50', '-o', 'json', '--quiet');
      reads++;
    }
  };
  const writer = async () => {
    while (Date.now() < until) {
      const file = join(folder, `more-${writes}.ndjson`);
      writeFileSync(file, [...signIns(50, { seed: 1000 + writes })].map((signIn) => JSON.stringify(signIn)).join('\n'));
      const { stdout } = await run('replay', file, '-o', 'json', '--quiet');
      if (JSON.parse(stdout || '{}').read !== 50) violations.push(`write ${writes} read other than 50 records`);
      rmSync(file);
      writes++;
    }
  };
  // A lock that nobody holds: each attempt has a tenant of its own beside, and waits for nothing.
  const locks = async () => {
    while (Date.now() < until) {
      const started = performance.now();
      await underFreeLock();
      slowest = Math.max(slowest, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  await Promise.all([writer(), locks(), ...Array.from({ length: 10 }, reader)]);
  told(
    'readers beside a writer',
    reads > 0 && writes > 0,
    `${reads} reads, ${writes} writes in ${seconds} s; longest wait for a free lock ${Math.round(slowest)} ms`,
  );
  told('a lock that nobody holds', slowest < 2_000, `${Math.round(slowest)} ms at most`);
  await run('tenant', 'validate');
}

try {
  await run('init', '--empty', '--quiet');
  await directory();
  await replays();
  await readersBesideWriter();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const violation of violations.slice(0, 20)) process.stdout.write(`violated: ${violation}\n`);
process.stdout.write(`${violations.length} violations\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
