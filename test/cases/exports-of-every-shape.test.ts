import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignFormat } from '../../src/intake/import/foreign.ts';
import { workplace } from '../support/in-process.ts';
import { importing, LOCATION, POLICY } from '../unit/intake/import/importing.ts';

const ID = (digit: number) => `${String(digit).repeat(8)}-2222-4222-8222-222222222222`;
const context = (path: string) => `https://graph.microsoft.com/v1.0/$metadata#${path}`;

/** The codes of errors, and how many policies were taken. */
function outcomeOf(value: unknown, file = 'x.json') {
  const imported = importing({ [file]: value });
  return {
    errors: imported.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    policies: imported.policies.length,
  };
}

describe('a policy in a shape that is none of Graph is refused by the name of the shape', () => {
  test.each([
    [
      'a resource of Microsoft365DSC',
      'microsoft365Dsc',
      [{ ResourceName: 'AADConditionalAccessPolicy', ResourceInstanceName: 'x', DisplayName: 'A', State: 'enabled' }],
    ],
    [
      'a role assignment of Microsoft365DSC',
      'microsoft365Dsc',
      { ResourceName: 'AADRoleEligibilityScheduleRequest', Ensure: 'Present', Principal: 'a@contoso.com' },
    ],
    [
      'a row of a report',
      'flatPolicy',
      { DisplayName: 'A', State: 'enabled', IncludeUsers: ['All'], BuiltInControls: [] },
    ],
    ['members under their paths', 'flatPolicy', { id: 'a', state: 'enabled', 'conditions.users.includeUsers': 'All' }],
    ['snake case without levels', 'flatPolicy', { display_name: 'A', state: 'enabled', include_users: ['All'] }],
    ['a policy of Azure AD Graph', 'azureAdGraph', { displayName: 'A', policyType: 18, policyDetail: ['{}'] }],
    ['a page of OData 2', 'notUsed', { d: { results: [{ displayName: 'A', state: 'enabled', conditions: {} }] } }],
    ['a state of Terraform', 'terraform', { version: 4, terraform_version: '1.9.0', resources: [] }],
    ['a plan of Terraform', 'terraform', { format_version: '1.2', planned_values: { root_module: {} } }],
    ['what `terraform show -json` prints', 'terraform', { format_version: '1.0', values: { root_module: {} } }],
    ['configuration in JSON', 'terraform', { resource: { azuread_conditional_access_policy: { a: {} } } }],
    ['a stack of Pulumi', 'pulumi', { version: 3, deployment: { manifest: {}, resources: [] } }],
    [
      'a deployment template',
      'template',
      {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        resources: [POLICY],
      },
    ],
    ['the result of a query', 'queryResult', { tables: [{ name: 'PrimaryResult', columns: [], rows: [] }] }],
    ['a setting with a name and a state', 'partOfPolicy', { id: 'a', displayName: 'A', state: 'enabled', priority: 1 }],
    [
      'a setting whose type says so, whatever it holds',
      'notUsed',
      { ...POLICY, '@odata.type': '#microsoft.graph.deviceEnrollmentConfiguration' },
    ],
    [
      'an object whose context says so, whatever it holds',
      'notUsed',
      { '@odata.context': context('identity/authenticationEventsFlows'), value: [POLICY] },
    ],
  ])('%s: %s', (_, code, value) => {
    expect(outcomeOf(value)).toEqual({ errors: [code], policies: 0 });
  });
});

