// `gsa serve` under load: memory over 100,000 requests, the time of a policy read at 500 requests a second, and what hostile
// clients do to it: bodies of 100 MB, headers that never end, connections that say nothing, writers beside the command line, and a kill in
// the middle of a write. `npm run test:serve-load [requests]`. Ends with the figures; a broken law makes the exit code 1. Times are
// told, and judged by nobody: they are the machine's as much as ours.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { connect as connectSecure } from 'node:tls';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GSA = join(ROOT, 'bin/gsa.js');
/** The Node of the repository: an older one would hand over to it, and be measured in its place. */
const NODE = join(ROOT, 'node_modules/.bin/node');
const REQUESTS = Number(process.argv[2] ?? 100_000);
const PER_SECOND = 500;
const SECONDS = 10;
const POLICIES = '/v1.0/identity/conditionalAccess/policies';
const POLICY = `${POLICIES}/20000000-0000-4000-8000-000000000001`;
/** Bytes by which memory may differ between a tenth of the requests and all of them. */
const FLAT = 48 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'gsa-serve-load-'));
const env = { ...process.env, GSA_TENANT: join(folder, 'tenant.json'), TMPDIR: folder };
let failed = 0;

/** @param {readonly string[]} words */
const gsa = (...words) => spawnSync(NODE, [GSA, ...words], { env, encoding: 'utf8' });

/**
 * @param {string} what
 * @param {boolean} holds
 * @param {string} figures
 */
function tell(what, holds, figures) {
  if (!holds) failed += 1;
  process.stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${what}: ${figures}\n`);
}

async function start() {
  const child = spawn(NODE, [GSA, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let url = '';
  let path = '';
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    url = /https:\/\/[\d.:]+/.exec(line)?.[0] ?? url;
    path = /client: (.*)$/.exec(line)?.[1] ?? path;
    if (path !== '') break;
  }
  child.stderr.resume();
  const ca = readFileSync(path, 'utf8');
  const agent = new Agent({ keepAlive: true, maxSockets: 64, ca });
  const port = Number(new URL(url).port);
  const form = 'grant_type=client_credentials&client_id=x&client_secret=none';
  const { text } = await send({ url, agent, token: '' }, 'POST', '/t/oauth2/v2.0/token', form);
  return { child, url, ca, agent, port, token: JSON.parse(text).access_token };
}

/**
 * @param {{ url: string, agent: Agent, token: string }} server
 * @param {string} method
 * @param {string} path
 * @param {string | Buffer} [body]
 * @returns {Promise<{ status: number, text: string }>}
 */
function send({ url, agent, token }, method, path, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @param {number | undefined} pid */
function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** @param {Awaited<ReturnType<typeof start>>} server */
async function readMany(server) {
  const seen = /** @type {number[]} */ ([]);
  let left = REQUESTS;
  let done = 0;
  let wrong = 0;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const at = left;
      // A list and, each hundredth time, a body that is refused and one too many for the route: refusals must not be kept either.
      const path = at % 2 === 0 ? POLICY : `${POLICIES}?$top=2&$filter=state%20eq%20'enabled'`;
      const [method, body, status] = at % 100 === 0 ? ['PATCH', '{"state":7}', 400] : ['GET', undefined, 200];
      const reply = await send(server, String(method), method === 'PATCH' ? POLICY : path, body && String(body));
      if (reply.status !== status) wrong += 1;
      done += 1;
      if (done % Math.ceil(REQUESTS / 10) === 0) seen.push(memoryOf(server.child.pid));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: 16 }, worker));
  const seconds = (performance.now() - started) / 1000;
  const grown = (seen.at(-1) ?? 0) - (seen[0] ?? 0);
  const rate = `${(REQUESTS / seconds).toFixed(0)} a second`;
  tell(`${REQUESTS} requests`, wrong === 0, `${wrong} answered otherwise than they should be, ${rate}`);
  tell('memory is flat', grown < FLAT, `${seen.map(megabytes).join(', ')} after each tenth`);
}

/** @param {Awaited<ReturnType<typeof start>>} server */
async function readSteadily(server) {
  // Connections are made and code is compiled before the clock runs.
  await Promise.all(Array.from({ length: 500 }, () => send(server, 'GET', POLICY)));
  const times = /** @type {number[]} */ ([]);
  const total = PER_SECOND * SECONDS;
  const started = performance.now();
  const before = cpuOf(server.child.pid);
  await Promise.all(
    Array.from({ length: total }, async (_, at) => {
      const due = started + (at * 1000) / PER_SECOND;
      await setTimeout(Math.max(0, due - performance.now()));
      const sent = performance.now();
      await send(server, 'GET', POLICY);
      times.push(performance.now() - sent);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`;
  const cpu = ((cpuOf(server.child.pid) - before) / total) * 1000;
  const where = `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;
  const figures = `p50 ${at(0.5)}, p99 ${at(0.99)}, p99.9 ${at(0.999)}, ${cpu.toFixed(2)} ms of the server's CPU each`;
  tell(
    `a policy read, ${PER_SECOND} a second asked, ${(total / seconds).toFixed(0)} done`,
    times.length === total,
    `${figures} (${where}; times hold this client too)`,
  );
}

/**
 * Seconds of CPU.
 * @param {number | undefined} pid
 */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** @param {Awaited<ReturnType<typeof start>>} server */
async function sendTooMuch(server) {
  const before = memoryOf(server.child.pid);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(server.child.pid));
  }, 20);
  const hundred = Buffer.alloc(100 * 1024 * 1024, 'x');
  const sized = await send(server, 'PATCH', POLICY, hundred);
  const unsized = await sendInPieces(server, 1600);
  clearInterval(watch);
  tell(
    'a body of 100 MB',
    sized.status === 413 && unsized === 413,
    `${sized.status} with its size said, ${unsized} without`,
  );
  tell('memory meanwhile', most - before < 64 * 1024 * 1024, `${megabytes(before)}, at most ${megabytes(most)}`);
}

