import { describe, expect, test } from 'vitest';
import { sampleTenant } from '../../src/core/tenant/sample/sample.ts';
import { ROUTES } from '../../src/serve/routes.ts';
import { declaredMembers, strayed } from '../support/graph-declarations.ts';
import { loggedSignIn } from '../support/store-samples.ts';
import { simulation } from './simulation.ts';

/** Microsoft's name for the type of what each route answers; a list answers with many of it. */
const TYPES: readonly (readonly [end: RegExp, type: string])[] = [
  [/policies(\/\{id\}(\/restore)?)?$|conditionalAccessPolicies(\/\{id\})?$/, 'ConditionalAccessPolicy'],
  [/namedLocations(\/\{id\}(\/restore)?)?$/, 'NamedLocation'],
  [/evaluate$/, 'WhatIfAnalysisResult'],
  [/^me$|^users(\/\{id\})?$/, 'User'],
  [/^organization$/, 'Organization'],
  [/^groups(\/\{id\})?$/, 'Group'],
  [/(m|transitiveM)emberOf$/, 'Group'],
  [/(m|transitiveM)embers(\/microsoft\.graph\.\{type\})?$/, 'DirectoryObject'],
  [/^servicePrincipals(\/\{id\})?$/, 'ServicePrincipal'],
  [/roleAssignments$/, 'UnifiedRoleAssignment'],
  [/roleAssignmentScheduleInstances$/, 'UnifiedRoleAssignmentScheduleInstance'],
  [/roleEligibilityScheduleInstances$/, 'UnifiedRoleEligibilityScheduleInstance'],
  [/roleDefinitions$/, 'UnifiedRoleDefinition'],
  [/auditLogs\/signIns(\/\{id\})?$/, 'SignIn'],
  [/directoryAudits$/, 'DirectoryAudit'],
];

/** Declared in Graph's metadata, and not yet in the published types (CSDL-beta). */
const NEWER = /\/(conditions\/agentIdRiskLevels|\w+AgentIdServicePrincipals|agentIdServicePrincipalFilter)( |\/)/;

const tenant = sampleTenant();
const SIGN_IN = loggedSignIn({ id: '5f000000-0000-4000-8000-000000000001' });
const ID: Readonly<Record<string, string | undefined>> = {
  policies: tenant.policies[0]?.id,
  conditionalAccessPolicies: tenant.policies[0]?.id,
  namedLocations: tenant.namedLocations[0]?.id,
  users: tenant.users?.[0]?.id,
  groups: tenant.groups?.[0]?.id,
  servicePrincipals: tenant.servicePrincipals?.[0]?.id,
  signIns: SIGN_IN.record.id,
};

const READ = ROUTES.filter(({ method, path }) => method === 'GET' && !/networkAccess|deletedItems/.test(path));

describe('what a route answers with is as Microsoft declares it', () => {
  test.each(READ)('GET $path', async ({ path }) => {
    const { graph } = await simulation({ as: 'megan.bowen@contoso.com', signIns: [SIGN_IN] });
    const type = TYPES.find(([end]) => end.test(path))?.[1] ?? 'no type';
    const [, list = ''] = /(\w+)\/\{id\}/.exec(path) ?? [];
    const url = path.replace('{id}', ID[list] ?? '').replace('{type}', 'user');
    const reply = await graph('GET', `/beta/${url}`);
    expect(reply.status).toBe(200);
    const { value, ...one } = reply.json();
    const items: object[] = value ?? [one];
    expect(items.length).toBeGreaterThan(0);
    expect(items.flatMap((item) => strayed(item, type)).filter((place) => !NEWER.test(`${place} `))).toEqual([]);
  });

  test('an evaluation', async () => {
    const { graph } = await simulation();
    const reply = await graph('POST', '/beta/identity/conditionalAccess/evaluate', {
      signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: ID['users'] },
      signInContext: {
        '@odata.type': '#microsoft.graph.applicationContext',
        includeApplications: ['00000003-0000-0ff1-ce00-000000000000'],
      },
      signInConditions: {
        devicePlatform: 'windows',
        clientAppType: 'browser',
        ipAddress: '203.0.113.9',
        country: 'NL',
      },
    });
    const { value } = reply.json();
    expect(value.length).toBe(tenant.policies.length);
    expect(strayed(value, 'WhatIfAnalysisResult[]').filter((place) => !NEWER.test(`${place} `))).toEqual([]);
  });

  test('what was deleted, and what is restored', async () => {
    const { graph } = await simulation();
    for (const [list, type] of [
      ['policies', 'ConditionalAccessPolicy'],
      ['namedLocations', 'NamedLocation'],
    ] as const) {
      const made = await graph('POST', `/v1.0/identity/conditionalAccess/${list}`, NEW[list]);
      const { id } = made.json();
      expect([list, made.status, strayed(made.json(), type)]).toEqual([list, 201, []]);
      expect((await graph('DELETE', `/v1.0/identity/conditionalAccess/${list}/${id}`)).status).toBe(204);
      const deleted = `/v1.0/identity/conditionalAccess/deletedItems/${list}`;
      const listed = (await graph('GET', deleted)).json().value;
      expect([listed.length, strayed(listed, `${type}[]`)]).toEqual([1, []]);
      expect(strayed((await graph('GET', `${deleted}/${id}`)).json(), type)).toEqual([]);
      const restored = await graph('POST', `${deleted}/${id}/restore`);
      expect([restored.status, strayed(restored.json(), type)]).toEqual([200, []]);
    }
  });
});

const NEW = {
  policies: {
    displayName: 'Block',
    state: 'disabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  },
  namedLocations: {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    displayName: 'Warehouse',
    isTrusted: false,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '198.18.0.0/24' }],
  },
};

describe('the check of shapes', () => {
  test('finds a member that there is not, a value of another kind and a list that is none', () => {
    expect(
      strayed({ displayName: 7, colour: 'red', conditions: { clientAppTypes: 'all' } }, 'ConditionalAccessPolicy'),
    ).toEqual([
      '/displayName is a number, not a string',
      '/colour is not declared',
      '/conditions/clientAppTypes is no list',
    ]);
  });

  test('knows the members of a type, and those that it inherits', () => {
    expect([...declaredMembers('IpNamedLocation').keys()]).toEqual(
      expect.arrayContaining(['ipRanges', 'isTrusted', 'displayName', 'deletedDateTime']),
    );
  });
});
