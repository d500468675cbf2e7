import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import { noProofs, wholeLists } from '../../src/intake/import/whole-lists.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, policy } from './exports.ts';

const ID = policy().id;
const OTHER = ID.replace(/1$/, '2');
const OF_ONE = {
  '@odata.context': 'https://graph.microsoft.com/beta/$metadata#identity/conditionalAccess/policies/$entity',
};
const ONE = policy();
const TWO = { ...policy({ displayName: 'Another' }), id: OTHER };
const USER = { id: HQ.id, userPrincipalName: 'ada@contoso.com', userType: 'Member' };

/** The lists of which what is read says that there may be more. Each path of `named` is given; without any the folder is. */
async function cutIn(files: Readonly<Record<string, unknown>>, named: readonly string[] = ['export']) {
  const { folder } = workplace();
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return (await readImportFiles(named.map((name) => join(folder, name)))).cutLists;
}

describe('objects in files of their own are a part of their list', () => {
  test.each([
    ['one that is named', { 'CA01.json': ONE }, ['CA01.json']],
    ['one that was asked for alone', { 'CA01.json': { ...OF_ONE, ...ONE } }, ['CA01.json']],
    ['two that are named', { 'CA01.json': ONE, 'CA02.json': TWO }, ['CA01.json', 'CA02.json']],
    [
      'two out of the folder of an exporter',
      { 'ConditionalAccess/1.json': ONE, 'ConditionalAccess/2.json': TWO },
      ['ConditionalAccess/1.json', 'ConditionalAccess/2.json'],
    ],
    ['one in a folder', { 'export/CA01.json': ONE }, ['export']],
    [
      'several in a folder that says nothing',
      { 'export/CA01.json': ONE, 'export/CA02.json': { ...OF_ONE, ...TWO } },
      ['export'],
    ],
    ['one in the folder of a list', { 'export/ConditionalAccess/CA01.json': ONE }, ['export']],
    ['one in the folder of a list that is given', { 'ConditionalAccess/CA01.json': ONE }, ['ConditionalAccess']],
    [
      'one in a folder beside what no exporter writes',
      { 'export/policies/CA01.json': ONE, 'export/tests/block.json': { tests: [] } },
      ['export'],
    ],
    ['one in a folder of its own', { [`export/AccessPolicies/${ID}/${ID}.json`]: ONE }, ['export']],
    ['a row of CIPP alone', { 'row.json': { JSON: JSON.stringify(ONE) } }, ['row.json']],
    ['an answer of a batch', { 'batch.json': { responses: [{ id: '1', status: 200, body: ONE }] } }, ['batch.json']],
    ['one line', { 'all.ndjson': `${JSON.stringify(ONE)}\n` }, ['all.ndjson']],
  ])('%s', async (_, files, named) => {
    expect(await cutIn(files as Readonly<Record<string, unknown>>, named)).toEqual(['policies']);
  });

  test('like the locations that CIPP writes beside a policy', async () => {
    const beside = { ...ONE, LocationInfo: [{ ...HQ, id: undefined }] };
    expect(await cutIn({ 'all.json': [beside] }, ['all.json'])).toEqual(['namedLocations']);
    expect(
      await cutIn({ 'all.json': [beside], 'l.json': [{ ...HQ, displayName: 'Branch' }] }, ['all.json', 'l.json']),
    ).toEqual([]);
  });
});

