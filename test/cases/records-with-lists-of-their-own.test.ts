import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIST_NAMES } from '../../src/intake/sign-ins/json/levels.ts';
import { readAll, source } from '../support/read-all-sign-ins.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** One that a switch does not touch. */
const DIRECT = {
  ...TUNNELLED,
  id: 'bbbbbbbb-0000-4000-8000-000000000002',
  isThroughGlobalSecureAccess: false,
  globalSecureAccessIpAddress: null,
};
const CONTENTS = [[], ['x'], [{ name: 'x' }], [[1, 2]]] as const;

type Signed = typeof TUNNELLED;
type Member = readonly [name: string, list: readonly unknown[]];

const behind = (record: object, [name, list]: Member) => ({ ...record, [name]: list });
const before = (record: object, [name, list]: Member) => ({ [name]: list, ...record });
const toMonitor = (record: Signed, properties: object) => ({
  time: record.createdDateTime,
  category: 'SignInLogs',
  properties,
});

/** Each puts the member into a record, at its own level or at that of what wraps it. */
const WRAPPED: readonly ((record: Signed, add: (record: object) => object) => object)[] = [
  (record, add) => add(record),
  (record, add) => add(toMonitor(record, record)),
  (record, add) => toMonitor(record, add(record)),
  (record, add) => ({ time: 1, event: add(toMonitor(record, record)) }),
  (record, add) => add({ time: 1, event: toMonitor(record, record) }),
  (record, add) => add({ '@timestamp': record.createdDateTime, message: JSON.stringify(toMonitor(record, record)) }),
  (record, add) => add({ _index: 'logs', _source: record }),
  (record, add) => ({ _index: 'logs', _source: add(record) }),
];

const FILES: readonly ((records: readonly object[]) => string)[] = [
  (records) => records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  (records) => JSON.stringify(records),
  (records) => JSON.stringify(records, null, 2),
  (records) => JSON.stringify({ value: records }),
  (records) => JSON.stringify({ records }),
];

const names = fc.constantFrom(...LIST_NAMES.map(({ name }) => name));
const members = fc.tuple(names, fc.constantFrom<readonly unknown[]>(...CONTENTS));

describe('a sign-in with a list that has the name of an export’s is a sign-in', () => {
  test('whole, wherever it stands, where the list stands behind what tells of a sign-in', () =>
    fc.assert(
      fc.asyncProperty(members, fc.constantFrom(...WRAPPED), fc.constantFrom(...FILES), async (member, wrap, file) => {
        const text = file([wrap(TUNNELLED, (record) => behind(record, member)), DIRECT]);
        const { signIns, skipped } = await readAll([source(text)]);
        expect([signIns.map(({ id }) => id), skipped]).toEqual([[TUNNELLED.id, DIRECT.id], []]);
        if (wrap === WRAPPED[0]) expect(signIns[0]?.record).toMatchObject(Object.fromEntries([member]));
      }),
    ));

  test('also where the list stands before it; what was in the list is told', () =>
    fc.assert(
      fc.asyncProperty(members, fc.constantFrom(...WRAPPED), fc.constantFrom(...FILES), async (member, wrap, file) => {
        const text = file([wrap(TUNNELLED, (record) => before(record, member)), DIRECT]);
        const { signIns, skipped } = await readAll([source(text)]);
        expect(signIns.map(({ id }) => id)).toEqual([TUNNELLED.id, DIRECT.id]);
        expect(skipped.length).toBeLessThanOrEqual(member[1].length);
      }),
    ));

  test.each(LIST_NAMES.map(({ name }) => name))('and no gate is green without it: %s', async (name) => {
    const place = await tenantOf({ 'a.json': [policy({ include: ['All'], exclude: [HQ.id] }), HQ] }, NOTHING_ELSE);
    const path = join(place.folder, 'signins.ndjson');
    writeFileSync(path, FILES[0]?.([{ ...TUNNELLED, [name]: [] }, DIRECT]) ?? '');
    const gate = ['impact', path, '--of', 'signaling=disabled', '--fail-on', 'newlyBlocked,unknown', '-o', 'json'];
    const { exitCode, stdout } = await place.gsa(gate);
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([
      1,
      {
        read: 2,
        classes: expect.arrayContaining([expect.objectContaining({ class: 'newlyBlocked', interactive: 1 })]),
      },
    ]);
  });
});

test('what wraps sign-ins is none itself, whatever it says beside them', async () => {
  const page = { '@odata.context': 'https://graph.microsoft.com/beta/$metadata#auditLogs/signIns', value: [DIRECT] };
  for (const { name } of LIST_NAMES.filter(({ name }) => !['hits', 'tables', 'rows', 'responses'].includes(name))) {
    const { signIns, skipped } = await readAll([
      source(JSON.stringify({ ...page, value: undefined, id: '1', [name]: [DIRECT] })),
    ]);
    expect([signIns.length, skipped]).toEqual([1, []]);
  }
});