describe('a resource of Microsoft365DSC is refused though it names the type of an object of Graph', () => {
  const resource = (name: string, odataType: string, members: object) => ({
    ResourceName: name,
    ResourceInstanceName: `${name}-A`,
    DisplayName: 'A',
    Id: ID(1),
    OdataType: odataType,
    Ensure: 'Present',
    ...members,
  });
  const takenOf = (value: unknown) => {
    const { problems, policies, namedLocations, users, groups } = importing({ 'x.json': value });
    const codes = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    return { codes, taken: [policies, namedLocations, users, groups].flat().length };
  };

  test.each([
    [
      'a named location of countries',
      resource('AADNamedLocationPolicy', '#microsoft.graph.countryNamedLocation', { CountriesAndRegions: ['NL'] }),
    ],
    [
      'a named location of ranges',
      resource('AADNamedLocationPolicy', '#microsoft.graph.ipNamedLocation', { IpRanges: ['203.0.113.0/24'] }),
    ],
    [
      'a named location that is to be removed',
      resource('AADNamedLocationPolicy', '#microsoft.graph.ipNamedLocation', { IpRanges: [], Ensure: 'Absent' }),
    ],
    ['a group', resource('AADGroup', '#microsoft.graph.group', { GroupTypes: [], SecurityEnabled: true })],
    ['a group with members', resource('AADGroup', '#microsoft.graph.group', { Members: [{ id: ID(2) }] })],
  ])('%s', (_, value) => {
    expect(takenOf(value)).toEqual({ codes: ['microsoft365Dsc'], taken: 0 });
  });

  test('whatever of Graph stands in it, and whatever type it names', () => {
    const types = [
      'conditionalAccessPolicy',
      'ipNamedLocation',
      'countryNamedLocation',
      'user',
      'group',
      'directoryRole',
    ];
    const within = fc.record(
      {
        ...{
          conditions: fc.constant(POLICY.conditions),
          policies: fc.constant([POLICY]),
          value: fc.constant([LOCATION]),
        },
        ...{ ipRanges: fc.constant(LOCATION.ipRanges), groupTypes: fc.constant([]), json: fc.constant('{}') },
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), within, (type, members) => {
        const value = resource('AADResource', `#microsoft.graph.${type}`, members);
        expect(takenOf(value)).toEqual({ codes: ['microsoft365Dsc'], taken: 0 });
      }),
    );
  });
});

describe('a policy that was cut off at a depth is refused, with what to type', () => {
  test.each([
    ['an object as PowerShell prints it', { users: '@{includeUsers=System.Object[]}' }],
    ['a list as PowerShell prints it', { users: { includeUsers: 'System.Object[]' } }],
    ['a list inside a list', { users: { includeUsers: ['System.Object[]'] } }],
    ['a class of the SDK', { users: 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphConditionalAccessUsers' }],
    ['a list with blanks between its texts', { users: { includeUsers: 'All None' } }],
  ])('%s', (_, conditions) => {
    const imported = importing({ 'x.json': { ...POLICY, conditions: { ...POLICY.conditions, ...conditions } } });
    expect(imported.policies).toEqual([]);
    expect(imported.problems.map(({ message }) => message).join()).toContain('ConvertTo-Json -Depth 10');
  });

  test('a name that only looks so is a name', () => {
    expect(outcomeOf({ ...POLICY, displayName: '@{a=b}' })).toEqual({ errors: [], policies: 1 });
  });
});

describe('the same policy is read in every spelling of its names', () => {
  const capitals = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const renamed = (value: unknown, rename: (name: string) => string): unknown => {
    if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [rename(name), renamed(each, rename)]));
  };

  test.each([
    ['capitals of .NET and PowerShell', renamed(POLICY, capitals)],
    ['snake case of Python', renamed(POLICY, snake)],
    ['extras of JavaScript', { ...POLICY, additionalData: {} }],
    ['extras of Python', { ...(renamed(POLICY, snake) as object), additional_data: {} }],
    ['the operator of the AzureAD module', { ...POLICY, grantControls: { _Operator: 'OR', BuiltInControls: ['mfa'] } }],
  ])('%s', (_, value) => {
    expect(importing({ 'x.json': value }).policies.map((each) => each.value)).toEqual([POLICY]);
  });
});

