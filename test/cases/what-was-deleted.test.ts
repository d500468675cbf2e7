import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partsOfNamed } from '../../src/intake/import/parts.ts';
import { readImportFiles } from '../../src/intake/import/read-import-files.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { HQ, policy, TUNNELLED } from './exports.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/$metadata#';
const DELETED = '2026-05-01T00:00:00Z';
const GONE = { ...policy({ displayName: 'Gone' }), deletedDateTime: DELETED };
const LIVE = { ...policy({ displayName: 'Live' }), id: GONE.id.replace(/1$/, '2'), deletedDateTime: null };
const ADA = { id: TUNNELLED.userId, displayName: 'Ada', userPrincipalName: 'ada@contoso.com', userType: 'Member' };
const OTHER = 'a0000000-0000-4000-8000-000000000009';

const put = (place: Workplace, name: string, value: unknown) => {
  const path = join(place.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
};

async function tenantAfter(files: Readonly<Record<string, unknown>>, options = ''): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --empty --created 2025-07-01 --quiet');
  for (const [name, value] of Object.entries(files)) put(place, `export/${name}`, value);
  await place.gsa(`import export ${options}`.trim());
  return place;
}
const notKnown = async (place: Workplace) => (await place.gsa('tenant show -o json')).json()['notKnown'];

/** Lists of what was deleted, in the ways that people come by them. */
const LISTS_OF_DELETED: readonly (readonly [name: string, files: Readonly<Record<string, unknown>>])[] = [
  ['a page', { 'p.json': { value: [GONE] } }],
  ['a bare list', { 'p.json': [GONE] }],
  ['a list that is called so', { 'policies.json': { policies: [GONE] } }],
  ['one object', { 'p.json': GONE }],
  ['lines of objects', { 'p.ndjson': `${JSON.stringify(GONE)}\n${JSON.stringify({ ...GONE, id: LIVE.id })}\n` }],
  ['the words of PowerShell', { 'p.json': [{ ...GONE, deletedDateTime: undefined, DeletedDateTime: DELETED }] }],
  ['a date of Windows PowerShell', { 'p.json': [{ ...GONE, deletedDateTime: '/Date(1777593600000)/' }] }],
  [
    'objects of the directory with their type',
    {
      'p.json': {
        '@odata.context': `${GRAPH}directoryObjects`,
        value: [{ '@odata.type': '#microsoft.graph.conditionalAccessPolicy', ...GONE }],
      },
    },
  ],
  [
    'the folder of an exporter',
    { 'ConditionalAccess/1.json': GONE, 'ConditionalAccess/2.json': { ...GONE, id: LIVE.id } },
  ],
  ['a list that holds nothing, in the folder of what was deleted', { 'x/deletedItems/policies.json': { value: [] } }],
  [
    'such a list by its context',
    { 'deletedPolicies.json': { '@odata.context': `${GRAPH}identity/conditionalAccess/policies`, value: [] } },
  ],
];

describe('what was deleted says nothing of what is live', () => {
  test.each(LISTS_OF_DELETED)('%s: the policies stay not known, and no switch is made', async (_, files) => {
    const place = await tenantAfter(files);
    expect(await notKnown(place)).toContain('policies');
    expect((await place.gsa('policy list')).stdout).not.toContain('has no policies.');
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
    writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
    expect((await place.gsa('impact s.json --fail-on newlyBlocked')).exitCode).toBe(1);
  });

  test.each(LISTS_OF_DELETED.slice(0, 9))('%s: a tenant that is named by it has unseen policies', async (_, files) => {
    const place = workplace();
    for (const [name, value] of Object.entries(files)) put(place, `export/${name}`, value);
    put(place, 'all.gsatest.json', {
      suite: 's',
      tenant: 'export',
      tests: [{ name: 't', signIn: { user: ADA.id }, expect: { outcome: 'granted' } }],
    });
    expect((await place.gsa('test all.gsatest.json')).exitCode).not.toBe(0);
    expect((await place.gsa('check export --gaps')).exitCode).toBe(3);
  });

  test('named locations likewise', async () => {
    const place = await tenantAfter({ 'l.json': { value: [{ ...HQ, deletedDateTime: DELETED }] } });
    expect(await notKnown(place)).toContain('namedLocations');
  });

  test('nor does it show that one live object is all there is', async () => {
    expect(await notKnown(await tenantAfter({ 'a.json': LIVE, 'deletedPolicies.json': { value: [GONE] } }))).toContain(
      'policies',
    );
  });

  test('and what was live before stays, with --replace as well', async () => {
    const place = await tenantAfter({ 'policies.json': { value: [LIVE, { ...GONE, deletedDateTime: null }] } });
    const deleted = put(place, 'd.json', { value: [{ ...GONE, id: OTHER }] });
    expect((await place.gsa(['import', deleted, '--replace', '-y'])).exitCode).toBe(0);
    expect((await place.gsa('policy list')).stdout).toMatch(/Gone[\s\S]*Live/);
    expect(await notKnown(place)).not.toContain('policies');
    const mixed = put(place, 'm.json', { value: [LIVE, { ...GONE, id: OTHER }] });
    await place.gsa(['import', mixed, '--replace', '-y']);
    expect((await place.gsa('policy list')).stdout).toMatch(/Gone[\s\S]*Live/);
  });
});

