import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { readAll, source } from '../support/read-all-sign-ins.ts';
import { tries } from '../support/tries.ts';

const RECORD = {
  id: 'bbbbbbbb-0000-4000-8000-000000000001',
  createdDateTime: '2026-06-15T09:56:49Z',
  userPrincipalName: 'megan.bowen@contoso.com',
  userId: 'cccccccc-0000-4000-8000-000000000001',
  appId: '00000002-0000-0ff1-ce00-000000000000',
  resourceId: '00000002-0000-0ff1-ce00-000000000000',
  ipAddress: '198.51.100.7',
  clientAppUsed: 'Browser',
  isInteractive: true,
  conditionalAccessStatus: 'success',
  status: { errorCode: 0, failureReason: 'Other.' },
  location: { city: 'Utrecht', countryOrRegion: 'NL' },
  deviceDetail: { deviceId: '', operatingSystem: 'Windows10' },
  appliedConditionalAccessPolicies: [
    { id: 'a', displayName: 'CA01', result: 'notApplied', enforcedGrantControls: ['Block'] },
  ],
};

/** The same record under other names, at every depth. */
function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [rename(name), renamed(each, rename)]));
}
const capitals = (name: string) =>
  name === 'ipAddress' ? 'IPAddress' : name.slice(0, 1).toUpperCase() + name.slice(1);
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A header and one row; what is no text is in its cell as JSON. */
function tableOf(record: unknown, delimiter = ','): string {
  const cells = (values: readonly unknown[]) =>
    values
      .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
      .map((each) => `"${each.replaceAll('"', '""')}"`)
      .join(delimiter);
  const members = Object.entries(record as object);
  return `${cells(members.map(([name]) => name))}\r\n${cells(members.map(([, value]) => value))}\r\n`;
}

const read = (value: unknown, name?: string) =>
  readAll([source(typeof value === 'string' ? value : JSON.stringify(value), name)]);
const azure = { time: RECORD.createdDateTime, category: 'SignInLogs', properties: RECORD };
const text = JSON.stringify(azure);
const several = JSON.stringify({ records: [azure] });
const CONTEXT = { '@odata.context': 'https://graph.microsoft.com/beta/$metadata#auditLogs/signIns' };

/** The record as a row of Log Analytics: what is no text is one there. */
const cells = {
  ...RECORD,
  location: undefined,
  locationDetails: RECORD.location,
  timeGenerated: RECORD.createdDateTime,
};
const row = Object.fromEntries(
  Object.entries(cells).flatMap(([name, value]) =>
    value === undefined ? [] : [[capitals(name), typeof value === 'object' ? JSON.stringify(value) : value]],
  ),
);
const tableOfQuery = {
  name: 'PrimaryResult',
  columns: Object.keys(row).map((name) => ({ name, type: 'string' })),
  rows: [Object.values(row)],
};

/** A character for each byte, as the JSON of Avro has them. */
const bytesOf = (written: string) => Buffer.from(written, 'utf8').toString('latin1');

test.each([
  ['text', 'yesterday at nine', '`yesterday at nine`'],
  ['a time without a zone', '2026-06-15T09:56', '`2026-06-15T09:56`'],
  ['a cell as long as a page', 'x'.repeat(5000), `\`${'x'.repeat(39)}…\``],
  ['an object', { at: 9 }, 'an object'],
])('a time that cannot be read is quoted, with what to write: %s', async (_, createdDateTime, quoted) => {
  const { skipped } = await readAll([source(JSON.stringify([{ ...RECORD, createdDateTime }]))]);
  expect(skipped.map(({ reason, message }) => [reason, message])).toEqual([
    ['noTime', `has ${quoted} where a date and time with a zone belongs: write 2026-06-05T08:00:00Z`],
  ]);
});

describe('what an object of a class says in numbers is read by the words that Graph numbers so', () => {
  const numbered = (status: unknown, result: unknown) =>
    renamed(
      {
        ...RECORD,
        conditionalAccessStatus: status,
        appliedConditionalAccessPolicies: [{ id: 'a', displayName: 'CA01', result }],
      },
      capitals,
    );
  const said = async (status: unknown, result: unknown) => {
    const { signIns } = await readAll([source(JSON.stringify([numbered(status, result)]))]);
    const record: Readonly<Record<string, unknown>> = { ...signIns[0]?.record };
    const [applied] = (record['appliedConditionalAccessPolicies'] ?? []) as readonly { readonly result?: string }[];
    return [record['conditionalAccessStatus'], applied?.result, record['exportEnvelope']];
  };

  test.each([
    [0, 'success', 0, 'success'],
    [1, 'failure', 1, 'failure'],
    [2, 'notApplied', 2, 'notApplied'],
    [2, 'notApplied', 3, 'notEnabled'],
    [0, 'success', 6, 'reportOnlySuccess'],
    [0, 'success', 9, 'reportOnlyInterrupted'],
    ['success', 'success', 'failure', 'failure'],
  ])('%s is %s, and %s is %s', async (status, inWords, result, resultInWords) => {
    expect(await said(status, result)).toEqual([inWords, resultInWords, undefined]);
  });

  test('a number that stands for no word is kept beside the record, and not read', async () => {
    expect(await said(17, 23)).toEqual([
      undefined,
      undefined,
      { conditionalAccessStatus: 17, 'appliedConditionalAccessPolicies.0.result': 23 },
    ]);
  });

  test('and the record can be compared with what it says of its own policies', async () => {
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01 --quiet');
    writeFileSync(join(place.folder, 's.json'), JSON.stringify([numbered(2, 2)]));
    const run = await place.gsa('replay s.json --dry-run --compare-recorded');
    expect(run.stdout).not.toContain('no record lists the policies');
  });
});