describe('the kind of a named location', () => {
  const { '@odata.type': _, ...bare } = LOCATION;
  const COUNTRY = '#microsoft.graph.countryNamedLocation';

  test.each([
    [
      'is what the class of the AzureAD module says',
      { ...bare, OdataType: COUNTRY, ipRanges: [], countriesAndRegions: ['NL'] },
      COUNTRY,
    ],
    [
      'is what the class of Python says',
      { ...bare, odata_type: COUNTRY, ipRanges: null, countriesAndRegions: ['NL'] },
      COUNTRY,
    ],
    ['is that of the list that is filled', { ...bare, ipRanges: [], countriesAndRegions: ['NL'] }, COUNTRY],
    ['is that of the ranges beside an empty list', { ...bare, countriesAndRegions: [] }, LOCATION['@odata.type']],
  ])('%s', (_title, value, type) => {
    expect(importing({ 'x.json': value }).namedLocations.map((each) => each.value['@odata.type'])).toEqual([type]);
  });

  test.each([
    ['ranges under the type of countries', { ...LOCATION, '@odata.type': COUNTRY, countriesAndRegions: ['NL'] }],
    ['countries under the type of ranges', { ...LOCATION, countriesAndRegions: ['NL'] }],
    ['both lists filled and no type', { ...bare, countriesAndRegions: ['NL'] }],
    ['both lists empty and no type', { ...bare, ipRanges: [], countriesAndRegions: [] }],
  ])('is not guessed for %s', (_title, value) => {
    const imported = importing({ 'x.json': value });
    expect(imported.namedLocations).toEqual([]);
    expect(imported.problems.map(({ code }) => code)).toContain('locationKind');
  });
});

describe('who holds a role', () => {
  const held = { principalId: ID(1), roleDefinitionId: ID(2), directoryScopeId: '/' };
  const statusOf = (value: unknown, file?: string) =>
    importing({ [file ?? 'x.json']: value }).roleAssignments.map((each) => each.value.status);

  test.each([
    ['a member that only eligible ones have', { ...held, roleEligibilityScheduleId: ID(3) }, undefined],
    ['the type', { ...held, '@odata.type': '#microsoft.graph.unifiedRoleEligibilityScheduleInstance' }, undefined],
    [
      'the context',
      { '@odata.context': context('roleManagement/directory/roleEligibilityScheduleInstances'), value: [held] },
      undefined,
    ],
    ['the folder of EntraExporter', held, 'export/PIM/DirectoryRoles/x.json'],
  ])('is eligible by %s', (_, value, file) => {
    expect(statusOf(value, file)).toEqual(['eligible']);
  });

  test.each([
    ['an assignment', held, undefined],
    [
      'an active schedule in the folder of eligible ones',
      { ...held, assignmentType: 'Assigned' },
      'PIM/DirectoryRoles/x.json',
    ],
    [
      'a member of a directory role',
      {
        '@odata.context': context('directoryRoles(members())'),
        value: [{ id: ID(4), roleTemplateId: ID(2), members: [{ id: ID(1) }] }],
      },
      undefined,
    ],
  ])('is active as %s', (_, value, file) => {
    expect(statusOf(value, file)).toEqual(['active']);
  });

  test('in an administrative unit is held there only', () => {
    const imported = importing({
      'DirectoryRoles/r.json': { '@odata.type': '#microsoft.graph.directoryRole', id: ID(4), roleTemplateId: ID(2) },
      'DirectoryRoles/s.json': {
        administrativeUnitId: ID(5),
        roleId: ID(4),
        roleMemberInfo: { id: ID(1), displayName: 'A' },
      },
    });
    expect(imported.roleAssignments.map(({ value }) => value)).toEqual([
      { ...held, directoryScopeId: `/administrativeUnits/${ID(5)}`, status: 'active' },
    ]);
  });

  test.each([
    ['Azure resources', { ...held, roleDefinitionId: '/subscriptions/x/roleDefinitions/y' }],
    [
      'entitlement management',
      { '@odata.context': context('roleManagement/entitlementManagement/roleAssignments'), value: [held] },
    ],
    ['groups', { principalId: ID(1), roleDefinitionId: 'member', accessId: 'member', groupId: ID(3) }],
    ['requests', { ...held, action: 'adminAssign', targetScheduleId: ID(3) }],
  ])('by the assignments of %s is a note in a folder', (_, value) => {
    const imported = importing({ 'x.json': value }, { isNamed: false });
    expect(imported.roleAssignments).toEqual([]);
    expect(imported.problems.map(({ severity }) => severity)).toEqual(['note']);
  });
});

