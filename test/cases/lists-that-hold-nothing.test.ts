import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, policy } from './exports.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const POLICIES = `${GRAPH}identity/conditionalAccess/policies`;
const LOCATIONS = `${GRAPH}identity/conditionalAccess/namedLocations`;
const NEXT = { '@odata.nextLink': 'https://graph.microsoft.com/v1.0/next?$skiptoken=x' };

const put = (place: Workplace, name: string, value: unknown) => {
  const path = join(place.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
  return path;
};
const proofsOf = async (name: string, value: unknown, kind?: 'users' | 'locations' | 'policies') => {
  const { emptyLists, cutLists } = await readImportFiles([put(workplace(), name, value)], kind ? { kind } : {});
  return [emptyLists, cutLists];
};
const newTenant = async (): Promise<Workplace> => {
  const place = workplace();
  await place.gsa('init --empty --created 2025-07-01 --quiet');
  return place;
};
const notKnown = async (place: Workplace) => (await place.gsa('tenant show -o json')).json()['notKnown'];

describe('a list that holds nothing is known to be none', () => {
  test.each([
    ['users', 'users'],
    ['users(id,displayName)', 'users'],
    ['groups', 'groups'],
    ['identity/conditionalAccess/policies', 'policies'],
    ['identity/conditionalAccess/namedLocations', 'namedLocations'],
    ['roleManagement/directory/roleAssignments', 'roleAssignments'],
    ['roleManagement/directory/roleAssignmentScheduleInstances', 'roleAssignments'],
    ['servicePrincipals', 'servicePrincipals'],
  ])('by the context of %s', async (context, list) => {
    expect(await proofsOf('list.json', { '@odata.context': `${GRAPH}${context}`, value: [] })).toEqual([[list], []]);
  });

  test.each([
    ['namedLocations.json', [], 'namedLocations'],
    ['Named Locations.json', { value: [] }, 'namedLocations'],
    ['Users/value.json', [], 'users'],
    ['conditional-access-policies.json', { value: [] }, 'policies'],
    ['all.json', { policies: [policy()], namedLocations: [] }, 'namedLocations'],
  ])('by the name %s', async (name, value, list) => {
    expect((await proofsOf(name, value))[0]).toEqual([list]);
  });

  test('by what --kind says', async () => {
    expect(await proofsOf('x.json', [], 'locations')).toEqual([['namedLocations'], []]);
    expect(await proofsOf('x.json', [], 'policies')).toEqual([['policies'], []]);
  });
});

describe('a list that holds nothing proves nothing', () => {
  test.each([
    ['eligible assignments', 'roleManagement/directory/roleEligibilityScheduleInstances', {}],
    ['a page that is not the last', 'users', NEXT],
    ['something of one user', "users('a')/memberOf", {}],
    ['what changed since', 'users/$delta', {}],
    ['what gsa has no use for', 'devices', {}],
  ])('of %s', async (_, context, more) => {
    const value = { '@odata.context': `${GRAPH}${context}`, value: [], ...more };
    expect(await proofsOf('users.json', value)).toEqual([[], []]);
  });

  test('whose name says nothing, or stands beside what gsa does not know', async () => {
    expect(await proofsOf('export.json', { value: [] })).toEqual([[], []]);
    expect(await proofsOf('export.json', { tool: 'x', users: [] })).toEqual([[], []]);
  });

  test('for a kind that was not asked for', async () => {
    expect(await proofsOf('l.json', { '@odata.context': `${GRAPH}users`, value: [] }, 'policies')).toEqual([[], []]);
  });
});

describe('pages of a list', () => {
  const page = (more: object) => ({ '@odata.context': LOCATIONS, value: [HQ], ...more });

  test('do not make it known without the last one', async () => {
    const place = await newTenant();
    const first = put(place, 'page1.json', page(NEXT));
    const pages = put(place, 'policies.json', { '@odata.context': POLICIES, value: [policy()], ...NEXT });
    expect((await place.gsa(['import', first, pages])).exitCode).toBe(0);
    expect(await notKnown(place)).toEqual(expect.arrayContaining(['policies', 'namedLocations']));
    const last = put(place, 'page2.json', {
      '@odata.context': LOCATIONS,
      value: [{ ...HQ, id: HQ.id.replace(/1$/, '2') }],
    });
    expect((await place.gsa(['import', last])).exitCode).toBe(0);
    expect(await notKnown(place)).toContain('namedLocations');
    expect((await place.gsa(['import', first, last])).exitCode).toBe(0);
    expect(await notKnown(place)).not.toContain('namedLocations');
  });

  test('are whole together', async () => {
    const place = await newTenant();
    const other = { ...HQ, id: HQ.id.replace(/1$/, '2'), displayName: 'Branch' };
    const pages = [
      put(place, '1.json', page(NEXT)),
      put(place, '2.json', { '@odata.context': LOCATIONS, value: [other] }),
    ];
    expect((await place.gsa(['import', ...pages])).exitCode).toBe(0);
    expect(await notKnown(place)).not.toContain('namedLocations');
  });
});

describe('policies that nobody has seen', () => {
  test('are no policies that depend on nothing: every gate stops', async () => {
    const place = await newTenant();
    expect((await place.gsa('policy dependencies')).stdout).toContain('Not all policies of the tenant are known');
    const refused = await place.gsa('signaling disable --no-input');
    expect([refused.exitCode, refused.stdout]).toEqual([3, expect.stringContaining('gsa tenant set --known policies')]);
    for (const line of ['signaling disable --report-only-policies', 'impact --all', 'check --fail-on error']) {
      expect([line, (await place.gsa(line)).exitCode]).not.toEqual([line, 0]);
    }
    const settings = put(place, 'settings.json', { signalingStatus: 'disabled' });
    expect((await place.gsa(['import', settings, '--no-input'])).exitCode).toBe(3);
  });

  test('an answer, a word of the administrator or an empty export settles it', async () => {
    const kept = await newTenant();
    expect((await kept.gsa('signaling disable --keep-policies')).exitCode).toBe(0);
    const said = await newTenant();
    await said.gsa('tenant set --known policies');
    expect((await said.gsa('signaling disable --no-input')).exitCode).toBe(0);
    const exported = await newTenant();
    await exported.gsa(['import', put(exported, 'p.json', { '@odata.context': POLICIES, value: [] })]);
    expect((await exported.gsa('signaling disable --no-input')).exitCode).toBe(0);
    await exported.gsa('undo');
    await exported.gsa('undo');
    expect(await notKnown(exported)).toContain('policies');
  });

  test('are some where --keep-going left a file out', async () => {
    const place = await newTenant();
    const good = put(place, 'good.json', policy());
    const cut = put(place, 'cut.json', { ...policy(), id: HQ.id, conditions: null });
    expect((await place.gsa(['import', good, cut, '--keep-going'])).exitCode).toBe(0);
    expect(await notKnown(place)).toContain('policies');
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
  });

  test('a forecast with a gate is not green', async () => {
    const place = await newTenant();
    const record = {
      id: 'r',
      createdDateTime: '2026-06-01T00:00:00Z',
      userPrincipalName: 'a@b.c',
      ipAddress: '192.0.2.1',
    };
    const signIns = put(place, 's.json', [
      { ...record, resourceDisplayName: 'Office 365 Exchange Online', userId: HQ.id },
    ]);
    const run = await place.gsa(['impact', signIns, '--fail-on', 'newlyBlocked']);
    expect([run.exitCode, run.stdout]).toEqual([
      1,
      expect.stringContaining('not all policies of the tenant are known'),
    ]);
    await place.gsa('tenant set --known policies');
    expect((await place.gsa(['impact', signIns, '--fail-on', 'newlyBlocked'])).exitCode).toBe(0);
  });
});
