import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GUID, importing, linesOf, POLICY } from './importing.ts';

const APPS = { applications: { includeApplications: ['All'] } };

/** Whom a policy reaches, and where: one that reaches nobody is refused. */
const REACH = { users: { includeUsers: ['All'] }, ...APPS };

/** Imports one policy made of the usual one and these members. */
function policyWith(members: object) {
  return importing({ 'p.json': { ...POLICY, ...members } });
}

/** The remarks without file and place. */
function remarksOn(members: object): string[] {
  return policyWith(members).problems.map(({ severity, code, message, place }) =>
    [severity, code, place.pointer ?? '', message].join(' '),
  );
}

test('a policy of Graph is taken as it is, with its place', () => {
  const imported = importing({ 'p.json': POLICY });
  expect(imported.policies).toEqual([{ value: POLICY, place: { file: 'p.json', line: 1, column: 1 } }]);
  expect(imported.problems).toEqual([]);
  expect(imported.files).toEqual([{ file: 'p.json', kind: 'policies', taken: 1 }]);
});

test('members that gsa does not know survive, at every level', () => {
  // What is unknown is any JSON; names that Graph has are not unknown.
  const unknown = fc.dictionary(
    fc.string().map((name) => `x${name}`),
    fc.jsonValue({ maxDepth: 4 }),
    { maxKeys: 3 },
  );
  fc.assert(
    fc.property(unknown, unknown, unknown, (top, inner, deep) => {
      const policy = {
        ...top,
        ...POLICY,
        conditions: { ...inner, ...APPS, users: { includeUsers: ['All'], ...deep } },
      };
      const text = JSON.stringify(policy);
      const [taken] = importing({ 'p.json': text }).policies;
      expect(taken?.value).toEqual(JSON.parse(text));
    }),
  );
});

test('a member named like the prototype is kept, and is not the prototype', () => {
  const text = JSON.stringify(POLICY).replace(
    '"conditions":{',
    '"__proto__":{"state":"disabled"},"conditions":{"__proto__":{"locations":{}},',
  );
  const [taken] = importing({ 'p.json': text }).policies;
  expect(JSON.stringify(taken?.value)).toBe(text);
  expect(taken?.value.state).toBe('enabled');
});

test('an unknown member is named once for all files, with its number; annotations and empty ones are not', () => {
  const policy = (digit: number) => ({
    ...POLICY,
    id: GUID(digit),
    '@odata.etag': 'x',
    'state@odata.type': 'x',
    '#microsoft.graph.restore': {},
    partialEnablementStrategy: null,
    conditions: { ...POLICY.conditions, agents: { includeAgentUsers: ['All'] }, times: null, clients: [] },
  });
  expect(linesOf(importing({ 'a.json': policy(1), 'b.json': [policy(3), policy(4)] }))).toEqual([
    'note unknownMember a.json:16:13 /conditions/agents `policies.conditions.agents` is not known to gsa; it is kept (3 times)',
  ]);
});