describe('members without their group', () => {
  const person = { '@odata.type': '#microsoft.graph.user', id: ID(1), displayName: 'Ada' };

  test.each([
    ['the answer of Graph', { '@odata.context': context('directoryObjects'), value: [person] }],
    ['the answer of Graph with chosen members', { '@odata.context': context('directoryObjects(id)'), value: [person] }],
    ['objects of PowerShell', [{ Id: ID(1), DeletedDateTime: null, AdditionalProperties: person }]],
    ['ids alone', [{ '@odata.type': '#microsoft.graph.user', id: ID(1) }]],
  ])('are refused by name: %s', (_, value) => {
    const imported = importing({ 'x.json': value });
    expect(imported.users).toEqual([]);
    expect(imported.problems.map(({ code }) => code)).toEqual(['membersOfUnknown']);
  });

  test.each([
    ['context', 'x.json', { '@odata.context': context(`groups('${ID(7)}')/members`), value: [person] }],
    ['folder', `Groups/${ID(7)}/Members/${ID(1)}/${ID(1)}.json`, person],
    ['folder of an old export', `Groups/${ID(7)}/Members/${ID(1)}.json`, person],
  ])('become memberships where the %s names the group', (_, file, value) => {
    const imported = importing({ [file]: value, 'g.json': { id: ID(7), displayName: 'Finance', groupTypes: [] } });
    expect(imported.groups.map((each) => each.value.members)).toEqual([[ID(1)]]);
    expect(imported.users).toEqual([]);
  });
});

describe('of two records of one id', () => {
  const slim = { id: ID(1), displayName: 'Ada', userPrincipalName: 'ada@contoso.com' };
  const full = { ...slim, userType: 'Member', accountEnabled: true };
  const taken = (files: Readonly<Record<string, unknown>>) => importing(files).users.map(({ value }) => value);

  test('the fuller is taken, whichever comes first', () => {
    expect(taken({ 'a.json': slim, 'b.json': full })).toEqual([full]);
    expect(taken({ 'a.json': full, 'b.json': slim })).toEqual([full]);
    expect(taken({ 'a.json': slim, 'b.json': full, 'c.json': slim })).toEqual([full]);
  });

  test('a context that only says how it was asked for makes no difference', () => {
    expect(taken({ 'a.json': { '@odata.context': context('users/$entity'), ...full }, 'b.json': full })).toHaveLength(
      1,
    );
  });

  test('that contradict each other, neither file is taken for the other', () => {
    const other = importing({ 'a.json': full, 'b.json': { ...slim, displayName: 'Eve' } });
    expect(other.problems.map(({ code }) => code)).toContain('duplicateId');
  });
});

test('members of the signaling settings that gsa does not know come with them', () => {
  const settings = { signalingStatus: 'enabled', dataPlaneSignalingOptions: 'none' };
  const imported = importing({
    's.json': { '@odata.context': context('networkAccess/settings/conditionalAccess/$entity'), ...settings },
  });
  expect(imported.settings.map(({ value }) => value)).toEqual([{ setting: 'conditionalAccess', value: settings }]);
});