describe('a sign-in is the same record in every shape', () => {
  test.each([
    ['classes of PowerShell', [renamed(RECORD, capitals)]],
    ['classes of Python', [renamed(RECORD, snake)]],
    [
      'times as Python prints them',
      [{ ...(renamed(RECORD, snake) as object), created_date_time: '2026-06-15 09:56:49+00:00' }],
    ],
    ['extras beside the members', [{ ...RECORD, additionalData: {}, odataType: '#microsoft.graph.signIn' }]],
    ['extras with the members', [{ CreatedDateTime: RECORD.createdDateTime, AdditionalProperties: RECORD }]],
    ['dates of Windows PowerShell', [{ ...RECORD, createdDateTime: `/Date(${Date.parse(RECORD.createdDateTime)})/` }]],
    [
      'an answer of Elastic',
      { took: 1, hits: { total: { value: 1 }, hits: [{ _id: 'a', _source: { event: { original: text } } }] } },
    ],
    ['a document of Elastic', { message: 'Other.', event: { dataset: 'azure.signinlogs', original: text } }],
    ['fields of Elastic', [{ _id: 'a', fields: { 'event.original': [text] } }]],
    ['a result of Splunk', { preview: false, offset: 0, lastrow: true, result: { _raw: text } }],
    ['results of Splunk', { results: [{ _time: '1', _raw: text }] }],
    ['the answer of a query in PowerShell', { Results: [row], Render: null, Statistics: null, Error: null }],
    ['a batch of Graph', { responses: [{ id: '1', status: 200, headers: {}, body: { ...CONTEXT, value: [RECORD] } }] }],
    ['a batch of Log Analytics', { responses: [{ id: '1', status: 200, body: { tables: [tableOfQuery] } }] }],
    [
      'a search of Datadog',
      {
        meta: { status: 'done' },
        data: [{ id: 'a', type: 'log', attributes: { service: 'azure', attributes: azure } }],
      },
    ],
    ['an archive of Datadog', { _id: 'a', date: 'x', status: 'info', source: 'azure', attributes: azure }],
    ['a search of QRadar', { events: [{ starttime: 1, utf8_payload: text }] }],
    ['an event of OCSF', { class_uid: 3002, time: 1, raw_data: text }],
    ['a message of Logstash with a list', { '@timestamp': 'x', message: several }],
    ['one in an index of Elastic', { _index: 'a', _source: { message: several } }],
    ['one in an answer of Elastic', { took: 1, hits: { hits: [{ _source: { event: { original: several } } }] } }],
    ['one in a search of Splunk', { preview: false, result: { _raw: several } }],
    ['one in a search of Datadog', { data: [{ attributes: { attributes: { message: several } } }] }],
    ['a message of an event hub', [{ body: { records: [azure] }, sequenceNumber: 1 }]],
    ['a message of an event hub as text', [{ Body: several, Offset: '1' }]],
    ['a capture of an event hub', { SequenceNumber: 1, Body: { bytes: bytesOf(several) } }],
    ['a capture of an event hub with the text itself', { SequenceNumber: 1, Body: { bytes: several } }],
    ['an event of the HTTP collector', { sourcetype: 'azure:monitor:aad', event: azure }],
    ['a table of the records of Graph', tableOf(RECORD)],
    [
      'the table that Windows PowerShell writes',
      `#TYPE Microsoft.Graph.Thing\r\n${tableOf(renamed(RECORD, capitals))}`,
    ],
    ['a table for Excel', `sep=;\r\n${tableOf(RECORD, ';')}`],
    ['a table for Excel of another country', `"sep=|"\n${tableOf(RECORD, '|')}`],
  ])('%s', async (_, value) => {
    const { signIns, skipped } = await read(value);
    expect(skipped).toEqual([]);
    expect(
      signIns.map(({ record: { exportEnvelope: _wrapper, signInEventTypes: _types, ...record } }) => record),
    ).toEqual((await read([RECORD])).signIns.map(({ record }) => record));
  });
});

