import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** From headquarters, which the policy excludes: blocked once its address is not restored. */
const { globalSecureAccessIpAddress: _, ...REST } = TUNNELLED;
const DIRECT = { ...REST, isThroughGlobalSecureAccess: false };

const OTHERS = [
  ['the way that it took', TUNNELLED, DIRECT],
  ['the address', TUNNELLED, { ...TUNNELLED, ipAddress: '198.51.100.9' }],
  ['whether it came as far as the policies', TUNNELLED, { ...DIRECT, status: { errorCode: 50126 } }],
  ['who signs in', DIRECT, { ...DIRECT, userId: 'a0000000-0000-4000-8000-000000000002' }],
  ['what is asked for', DIRECT, { ...DIRECT, resourceId: '00000002-0000-0ff1-ce00-000000000000' }],
  [
    'what it lists of policies',
    DIRECT,
    { ...DIRECT, appliedConditionalAccessPolicies: [{ id: policy().id, result: 'notApplied' }] },
  ],
] as const;

const tenant = () =>
  tenantOf(
    { 'l.json': { value: [HQ] }, 'policies.json': [policy({ include: ['All'], exclude: [HQ.id] })] },
    NOTHING_ELSE,
  );

function written(place: Workplace, name: string, records: readonly unknown[]): string {
  const file = join(place.folder, name);
  writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
  return file;
}

interface Answer {
  readonly failed: unknown;
  readonly notProven: unknown;
  readonly contradicting: number;
  readonly repeated: number;
}

async function answerOf(place: Workplace, ...words: readonly string[]) {
  const run = await place.gsa(['impact', ...words, '--fail-on', 'newlyBlocked,newlyDenied', '-o', 'json']);
  const { failed, notProven, contradicting, repeated } = run.json() as unknown as Answer;
  return { exitCode: run.exitCode, failed, notProven, contradicting, repeated };
}

describe.each(OTHERS)('two records of one id that differ in %s', (_name, one, other) => {
  test('are told, and no order of them makes a gate green', async () => {
    const place = await tenant();
    const orders = [
      [one, other],
      [other, one],
      [one, other, one],
      [other, other, one],
    ];
    const answers = await Promise.all(
      orders.map((records, at) => answerOf(place, written(place, `${at}.ndjson`, records))),
    );
    expect(answers[0]).toMatchObject({ exitCode: 1, contradicting: 1 });
    for (const answer of answers) expect({ ...answer, repeated: 0 }).toEqual(answers[0]);
  });

  test('are told where they stand in two files, or as a list', async () => {
    const place = await tenant();
    const list = join(place.folder, 'list.json');
    writeFileSync(list, JSON.stringify({ value: [one, other] }));
    const files = [written(place, 'a.ndjson', [one]), written(place, 'b.ndjson', [other])];
    expect(await answerOf(place, ...files)).toMatchObject({ exitCode: 1, contradicting: 1 });
    expect(await answerOf(place, list)).toMatchObject({ exitCode: 1, contradicting: 1 });
  });

  test('leave a log over which no gate is green, whichever came last', async () => {
    for (const records of [
      [one, other],
      [other, one, other],
    ]) {
      const place = await tenant();
      const run = await place.gsa(['replay', written(place, 's.ndjson', records), '-o', 'json']);
      expect(run.json()).toMatchObject({ contradicting: 1 });
      expect(await answerOf(place, '--from-logs')).toMatchObject({ exitCode: 1, contradicting: 1 });
    }
  });
});

describe('of two records of one id', () => {
  const at = (createdDateTime: string, more: object = {}) => ({ ...DIRECT, createdDateTime, ...more });
  const NOTE = 'the log keeps the last one of each six hours, and no gate is green over it';

  test.each([
    ['at one time', '2026-01-12T08:00:00Z', '2026-01-12T08:00:00Z', 1],
    ['hours apart, in the same six', '2026-01-12T06:00:00Z', '2026-01-12T11:59:59Z', 1],
    ['a second apart, in other six', '2026-01-12T11:59:59Z', '2026-01-12T12:00:00Z', 2],
    ['a day apart, at the same hour', '2026-01-13T08:00:00Z', '2026-01-12T08:00:00Z', 2],
    ['weeks apart', '2025-12-20T08:00:00Z', '2026-01-12T08:00:00Z', 2],
  ])('%s, the log holds what is said of it, and no gate is green over it', async (_name, first, second, held) => {
    const place = await tenant();
    const records = [at(first), at(second, { ipAddress: '198.51.100.9' })];
    const run = await place.gsa(['replay', written(place, 's.ndjson', records), '-o', 'table']);
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(NOTE);
    const logged = (await place.gsa(['logs', '-o', 'json'])).json() as unknown as { value: { ipAddress: string }[] };
    expect(logged.value).toHaveLength(held);
    expect(logged.value.map(({ ipAddress }) => ipAddress)).toContain('198.51.100.9');
    expect(await answerOf(place, '--from-logs')).toMatchObject({ exitCode: 1 });
    expect((await answerOf(place, '--from-logs')).contradicting).toBeGreaterThan(0);
  });

  test('a dry run says nothing of the log', async () => {
    const place = await tenant();
    const file = written(place, 's.ndjson', [TUNNELLED, DIRECT]);
    const run = await place.gsa(['replay', file, '--dry-run', '-o', 'table']);
    const said = run.stdout.replace(/\s+/g, ' ');
    expect(said).toContain('something else of the sign-in: no gate is green over it');
    expect(said).not.toContain('the log keeps');
  });
});

test('records that only spell one sign-in otherwise repeat it', async () => {
  const place = await tenant();
  const file = written(place, 's.ndjson', [
    DIRECT,
    { ...DIRECT, id: DIRECT.id.toUpperCase(), flaggedForReview: false, isInteractive: true },
    Object.fromEntries(Object.entries(DIRECT).reverse()),
  ]);
  expect(await answerOf(place, file)).toEqual({
    exitCode: 0,
    failed: [],
    notProven: [],
    contradicting: 0,
    repeated: 2,
  });
  const shown = await place.gsa(['impact', written(place, 't.ndjson', [DIRECT, TUNNELLED])]);
  expect(shown.stdout).toContain('1 record has the id of another and says something else of the sign-in');
});

test('a log is clean again once what was true is replayed alone', async () => {
  const place = await tenant();
  await place.gsa(['replay', written(place, 's.ndjson', [TUNNELLED, DIRECT])]);
  await place.gsa(['replay', written(place, 't.ndjson', [DIRECT])]);
  expect(await answerOf(place, '--from-logs')).toMatchObject({ exitCode: 0, contradicting: 0 });
});
