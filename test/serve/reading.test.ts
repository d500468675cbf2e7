import { expect, test } from 'vitest';
import { emptyTenant } from '../../src/core/tenant/sample/sample.ts';
import { loggedSignIn } from '../support/store-samples.ts';
import { simulation } from './simulation.ts';

const POLICIES = '/v1.0/identity/conditionalAccess/policies';
const SETTINGS = 'networkAccess/settings/conditionalAccess';
const FIRST = '20000000-0000-4000-8000-000000000001';

test('the signaling settings are in beta alone', async () => {
  const { graph } = await simulation({ guarded: false });
  const v1 = await graph('GET', `/v1.0/${SETTINGS}`);
  expect([v1.status, v1.json().error.message]).toEqual([400, "Resource not found for the segment 'networkAccess'."]);
  expect((await graph('PATCH', `/beta/${SETTINGS}`, { signalingStatus: 'disabled' })).status).toBe(204);
  expect((await graph('GET', `/beta/${SETTINGS}`)).json()).toMatchObject({ signalingStatus: 'disabled' });
});

test('policies are under their older name as well', async () => {
  const { graph } = await simulation();
  const [one, other] = await Promise.all([
    graph('GET', POLICIES),
    graph('GET', '/v1.0/policies/conditionalAccessPolicies'),
  ]);
  expect(other.json().value).toEqual(one.json().value);
  await graph('PATCH', `/v1.0/policies/conditionalAccessPolicies/${FIRST}`, { state: 'disabled' });
  expect((await graph('GET', `${POLICIES}('${FIRST}')`)).json().state).toBe('disabled');
});

test('members that only beta declares are hidden under v1.0', async () => {
  const { graph } = await simulation();
  const patch = {
    conditions: { agentIdRiskLevels: 'high' },
    sessionControls: { continuousAccessEvaluation: { mode: 'disabled' } },
  };
  expect((await graph('PATCH', POLICIES.replace('v1.0', 'beta').concat(`/${FIRST}`), patch)).status).toBe(204);
  const shown = async (version: string) => {
    const reply = await graph('GET', `/${version}/identity/conditionalAccess/policies/${FIRST}`);
    return ['agentIdRiskLevels', 'continuousAccessEvaluation'].filter((name) => reply.text.includes(name));
  };
  expect(await shown('beta')).toEqual(['agentIdRiskLevels', 'continuousAccessEvaluation']);
  expect(await shown('v1.0')).toEqual([]);
});

test('an error names the request, by the id that its sender gave it where there is one', async () => {
  const { graph } = await simulation();
  const reply = await graph('GET', `${POLICIES}/none`, undefined, { 'client-request-id': 'mine' });
  const { innerError } = reply.json().error;
  expect(innerError).toEqual({
    date: '2026-01-15T09:00:00',
    'request-id': reply.headers['request-id'],
    'client-request-id': 'mine',
  });
  expect(reply.headers['client-request-id']).toBe('mine');
  const other = (await graph('GET', `${POLICIES}/none`)).json().error.innerError;
  expect(other['client-request-id']).toBe(other['request-id']);
  expect(other['request-id']).not.toBe(innerError['request-id']);
});

test.each([1, 3, 7, 19, 999])('pages of a list hold every item once, whatever their size: %i', async (size) => {
  const { graph, store, url } = await simulation();
  const seen: string[] = [];
  let path: string | undefined = `/v1.0/users?$select=id&$orderby=displayName desc&$top=${size}`;
  for (; path !== undefined; ) {
    const { value, '@odata.nextLink': next }: { value: { id: string }[]; '@odata.nextLink'?: string } = (
      await graph('GET', encodeURI(path))
    ).json();
    expect(value.length).toBeLessThanOrEqual(size);
    seen.push(...value.map(({ id }) => id));
    expect(next?.startsWith(`${url}/v1.0/users?`)).toSatisfy((is) => is === true || next === undefined);
    path = next === undefined ? undefined : decodeURI(next.slice(url.length)).replaceAll('+', ' ');
  }
  expect(seen.toSorted()).toEqual(
    store
      .read()
      .tenant.users?.map(({ id }) => id)
      .toSorted(),
  );
});

test.each([
  'users',
  'groups',
  'servicePrincipals',
  'identity/conditionalAccess/namedLocations',
  'identity/conditionalAccess/policies',
  'roleManagement/directory/roleAssignments',
  'roleManagement/directory/roleDefinitions',
])('a list that the tenant file does not know is refused, and not answered with nothing: %s', async (path) => {
  const { graph } = await simulation({ tenant: emptyTenant() });
  const reply = await graph('GET', `/v1.0/${path}`);
  expect([reply.status, reply.json().error.code]).toEqual([501, 'NotImplemented']);
  expect(reply.json().error.message).toContain('gsa import');
});

const SIGN_INS = [1, 2, 3, 4].map((number) =>
  loggedSignIn({
    id: `5f000000-0000-4000-8000-00000000000${number}`,
    createdDateTime: '2026-01-14T10:00:00Z',
    isThroughGlobalSecureAccess: true,
    isInteractive: number !== 3,
    signInEventTypes: [number === 3 ? 'nonInteractiveUser' : 'interactiveUser'],
  }),
);

test('sign-ins are the interactive ones unless the filter names a kind', async () => {
  const { graph } = await simulation({ signIns: SIGN_INS });
  const numbers = async (query: string) =>
    (await graph('GET', `/beta/auditLogs/signIns${encodeURI(query)}`))
      .json()
      .value.map(({ id }: { id: string }) => Number(id.at(-1)))
      .toSorted();
  expect(await numbers('')).toEqual([1, 2, 4]);
  expect(await numbers("?$filter=signInEventTypes/any(t: t eq 'nonInteractiveUser')")).toEqual([3]);
});