/** Rows of other tables of Log Analytics, and other objects with a time, somebody and an application. */
const ROW = { TimeGenerated: '2026-06-15T09:56:49Z', UserId: 'a', UserPrincipalName: 'a@contoso.com' };
const CALL = { ...ROW, AppId: 'b', IPAddress: '198.51.100.7', RequestUri: 'https://graph.microsoft.com/v1.0/me' };
const OTHER_TABLES: readonly [reason: string, value: unknown][] = [
  ['otherTable', [{ ...CALL, Type: 'MicrosoftGraphActivityLogs' }]],
  ['otherTable', [CALL]],
  ['otherTable', tableOf(CALL)],
  ['otherTable', [{ TimeGenerated_t: ROW.TimeGenerated, UserId_g: 'a', AppId_g: 'b', RequestMethod_s: 'GET' }]],
  ['trafficLog', [{ ...ROW, SourceIp: '198.51.100.7', AppId: 'b', Type: 'NetworkAccessTraffic' }]],
  ['trafficLog', [{ ...ROW, SourceIp: '198.51.100.7', AppId: 'b', TrafficType: 'microsoft365' }]],
  ['trafficLog', tableOf({ ...ROW, AppId: 'b', TrafficType: 'internet', ConnectionId: 'c' })],
  ['riskDetections', [{ ...ROW, IpAddress: '198.51.100.7', RiskEventType: 'unfamiliarFeatures' }]],
  ['riskDetections', [{ ...ROW, ServicePrincipalId: 'c', AppId: 'b', Type: 'AADServicePrincipalRiskEvents' }]],
  ['riskDetections', [{ ...ROW, Type: 'AADRiskyUsers' }]],
  ['auditLog', [{ ...ROW, AppId: 'b', OperationName: 'Update user', Type: 'AuditLogs' }]],
  ['auditLog', [{ ...ROW, AppId: 'b', Operation: 'FileAccessed', OfficeWorkload: 'SharePoint' }]],
  ['auditLog', [{ ...ROW, ClientIP: '198.51.100.7', Type: 'OfficeActivity' }]],
  ['auditLog', [{ createdDateTime: '2026-06-15T09:56:49Z', userId: 'a', auditLogRecordType: 'azureActiveDirectory' }]],
  ['otherTable', [{ ...ROW, AppId: 'b', ProvisioningSteps: '[]' }]],
  ['otherTable', [{ ...ROW, Type: 'AADProvisioningLogs' }]],
  ['otherTable', [{ ...ROW, Type: 'IdentityInfo' }]],
  ['otherTable', [{ ...ROW, AppId: 'b', UsersInsights: '{}' }]],
  ['unknownTable', [{ ...ROW, AppId: 'b', IPAddress: '198.51.100.7', Type: 'IntuneDevices' }]],
  ['unknownTable', tableOf({ ...ROW, AppId: 'b', IPAddress: '198.51.100.7', Type: 'Heartbeat' })],
  ['notASignIn', [ROW]],
  ['directory', [{ id: 'a', createdDateTime: '2026-06-15T09:56:49Z', userPrincipalName: 'a@b.c', displayName: 'A' }]],
  ['directory', { value: [{ id: 'a', appId: 'b', displayName: 'App', createdDateTime: '2026-06-15T09:56:49Z' }] }],
  ['directory', '{"id":"a","appId":"b","displayName":"App","createdDateTime":"2026-06-15T09:56:49Z"}\n'.repeat(2)],
];