describe('settings as the SDKs write them', () => {
  const inContext = (path: string) => ({ AdditionalProperties: { '@odata.context': context(path) } });
  const SECURITY = { Id: '00000000-0000-0000-0000-000000000005', IsEnabled: true, DisplayName: 'Security Defaults' };

  test.each<[string, object, object]>([
    [
      'security defaults',
      { ...SECURITY, ...inContext('policies/identitySecurityDefaultsEnforcementPolicy/$entity') },
      { setting: 'securityDefaults', value: true },
    ],
    [
      'security defaults without a context',
      { ...SECURITY, IsEnabled: false },
      { setting: 'securityDefaults', value: false },
    ],
    [
      'security defaults of Python',
      { id: SECURITY.Id, is_enabled: true },
      { setting: 'securityDefaults', value: true },
    ],
    [
      'the status of signaling',
      { Id: null, SignalingStatus: 'enabled', ...inContext('networkAccess/settings/conditionalAccess/$entity') },
      { setting: 'conditionalAccess', value: { signalingStatus: 'enabled' } },
    ],
    [
      'the status of signaling in Graph',
      { id: null, signalingStatus: 'disabled' },
      { setting: 'conditionalAccess', value: { signalingStatus: 'disabled' } },
    ],
  ])('%s', (_, value, setting) => {
    expect(importing({ 's.json': value }).settings.map((each) => each.value)).toEqual([setting]);
  });
});

test('an object of an SDK whose extras say that it was asked for alone is not all there are', () => {
  const alone = { '@odata.context': context('identity/conditionalAccess/policies/$entity') };
  const listed = (more: object) => importing({ 'p.json': [{ ...POLICY, ...more }] }).aloneLists;
  expect([listed({}), listed(alone), listed({ AdditionalProperties: alone })]).toEqual([
    [],
    ['policies'],
    ['policies'],
  ]);
});