test('sign-ins of one second are on one page or the next, and never on both', async () => {
  const { graph, url } = await simulation({ signIns: SIGN_INS });
  const seen: string[] = [];
  for (let path: string | undefined = '/beta/auditLogs/signIns?$top=1'; path !== undefined; ) {
    const { value, '@odata.nextLink': next }: { value: { id: string }[]; '@odata.nextLink'?: string } = (
      await graph('GET', path)
    ).json();
    seen.push(...value.map(({ id }) => id));
    path = next?.slice(url.length);
  }
  expect(seen.map((id) => Number(id.at(-1))).toSorted()).toEqual([1, 2, 4]);
});

test('under v1.0 a sign-in has no member of Global Secure Access', async () => {
  const { graph } = await simulation({ signIns: SIGN_INS });
  const names = async (version: string) =>
    Object.keys((await graph('GET', `/${version}/auditLogs/signIns`)).json().value[0]);
  expect(await names('beta')).toEqual(expect.arrayContaining(['isThroughGlobalSecureAccess', 'signInEventTypes']));
  expect(await names('v1.0')).not.toEqual(expect.arrayContaining(['isThroughGlobalSecureAccess']));
  expect(await names('v1.0')).not.toEqual(expect.arrayContaining(['signInEventTypes']));
});

test('a query option that stands there twice is refused, whichever way it is written', async () => {
  const { graph } = await simulation();
  for (const query of ['$top=1&$top=2', '$top=1&top=2', '$select=id&$Select=id']) {
    const reply = await graph('GET', `/v1.0/users?${query}`);
    expect([reply.status, reply.json().error.message]).toEqual([400, expect.stringContaining('more than once')]);
  }
});

test('one object by itself is selected from in any case, and refuses whatever else is asked of it, as its list does', async () => {
  const { graph } = await simulation();
  const policies = '/v1.0/identity/conditionalAccess/policies';
  const { value: users } = (await graph('GET', '/v1.0/users')).json();
  const { value: groups } = (await graph('GET', '/v1.0/groups')).json();
  expect((await graph('DELETE', `${policies}/${FIRST}`)).status).toBe(204);
  const [, second] = (await graph('GET', policies)).json().value;
  const objects = [
    `/v1.0/users/${users[0].id}`,
    `/v1.0/groups/${groups[0].id}`,
    `${policies}/${second.id}`,
    `/v1.0/identity/conditionalAccess/deletedItems/policies/${FIRST}`,
    '/beta/networkAccess/settings/conditionalAccess',
  ];
  for (const path of objects) {
    expect((await graph('GET', path)).status).toBe(200);
    for (const select of ['$select=id', 'select=id', '$Select=id']) {
      const names = Object.keys((await graph('GET', `${path}?${select}`)).json());
      expect(names.filter((name) => !name.includes('@') && name !== 'id')).toEqual([]);
    }
    for (const refused of ['$expand=members', '$filter=id eq 1', 'top=1', '$format=xml', '$select=id&$select=id'])
      expect([path, refused, (await graph('GET', `${path}?${encodeURI(refused)}`)).status]).toEqual([
        path,
        refused,
        400,
      ]);
  }
});

test('the version and the segments of a path are taken in any case', async () => {
  const { graph } = await simulation();
  expect((await graph('GET', `/V1.0/Identity/ConditionalAccess/Policies/${FIRST}`)).json().id).toBe(FIRST);
});

test('the groups of a user are asked for by id and by user principal name, those that hold them alone or all', async () => {
  const { graph } = await simulation();
  const { value: users } = (await graph('GET', '/v1.0/users')).json();
  const { value: groups } = (await graph('GET', '/v1.0/groups')).json();
  expect(users.length * groups.length).toBeGreaterThan(20);
  for (const { id, userPrincipalName } of users) {
    const asked = async (who: string, route: string) =>
      (await graph('GET', `/v1.0/users/${encodeURIComponent(who)}/${route}`)).json().value;
    const [direct, all] = [await asked(id, 'memberOf'), await asked(id, 'transitiveMemberOf')];
    expect(await asked(userPrincipalName.toUpperCase(), 'memberOf')).toEqual(direct);
    expect(await asked(userPrincipalName, 'transitiveMemberOf')).toEqual(all);
    expect(all).toEqual(expect.arrayContaining(direct));
    for (const group of groups) {
      const { value: members } = (await graph('GET', `/v1.0/groups/${group.id}/members`)).json();
      const isMember = members.some((member: { id: string }) => member.id === id);
      expect(direct.some((each: { id: string }) => each.id === group.id)).toBe(isMember);
    }
  }
  for (const route of ['memberOf', 'transitiveMemberOf'])
    expect((await graph('GET', `/v1.0/users/nobody@contoso.com/${route}`)).status).toBe(404);
});

test('who holds a role is told where that is asked for, as people, groups and applications', async () => {
  const { graph } = await simulation();
  const path = '/v1.0/roleManagement/directory/roleAssignmentScheduleInstances';
  const { value: plain } = (await graph('GET', path)).json();
  const { value: asked } = (await graph('GET', `${path}?$expand=principal&$select=principalId`)).json();
  expect(plain.length).toBeGreaterThan(2);
  expect(plain.some((each: object) => 'principal' in each)).toBe(false);
  for (const { principalId, principal } of asked)
    expect(principal).toMatchObject({ id: principalId, '@odata.type': expect.stringMatching(/graph\.(user|group)$/) });
  for (const refused of [`${path}?$expand=directoryScope`, '/v1.0/groups?$expand=members'])
    expect((await graph('GET', refused)).status).toBe(400);
});