describe('harmless variants are taken, and what was rewritten is noted', () => {
  test.each([
    [
      'one text where a list belongs',
      { conditions: { ...REACH, clientAppTypes: 'browser' } },
      { conditions: { ...REACH, clientAppTypes: ['browser'] } },
      [
        'note singleText /conditions/clientAppTypes `conditions.clientAppTypes`: a text stands where a list belongs, and was taken as a list of one',
      ],
    ],
    [
      'an empty text where a list belongs',
      { conditions: { ...APPS, users: { includeUsers: '' } } },
      { conditions: { ...APPS, users: { includeUsers: [] } } },
      [
        'note singleText /conditions/users/includeUsers `conditions.users.includeUsers`: a text stands where a list belongs, and was taken as an empty list',
      ],
    ],
    [
      'an empty list where an object belongs',
      { conditions: { ...REACH, locations: [] } },
      { conditions: { ...REACH, locations: null } },
      [
        'note emptyList /conditions/locations `conditions.locations`: an empty list stands where an object belongs, and was taken as not configured',
      ],
    ],
    [
      'a date of Windows PowerShell',
      { createdDateTime: '/Date(1618315427741)/', modifiedDateTime: { value: '/Date(0+0200)/', DisplayHint: 2 } },
      { createdDateTime: '2021-04-13T12:03:47.741Z', modifiedDateTime: '1970-01-01T00:00:00.000Z' },
      ['note dotNetDate /createdDateTime dates of Windows PowerShell (`/Date(…)/`) were rewritten in ISO 8601'],
    ],
    [
      'truth and numbers as text',
      { sessionControls: { signInFrequency: { isEnabled: 'True', value: '4', type: 'hours' } } },
      { sessionControls: { signInFrequency: { isEnabled: true, value: 4, type: 'hours' } } },
      [
        'note truthAsText /sessionControls/signInFrequency/isEnabled `sessionControls.signInFrequency.isEnabled`: the text `True` was taken as true',
        'note numberAsText /sessionControls/signInFrequency/value `sessionControls.signInFrequency.value`: the text `4` was taken as a number',
      ],
    ],
    [
      'a state with capitals',
      { state: 'Enabled' },
      { state: 'enabled' },
      ['note stateCase /state `state`: `Enabled` was taken as `enabled`'],
    ],
    [
      'values with capitals, as old templates have them, are kept',
      { conditions: { ...REACH, clientAppTypes: ['All'], platforms: { includePlatforms: ['All'] } } },
      { conditions: { ...REACH, clientAppTypes: ['All'], platforms: { includePlatforms: ['All'] } } },
      [],
    ],
    [
      'null where nothing is configured',
      { grantControls: null, sessionControls: null },
      { grantControls: null, sessionControls: null },
      [],
    ],
    [
      'no name',
      { displayName: null },
      { displayName: '' },
      ['warning noName /displayName `displayName`: is missing; the item stays without a name'],
    ],
  ])('%s', (_, members, taken, remarks) => {
    expect(policyWith(members).policies.map(({ value }) => value)).toEqual([{ ...POLICY, ...taken }]);
    expect(remarksOn(members)).toEqual(remarks);
  });

  test('a policy of the PowerShell SDK gets the names of Graph, and its empty objects are null again', () => {
    const sdk = {
      Id: GUID(1),
      DisplayName: 'Require MFA',
      State: 'enabled',
      Conditions: {
        Users: {
          IncludeUsers: ['All'],
          IncludeGuestsOrExternalUsers: { ExternalTenants: { MembershipKind: null }, GuestOrExternalUserTypes: null },
        },
        Applications: { IncludeApplications: ['All'] },
        Platforms: { IncludePlatforms: null, ExcludePlatforms: null },
        Devices: { DeviceFilter: { Mode: null, Rule: null }, IncludeDevices: null },
        AdditionalProperties: { insiderRiskLevels: 'minor' },
      },
      GrantControls: { Operator: 'OR', BuiltInControls: ['mfa'] },
      AdditionalProperties: {},
    };
    const imported = importing({ 'p.json': { conditional_access_policies: [sdk] } });
    expect(imported.policies.map(({ value }) => value)).toEqual([
      {
        id: GUID(1),
        displayName: 'Require MFA',
        state: 'enabled',
        conditions: {
          users: { includeUsers: ['All'], includeGuestsOrExternalUsers: null },
          ...APPS,
          platforms: null,
          devices: null,
          insiderRiskLevels: 'minor',
        },
        grantControls: { operator: 'OR', builtInControls: ['mfa'] },
      },
    ]);
    expect(imported.problems.map(({ code }) => code)).toEqual(['memberCase']);
  });

  test('a member with capitals beside the right one is not taken for it', () => {
    const imported = policyWith({ State: 'disabled' });
    expect(imported.policies[0]?.value).toEqual({ ...POLICY, State: 'disabled' });
    expect(linesOf(imported)).toEqual([
      expect.stringContaining(
        'warning memberCase p.json:23:11 /State `state`: `State` stands beside it and was not taken for it',
      ),
    ]);
  });
});

