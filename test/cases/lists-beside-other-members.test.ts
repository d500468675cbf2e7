import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, policy, TUNNELLED } from './exports.ts';

const GROUP = { id: '99999999-9999-4999-8999-000000000001', displayName: 'A' };
const MEMBER = { '@odata.type': '#microsoft.graph.user', id: TUNNELLED.userId };
const STRENGTHS = { authenticationStrengths: [{ id: '00000000-0000-0000-0000-000000000004', displayName: 'Own' }] };
const LISTS = { policies: [policy()], namedLocations: [HQ] };

async function reading(file: unknown) {
  const path = join(workplace().folder, 'all.json');
  writeFileSync(path, JSON.stringify(file));
  const imported = await readImportFiles([path]);
  return { imported, told: imported.problems.filter(({ code }) => code === 'notTaken').map(({ message }) => message) };
}

describe('nothing in a file is left out without a word', () => {
  test.each([
    ['beside lists', { ...LISTS, ...STRENGTHS }],
    ['beside lists and trusted IPs', { ...LISTS, mfaTrustedIps: [], ...STRENGTHS }],
    ['beside lists and the signaling settings', { ...LISTS, signalingStatus: 'enabled', ...STRENGTHS }],
    ['beside trusted IPs alone', { mfaTrustedIps: ['203.0.113.0/24'], ...STRENGTHS }],
    ['beside a page', { value: [policy()], ...STRENGTHS }],
  ])('%s', async (_, file) => {
    const { imported, told } = await reading(file);
    expect(told).toEqual(['nothing that gsa knows is in authenticationStrengths: not taken']);
    expect(JSON.stringify(imported.settings)).not.toContain('authenticationStrengths');
  });

  test('the import says so, in JSON as well', async () => {
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01 --quiet');
    writeFileSync(join(place.folder, 'all.json'), JSON.stringify({ ...LISTS, mfaTrustedIps: [], ...STRENGTHS }));
    expect((await place.gsa('import all.json -o json')).stdout).toContain('is in authenticationStrengths: not taken');
  });

  test('and nothing is said of what is taken, or of annotations', async () => {
    const annotated = { '@odata.context': '#x', '@odata.count': 1, 'policies@odata.type': { a: 1 } };
    expect((await reading({ ...LISTS, mfaTrustedIps: [], signalingStatus: 'enabled' })).told).toEqual([]);
    expect((await reading({ ...annotated, value: [policy()] })).told).toEqual([]);
  });
});

describe('the name of a list tells what its objects are, as the context of Graph does', () => {
  test.each([
    ['groups', { ...GROUP, members: [MEMBER] }, 'groups'],
    ['Groups', GROUP, 'groups'],
    ['users', { id: TUNNELLED.userId, displayName: 'Ada' }, 'users'],
    ['servicePrincipals', { id: GROUP.id, displayName: 'Robot' }, 'servicePrincipals'],
    ['enterpriseApplications', { id: GROUP.id, displayName: 'Robot' }, 'servicePrincipals'],
  ] as const)('%s', async (name, object, list) => {
    for (const beside of [LISTS, { ...LISTS, mfaTrustedIps: [] }, { mfaTrustedIps: [] }, {}]) {
      const { imported, told } = await reading({ ...beside, [name]: [object] });
      expect([imported[list].map(({ value }) => value.id), told]).toEqual([[object.id], []]);
      expect(imported.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test('but not of objects without an id, or of another type', async () => {
    expect((await reading({ ...LISTS, groups: [{ name: 'A' }] })).told).toEqual([
      'nothing that gsa knows is in groups: not taken',
    ]);
    const typed = await reading({ ...LISTS, groups: [{ '@odata.type': '#microsoft.graph.device', ...GROUP }] });
    expect(typed.imported.groups).toEqual([]);
  });
});
