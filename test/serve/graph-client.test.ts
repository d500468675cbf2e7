import { Agent, request } from 'node:https';
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { describe, expect, test } from 'vitest';
import { simulation } from './simulation.ts';

/** Graph's own client, over a transport that trusts the certificate of the simulation. */
async function client(options: Parameters<typeof simulation>[0] = {}) {
  const simulated = await simulation(options);
  const agent = new Agent({ ca: simulated.ca });
  const execute = (context: { request: Request | string; options?: RequestInit; response?: Response }) =>
    new Promise<void>((resolve, reject) => {
      const { method, headers, body } = context.options ?? {};
      const url = typeof context.request === 'string' ? context.request : context.request.url;
      const sent = request(
        url,
        {
          agent,
          method: method ?? 'GET',
          headers: { ...(headers as object), authorization: `Bearer ${simulated.token}` },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece) => pieces.push(piece));
          response.on('end', () => {
            const status = response.statusCode ?? 500;
            const named = Object.entries(response.headers).map(([name, value]): [string, string] => [
              name,
              String(value),
            ]);
            context.response = new Response(status === 204 ? null : Buffer.concat(pieces), { status, headers: named });
            resolve();
          });
        },
      );
      sent.on('error', reject);
      sent.end(typeof body === 'string' ? body : undefined);
    });
  return { ...simulated, graph: Client.initWithMiddleware({ middleware: { execute }, baseUrl: `${simulated.url}/` }) };
}

const POLICY = {
  displayName: 'Block the visitor network',
  state: 'enabledForReportingButNotEnforced',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
};

describe('the Graph client', () => {
  test('reads every policy, page by page', async () => {
    const { graph, store } = await client();
    const first = await graph.api('/identity/conditionalAccess/policies').top(4).get();
    const seen: string[] = [];
    const pages = new PageIterator(graph, first, ({ id }: { id: string }) => {
      seen.push(id);
      return true;
    });
    await pages.iterate();
    expect(first.value).toHaveLength(4);
    expect(seen).toEqual(store.read().tenant.policies.map(({ id }) => id));
  });

  test('creates, changes, deletes, restores and purges a policy, each in the journal', async () => {
    const { graph, store } = await client();
    const policies = '/identity/conditionalAccess/policies';
    const made = await graph.api(policies).post(POLICY);
    await graph.api(`${policies}/${made.id}`).patch({ state: 'disabled' });
    expect(await graph.api(`${policies}/${made.id}`).get()).toMatchObject({ ...POLICY, state: 'disabled' });
    await graph.api(`${policies}/${made.id}`).delete();
    const deleted = `/identity/conditionalAccess/deletedItems/policies/${made.id}`;
    expect(await graph.api(`${deleted}/restore`).post({})).toMatchObject({ id: made.id, state: 'disabled' });
    await graph.api(`${policies}/${made.id}`).delete();
    await graph.api(deleted).delete();
    await expect(graph.api(deleted).get()).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
    expect(
      store
        .journal()
        .entries()
        .slice(-6)
        .map(({ operationType }) => operationType),
    ).toEqual(['Add', 'Update', 'Delete', 'Restore', 'Delete', 'Delete']);
    expect(store.journal().verify()).toEqual([]);
  });

  test('is refused a switch that stops people, with every policy by name, and nothing is written', async () => {
    const { graph, store } = await client();
    const before = store.read().serial;
    const settings = graph.api('/networkAccess/settings/conditionalAccess').version('beta');
    await expect(settings.patch({ signalingStatus: 'disabled' })).rejects.toMatchObject({
      statusCode: 409,
      code: 'Conflict',
      body: expect.stringContaining('CA003 Block Finance outside trusted locations'),
    });
    expect(store.read().serial).toBe(before);
  });

  test('makes the switch where the policies were dealt with first', async () => {
    const { graph, store } = await client();
    for (const { id, state } of store.read().tenant.policies) {
      if (state !== 'enabled') continue;
      await graph
        .api(`/identity/conditionalAccess/policies/${id}`)
        .patch({ state: 'enabledForReportingButNotEnforced' });
    }
    await graph.api('/networkAccess/settings/conditionalAccess').version('beta').patch({ signalingStatus: 'disabled' });
    expect(store.read().tenant.globalSecureAccess.conditionalAccess.signalingStatus).toBe('disabled');
  });

  test('answers a batch in its order, and holds what depends on a failure', async () => {
    const { graph } = await client();
    const { responses } = await graph.api('/$batch').post({
      requests: [
        { id: '1', method: 'GET', url: '/identity/conditionalAccess/policies?$top=1' },
        { id: '2', method: 'GET', url: '/identity/conditionalAccess/policies/none' },
        { id: '3', method: 'GET', url: '/users', dependsOn: ['2'] },
      ],
    });
    expect(responses.map(({ id, status }: { id: string; status: number }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 404],
      ['3', 424],
    ]);
  });

  test('is told 403 as Graph does where a role lacks the right', async () => {
    const { graph } = await client({ as: 'adele.vance@contoso.com' });
    await expect(graph.api('/identity/conditionalAccess/policies').post(POLICY)).rejects.toMatchObject({
      statusCode: 403,
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
  });

  test('finds locations by their type, which v1.0 does not show', async () => {
    const { graph } = await client();
    const filter = "isof('microsoft.graph.compliantNetworkNamedLocation')";
    const locations = graph.api('/identity/conditionalAccess/namedLocations').filter(filter);
    const beta = await graph.api('/identity/conditionalAccess/namedLocations').version('beta').filter(filter).get();
    expect(beta.value.map(({ id }: { id: string }) => id)).toEqual(['3d46dbda-8382-466a-856d-eb00cbc6b910']);
    expect((await locations.get()).value).toEqual([]);
  });
});