describe('members of a group that came without it', () => {
  const GROUP = '77777777-0000-4000-8000-000000000001';
  const ADA = 'cccccccc-0000-4000-8000-0000000000a2';
  const member = { '@odata.type': '#microsoft.graph.user', id: ADA, displayName: 'Ada' };
  const answer = (context: string) => ({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`,
    value: [member],
  });

  test.each([
    ['by the context of the answer', 'members.json', `groups('${GROUP}')/members`, 'listed'],
    ['by the folder that is called after the group', `groups/${GROUP}/members.json`, 'directoryObjects', 'listed'],
    ['by the folder of transitive members', `Groups/${GROUP}/TransitiveMembers.json`, 'directoryObjects', 'included'],
  ])('are its members, %s', (_, name, context, nestedGroups) => {
    const imported = importing({ [name]: answer(context) });
    expect(imported.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(imported.groups.map(({ value }) => value)).toEqual([{ id: GROUP, members: [ADA], nestedGroups }]);
  });

  test('leave its name in the tenant as it is', async () => {
    const place = workplace();
    await place.gsa('init --empty --quiet');
    const put = (name: string, value: unknown) => {
      writeFileSync(join(place.folder, name), JSON.stringify(value));
      return join(place.folder, name);
    };
    const group = { '@odata.type': '#microsoft.graph.group', id: GROUP, displayName: 'Finance' };
    await place.gsa(['import', put('group.json', { value: [group] })]);
    expect((await place.gsa(['import', put('members.json', answer(`groups('${GROUP}')/members`))])).exitCode).toBe(0);
    expect((await place.gsa('group show Finance')).stdout).toContain(ADA);
  });
});

describe('what is no export of Graph at all', () => {
  test('a SQLite database is refused by the name of the tool that keeps one', () => {
    const imported = importing({ 'roadrecon.db': `SQLite format 3\u0000${'\u0000'.repeat(100)}` });
    expect(imported.problems.map(({ message }) => message).join()).toContain('ROADrecon');
  });

  test.each([
    ['AzureHound', { data: [{ kind: 'AZUser', data: { id: 'a' } }], meta: { type: 'azure', version: 5, count: 1 } }],
    ['ScubaGear', { MetaData: { Tool: 'ScubaGear' }, Results: {}, Raw: { conditional_access_policies: [POLICY] } }],
    [
      'ScubaGear',
      { baseline_version: '1', cap_table_data: [{ Name: 'x', State: 'On' }], conditional_access_policies: [POLICY] },
    ],
    ['Prowler', [{ class_uid: 2004, metadata: { product: { name: 'Prowler' } }, unmapped: { policies: [POLICY] } }]],
    ['Maester', { Result: 'Failed', TotalCount: 1, Tests: [{ Id: 'MT.1001', Result: 'Passed' }] }],
  ])('a result of %s is refused by its name, whatever it holds', (tool, value) => {
    const imported = importing({ 'x.json': value });
    expect(imported.policies).toEqual([]);
    expect(imported.problems.map(({ message }) => message).join()).toContain(`is a result of ${tool}`);
  });

  const output = (value: unknown) => ({ sensitive: false, type: ['tuple', []], value });
  test.each<[string, object]>([
    ['terraform output -json', { policies: output([POLICY]) }],
    ['terraform output -json', { name: output('x'), ca: output({ conditional_access_policies: [POLICY] }) }],
    [
      'parameters of a deployment',
      {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
        parameters: { policies: { value: [POLICY] } },
      },
    ],
    [
      'a collection of Postman',
      {
        info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
        item: [{ request: { body: { raw: JSON.stringify(POLICY) } } }],
      },
    ],
    ['a browser recorded', { log: { version: '1.2', entries: [{ response: {} }] } }],
    ['under their ids or names', { [String(POLICY.id)]: POLICY }],
    ['under their ids or names', [{ [String(POLICY.id)]: POLICY }]],
    ['under their ids or names', { 'CA01 x': POLICY, 'CA02 y': { ...POLICY, id: 'other' } }],
  ])('%s is refused by its name, whatever it holds', (words, value) => {
    const imported = importing({ 'x.json': value });
    expect(imported.policies).toEqual([]);
    expect(imported.problems.map(({ message }) => message).join()).toContain(words);
  });

  test.each<[string, object]>([
    ['a list that was unrolled', { value: POLICY }],
    ['a list that was unrolled, with its context', { '@odata.context': context('x'), value: POLICY }],
    ['an answer of a batch', { body: POLICY }],
    ['the extras of an SDK', { AdditionalProperties: POLICY }],
  ])('one policy in %s is none under its name', (_, value) => {
    expect(importing({ 'x.json': value }).policies).toHaveLength(1);
  });

  test('a schema that is no text is none of Postman', () => {
    const info = { schema: { toString: 1, valueOf: 1 } };
    expect(importing({ 'x.json': { info } }).problems.map(({ code }) => code)).toEqual(['notAnExport']);
  });

  test.each([
    [
      'Export-Clixml',
      'p.xml',
      '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"></Objs>',
    ],
    ['Export-Clixml', 'p.clixml', ''],
    ['XML', 'p.xml', '<?xml version="1.0"?><a/>'],
    ['MOF', 'localhost.mof', '/*\n@TargetNode=x\n*/\ninstance of MSFT_AADConditionalAccessPolicy as $x\n{\n};\n'],
    ['MOF', 'policies.json', 'instance of MSFT_AADConditionalAccessPolicy as $x {};'],
  ])('what %s is shows in its text or its name: %s', (words, name, content) => {
    expect(foreignFormat(content, name)?.message).toContain(words);
  });

  test.each(['WARNING: This command is in preview.', 'ERROR: something', 'VERBOSE: GET https://graph'])(
    'a message of the tool before the export is told: %s',
    (line) => {
      const imported = importing({ 'x.json': `${line}\n${JSON.stringify([POLICY])}` });
      expect(imported.problems.map(({ message }) => message).join()).toContain('a message of the tool');
    },
  );

  test('the policy of authentication methods is told from one of Conditional Access', () => {
    const context = 'https://graph.microsoft.com/v1.0/$metadata#authenticationMethodsPolicy';
    const imported = importing({
      'methods.json': { '@odata.context': context, displayName: 'Methods', state: 'enabled' },
    });
    expect(imported.policies).toEqual([]);
    expect(imported.problems.map(({ message }) => message).join()).toContain('gsa has no use for');
  });
});