describe('what is wrong is an error with its place, and the policy is not taken', () => {
  test.each([
    [{ id: 42 }, 'wrongType /id `id`: expected an id as text, found a number'],
    [{ id: '' }, 'badId /id `id`: `` is not an id'],
    [{ id: '../../tmp/x' }, 'badId /id `id`: `../../tmp/x` is not an id'],
    [{ id: '__proto__' }, 'badId /id `id`: `__proto__` is not an id'],
    [{ id: 'x'.repeat(129) }, `badId /id \`id\`: \`${'x'.repeat(39)}…\` is not an id`],
    [{ displayName: { a: 1 } }, 'wrongType /displayName `displayName`: expected text, found an object'],
    [
      { state: 'ENABLED ' },
      'unknownState /state `state`: `ENABLED` is no state of a policy: one of enabled, disabled, enabledForReportingButNotEnforced',
    ],
    [{ state: null }, 'missingMember  the policy has no `state`'],
    [
      { conditions: null },
      'noConditions  the policy has no `conditions`, which did not arrive: export it with all its members from Microsoft Graph',
    ],
    [
      { conditions: { users: null, applications: { includeApplications: ['All'] } } },
      'noConditions  the policy names neither users nor workload identities, which did not arrive: export it with all its members from Microsoft Graph',
    ],
    [
      { conditions: { users: { includeUsers: 'one two' } } },
      'cutDepth /conditions/users/includeUsers `conditions.users.includeUsers`: `one two` stands where a list belongs: the export was cut off at a depth; write it again with `ConvertTo-Json -Depth 10`',
    ],
    [
      { conditions: { users: '@{includeUsers=System.Object[]}' } },
      'cutDepth /conditions/users the members here are missing: the export was cut off at a depth; write it again with `ConvertTo-Json -Depth 10`',
    ],
    [
      { conditions: { locations: 'All' } },
      'wrongType /conditions/locations `conditions.locations`: expected an object, found text',
    ],
    [
      { conditions: { locations: { includeLocations: { 0: 'All' } } } },
      'wrongType /conditions/locations/includeLocations `conditions.locations.includeLocations`: expected a list of texts, found an object',
    ],
    [
      { conditions: { users: { includeUsers: ['All', 7] } } },
      'wrongType /conditions/users/includeUsers/1 `conditions.users.includeUsers`: expected text, found a number',
    ],
    [
      { conditions: { devices: { deviceFilter: { mode: 'include' } } } },
      'missingMember /conditions/devices/deviceFilter `conditions.devices.deviceFilter`: a filter needs `mode` and `rule`',
    ],
    ...[
      ['', {}],
      ['', { '@odata.type': '#microsoft.graph.conditionalAccessSessionControls' }],
      ['/signInFrequency', { signInFrequency: {} }],
      ['/continuousAccessEvaluation', { persistentBrowser: null, continuousAccessEvaluation: { '@odata.type': '#x' } }],
    ].map(([inside, sessionControls]): [object, string] => [
      { sessionControls },
      `missingMember /sessionControls${inside} \`sessionControls${String(inside).replace('/', '.')}\`: it has no members, and Microsoft Graph gives none such: export the policy from there again`,
    ]),
    [{ grantControls: 'block' }, 'wrongType /grantControls `grantControls`: expected an object, found text'],
  ])('%j', (members, error) => {
    const imported = policyWith(members);
    expect(remarksOn(members)).toContain(`error ${error}`);
    expect(imported.policies).toEqual([]);
    expect(imported.files).toEqual([{ file: 'p.json', kind: 'notAnExport', taken: 0 }]);
  });
});