describe('objects in a list of something else are a part of their own', () => {
  const TEMPLATE = {
    id: OTHER,
    name: 'Require MFA',
    scenarios: 'zeroTrust',
    details: { conditions: ONE.conditions, grantControls: ONE.grantControls, sessionControls: null },
  };
  const MEMBER = { '@odata.type': '#microsoft.graph.user', ...USER };
  test.each([
    ['templates', { value: [TEMPLATE] }, 'policies'],
    [
      'templates by their context',
      { '@odata.context': '#identity/conditionalAccess/templates', value: [TEMPLATE] },
      'policies',
    ],
    ['what evaluate looked at', { value: [{ ...ONE, policyApplies: true, analysisReasons: 'notSet' }] }, 'policies'],
    [
      'what evaluate looked at in the words of the SDK',
      [{ ...ONE, PolicyApplies: false }, TWO].slice(0, 1),
      'policies',
    ],
    ['members of a group', [MEMBER], 'users'],
    [
      'members and their groups',
      [MEMBER, { '@odata.type': '#microsoft.graph.group', id: OTHER, displayName: 'G', groupTypes: [] }],
      'users',
    ],
  ])('%s', async (_, file, list) => {
    expect(await cutIn({ 'list.json': file }, ['list.json'])).toEqual([list]);
  });

  test.each([
    ['people without their type', [USER]],
    ['people with their type on a page', { value: [MEMBER] }],
    [
      'people with the type of an agent, which is a derived one',
      [USER, { '@odata.type': '#microsoft.graph.agentUser', ...USER, id: OTHER }],
    ],
    [
      'people by the context of their list',
      { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users', value: [MEMBER] },
    ],
    ['policies beside a template', { policies: [ONE, TWO], templates: [TEMPLATE] }],
  ])('and not %s', async (_, file) => {
    expect(await cutIn({ 'list.json': file }, ['list.json'])).toEqual([]);
  });
});

describe('templates of a library are no list of a tenant', () => {
  const row = (value: object, more: object = {}) => ({
    PartitionKey: 'CATemplate',
    RowKey: 'x',
    JSON: JSON.stringify(value),
    ...more,
  });
  const { id: _, ...NEW } = ONE;
  const LIBRARIES: readonly (readonly [name: string, file: unknown])[] = [
    ['rows of CIPP', [row(ONE), row(TWO)]],
    ['rows of another partition', [row(ONE, { PartitionKey: 'Backup' }), row(TWO, { PartitionKey: 'Backup' })]],
    ['rows on a page of a table', { value: [row(ONE), row(TWO)] }],
    ['rows with another name of the text', [{ RAWJSON: JSON.stringify(ONE) }, { rawJson: JSON.stringify(TWO) }]],
    ['a row with a list as text', [{ RowKey: 'x', JSON: JSON.stringify([ONE, TWO]) }]],
    ['a row with a page as text', { RowKey: 'x', JSON: JSON.stringify({ value: [ONE, TWO] }) }],
    [
      'what CIPP answers for its templates',
      [
        { ...ONE, GUID: ID },
        { ...TWO, GUID: OTHER },
      ],
    ],
    ['requests to create policies', [NEW, { ...NEW, displayName: 'Another' }]],
    ['a list of a row that holds nothing', { RowKey: 'x', JSON: '[]' }],
  ];

  test.each(LIBRARIES.slice(0, -1))('%s', async (_name, file) => {
    expect(await cutIn({ 'policies.json': file }, ['policies.json'])).toEqual(['policies']);
  });

  test.each(LIBRARIES)('%s: the policies of a tenant stay not known, and none of its own goes', async (_name, file) => {
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01 --quiet');
    writeFileSync(join(place.folder, 'policies.json'), JSON.stringify(file));
    await place.gsa('import policies.json');
    expect((await place.gsa('tenant show -o json')).json()['notKnown']).toContain('policies');
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
    const live = { ...ONE, id: OTHER.replace(/2$/, '3'), displayName: 'Live' };
    writeFileSync(join(place.folder, 'live.json'), JSON.stringify({ value: [live] }));
    await place.gsa('import live.json');
    await place.gsa('import policies.json --replace --yes');
    expect((await place.gsa('policy list')).stdout).toContain('Live');
  });
});

describe('objects in files of their own are all of their list', () => {
  test.each([
    [
      'several in the folder of an exporter',
      { 'export/ConditionalAccess/1.json': ONE, 'export/ConditionalAccess/2.json': TWO },
      ['export'],
    ],
    [
      'several in such a folder that is given',
      { 'ConditionalAccess/1.json': { ...OF_ONE, ...ONE }, 'ConditionalAccess/2.json': TWO },
      ['ConditionalAccess'],
    ],
    [
      'one beside another folder of IntuneManagement',
      {
        'export/ConditionalAccess/1.json': { ...OF_ONE, ...ONE },
        'export/CompliancePolicies/a.json': { '@odata.type': '#microsoft.graph.x' },
      },
      ['export'],
    ],
    [
      'one beside another folder of EntraExporter',
      {
        [`export/Identity/Conditional/AccessPolicies/${ID}/${ID}.json`]: ONE,
        [`export/Users/${USER.id}/${USER.id}.json`]: USER,
      },
      ['export'],
    ],
    ...['Owners', 'Manager', 'RegisteredUsers', 'MemberOf', 'DirectReports'].map(
      (relation): [string, Readonly<Record<string, unknown>>, string[]] => [
        `people beside those who are ${relation} of another object`,
        {
          [`export/Users/${USER.id}/${USER.id}.json`]: USER,
          [`export/Users/${OTHER}/${OTHER}.json`]: { ...USER, id: OTHER, userPrincipalName: 'eli@contoso.com' },
          [`export/Groups/${ID}/${ID}.json`]: { id: ID, displayName: 'Finance' },
          [`export/Groups/${ID}/${relation}/${USER.id}/${USER.id}.json`]: {
            id: USER.id,
            userPrincipalName: 'ada@contoso.com',
          },
        },
        ['export'],
      ],
    ),
    ['a list of one', { 'p.json': [ONE] }, ['p.json']],
    ['a page of one', { 'p.json': { value: [ONE] } }, ['p.json']],
    ['two lines', { 'p.ndjson': `${JSON.stringify(ONE)}\n${JSON.stringify(TWO)}\n` }, ['p.ndjson']],
    ['one beside a list of all', { 'p.json': [ONE], 'q.json': ONE }, ['p.json', 'q.json']],
  ])('%s', async (_, files, named) => {
    expect(await cutIn(files as Readonly<Record<string, unknown>>, named)).toEqual([]);
  });
});

test('what stands alone proves nothing, whatever folder the others lie in, unless its own shows an exporter', () => {
  const folder = fc.option(fc.record({ path: fc.constantFrom('a', 'b'), isBesideOthers: fc.boolean() }), {
    nil: undefined,
  });
  const page = fc.record({ list: fc.constant('policies' as const), keys: fc.tuple(fc.uuid()), folder });
  fc.assert(
    fc.property(fc.array(page, { minLength: 1, maxLength: 6 }), (single) => {
      const others = (path: string) => single.filter((each) => each.folder?.path === path).length;
      const areWritten = single.every(
        ({ folder: own }) => own !== undefined && (own.isBesideOthers || others(own.path) > 1),
      );
      const areAlone = single.every(
        ({ folder: own }) => own === undefined || (!own.isBesideOthers && others(own.path) === 1),
      );
      const { cutLists } = wholeLists({ ...noProofs(), single }, { policies: single.length });
      if (areWritten) expect(cutLists).toEqual([]);
      if (areAlone) expect(cutLists).toEqual(['policies']);
    }),
  );
});

test('one policy does not make a switch green, and does not take the others away', async () => {
  const place = workplace();
  await place.gsa('init --empty --created 2025-07-01');
  const quiet = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
  writeFileSync(join(place.folder, 'CA01.json'), JSON.stringify({ ...quiet, id: OTHER }));
  writeFileSync(join(place.folder, 'all.json'), JSON.stringify([quiet]));
  await place.gsa('import CA01.json');
  expect((await place.gsa('signaling disable --no-input --dry-run')).exitCode).toBe(3);
  await place.gsa('import all.json');
  expect((await place.gsa('signaling disable --no-input --dry-run')).exitCode).toBe(0);
  await place.gsa('import CA01.json --replace');
  expect((await place.gsa('policy list -o json')).json()['value']).toHaveLength(2);
});