describe('a row of sign-ins is read whatever stands beside it', () => {
  const ours = { ...ROW, AppDisplayName: 'Teams', IPAddress: '198.51.100.7' };

  test.each([
    ['the table itself', { Type: 'SigninLogs' }],
    ['another of the tables', { Type: 'MicrosoftServicePrincipalSignInLogs' }],
    ['what a search job found in it', { Type: 'SigninLogs_12_SRCH' }],
    ['a copy', { Type: 'Entra_SignIns_CL' }],
    [
      'a column of its own of that name',
      { TimeGenerated: undefined, CreatedDateTime: ROW.TimeGenerated, Type: 'Guest' },
    ],
    ['columns that a query put there', { RiskEventType: 'x', count_: 2 }],
    ['empty columns of the tables that were asked with it', { RequestUri: '', TrafficType: null, Operation: '' }],
    ['its category', { Category: 'SignInLogs', Type: 'Everything_CL', RequestUri: 'x' }],
  ])('%s', async (_, more) => {
    const row = { ...ours, ...more };
    const cells = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));
    for (const shape of [[row], `${JSON.stringify(row)}\n`, tableOf(cells)]) {
      const { signIns, skipped } = await read(shape);
      expect([signIns.length, skipped]).toEqual([1, []]);
    }
  });

  test.each(['ConditionalAccessPolicies', 'ClientAppUsed', 'AuthenticationRequirement', 'CrossTenantAccessType'])(
    'so are rows that tell of a sign-in by %s alone',
    async (name) => {
      const row = { ...ROW, [name]: name === 'ConditionalAccessPolicies' ? '[]' : 'x', ResultType: '0' };
      for (const shape of [[row], `${JSON.stringify(row)}\n`, tableOf(row)]) {
        const { signIns, skipped } = await read(shape);
        expect([signIns.length, skipped]).toEqual([1, []]);
      }
    },
  );

  test.each([
    ['deviceDetail', { Browser: 'Edge' }, { DeviceDetail: '{"isCompliant":true,"browser":"Edge"}' }],
    ['location', { City: 'Utrecht' }, { LocationDetails: { countryOrRegion: 'NL' } }],
    ['status', { ErrorCode: 50_126 }, { Status_dynamic: { additionalDetails: 'MFA denied' } }],
  ])('a column of one member hides nothing of the others, whichever comes first: %s', async (name, one, whole) => {
    for (const columns of [
      { ...one, ...whole },
      { ...whole, ...one },
    ]) {
      const { signIns } = await read([{ ...ours, ...columns }]);
      const record: Readonly<Record<string, unknown>> = { ...signIns[0]?.record };
      expect(Object.keys(record[name] ?? {}).length).toBe(2);
    }
  });

  test('what is refused is told with what helps', async () => {
    for (const [, value] of OTHER_TABLES.filter(([reason]) => /Table|auditLog|riskDetections/.test(reason))) {
      const [told] = (await read(value)).skipped;
      expect(told?.message).toContain('export the sign-in log instead');
      if (told?.reason === 'unknownTable') expect(told.message).toContain('`| project-away Type`');
    }
  });

  test('and one of another table beside it is told, by each row alone', async () => {
    const rows = [ours, CALL, { ...ours, Type: 'AuditLogs' }, ours].map((row) => ({
      Type: '',
      RequestUri: '',
      ...row,
    }));
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const full = rows.map((row) => Object.fromEntries(names.map((name) => [name, Reflect.get(row, name) ?? ''])));
    const table = full.map((row, at) => (at === 0 ? tableOf(row) : tableOf(row).split('\r\n').slice(1).join('\r\n')));
    for (const shape of [rows, table.join('')]) {
      const { signIns, skipped } = await read(shape);
      expect(signIns).toHaveLength(2);
      expect(skipped.map(({ reason }) => reason)).toEqual(['otherTable', 'auditLog']);
    }
  });

  test('while a row that names another table is never one, whatever its columns', async () => {
    const columns = ['AppId', 'IPAddress', 'AppDisplayName', 'ResultType', 'ConditionalAccessStatus', 'UserId', 'Id'];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(columns),
        fc.constantFrom('NetworkAccessTraffic', 'AuditLogs', 'AADRiskyUsers', 'Usage', 'IdentityInfo', 'Mine_CL'),
        fc.constantFrom<(row: object) => unknown>(
          (row) => [row],
          tableOf,
          (row) => JSON.stringify(row),
        ),
        async (more, Type, shape) => {
          const row = { ...ROW, ...Object.fromEntries(more.map((name) => [name, 'x'])), Type };
          expect((await read(shape(row))).signIns).toEqual([]);
        },
      ),
      { numRuns: tries(60) },
    );
  });
});