describe('what is strange is kept, with a warning', () => {
  test.each([
    [
      { state: 'partiallyEnabled' },
      'unknownValue /state `state`: `partiallyEnabled` is not evaluated: answers become unknown',
    ],
    [
      { conditions: { ...REACH, clientAppTypes: ['fax'] } },
      'unknownValue /conditions/clientAppTypes/0 `conditions.clientAppTypes`: `fax` is no client app type that Graph names; it is kept and matches nothing',
    ],
    [
      { conditions: { ...REACH, insiderRiskLevels: 'minor, severe' } },
      'unknownValue /conditions/insiderRiskLevels `conditions.insiderRiskLevels`: `severe` is no insider risk level that Graph names; it is kept and matches nothing',
    ],
    [
      { grantControls: { operator: 'OR', builtInControls: ['compliantNetwork'] } },
      'inventedControl /grantControls/builtInControls/0 `grantControls.builtInControls`: `compliantNetwork` is no grant control that Graph names; it is kept and matches nothing',
    ],
    [
      { createdDateTime: '2026-02-30T25:00:00Z' },
      'notATime /createdDateTime `createdDateTime`: `2026-02-30T25:00:00Z` is not a time in ISO 8601 with a zone; it is kept as it is',
    ],
    [
      { displayName: '100 - <RING> - Block' },
      'placeholder /displayName `displayName`: `100 - <RING> - Block` holds a placeholder',
    ],
    [
      { conditions: { ...APPS, users: { includeUsers: [], excludeGroups: ['<ExclusionGroup>'] } } },
      'placeholder /conditions/users/excludeGroups/0 `conditions.users.excludeGroups`: `<ExclusionGroup>` is a placeholder where an id belongs; what the policy reaches by it is not known',
    ],
    [
      { conditions: { ...APPS, users: { includeUsers: ['Adele Vance'] } } },
      'placeholder /conditions/users/includeUsers/0 `conditions.users.includeUsers`: `Adele Vance` is no id, perhaps a display name, where an id belongs; what the policy reaches by it is not known',
    ],
    [
      { conditions: { ...REACH, locations: { includeLocations: ['All'], excludeLocations: ['{{hq}}'] } } },
      'placeholder /conditions/locations/excludeLocations/0 `conditions.locations.excludeLocations`: `{{hq}}` is a placeholder where an id belongs; what the policy reaches by it is not known',
    ],
    [
      { conditions: { ...REACH, locations: { includeLocations: ['All'], excludeLocations: [GUID(9)] } } },
      `danglingLocation /conditions/locations/excludeLocations/0 \`conditions.locations.excludeLocations\`: no named location \`${GUID(9)}\` is in this import or in the tenant`,
    ],
  ])('%j', (members, warning) => {
    expect(remarksOn(members)).toEqual([`warning ${warning}`]);
    expect(policyWith(members).policies.map(({ value }) => value)).toEqual([{ ...POLICY, ...members }]);
  });

  test('the words and well-known locations of Graph are no placeholders and dangle nowhere', () => {
    const conditions = {
      users: {
        includeUsers: ['All', 'None', 'GuestsOrExternalUsers', 'AllAgentIdUsers'],
        excludeUsers: ['guestsOrExternalUsers'],
      },
      applications: {
        includeApplications: ['All', 'Office365', 'MicrosoftAdminPortals'],
        excludeApplications: ['Office365'],
      },
      clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
      locations: {
        includeLocations: ['All', '00000000-0000-0000-0000-000000000000', '3D46DBDA-8382-466A-856D-EB00CBC6B910'],
        excludeLocations: ['AllTrusted'],
      },
    };
    expect(remarksOn({ conditions })).toEqual([]);
  });

  test('a location dangles neither when the tenant has it nor when the run brings it', () => {
    const policy = {
      ...POLICY,
      conditions: { ...REACH, locations: { includeLocations: ['hq', GUID(2).toUpperCase()] } },
    };
    const location = {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: GUID(2),
      displayName: 'x',
      countriesAndRegions: ['DE'],
    };
    expect(linesOf(importing({ 'a.json': policy, 'b.json': location }, { knownIds: ['hq'] }))).toEqual([]);
  });
});

describe('a policy without an id', () => {
  const { id: _, ...template } = POLICY;

  test('gets one of its content: the same in every file, whatever the order of its members', () => {
    const turned = Object.fromEntries(Object.entries(template).reverse());
    const [a] = importing({ 'a.json': template }).policies;
    const [b] = importing({ 'elsewhere/b.json': [turned] }).policies;
    expect(a?.value.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(b?.value.id).toBe(a?.value.id);
    expect(linesOf(importing({ 'a.json': template }))).toEqual([
      'note madeId a.json:1:1 the policy `Require MFA` has no id; it gets one made of its content',
    ]);
  });

  test('differs from another of the same name', () => {
    const imported = importing({ 'a.json': [template, { ...template, state: 'disabled' }] });
    expect(new Set(imported.policies.map(({ value }) => value.id)).size).toBe(2);
  });
});

test('a template of Conditional Access becomes a policy in report-only, and its places are those of the file', () => {
  const { id: _, state: __, displayName: ___, ...details } = POLICY;
  const template = {
    id: GUID(7),
    name: 'Require MFA',
    description: 'For all',
    details: { ...details, conditions: { ...REACH, clientAppTypes: ['fax'] } },
  };
  const imported = importing({ 't.json': template });
  expect(imported.policies[0]?.value).toMatchObject({
    displayName: 'Require MFA',
    description: 'For all',
    state: 'enabledForReportingButNotEnforced',
    templateId: GUID(7),
    grantControls: POLICY.grantControls,
  });
  expect(imported.problems.map(({ code, place }) => `${code} ${place.pointer}`)).toEqual([
    'template undefined',
    'unknownValue /details/conditions/clientAppTypes/0',
    'madeId undefined',
  ]);
});

test('a deleted policy is noted as such', () => {
  expect(remarksOn({ deletedDateTime: '2026-01-01T00:00:00Z' })).toEqual([
    'note deletedItem  the policy was deleted on `2026-01-01T00:00:00Z` and goes to the deleted ones',
  ]);
});

test('a policy whose controls did not arrive keeps a mark that they are not known', () => {
  const { grantControls: _, ...lost } = POLICY;
  const imported = importing({ 'p.json': lost });
  expect(imported.policies[0]?.value.grantControls).toEqual({ operator: 'OR', builtInControls: null });
  expect(imported.problems.map(({ code }) => code)).toContain('noControls');
});
