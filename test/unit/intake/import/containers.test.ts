import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { GUID, importing, LOCATION, linesOf, POLICY } from './importing.ts';

const second = { ...POLICY, id: GUID(3) };
const text = JSON.stringify({ value: [POLICY, second] }, undefined, 2);

describe('policies are found in', () => {
  test.each([
    ['a list of Graph', text],
    ['a bare list', JSON.stringify([POLICY, second])],
    ['lines of JSON', `${JSON.stringify(POLICY)}\n\n${JSON.stringify(second)}\n`],
    ['a list of pages', JSON.stringify([{ value: [POLICY] }, { value: [second] }])],
    ['Windows PowerShell’s list with a count', JSON.stringify({ value: [POLICY, second], Count: 2 })],
    ['a list by name', JSON.stringify({ policies: [POLICY, second] })],
    [
      'answers of a batch request',
      JSON.stringify({ responses: [{ id: '1', status: 200, body: { value: [POLICY, second] } }] }),
    ],
    [
      'rows with the policy as text',
      JSON.stringify([{ RowKey: 'a', JSON: JSON.stringify(POLICY) }, { RAWJSON: JSON.stringify(second) }]),
    ],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    [
      'UTF-16 with CRLF',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replaceAll('\n', '\r\n'), 'utf16le')]),
    ],
    ['JSON with comments', `// exported\n${text.replace('"value"', '/* all */ "value"')}`],
  ])('%s', (_, content) => {
    const imported = importing({ 'p.json': content });
    expect(imported.policies.map(({ value }) => value)).toEqual([POLICY, second]);
    expect(imported.problems).toEqual([]);
    expect(imported.files).toEqual([{ file: 'p.json', kind: 'policies', taken: 2 }]);
  });
});

describe('a context that somebody made loses no object that is plainly ours:', () => {
  test.each([
    ['policies', POLICY],
    ['conditionalAccessPolicies', POLICY],
    ['policies/conditionalAccessPolicies', POLICY],
    ['export', LOCATION],
    ['policies(id,displayName)', POLICY],
    ['Collection(conditionalAccess)', POLICY],
    ["tenants('contoso')/exported", POLICY],
  ])('%s', (path, item) => {
    const context = `https://graph.microsoft.com/v1.0/$metadata#${path}`;
    const imported = importing({ 'p.json': { '@odata.context': context, value: [item] } });
    expect(imported.problems).toEqual([]);
    expect(imported.files).toMatchObject([{ taken: 1 }]);
  });

  test('but what has no more than a name and a state of a policy is what its list says', () => {
    const context = 'https://graph.microsoft.com/v1.0/$metadata#policies/authenticationMethodsPolicy';
    const setting = { id: GUID(9), displayName: 'FIDO2', state: 'enabled' };
    const imported = importing({ 'p.json': { '@odata.context': context, value: [setting] } });
    expect(imported.files).toMatchObject([{ taken: 0 }]);
    expect(imported.problems).toMatchObject([{ code: 'notUsed' }]);
  });
});

test('a policy of lines of JSON has the line of the file', () => {
  const imported = importing({
    'p.ndjson': `${JSON.stringify(POLICY)}\n${JSON.stringify({ ...second, state: 'on' })}\n`,
  });
  expect(linesOf(imported)).toEqual([expect.stringContaining('error unknownState p.ndjson:2:82 /state ')]);
});

test('policies and locations of one file are both taken', () => {
  const imported = importing({ 'all.json': { policies: [POLICY], namedLocations: [LOCATION] } });
  expect(imported.files).toEqual([{ file: 'all.json', kind: 'policies, namedLocations', taken: 2 }]);
});

test('a list of something else beside them is named', () => {
  expect(linesOf(importing({ 'all.json': { policies: [POLICY], privileged_users: [{ a: 1 }], tenant: {} } }))).toEqual([
    'warning notTaken all.json:1:1 nothing that gsa knows is in privileged_users, tenant: not taken',
  ]);
});

test('a page of several is taken with a warning', () => {
  expect(
    linesOf(importing({ 'p.json': { '@odata.nextLink': 'https://graph.microsoft.com/next', value: [POLICY] } })),
  ).toEqual([
    'warning partialList p.json:2:21 /@odata.nextLink is one page of several, or a part (`@odata.nextLink`): what stands elsewhere is missing',
  ]);
});

