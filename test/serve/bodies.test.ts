import { describe, expect, test } from 'vitest';
import { isListKnown } from '../../src/core/tenant/knowledge.ts';
import { emptyTenant } from '../../src/core/tenant/sample/sample.ts';
import { declaredMembers } from '../support/graph-declarations.ts';
import { simulation } from './simulation.ts';

const POLICIES = 'identity/conditionalAccess/policies';
const LOCATIONS = 'identity/conditionalAccess/namedLocations';
const SETTINGS = 'networkAccess/settings/conditionalAccess';
const FIRST = '20000000-0000-4000-8000-000000000001';

describe('a body with a member that Graph does not declare is refused, and nothing is written', () => {
  test.each([
    ['a mistyped state', 'PATCH', `v1.0/${POLICIES}/${FIRST}`, { sate: 'disabled' }, 'sate'],
    ['another case', 'PATCH', `v1.0/${POLICIES}/${FIRST}`, { State: 'disabled' }, 'State'],
    [
      'one inside',
      'PATCH',
      `beta/${POLICIES}/${FIRST}`,
      { conditions: { users: { includeUser: ['All'] } } },
      'includeUser',
    ],
    [
      'one of a session control',
      'PATCH',
      `v1.0/${POLICIES}/${FIRST}`,
      { sessionControls: { signInFrequency: { hours: 1 } } },
      'hours',
    ],
    [
      'one of beta, under v1.0',
      'PATCH',
      `v1.0/${POLICIES}/${FIRST}`,
      { conditions: { agentIdRiskLevels: 'high' } },
      'agentIdRiskLevels',
    ],
    [
      'one of a range',
      'POST',
      `v1.0/${LOCATIONS}`,
      {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        displayName: 'n',
        ipRanges: [{ cidrAddress: '198.18.0.0/24', cidr: 1 }],
      },
      'cidr',
    ],
    [
      'one of another kind of location',
      'POST',
      `v1.0/${LOCATIONS}`,
      {
        '@odata.type': '#microsoft.graph.countryNamedLocation',
        displayName: 'n',
        countriesAndRegions: ['NL'],
        isTrusted: true,
      },
      'isTrusted',
    ],
    ['one of the settings', 'PATCH', `beta/${SETTINGS}`, { signallingStatus: 'disabled' }, 'signallingStatus'],
  ])('%s', async (_what, method, path, body, named) => {
    const { graph, store } = await simulation({ guarded: false });
    const before = store.read().serial;
    const reply = await graph(method, `/${path}`, body);
    expect([reply.status, store.read().serial]).toEqual([400, before]);
    expect(reply.json().error.message).toContain(`The property '${named}' does not exist on type`);
  });

  test('every member that Microsoft declares of a policy is taken for declared', async () => {
    const { graph } = await simulation();
    const types = {
      conditions: 'ConditionalAccessConditionSet',
      grantControls: 'ConditionalAccessGrantControls',
      sessionControls: 'ConditionalAccessSessionControls',
    };
    for (const [name, type] of Object.entries(types)) {
      const body = { [name]: Object.fromEntries([...declaredMembers(type).keys()].map((member) => [member, null])) };
      const reply = await graph('PATCH', `/beta/${POLICIES}/${FIRST}`, body);
      expect(reply.text).not.toContain('does not exist on type');
    }
  });

  test('what was read may be sent back whole, annotations and all', async () => {
    const { graph, store } = await simulation();
    for (const { id } of store.read().tenant.policies) {
      const before = (await graph('GET', `/beta/${POLICIES}/${id}`)).json();
      expect((await graph('PATCH', `/beta/${POLICIES}/${id}`, before)).status).toBe(204);
      const { modifiedDateTime: _, ...after } = (await graph('GET', `/beta/${POLICIES}/${id}`)).json();
      expect(before).toMatchObject(after);
    }
  });
});

test('an authentication strength that is bound by its address takes the place of the one that was there', async () => {
  const { graph } = await simulation();
  const strength = '00000000-0000-0000-0000-000000000004';
  const bind = (id: string) => ({
    grantControls: {
      operator: 'OR',
      builtInControls: [],
      'authenticationStrength@odata.bind': `https://graph.microsoft.com/v1.0/policies/authenticationStrengthPolicies/${id}`,
    },
  });
  await graph('PATCH', `/v1.0/${POLICIES}/${FIRST}`, {
    grantControls: {
      builtInControls: [],
      authenticationStrength: { id: 'other', displayName: 'Other', allowedCombinations: ['fido2'] },
    },
  });
  expect((await graph('PATCH', `/v1.0/${POLICIES}/${FIRST}`, bind(strength))).status).toBe(204);
  const { grantControls } = (await graph('GET', `/v1.0/${POLICIES}/${FIRST}`)).json();
  expect(grantControls.authenticationStrength).toEqual({ id: strength });
});

test.each([
  ['none', ''],
  ['the one of forms', 'application/x-www-form-urlencoded'],
  ['text', 'text/plain'],
])('a body whose content type is %s is refused, as Graph does', async (_what, type) => {
  const { graph, store } = await simulation();
  const before = store.read().serial;
  const reply = await graph('PATCH', `/v1.0/${POLICIES}/${FIRST}`, { state: 'disabled' }, { 'content-type': type });
  expect([reply.status, store.read().serial]).toEqual([400, before]);
  expect(reply.json().error.message).toContain('Content-Type');
});

test.each(['application/json', 'application/json;odata.metadata=minimal', 'Application/JSON; charset=utf-8'])(
  'a body of type %s is taken',
  async (type) => {
    const { graph } = await simulation();
    const sent = await graph('PATCH', `/v1.0/${POLICIES}/${FIRST}`, { state: 'disabled' }, { 'content-type': type });
    expect(sent.status).toBe(204);
  },
);

test.each(['$count', '$ref', '$value'])('users/%s is no user of that name', async (segment) => {
  const { graph } = await simulation();
  const reply = await graph('GET', `/v1.0/users/${segment}`);
  expect([reply.status, reply.json().error.message]).toEqual([400, `Resource not found for the segment '${segment}'.`]);
});

test('a policy that is posted to a tenant of which no policy is known does not make the others known', async () => {
  const { graph, store } = await simulation({ tenant: emptyTenant() });
  const body = {
    displayName: 'Block all',
    state: 'disabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
  expect((await graph('POST', `/v1.0/${POLICIES}`, body)).status).toBe(201);
  const { tenant } = store.read();
  expect([tenant.policies.length, isListKnown(tenant, 'policies')]).toEqual([1, false]);
  expect((await graph('GET', `/v1.0/${POLICIES}`)).status).toBe(501);
});
