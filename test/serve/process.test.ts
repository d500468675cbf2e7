import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT, quietEnvironment } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = join(PROJECT, 'bin/gsa.js');
const POLICY = '/v1.0/identity/conditionalAccess/policies/20000000-0000-4000-8000-000000000001';

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gsa-serve-process-'));
  env = quietEnvironment(folder, { GSA_TENANT: join(folder, 'tenant.json'), TMPDIR: folder });
  expect(gsa('init', '--quiet').status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function gsa(...words: readonly string[]) {
  return spawnSync(NODE, [GSA, ...words], { env, encoding: 'utf8' });
}

/** The binary as a server, once it listens. */
async function started() {
  const child = spawn(NODE, [GSA, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let url = '';
  let ca = '';
  for await (const line of createInterface({ input: child.stderr })) {
    url = /https:\/\/[\d.:]+/.exec(line)?.[0] ?? url;
    ca = /client: (.*)$/.exec(line)?.[1] ?? '';
    if (ca !== '') break;
  }
  child.stderr.resume();
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    output += piece;
  });
  const ended = once(child, 'close');
  return { child, url, ca: readFileSync(ca, 'utf8'), ended, output: () => output };
}

function send(
  { url, ca }: { readonly url: string; readonly ca: string },
  method: string,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, ca, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a server that gets %s in the middle of writes loses none that it acknowledged, and the next one starts clean',
  async (signal) => {
    const server = await started();
    const form = 'grant_type=client_credentials&client_id=x&client_secret=none';
    const signIn = await send(server, 'POST', '/t/oauth2/v2.0/token', form);
    const headers = {
      authorization: `Bearer ${JSON.parse(signIn.text).access_token}`,
      'content-type': 'application/json',
    };
    const acknowledged: string[] = [];
    const writer = async (name: string) => {
      for (let at = 0; ; at++) {
        const description = `${signal} ${name} ${at}`;
        const { status } = await send(server, 'PATCH', POLICY, JSON.stringify({ description }), headers);
        if (status !== 204) throw new Error(`answered ${status}`);
        acknowledged.push(description);
        if (acknowledged.length === 8) server.child.kill(signal);
      }
    };
    const writers = await Promise.allSettled([writer('a'), writer('b'), writer('c')]);
    await server.ended;
    expect(writers.filter((each) => each.status === 'rejected' && String(each.reason).includes('answered'))).toEqual(
      [],
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(8);
    expect(gsa('tenant', 'validate', '--quiet').status).toBe(0);
    const audits = gsa('audit', '-o', 'json', '--limit', '1000').stdout;
    expect(acknowledged.filter((description) => !audits.includes(description))).toEqual([]);
    if (signal !== 'SIGKILL') expect(server.output()).toContain('changes.');
    const next = await started();
    next.child.kill('SIGINT');
    await next.ended;
    expect(readdirSync(folder).filter((name) => name.startsWith('gsa-serve-'))).toEqual([]);
  },
);

test('a port that cannot be had is a usage error that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const run = gsa('serve', '--port', port);
  other.close();
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(`port \`${port}\` of 127.0.0.1 cannot be had`)]);
  expect(run.stderr).toContain('--port');
  expect(readdirSync(folder).filter((name) => name.startsWith('gsa-serve-'))).toEqual([]);
});