test('a list without items says so', () => {
  const imported = importing({
    'p.json': {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies',
      value: [],
    },
  });
  expect(imported.files).toEqual([{ file: 'p.json', kind: 'policies', taken: 0 }]);
  expect(linesOf(imported)).toEqual(['note nothingInside p.json is a list of policies that holds none']);
});

test.each(['policies', 'Policies', 'settings', 'x'])(
  'a list whose context is only `#%s`, as no list of Graph has it, is what its objects are',
  (context) => {
    const file = { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`, value: [POLICY] };
    expect(importing({ 'p.json': file }).files).toEqual([{ file: 'p.json', kind: 'policies', taken: 1 }]);
  },
);

test.each(['policies/authorizationPolicy/$entity', 'policies/claimsMappingPolicies', 'deviceManagement/settings'])(
  'a list whose context is `#%s` stays what Graph calls it',
  (context) => {
    const file = { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${context}`, value: [POLICY] };
    expect(importing({ 'p.json': file }).files).toEqual([{ file: 'p.json', kind: 'notUsed', taken: 0 }]);
  },
);

test('locations beside a CIPP policy are taken, and their names in the policy become their ids', () => {
  const policy = {
    ...POLICY,
    conditions: {
      ...POLICY.conditions,
      locations: { includeLocations: ['All'], excludeLocations: ['Allowed', 'Elsewhere'] },
    },
    LocationInfo: [
      { '@odata.type': '#microsoft.graph.countryNamedLocation', displayName: 'Allowed', countriesAndRegions: ['BE'] },
      [],
    ],
  };
  const imported = importing({ 'p.json': { PartitionKey: 'CATemplate', JSON: JSON.stringify(policy) } });
  const id = imported.namedLocations[0]?.value.id;
  expect(imported.policies[0]?.value.conditions.locations?.excludeLocations).toEqual([id, 'Elsewhere']);
  expect(imported.problems.map(({ code, place }) => `${code} ${place.pointer}`)).toEqual([
    'madeId /JSON',
    'locationName /JSON',
    'placeholder /JSON',
    'unknownMember /JSON',
  ]);
});

describe('what is no export is refused by name', () => {
  test.each([
    [
      'm.tf',
      'resource "azuread_conditional_access_policy" "x" {\n}\n',
      'terraform m.tf is Terraform configuration: export the policies from Microsoft Graph instead',
    ],
    [
      'policy.json',
      '\nterraform {\n}\n',
      'terraform policy.json is Terraform configuration: export the policies from Microsoft Graph instead',
    ],
    [
      'd.ps1',
      '# DSC\nConfiguration M365 {\n}',
      'powershell d.ps1 is PowerShell (a script or Desired State Configuration): export the policies from Microsoft Graph instead',
    ],
    [
      'd.txt',
      '@{\n AllNodes = @()\n}',
      'powershell d.txt is PowerShell (a script or Desired State Configuration): export the policies from Microsoft Graph instead',
    ],
    ['p.bicep', 'param x string', 'bicep p.bicep is Bicep: export the policies from Microsoft Graph instead'],
    ['p.json', 'value:\n - id: 1', 'yaml p.json is YAML: gsa imports the JSON that Microsoft Graph gives'],
    ['p.json', 'id,displayName\n1,x', 'csv p.json is CSV: gsa imports the JSON that Microsoft Graph gives'],
    [
      'p.json',
      '<!doctype html><title>Sign in</title>',
      'html p.json is an HTML page, perhaps a sign-in page saved in place of the export',
    ],
    ['p.json', '<?xml version="1.0"?><a/>', 'xml p.json is XML, not a Graph export'],
    [
      'p.json',
      '<<<<<<< HEAD\n{}\n=======\n',
      'mergeConflict p.json holds conflict markers of a merge: resolve them first',
    ],
    ['p.json', 'hello', 'notJson p.json is not JSON'],
    ['p.json', '', 'emptyFile p.json:1:1 is empty'],
    ['p.json', ' \n\t ', 'emptyFile p.json:1:1 is empty'],
    [
      'p.json',
      '{"value":[{"id":"x"',
      'truncatedJson p.json:1:20 is cut off: a comma or a closing brace is missing at the end',
    ],
    [
      'p.json',
      '{"value":[],}',
      'invalidJson p.json:1:13 is not valid JSON: expected a member name in double quotes, found `}`',
    ],
    ['p.json', gzipSync('{}'), 'gzip p.json is compressed with gzip: unpack it first'],
    [
      'p.json',
      '{"hello":"world"}',
      'notAnExport p.json is JSON, but nothing that gsa knows from an export of a tenant',
    ],
    [
      'p.json',
      '{"a":1}\n{"b":2}\n',
      'notAnExport p.json is JSON, but nothing that gsa knows from an export of a tenant',
    ],
    ['p.json', '[[{}]]', 'notAnObject p.json:1:2 /0 expected an object, found a list inside a list'],
    ['p.json', '{"value":[null]}', 'notAnObject p.json:1:11 /value/0 expected an object of an export, found null'],
    ['p.json', '42', 'notAnObject p.json:1:1 expected an object of an export, found a number'],
    [
      'p.json',
      '{"error":{"code":"Forbidden"}}',
      'errorResponse p.json is an error response of the service (Forbidden), not an export',
    ],
    ['p.json', '{"Conditions":{"Users":{}}}', 'partOfPolicy p.json is a part of a policy, without id, name and state'],
    [
      'MigrationTable.json',
      '{"TenantId":"x","Objects":[{"Id":"x","Type":"Group"}]}',
      'migrationTable MigrationTable.json is a migration table of IntuneManagement: names of ids, no items',
    ],
    [
      's.json',
      '{"value":[{"id":"1","ipAddress":"203.0.113.5","createdDateTime":"x"}]}',
      'signInLog s.json:1:11 /value/0 is a sign-in log: give it to `gsa replay`',
    ],
    [
      's.json',
      '{"category":"SignInLogs","properties":{}}',
      'signInLog s.json is a sign-in log: give it to `gsa replay`',
    ],
    [
      'x.json',
      '{"@odata.context":"https://graph.microsoft.com/beta/$metadata#networkAccess/settings/crossTenantAccess/$entity","a":1}',
      'notUsed x.json is `networkAccess/settings/crossTenantAccess/$entity` of Microsoft Graph, which gsa has no use for',
    ],
    [
      'p.json',
      JSON.stringify({ JSON: '{"id":' }),
      'truncatedJson p.json:1:9 /JSON the JSON inside this text is cut off: a value is missing at the end',
    ],
  ])('%s: %.40s', (file, content, problem) => {
    const imported = importing({ [file]: content });
    expect(linesOf(imported)).toEqual([`error ${problem}`]);
    expect(imported.files.map(({ taken }) => taken)).toEqual([0]);
  });

  test('in a folder it is only noted, except where the export went wrong', () => {
    const files = { 'a.json': { hello: 1 }, 'b.json': { error: { code: 'Forbidden' } }, 'c.json': POLICY };
    const imported = importing(files, { isNamed: false });
    expect(imported.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'note notAnExport',
      'error errorResponse',
    ]);
    expect(imported.policies).toHaveLength(1);
  });
});

describe('findings of JSON itself', () => {
  test('a member that stands twice makes the file unusable', () => {
    const twice = JSON.stringify(POLICY).replace('"state":"enabled"', '"state":"enabled","state":"disabled"');
    const imported = importing({ 'p.json': twice });
    expect(linesOf(imported)).toEqual([
      'error duplicateMember p.json:1:92 /state the member `state` stands here a second time',
    ]);
    expect(imported.policies).toEqual([]);
  });

  test('a number that changes is a warning, one that is lost an error', () => {
    const withNumber = (number: string) => JSON.stringify(POLICY).replace('{', `{"n":${number},`);
    expect(importing({ 'p.json': withNumber('9007199254740993') }).problems[0]).toMatchObject({
      severity: 'warning',
      code: 'numberPrecision',
    });
    expect(importing({ 'p.json': withNumber('1e400') }).problems[0]).toMatchObject({
      severity: 'error',
      code: 'numberRange',
    });
  });
});

test('a thousand errors of a kind are listed up to a limit and counted', () => {
  const { problems } = importing({ 'p.json': Array.from({ length: 1000 }, () => ({})) });
  expect(problems).toHaveLength(26);
  expect(problems.at(-1)).toEqual({
    severity: 'error',
    code: 'notAnExport',
    message: 'and 975 more of this kind',
    count: 975,
    place: { file: 'p.json' },
  });
});

test('more policies than any tenant has are refused', () => {
  const many = Array.from({ length: 5001 }, (_, at) => ({ ...POLICY, id: `p${at}` }));
  expect(linesOf(importing({ 'p.json': many }))).toEqual(['error tooMany p.json holds 5001 policies, more than 5000']);
});
