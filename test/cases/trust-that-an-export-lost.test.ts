import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const outsideTrusted = policy({ include: ['All'], exclude: ['AllTrusted'] });
const { isTrusted: _, ...WITHOUT } = HQ;
const FACT = 'isTrusted of Headquarters';

const HOLED = [
  ['is null', { ...HQ, isTrusted: null }],
  ['is missing', WITHOUT],
  [
    'is null in the names of the SDK',
    {
      Id: HQ.id,
      DisplayName: HQ.displayName,
      IsTrusted: null,
      AdditionalProperties: { '@odata.type': HQ['@odata.type'], ipRanges: HQ.ipRanges },
    },
  ],
  [
    'is missing from an object that tells its kind by its ranges',
    { id: HQ.id, displayName: HQ.displayName, ipRanges: HQ.ipRanges },
  ],
] as const;

const tenantWith = (location: object, ...policies: readonly object[]) =>
  tenantOf({ 'l.json': { value: [location] }, 'policies.json': policies }, NOTHING_ELSE);

describe.each(HOLED)('an IP location whose isTrusted %s', (_name, location) => {
  test('may be trusted: no gate is green over it', async () => {
    const place = await tenantWith(location, outsideTrusted);
    const refused = await place.gsa('signaling disable --no-input');
    expect([refused.exitCode, refused.stdout]).toEqual([3, expect.stringContaining(FACT)]);
    expect(refused.stdout).toContain('gsa location trust');
    const file = join(place.folder, 's.json');
    writeFileSync(file, JSON.stringify([TUNNELLED]));
    const run = await place.gsa(['impact', file, '--fail-on', 'newlyBlocked']);
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining(FACT)]);
    expect((await place.gsa('location show Headquarters')).stdout).toContain('not known');
    expect((await place.gsa('location match 203.0.113.10 -o json')).json()).toMatchObject({
      value: [{ isTrusted: null }],
    });
    expect((await place.gsa('policy dependencies')).stdout).toContain('not known');
  });

  test('is known once the administrator says which', async () => {
    for (const [word, exitCode] of [
      ['untrust', 0],
      ['trust', 3],
    ] as const) {
      const place = await tenantWith(location, outsideTrusted);
      expect((await place.gsa(`location ${word} Headquarters`)).exitCode).toBe(0);
      const run = await place.gsa('signaling disable --no-input');
      expect([word, run.exitCode]).toEqual([word, exitCode]);
      expect(run.stdout).not.toContain(FACT);
    }
  });
});

test('is warned of when it is imported, and matters to no policy that names the location', async () => {
  const place = await tenantWith(WITHOUT, policy({ include: ['All'], exclude: [HQ.id] }));
  const file = join(place.folder, 'again.json');
  writeFileSync(file, JSON.stringify(WITHOUT));
  const run = await place.gsa(['import', file, '--dry-run']);
  expect(run.stdout + run.stderr).toContain('isTrusted');
  const refused = await place.gsa('signaling disable --no-input');
  expect([refused.exitCode, refused.stdout]).toEqual([3, expect.not.stringContaining(FACT)]);
  expect((await place.gsa('check --fail-on note -o json')).stdout).not.toContain(FACT);
});

const elsewhere = { ...HQ, id: HQ.id.replace(/1$/, '4'), displayName: 'Elsewhere' };

describe('check', () => {
  test.each([
    ['an entry that nowhere may fit', WITHOUT, [policy({ include: ['AllTrusted'] })]],
    ['two locations that may differ in trust', [WITHOUT, elsewhere], [policy({ include: [elsewhere.id, HQ.id] })]],
    ['two that both lost their mark', [WITHOUT, { ...elsewhere, isTrusted: null }], [outsideTrusted]],
  ])('counts %s as undecided', async (_name, locations, policies) => {
    const place = await tenantOf({ 'l.json': { value: [locations].flat() }, 'policies.json': policies }, NOTHING_ELSE);
    const run = await place.gsa('check --fail-on note -o json');
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining(FACT)]);
    for (const each of [locations].flat()) await place.gsa(`location untrust ${each.id}`);
    expect((await place.gsa('check --fail-on note -o json')).stdout).not.toContain('isTrusted of');
  });
});

test('stands in the way of deleting the location and of an import that takes it away, as trust does', async () => {
  const place = await tenantWith(WITHOUT, policy());
  const run = await place.gsa('location remove Headquarters --yes');
  expect([run.exitCode, run.stdout]).toEqual([3, expect.stringContaining('may be trusted')]);
  const file = join(place.folder, 'others.json');
  writeFileSync(file, JSON.stringify({ value: [elsewhere] }));
  const replacing = await place.gsa(['import', file, '--replace', '--yes']);
  expect([replacing.exitCode, replacing.stdout + replacing.stderr]).toEqual([
    3,
    expect.stringContaining('may be trusted'),
  ]);
  expect((await place.gsa('location untrust Headquarters')).exitCode).toBe(0);
  expect((await place.gsa('location remove Headquarters --yes')).exitCode).toBe(0);
});

test('leaves nothing open where another trusted location holds the address', async () => {
  const office = {
    ...HQ,
    id: HQ.id.replace(/1$/, '2'),
    displayName: 'Office',
    ipRanges: [{ cidrAddress: '151.206.0.0/16' }],
  };
  const whole = {
    ...HQ,
    id: HQ.id.replace(/1$/, '3'),
    displayName: 'All',
    ipRanges: [{ cidrAddress: '203.0.113.0/25' }],
  };
  const place = await tenantOf(
    { 'l.json': { value: [WITHOUT, office, whole] }, 'policies.json': [outsideTrusted] },
    NOTHING_ELSE,
  );
  const file = join(place.folder, 's.json');
  writeFileSync(file, JSON.stringify([TUNNELLED]));
  expect((await place.gsa(['impact', file, '--fail-on', 'newlyBlocked'])).exitCode).toBe(0);
});

test('leaves check in doubt for want of those marks alone that its findings are about', async () => {
  const inside = { ...WITHOUT, id: HQ.id.replace(/1$/, '5'), displayName: 'Inside' };
  const far = {
    ...WITHOUT,
    id: HQ.id.replace(/1$/, '6'),
    displayName: 'Far',
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '198.51.100.0/24' }],
  };
  const place = await tenantOf(
    { 'l.json': { value: [HQ, inside, far] }, 'policies.json': [policy({ include: [HQ.id, inside.id, far.id] })] },
    NOTHING_ELSE,
  );
  const { stdout } = await place.gsa('check --fail-on note -o json');
  expect(stdout).toContain('isTrusted of Inside');
  expect(stdout).not.toContain('isTrusted of Far');
});
