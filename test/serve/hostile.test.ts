import { connect } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { planReportOnly } from '../../src/core/tenant/plans/objects.ts';
import { ROUTES } from '../../src/serve/routes.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import { tries } from '../support/tries.ts';
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

/** What the server says on a raw connection to bytes that somebody sends. */
async function said(url: string, ca: string, bytes: string): Promise<string> {
  return await new Promise((resolve) => {
    let text = '';
    const socket = connectSecure({ port: Number(new URL(url).port), host: '127.0.0.1', ca }, () => socket.end(bytes));
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
}

test.each([
  ['what is no request', 'HELLO\r\n\r\n', 400],
  ['a header without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['a request without a host', 'GET /v1.0/users HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
  ['a request for another host', 'GET /v1.0/users HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n', 421],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx', 400],
  [
    'an expectation',
    'GET /v1.0/users HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
    401,
  ],
])('%s is answered in words that say that they are simulated', async (_what, bytes, status) => {
  const { url, ca, bugs } = await simulation();
  const text = await said(url, ca, bytes);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*x-gsa-simulated: 1`));
  expect(bugs).toEqual([]);
});

test('a body that is announced as too large is refused before it is sent', async () => {
  const { url, ca, token } = await simulation();
  const head = `PATCH ${POLICIES}/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close`;
  const text = await said(url, ca, `${head}\r\nContent-Length: 104857600\r\nExpect: 100-continue\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
});

test('connections that never say a word, or stop in the middle of one, do not keep the server from stopping', async () => {
  const { url, proxyUrl = '', ca, stop } = await simulation();
  const port = Number(new URL(url).port);
  const silent = connect(port, '127.0.0.1').on('error', () => undefined);
  const tunnel = connect(Number(new URL(proxyUrl).port), '127.0.0.1').on('error', () => undefined);
  const half = connectSecure({ port, host: '127.0.0.1', ca }).on('error', () => undefined);
  await new Promise((resolve) => half.once('secureConnect', resolve));
  half.write(`POST ${POLICIES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf`);
  tunnel.write('CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n');
  await new Promise((resolve) => tunnel.once('data', resolve));
  const closed = [silent, tunnel, half].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of [silent, tunnel, half]) socket.resume();
  await stop();
  await Promise.all(closed);
});

test('a change that was under way when the server stops is made whole', async () => {
  const { graph, stop, store } = await simulation();
  const before = store.read().serial;
  const { policies } = store.read().tenant;
  const sent = policies.map(({ id }) =>
    graph('PATCH', `${POLICIES}/${id}`, { description: 'x' }).catch(() => undefined),
  );
  await sent[0];
  await stop();
  const { serial } = store.read();
  await new Promise((resolve) => setImmediate(resolve));
  expect(serial).toBeGreaterThan(before);
  expect(store.read().serial).toBe(serial);
  expect(store.journal().verify()).toEqual([]);
  await Promise.all(sent);
});

test('whatever is sent to a route, it is answered as Graph answers, and by no fault of the server', async () => {
  const { graph, bugs } = await simulation();
  const value = fc.anything({ withBigInt: false, withDate: false, maxDepth: 3 });
  const body = fc.oneof(value, fc.dictionary(fc.constantFrom(...MEMBERS), value), fc.string());
  const id = fc.constantFrom(
    '20000000-0000-4000-8000-000000000001',
    '..',
    '%2e%2e',
    "'",
    'x'.repeat(3_000),
    '%00',
    '{}',
  );
  const query = fc.constantFrom(
    '',
    '?$top=x',
    '?$filter=',
    '?$filter=a eq',
    '?$skiptoken=%00',
    '?$select=',
    '?$orderby=,',
    '?%',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ROUTES),
      fc.constantFrom('v1.0', 'beta'),
      id,
      query,
      body,
      async (route, version, key, options, content) => {
        const path = route.path.replace('{id}', key).replace('{type}', key);
        const sent = route.method === 'GET' ? undefined : (JSON.stringify(content) ?? '');
        const { status, text } = await graph(
          route.method,
          encodeURI(`/${version}/${path}`).replaceAll('%25', '%') + options,
          sent,
        );
        expect(status).toBeLessThan(500);
        if (status >= 400)
          expect(JSON.parse(text).error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      },
    ),
    { numRuns: tries(150) },
  );
  expect(bugs).toEqual([]);
});

const MEMBERS = [
  'displayName',
  'state',
  'conditions',
  'grantControls',
  'signalingStatus',
  'requests',
  '@odata.type',
  'ipRanges',
  'signInIdentity',
  'signInContext',
  '__proto__',
  'constructor',
];