/**
 * @param {Awaited<ReturnType<typeof start>>} server
 * @param {number} pieces of 64 KiB
 * @returns {Promise<number>}
 */
function sendInPieces({ url, ca, token }, pieces) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = request(`${url}${POLICY}`, { method: 'PATCH', ca, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    const piece = Buffer.alloc(64 * 1024, 'x');
    const write = async () => {
      for (let at = 0; at < pieces; at += 1) {
        if (!sent.write(piece)) await new Promise((go) => sent.once('drain', () => go(undefined)));
      }
      sent.end();
    };
    write().catch(reject);
  });
}

/** @param {Awaited<ReturnType<typeof start>>} server */
async function sayLittle(server) {
  const begun = performance.now();
  const ended = /** @type {number[]} */ ([]);
  const sockets = Array.from({ length: 200 }, (_, at) => {
    const isSecure = at % 2 === 0;
    const socket = isSecure
      ? connectSecure({ port: server.port, host: '127.0.0.1', ca: server.ca }, () => {
          socket.write('GET / HTTP/1.1\r\n');
        })
      : connect(server.port, '127.0.0.1');
    // One header more every second, for ever: a limit on silence alone would never end it.
    const drip = setInterval(() => isSecure && socket.writable && socket.write('X-Slow: 1\r\n'), 1000);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      ended.push(performance.now() - begun);
    });
    socket.resume();
    return socket;
  });
  await setTimeout(500);
  const meanwhile = await send(server, 'GET', POLICY);
  const until = performance.now() + 60_000;
  while (ended.length < sockets.length && performance.now() < until) await setTimeout(200);
  const last = (Math.max(0, ...ended) / 1000).toFixed(1);
  tell('200 slow and silent connections', meanwhile.status === 200, `others are answered meanwhile`);
  tell(
    'they are ended',
    ended.length === sockets.length,
    `${ended.length} of ${sockets.length}, the last after ${last} s`,
  );
}

/** @param {Awaited<ReturnType<typeof start>>} server */
async function writeBesideCommands(server) {
  const before = JSON.parse(readFileSync(env.GSA_TENANT, 'utf8')).serial;
  const names = Array.from({ length: 40 }, (_, at) => `written ${at}`);
  const commands = Array.from({ length: 4 }, (_, at) => {
    const state = at % 2 === 0 ? 'disabled' : 'report-only';
    const words = ['policy', 'set-state', '20000000-0000-4000-8000-000000000002', state, '--yes', '--quiet'];
    const child = spawn(NODE, [GSA, ...words], { env, stdio: 'ignore' });
    return new Promise((resolve) => child.once('exit', resolve));
  });
  const replies = await Promise.all(
    names.map((description) => send(server, 'PATCH', POLICY, JSON.stringify({ description }))),
  );
  const codes = await Promise.all(commands);
  const made = replies.filter(({ status }) => status === 204).length;
  const { serial } = JSON.parse(readFileSync(env.GSA_TENANT, 'utf8'));
  const verified = gsa('tenant', 'validate');
  const isWhole =
    made === names.length && verified.status === 0 && serial >= before + made && codes.every((code) => code === 0);
  const figures = `${made} of ${names.length} requests made, commands ended with ${codes.join(', ')}, serial ${before} to ${serial}`;
  tell('writers beside the command line', isWhole, `${figures}; gsa tenant validate: ${verified.status}`);
}

/** Kills or interrupts the server while it writes, and looks at what is left. */
async function breakOff() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGKILL', 'SIGTERM', 'SIGKILL'])) {
    const server = await start();
    const acknowledged = /** @type {string[]} */ ([]);
    const writer = async (/** @type {number} */ of) => {
      for (let at = 0; ; at += 1) {
        const description = `${signal} ${of} ${at}`;
        const reply = await send(server, 'PATCH', POLICY, JSON.stringify({ description }));
        if (reply.status === 204) acknowledged.push(description);
      }
    };
    const writers = Promise.allSettled([writer(1), writer(2), writer(3)]);
    await setTimeout(700);
    const hung = connect(server.port, '127.0.0.1').on('error', () => undefined);
    const ended = new Promise((resolve) => server.child.once('exit', (code, by) => resolve(code ?? by)));
    const begun = performance.now();
    server.child.kill(signal);
    const how = await ended;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    await writers;
    hung.destroy();
    const verified = gsa('tenant', 'validate');
    const audits = gsa('audit', '-o', 'json', '--limit', '100000').stdout;
    const lost = acknowledged.filter((description) => !audits.includes(description));
    const isWhole = verified.status === 0 && lost.length === 0;
    tell(
      `${signal} in the middle of writes`,
      isWhole && acknowledged.length > 0,
      `ended with ${how} after ${seconds} s; ${acknowledged.length} acknowledged, ${lost.length} lost; tenant validate ${verified.status}`,
    );
  }
  const left = readdirSync(folder).filter((name) => name.startsWith('gsa-serve-'));
  tell('an interrupted server leaves no folder', left.length <= 2, `${left.length} left, by the two kills`);
}

try {
  gsa('init', '--quiet');
  const server = await start();
  await readSteadily(server);
  await readMany(server);
  await sendTooMuch(server);
  await sayLittle(server);
  await writeBesideCommands(server);
  server.child.kill('SIGINT');
  await new Promise((resolve) => server.child.once('exit', resolve));
  await breakOff();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
process.exit();
