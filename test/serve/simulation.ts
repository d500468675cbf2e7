import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LoggedSignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { sampleTenant } from '../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { serve } from '../../src/serve/server.ts';
import { WrittenState } from '../../src/serve/tenant-state.ts';
import { SignInFile } from '../../src/store/sign-in-log/sign-in-log.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import { LINEAGE } from '../support/store-samples.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  json(): ReturnType<typeof JSON.parse>;
}

/** A server over a tenant file of its own, both gone with the test. */
export async function simulation(
  options: {
    readonly tenant?: Tenant;
    readonly as?: string;
    readonly guarded?: boolean;
    readonly readOnly?: boolean;
    readonly signIns?: readonly LoggedSignIn[];
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-serve-test-'));
  const store = new TenantFile(join(folder, 'tenant.json'), applyPlan);
  const signature = (actor: string, role: string) => ({
    dateTime: '2026-01-15T09:00:00Z',
    actor,
    role,
    transactionId: randomUUID(),
    command: 'test',
  });
  await store.create(options.tenant ?? sampleTenant(), {
    force: false,
    signature: signature('a', 'b'),
    lockTimeout: 9_000,
  });
  const signIns = new SignInFile(join(folder, 'signins.db'), LINEAGE);
  signIns.append(options.signIns ?? []);
  const log: string[] = [];
  const bugs: unknown[] = [];
  const world = {
    state: new WrittenState(store, 9_000),
    journal: () => store.journal(),
    signIns: () => Promise.resolve(signIns),
    now: () => '2026-01-15T09:00:00Z',
    newId: randomUUID,
    sign: signature,
    readOnly: options.readOnly ?? false,
    guarded: options.guarded ?? true,
    onRefused: () => undefined,
    onDenied: () => Promise.resolve(),
  };
  const served = await serve(world, {
    port: 0,
    proxy: true,
    everybodyIs: options.as,
    makeFolder: async () => mkdtempSync(join(folder, 'served-')),
    today: new Date(),
    log: async (line) => {
      log.push(line);
    },
    onBug: (error) => bugs.push(error),
  });
  onTestFinished(async () => {
    await served.stop();
    signIns.close();
    rmSync(folder, { recursive: true });
  });
  const ca = readFileSync(served.certificate, 'utf8');
  const send = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(`${served.url}${path}`, { method, ca, headers: { ...length, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const signIn = await send(
    'POST',
    '/t/oauth2/v2.0/token',
    'grant_type=client_credentials&client_id=x&client_secret=hush',
  );
  const token: string = signIn.status === 200 ? signIn.json().access_token : '';
  const graph = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(method, path, body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body), {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
  return { ...served, ca, token, send, graph, log, bugs, store };
}
