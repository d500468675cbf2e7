import { connect } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { expect, test } from 'vitest';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { planReportOnly } from '../../src/core/tenant/plans/objects.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import { simulation } from './simulation.ts';

const POLICIES = '/v1.0/identity/conditionalAccess/policies';

test.each([
  ['nothing', ''],
  ['text that is no JSON', '{"displayName":'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '7'],
  ['a member twice', '{"displayName":"a","displayName":"b"}'],
  ['members of wrong types', '{"displayName":[],"state":{},"conditions":"all"}'],
  ['a state that there is not', '{"displayName":"a","state":"on","conditions":{}}'],
  ['lists in lists without end', '['.repeat(200_000)],
])('a body of %s is refused with 400, and nothing is written', async (_what, body) => {
  const { graph, store, bugs } = await simulation();
  const before = store.read().serial;
  const reply = await graph('POST', POLICIES, body);
  expect([reply.status, reply.json().error.code, store.read().serial, bugs]).toEqual([400, 'BadRequest', before, []]);
});

test.each([
  ['control', { grantControls: { operator: 'OR', builtInControls: ['never'] } }, 'never'],
  ['client', { conditions: { clientAppTypes: ['telnet'] } }, 'telnet'],
  [
    'location',
    { conditions: { locations: { includeLocations: ['11111111-1111-4111-8111-111111111111'] } } },
    '1040: NamedLocation with id 11111111-1111-4111-8111-111111111111 does not exist',
  ],
])('a policy with a %s that there is not is refused by its name', async (_what, patch, named) => {
  const { graph, store } = await simulation();
  const before = store.read();
  const reply = await graph('PATCH', `${POLICIES}/${before.tenant.policies[0]?.id}`, patch);
  expect([reply.status, store.read().serial]).toEqual([400, before.serial]);
  expect(reply.json().error.message).toContain(named);
});

test('a body without end is refused as soon as it is too large', async () => {
  const { graph } = await simulation();
  const reply = await graph('POST', POLICIES, 'x'.repeat(8 * 1024 * 1024)).catch((error: { code: string }) => error);
  expect('status' in reply ? reply.status : reply.code).toSatisfy((said) =>
    [413, 'EPIPE', 'ECONNRESET'].includes(said),
  );
  expect((await graph('GET', POLICIES)).status).toBe(200);
});

test('half a request, and two hundred connections that say nothing, keep nobody else from an answer', async () => {
  const { graph, url, ca } = await simulation();
  const port = Number(new URL(url).port);
  const silent = Array.from({ length: 200 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  const half = connectSecure({ port, host: '127.0.0.1', ca }, () =>
    half.write(`POST ${POLICIES} HTTP/1.1\r\nHost: 127`),
  );
  half.on('error', () => undefined);
  expect((await graph('GET', POLICIES)).status).toBe(200);
  for (const socket of [...silent, half]) socket.destroy();
  expect((await graph('GET', POLICIES)).status).toBe(200);
});

test('a version that is no longer there is refused with 412', async () => {
  const { graph, store } = await simulation();
  const id = store.read().tenant.policies[0]?.id;
  const etag = String((await graph('GET', `${POLICIES}/${id}`)).headers['etag']);
  const patch = (state: string) => graph('PATCH', `${POLICIES}/${id}`, { state }, { 'if-match': etag });
  expect((await patch('disabled')).status).toBe(204);
  expect((await patch('enabled')).status).toBe(412);
});

test('writers at once each make their change, beside another one of the file', async () => {
  const { graph, store } = await simulation();
  const { policies } = store.read().tenant;
  const before = store.read().serial;
  const other = new TenantFile(store.path, applyPlan);
  const signature = { dateTime: '2026-01-15T09:00:00Z', actor: 'a', role: 'b', transactionId: 't', command: 'gsa' };
  const byAnother = other.update(
    ({ tenant }) => planReportOnly(tenant, ['20000000-0000-4000-8000-000000000003'], '2026-01-15T09:00:00Z'),
    { signature, lockTimeout: 9_000 },
  );
  const replies = await Promise.all(
    policies.map(({ id }) => graph('PATCH', `${POLICIES}/${id}`, { description: `written ${id}` })),
  );
  expect(replies.map(({ status }) => status)).toEqual(policies.map(() => 204));
  await byAnother;
  expect(store.read().serial).toBe(before + policies.length + 1);
  expect(store.journal().verify()).toEqual([]);
});

test('only tokens of its own are taken, and every response says that it is simulated', async () => {
  const { send } = await simulation();
  const real = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"tid":"x","exp":9999999999}').toString('base64url')}.c2lnbmF0dXJl`;
  for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: `Bearer ${real}` }]) {
    const reply = await send('GET', POLICIES, undefined, headers);
    expect([reply.status, reply.json().error.code, reply.headers['x-gsa-simulated']]).toEqual([
      401,
      'InvalidAuthenticationToken',
      '1',
    ]);
  }
});

test('a secret that is sent for a token is in no line of the log', async () => {
  const { log, send } = await simulation();
  await send('POST', '/t/oauth2/v2.0/token?client_secret=hush', 'grant_type=client_credentials&client_secret=hush');
  expect(log.join('\n')).toContain('/oauth2/v2.0/token');
  expect(log.join('\n')).not.toContain('hush');
});

test.each([
  ['example.com:443'],
  ['graph.microsoft.com:80'],
  ['127.0.0.1:22'],
  ['graph.microsoft.com.evil.example:443'],
])('the proxy opens no tunnel to %s', async (target) => {
  const { proxyUrl = '' } = await simulation();
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1', () =>
      socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`),
    );
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

test('with --read-only every change is refused', async () => {
  const { graph, store } = await simulation({ readOnly: true });
  const id = store.read().tenant.policies[0]?.id;
  expect((await graph('DELETE', `${POLICIES}/${id}`)).status).toBe(403);
  expect((await graph('GET', `${POLICIES}/${id}`)).status).toBe(200);
});