describe('messages that hold several records each', () => {
  const ids = (...wanted: readonly string[]) => wanted.map((id) => ({ ...azure, properties: { ...RECORD, id } }));
  const message = (...wanted: readonly string[]) => JSON.stringify({ records: ids(...wanted) });

  test('are read in the order of the file, lines and lists alike, in whatever letters', async () => {
    const { signIns, skipped } = await read(
      [
        { message: message('a', 'b') },
        { Body: { bytes: bytesOf(message('ç', '名')) } },
        { body: { records: ids('c', 'd') } },
        RECORD,
        { message: '{"records":[]}' },
      ]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    expect(skipped).toEqual([]);
    expect(signIns.map(({ id }) => id)).toEqual(['a', 'b', 'ç', '名', 'c', 'd', RECORD.id]);
  });

  test.each([
    ['what is no object among them', { message: '{"records":[1]}' }, 'notASignIn'],
    ['one that was cut', { message: message('a', 'b').slice(0, -9) }, 'truncated'],
    [
      'another category',
      { message: JSON.stringify({ records: [{ category: 'AuditLogs', properties: {} }] }) },
      'otherCategory',
    ],
    [
      'an answer of a batch that is an error',
      { responses: [{ id: '1', status: 429, body: { error: { code: 'x' } } }] },
      'errorResponse',
    ],
    ['an answer of a query with an error', { Results: [row], Error: { code: 'PartialError' } }, 'morePages'],
    ['a page of Datadog', { data: [{ attributes: azure }], links: { next: 'https://x' } }, 'morePages'],
    [
      'a search of Datadog that ran out of time',
      { data: [{ attributes: azure }], meta: { status: 'timeout' } },
      'morePages',
    ],
    [
      'a search of Datadog that warns',
      { data: [{ attributes: azure }], meta: { warnings: [{ code: 'x' }] } },
      'morePages',
    ],
    [
      'a page in a batch',
      { responses: [{ id: '1', status: 200, body: { ...CONTEXT, '@odata.nextLink': 'https://x', value: [RECORD] } }] },
      'morePages',
    ],
  ])('tell of %s', async (_, value, reason) => {
    expect((await read(value)).skipped.map((each) => each.reason)).toEqual([reason]);
  });

  test('of Datadog are whole with the last page', async () => {
    const pages = [{ data: [{ attributes: azure }], links: { next: 'https://x' } }, { data: [{ attributes: azure }] }];
    expect((await read(pages.map((each) => JSON.stringify(each)).join('\n'))).skipped).toEqual([]);
  });
});

describe('a record that what is around it holds only in part', () => {
  const AROUND: readonly (readonly [member: string, around: (written: string) => object])[] = [
    ['event.original', (written) => ({ '@timestamp': 'x', event: { dataset: 'azure.signinlogs', original: written } })],
    ['_source.event.original', (written) => ({ _source: { azure: { signinlogs: {} }, event: { original: written } } })],
    ['fields.event.original', (written) => ({ _id: 'a', fields: { 'event.original': [written] } })],
    ['result._raw', (written) => ({ result: { _raw: written, sourcetype: 'azure:monitor:aad' } })],
    ['message', (written) => ({ '@timestamp': 'x', message: written })],
    ['attributes.message', (written) => ({ attributes: { message: written } })],
    ['Body', (written) => ({ Body: { bytes: bytesOf(written) } })],
  ];
  const told = async (around: (written: string) => object, written: string) => {
    const { signIns, skipped } = await read([around(written), around(text)]);
    expect(signIns.map(({ id }) => id)).toEqual([RECORD.id]);
    return skipped.map(({ reason, message }) => [reason, message.split(':')[0]]);
  };

  test('is said to be cut off, wherever it was cut, and the next is read', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...AROUND), fc.integer({ min: 2, max: text.length - 1 }), async (some, end) => {
        const [member, around] = some;
        const name = member.endsWith('original') ? 'event.original' : member.split('.').at(-1);
        const [[reason, message] = []] = await told(around, text.slice(0, end));
        expect([reason, message]).toEqual(['truncated', expect.stringMatching(/^holds the record in .*cut off$/)]);
        expect(message).toContain(`${name}\``);
      }),
    ));

  test.each(AROUND)('and to be no JSON where it is none: %s', async (_, around) => {
    expect(await told(around, text.replace(':', ' '))).toEqual([
      ['invalidJson', expect.stringMatching(/^holds the record in .* no valid JSON$/)],
    ]);
  });
});