describe('a list that holds something deleted is no list of all that is live', () => {
  test.each([
    ['a page', { 'p.json': { value: [LIVE, GONE] } }],
    ['lines of objects', { 'p.ndjson': `${JSON.stringify(LIVE)}\n${JSON.stringify(GONE)}\n` }],
    ['a list that is called so', { 'p.json': { policies: [GONE, LIVE], namedLocations: [HQ] } }],
  ])('%s', async (_, files) => {
    const place = await tenantAfter(files);
    expect(await notKnown(place)).toContain('policies');
    expect((await place.gsa('policy list')).stdout).toContain('Live');
    const imported = await readImportFiles([join(place.folder, 'export')]);
    expect(partsOfNamed(imported).cutLists).toEqual(['policies']);
    expect(imported.problems.map(({ message }) => message).join()).toContain('holds what was deleted');
  });

  test('and the list of the live ones beside it is', async () => {
    expect(
      await notKnown(
        await tenantAfter({ 'policies.json': { value: [LIVE] }, 'deletedPolicies.json': { value: [GONE] } }),
      ),
    ).not.toContain('policies');
  });

  test('and so it is in another answer of a batch', async () => {
    const responses = [[LIVE], [GONE]].map((value, at) => ({ id: `${at}`, status: 200, body: { value } }));
    expect(await notKnown(await tenantAfter({ 'batch.json': { responses } }))).not.toContain('policies');
  });

  test('an export of ours is taken for what it was', async () => {
    const place = await tenantAfter({ 'policies.json': { value: [] }, 'deletedPolicies.json': { value: [GONE] } });
    expect(await notKnown(place)).not.toContain('policies');
    await place.gsa('export out');
    const again = workplace();
    await again.gsa('init --empty --created 2025-07-01 --quiet');
    await again.gsa(['import', join(place.folder, 'out')]);
    expect(await notKnown(again)).not.toContain('policies');
    expect((await again.gsa('policy deleted')).stdout).toContain('Gone');
  });
});

describe('a deleted object of the directory is not live', () => {
  const LISTS = {
    users: ADA,
    groups: { id: OTHER, displayName: 'G', groupTypes: [], members: [] },
    servicePrincipals: { id: OTHER, appId: OTHER, displayName: 'Robot', servicePrincipalType: 'Application' },
  } as const;
  const names = Object.keys(LISTS) as (keyof typeof LISTS)[];
  const another = { id: 'a0000000-0000-4000-8000-000000000008', displayName: 'Another' };

  test.each(names.flatMap((list) => [[list, 'deletedDateTime'] as const, [list, 'DeletionTimestamp'] as const]))(
    'one of %s with %s is not taken, and those beside it are a part',
    async (list, member) => {
      const gone = { ...LISTS[list], [member]: DELETED };
      const page = (...value: readonly object[]) => ({ '@odata.context': `${GRAPH}${list}`, value });
      const policies = { value: [LIVE] };
      const alone = await tenantAfter({ 'policies.json': policies, 'd.json': page(gone) });
      expect(await notKnown(alone)).toContain(list);
      const mixed = await tenantAfter({
        'policies.json': policies,
        'd.json': page({ ...LISTS[list], ...another }, gone),
      });
      expect(await notKnown(mixed)).toContain(list);
      const whole = await tenantAfter({
        'policies.json': policies,
        'd.json': page({ ...LISTS[list], [member]: null }),
      });
      expect(await notKnown(whole)).not.toContain(list);
    },
  );

  test.each(names)('an empty list of deleted %s says nothing of the live ones', async (list) => {
    const files = {
      'policies.json': { value: [LIVE] },
      [`deletedItems/${list}.json`]: { '@odata.context': `${GRAPH}${list}`, value: [] },
    };
    expect(await notKnown(await tenantAfter(files))).toContain(list);
  });

  test('what lies among deleted items without a word of when is not taken for live', async () => {
    const { deletedDateTime: _, ...undated } = GONE;
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01 --quiet');
    const run = await place.gsa(['import', put(place, 'deletedItems/policies.json', { value: [undated] })]);
    expect([run.exitCode, run.stderr]).toEqual([4, expect.stringContaining('does not say when it was deleted')]);
  });
});

test('a tenant in place of a test has nothing that was deleted', async () => {
  const place = workplace();
  const tests = [{ name: 't', signIn: { user: ADA.id }, expect: { outcome: 'granted' } }];
  put(place, 'all.gsatest.json', { suite: 's', policies: [GONE], tests });
  const run = await place.gsa('test all.gsatest.json');
  expect([run.exitCode, run.stderr + run.stdout]).toEqual([4, expect.stringContaining('was deleted')]);
  const { deletedDateTime: _, ...here } = GONE;
  put(place, 'all.gsatest.json', { suite: 's', policies: [here, LIVE], tests });
  expect((await place.gsa('test all.gsatest.json')).exitCode).not.toBe(4);
});
