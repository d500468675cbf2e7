import { expect, test } from 'vitest';
import { HQ, policy, TUNNELLED } from '../cases/exports.ts';
import { readAll, source } from '../support/read-all-sign-ins.ts';
import { importing } from '../unit/intake/import/importing.ts';

/** An object of which no text and no number can be made, as JavaScript asks its members for that. */
const HOSTILE = { toString: 1, valueOf: 1 };

/** The document with this object in the place of each of its values in turn. */
function* poisoned(value: unknown): Generator<unknown> {
  yield HOSTILE;
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) {
    for (const each of poisoned(Reflect.get(value, name))) {
      const copy: object = structuredClone(value);
      Reflect.set(copy, name, each);
      yield copy;
    }
  }
}

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#';
const USER = {
  '@odata.type': '#microsoft.graph.user',
  id: TUNNELLED.userId,
  displayName: 'Ada',
  userPrincipalName: 'ada@contoso.com',
  userType: 'Member',
  deletedDateTime: '2026-01-01T00:00:00Z',
};
const GROUP = { id: HQ.id, displayName: 'G', groupTypes: [], members: [USER], deletionTimestamp: '2026-01-01' };
const ROLE = {
  '@odata.type': '#microsoft.graph.unifiedRoleAssignmentSchedule',
  id: 'r',
  principalId: USER.id,
  roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
  directoryScopeId: '/',
  status: 'Provisioned',
  scheduleInfo: { startDateTime: '2026-01-01T00:00:00Z', expiration: { type: 'noExpiration' } },
};
const SETTINGS = { id: 'x', signalingStatus: 'enabled', mfaTrustedIps: ['203.0.113.0/24'], isEnabled: true };
const EXPORTS: readonly object[] = [
  [policy({ include: ['All'], exclude: [HQ.id], sessionControls: { signInFrequency: { value: 1, type: 'hours' } } })],
  { '@odata.context': `${CONTEXT}users`, '@odata.nextLink': 'x', '@odata.count': 2, error: null, value: [USER] },
  [HQ, { ...HQ, ipRanges: undefined, countriesAndRegions: ['DE'], includeUnknownCountriesAndRegions: true }],
  { responses: [{ id: '1', status: 200, body: { '@odata.deltaLink': '', value: [GROUP] } }] },
  [ROLE, { ...ROLE, '@odata.type': undefined }],
  [{ id: HQ.id, roleTemplateId: ROLE.roleDefinitionId, members: [USER] }],
  [
    {
      id: HQ.id,
      appId: HQ.id,
      displayName: 'R',
      servicePrincipalType: 'Application',
      AdditionalProperties: { tags: [] },
    },
  ],
  SETTINGS,
  { users: [USER], policies: [], ...SETTINGS },
  { info: { schema: 'https://schema.getpostman.com/' } },
  { columns: [{ name: 'a' }], rows: [['b']] },
];

test.each(EXPORTS.map((each) => [JSON.stringify(each).slice(0, 60), each]))(
  'no value of an export makes the import fail: %s',
  (_, file) => {
    for (const each of poisoned(file)) expect(() => importing({ 'x.json': each, 'y-delta.json': each })).not.toThrow();
  },
);

const AZURE = { time: TUNNELLED.createdDateTime, category: 'SignInLogs', resultType: '0', properties: TUNNELLED };
const SIGN_INS: readonly object[] = [
  [
    {
      ...TUNNELLED,
      location: { city: 'U', countryOrRegion: 'NL' },
      appliedConditionalAccessPolicies: [{ id: 'a', result: 'success' }],
    },
  ],
  [AZURE],
  { '@odata.count': 1, '@odata.nextLink': 'x', value: [TUNNELLED] },
  { hits: { total: { value: 1, relation: 'gte' }, hits: [{ _source: AZURE }] }, _shards: { failed: 1 } },
  { responses: [{ id: '1', status: 200, body: { value: [TUNNELLED] } }] },
  [{ preview: false, result: { _raw: JSON.stringify(AZURE), _time: 'x' }, messages: [{ type: 'WARN', text: 'x' }] }],
  [
    {
      TimeGenerated: TUNNELLED.createdDateTime,
      Type: 'SigninLogs',
      ResultType: '0',
      IPAddress: '203.0.113.10',
      AppId: 'x',
      UserId: 'y',
      Status: '{"errorCode":0}',
    },
  ],
  {
    tables: [
      {
        name: 'PrimaryResult',
        columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'IPAddress' }, { name: 'count_' }],
        rows: [['2026-06-15T09:56:49Z', '203.0.113.10', 2]],
      },
    ],
  },
  { data: [{ attributes: { message: JSON.stringify(AZURE), timestamp: 'x' } }], links: { next: 'x' } },
];

test.each(SIGN_INS.map((each) => [JSON.stringify(each).slice(0, 60), each]))(
  'nor one of a sign-in the reading of it: %s',
  async (_, file) => {
    for (const each of poisoned(file)) {
      await expect(readAll([source(JSON.stringify(each), 'x.json')]), JSON.stringify(each)).resolves.toBeDefined();
    }
  },
);