describe('what is no sign-in log is refused by the name of its kind', () => {
  test.each([
    ['advancedHunting', '"Timestamp","AccountUpn","LogonType","RequestId"\n"2026-06-15","a@contoso.com","x","r"\n'],
    ['advancedHunting', 'Timestamp,ActionType,AccountName,IPAddress\n2026-06-15,LogonSuccess,ada,192.0.2.1\n'],
    [
      'advancedHunting',
      { Results: [{ Timestamp: '2026-06-15T09:56:49Z', AccountUpn: 'a@contoso.com', ErrorCode: 0 }] },
    ],
    ['advancedHunting', [{ Timestamp: '2026-06-15T09:56:49Z', ServicePrincipalId: 'a', RequestId: 'r' }]],
    ['localTime', 'TimeGenerated [Local Time],UserPrincipalName,IPAddress\n15/06/2026,a@contoso.com,192.0.2.1\n'],
    ['localTime', 'Date (local),Request ID,User,IP address\n2026-06-15,a,b,192.0.2.1\n'],
    ['localTime', [{ 'CreatedDateTime [Local Time]': '15/06/2026', UserPrincipalName: 'a@contoso.com' }]],
    ['ecsDocuments', '"@timestamp","azure.signinlogs.properties.id","source.ip"\n1,2,3\n'],
    ['ecsDocuments', { '@timestamp': 'x', event: { dataset: 'azure.signinlogs' }, azure: { signinlogs: {} } }],
    ['ecsDocuments', { hits: { hits: [{ _source: { azure: { signinlogs: { properties: {} } } } }] } }],
    ['searchResults', '_time,_raw,sourcetype\n1,x,azure\n'],
    ['searchResults', [{ result: { 'properties.userPrincipalName': 'a@contoso.com', _time: '1' } }]],
    ['cutDepth', [{ Id: 'a', Status: '@{ErrorCode=0}', RiskEventTypes: 'System.Object[]' }]],
    ['syslog', `<134>Jun 15 09:56:49 collector azure: ${text}\n`],
    ['syslog', `<134>1 2026-06-15T09:56:49Z collector azure - - - ${text}\n`],
    ['syslog', `Jun 15 09:56:49 collector azure: ${text}\n`],
    ['syslog', `2026-06-15T09:56:49Z collector ${text}\n`],
    ['syslog', `2026-06-15T09:56:49Z\tazure.signin\t${text}\n`],
    ['talkBefore', `WARNING: This command is in preview.\n[${text}]\n`],
    ['talkBefore', `WARNING: one\nWARNING: two\n\n${text}\n`],
    ['talkBefore', `${'*'.repeat(22)}\nWindows PowerShell transcript start\n${'*'.repeat(22)}\n[${text}]\n`],
    ['syslog', 'CEF:0|Microsoft|Entra ID|1|x|Sign-in|3|src=198.51.100.7 suser=a@contoso.com,b\n'],
    ['syslog', 'LEEF:1.0|Microsoft|Entra ID|1|SignIn|src=198.51.100.7\tusrName=a@contoso.com\n'],
    ['dataExplorer', { Tables: [{ TableName: 'Table_0', Columns: [{ ColumnName: 'Id' }], Rows: [['a']] }] }],
    [
      'dataExplorer',
      [
        { FrameType: 'DataSetHeader', IsProgressive: false, Version: 'v2.0' },
        { FrameType: 'DataTable', TableKind: 'PrimaryResult', Columns: [{ ColumnName: 'Id' }], Rows: [['a']] },
        { FrameType: 'DataSetCompletion', HasErrors: true, Cancelled: false },
      ],
    ],
    ['notSignIns', '<Objs Version="1.1.0.1"><Obj RefId="0"></Obj></Objs>'],
    ['udmEvents', { events: [{ event: { metadata: { eventType: 'USER_LOGIN', vendorName: 'Microsoft' } } }] }],
    ['udmEvents', [{ metadata: { event_type: 'USER_LOGIN' }, principal: {} }]],
    ['ocsfEvents', [{ class_uid: 3002, class_name: 'Authentication', metadata: { version: '1.1.0' } }]],
    [
      'savedRequests',
      { info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' }, item: [] },
    ],
    ['savedRequests', { log: { version: '1.2', entries: [] } }],
    [
      'auditLog',
      { value: [{ id: '1', createdDateTime: RECORD.createdDateTime, auditLogRecordType: 'x', auditData: {} }] },
    ],
    [
      'auditLog',
      [{ CreationTime: '2026-06-15T09:56:49', Operation: 'UserLoggedIn', Workload: 'AzureActiveDirectory' }],
    ],
    [
      'auditLog',
      'RecordType,CreationDate,UserIds,Operations,AuditData\n15,2026-06-15,a@contoso.com,UserLoggedIn,"{}"\n',
    ],
    ...OTHER_TABLES,
    [
      'otherLanguage',
      'Datum (UTC),Anforderungs-ID,Benutzer-Agent,Korrelations-ID,Benutzer-ID,Benutzer,Benutzername,Benutzertyp,A,B,C,D\n' +
        `2026-06-15T09:56:49Z,${RECORD.id},x,${RECORD.userId},a,b,c,d,e,f,g,h\n`,
    ],
  ])('%s: %j', async (reason, value) => {
    const { signIns, skipped } = await read(value);
    expect(signIns).toEqual([]);
    expect(skipped.map((each) => each.reason)).toEqual([reason]);
  });
});

describe('a sign-in of which an object was printed as text is refused, with what to type', () => {
  const printed = [
    '@{errorCode=50126; failureReason=Invalid}',
    'Microsoft.Graph.PowerShell.Models.MicrosoftGraphSignInStatus',
    'class SignInAuditLogObjectStatus {\n  ErrorCode: 50126\n}\n',
    '[object Object]',
    '<msgraph.generated.models.sign_in_status.SignInStatus object at 0x7f3a>',
  ];
  const names = ['status', 'location', 'deviceDetail', 'appliedConditionalAccessPolicies'] as const;

  test.each(names.flatMap((name) => printed.map((as) => [name, as] as const)))('%s: %s', async (name, as) => {
    const record = { ...RECORD, [name]: as };
    const lines = `${JSON.stringify({ ...RECORD, id: 'before' })}\n${JSON.stringify(record)}\n`;
    const shapes = [[record], [{ ...RECORD, [name]: [as] }], [renamed(record, capitals)], tableOf(record), lines];
    for (const shape of shapes) {
      const { signIns, skipped } = await read(shape);
      expect(signIns.map(({ id }) => id)).toEqual(shape === lines ? ['before'] : []);
      expect(skipped.map((each) => each.reason)).toEqual(['cutDepth']);
      expect(skipped[0]?.message).toContain('ConvertTo-Json -Depth 10');
    }
  });

  test.each([
    'status.errorCode,location.countryOrRegion',
    'status_errorCode,location_countryOrRegion',
    'Status.ErrorCode,Location.CountryOrRegion',
    'Status_ErrorCode,Location_CountryOrRegion',
    'ErrorCode,CountryOrRegion',
  ])('while columns of their own have what it held: %s', async (names) => {
    const { signIns } = await read(
      `id,createdDateTime,userPrincipalName,ipAddress,${names}\na,2026-06-15T09:56:49Z,a@contoso.com,198.51.100.7,50126,NL\n`,
    );
    expect(signIns.map(({ record: { status, location } }) => [status, location])).toEqual([
      [{ errorCode: 50126 }, { countryOrRegion: 'NL' }],
    ]);
  });

  test.each([
    ['Status.ErrorCode', 'Location.CountryOrRegion'],
    ['Status_errorCode', 'Location_countryOrRegion'],
    ['status.ErrorCode', 'location_CountryOrRegion'],
    ['STATUS.errorCode', 'LOCATION.countryOrRegion'],
  ])('and so do members of JSON in whatever capitals: %s, %s', async (code, country) => {
    const { status: _s, location: _l, ...others } = RECORD;
    const flat = { ...others, [code]: 50126, [country]: 'NL' };
    for (const shape of [[flat], `${JSON.stringify(RECORD)}\n${JSON.stringify({ ...flat, id: 'b' })}\n`]) {
      const { signIns } = await read(shape);
      const { status, location } = signIns.at(-1)?.record ?? {};
      expect([status, location]).toEqual([{ errorCode: 50126 }, { countryOrRegion: 'NL' }]);
    }
  });

  test.each(['.', '_'])('and so do members of JSON with a %s in their names', async (sign) => {
    const { status: _s, location: _l, ...others } = RECORD;
    const flat = { ...others, [`status${sign}errorCode`]: 50126, [`location${sign}countryOrRegion`]: 'NL' };
    for (const shape of [[flat], `${JSON.stringify(RECORD)}\n${JSON.stringify({ ...flat, id: 'b' })}\n`]) {
      const { signIns } = await read(shape);
      const { status, location } = signIns.at(-1)?.record ?? {};
      expect([status, location]).toEqual([{ errorCode: 50126 }, { countryOrRegion: 'NL' }]);
    }
  });

  test('but a word for people in a table is what people wrote', async () => {
    const { signIns } = await read(tableOf({ ...RECORD, status: 'Success', location: 'NL' }));
    expect(signIns.map(({ id }) => id)).toEqual([RECORD.id]);
  });
});

describe('dates with slashes are read alike in the whole file', () => {
  const table = (times: readonly string[]) =>
    [
      'CreatedDateTime [UTC],UserPrincipalName,IPAddress,ResultType',
      ...times.map((time) => `"${time}",a@contoso.com,192.0.2.1,0`),
    ].join('\n');
  const daysOf = async (times: readonly string[]) => {
    const { signIns, skipped } = await read(table(times));
    return [
      ...signIns.map(({ record }) => record.createdDateTime.slice(0, 10)),
      ...skipped.map(({ reason }) => reason),
    ];
  };

  test.each([
    ['a day above 12 behind', ['5/06/2026 11:56:49 AM', '25/06/2026 11:56:49 AM'], ['2026-06-05', '2026-06-25']],
    ['a day above 12 before', ['25/06/2026 11:56:49 am', '5/06/2026 11:56:49 am'], ['2026-06-25', '2026-06-05']],
    ['the clock of 24 hours', ['05/06/2026, 23:56:49', '25/06/2026, 01:02:03'], ['2026-06-05', '2026-06-25']],
    ['a month in front', ['6/5/2026, 9:56:49 AM', '6/25/2026, 9:56:49 AM'], ['2026-06-05', '2026-06-25']],
    ['nothing that decides', ['5/06/2026 11:56:49 AM', '7/06/2026 11:56:49 AM'], ['dayOrMonth', 'dayOrMonth']],
    [
      'both orders',
      ['25/06/2026 1:00:00 AM', '6/25/2026 1:00:00 AM', '5/06/2026 1:00:00 AM'],
      ['dayOrMonth', 'dayOrMonth', 'dayOrMonth'],
    ],
    [
      'both orders, behind one that may be either',
      ['5/06/2026 1:00:00 AM', '25/06/2026 1:00:00 AM', '6/25/2026 1:00:00 AM'],
      ['dayOrMonth', 'dayOrMonth', 'dayOrMonth'],
    ],
    ['the same number twice', ['6/6/2026 11:56:49 AM'], ['2026-06-06']],
    ['the spelling of the United States', ['6/5/2026, 9:56:49.975 AM'], ['2026-06-05']],
  ])('%s', async (_, times, days) => {
    expect(await daysOf(times)).toEqual(days);
  });

  test.each([
    ['both orders', ['25/06/2026 1:00:00 AM', '6/25/2026 1:00:00 AM'], 'beside times with day and month the other way'],
    ['nothing that decides', ['5/06/2026 1:00:00 AM'], 'in which day and month cannot be told apart'],
  ])('%s is told as such', async (_, times, why) => {
    const { skipped } = await read(table(times));
    expect(skipped.map(({ message }) => message.includes(why))).toEqual(times.map(() => true));
  });

  test.each(['TimeGenerated [UTC]', 'CreatedDateTime', 'TimeGenerated_t', 'CreatedDateTime_t'])(
    'in the column %s',
    async (column) => {
      const rows = ['5/06/2026 11:56:49 AM', '25/06/2026 11:56:49 AM'].map(
        (time) => `"${time}",a@contoso.com,192.0.2.1,0`,
      );
      const { signIns } = await read([`${column},UserPrincipalName,IPAddress,ResultType`, ...rows].join('\n'));
      expect(signIns.map(({ createdDateTime }) => createdDateTime.slice(0, 10))).toEqual(['2026-06-05', '2026-06-25']);
    },
  );

  const row = (time: unknown) => ({ TimeGenerated: time, Category: 'SignInLogs', UserId: 'anna', Identity: 'Anna' });
  const monitored = (time: unknown) => ({ userId: 'anna', ipAddress: '192.0.2.1', createdDateTime: time });
  const wrapped: Readonly<Record<string, (time: string) => unknown>> = {
    'a row': row,
    'the result of a search': (time) => ({ preview: false, lastrow: true, result: row(time) }),
    'a document of a search engine': (time) => ({ _index: 'x', _source: row(time) }),
    'the text of a message': (time) => ({ message: JSON.stringify(row(time)) }),
    'a message in a document': (time) => ({ _source: { message: JSON.stringify(row(time)) } }),
    'a diagnostic record': (time) => ({ category: 'SignInLogs', properties: monitored(time) }),
    'a diagnostic record with the time of logging': (time) => ({
      ...{ time, category: 'SignInLogs' },
      properties: monitored(null),
    }),
    'a column with its type': (time) => ({ TimeGenerated_t: time, Category: 'SignInLogs', UserId: 'anna' }),
    'a time in an object': (time) => row({ value: time }),
    'a time in an object in an object': (time) => row({ value: { value: time } }),
  };

  test.each(Object.entries(wrapped))('also in %s', async (_, wrap) => {
    const days = async (...times: readonly string[]) => {
      const { signIns, skipped } = await read(times.map((time) => JSON.stringify(wrap(time))).join('\n'));
      return [
        ...signIns.map(({ createdDateTime }) => createdDateTime.slice(0, 10)),
        ...skipped.map(({ reason }) => reason),
      ];
    };
    expect(await days('5/06/2026 11:56:49 AM', '25/06/2026 11:56:49 AM')).toEqual(['2026-06-05', '2026-06-25']);
    expect(await days('6/5/2026 9:56:49 AM', '6/25/2026 9:56:49 AM')).toEqual(['2026-06-05', '2026-06-25']);
    expect(await days('5/06/2026 11:56:49 AM', '7/06/2026 1:00:00 AM')).toEqual(['dayOrMonth', 'dayOrMonth']);
    expect(await days('25/06/2026 1:00:00 AM', '6/25/2026 1:00:00 AM')).toEqual(['dayOrMonth', 'dayOrMonth']);
    expect(await days('6/6/2026 11:56:49 AM', '6/5/2026, 9:56:49.975 AM')).toEqual(['2026-06-06', 'dayOrMonth']);
    expect(await days('6/5/2026, 9:56:49.975 AM')).toEqual(['2026-06-05']);
  });

  test('the last of many rows decides for the first', async () => {
    const times = [...Array<string>(3000).fill('5/06/2026 11:56:49 AM'), '25/06/2026 11:56:49 AM'];
    expect(new Set(await daysOf(times))).toEqual(new Set(['2026-06-05', '2026-06-25']));
  });

  test('what is refused shows the text of a cell', async () => {
    const { skipped } = await read(table(['5/06/2026 11:56:49 AM']));
    expect(skipped[0]?.message).toContain('`5/06/2026 11:56:49 AM`');
  });
});

describe('members of a wrong type', () => {
  const paths = Object.entries(RECORD).flatMap(([name, value]) =>
    typeof value === 'object'
      ? [[name], ...Object.keys([value].flat()[0] ?? {}).map((inner) => [name, inner])]
      : [[name]],
  );
  const wrong = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('', ' ', '__proto__', 'System.Object[]', 1e308, -1),
  );
  const spelled = fc.constantFrom<(name: string) => string>((name) => name, capitals, snake);

  test('never make a reader fail, and never pass for what they are not', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...paths),
      wrong,
      spelled,
      async ([name = '', inner], value, rename) => {
        const record: Record<string, unknown> = structuredClone(RECORD);
        const holder = Array.isArray(record[name]) ? record[name][0] : record[name];
        if (inner === undefined) record[name] = value;
        else holder[inner] = value;
        for (const shape of [[record], [{ category: 'SignInLogs', properties: record }]]) {
          const { signIns } = await read(renamed(shape, rename));
          for (const { record: taken } of signIns) {
            expect(['string', 'undefined']).toContain(typeof (taken.location?.countryOrRegion ?? undefined));
            expect(['number', 'undefined']).toContain(typeof (taken.status?.errorCode ?? undefined));
            for (const policy of taken.appliedConditionalAccessPolicies ?? []) {
              expect(['string', 'undefined']).toContain(typeof (policy.result ?? undefined));
            }
          }
        }
      },
    );
    await fc.assert(property, { numRuns: tries(300) });
  });

  test('are kept beside the record under their path', async () => {
    const { signIns } = await read([{ ...RECORD, location: { countryOrRegion: { a: 1 } } }]);
    expect(signIns[0]?.record['exportEnvelope']).toEqual({ 'location.countryOrRegion': { a: 1 } });
  });
});
