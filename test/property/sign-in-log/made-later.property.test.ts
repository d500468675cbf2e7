import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logRow } from '../../../src/commands/logs/rows.ts';
import { rewriting } from '../../../src/commands/rewriting.ts';
import { asRecorded } from '../../../src/core/conditional-access/record/sign-in-record.ts';
import { SIGN_IN_COLUMN_NAMES } from '../../../src/core/sign-in-log/columns.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { egressOf } from '../../../src/intake/sign-ins/facts/egress-of.ts';
import { toAttempt } from '../../../src/intake/sign-ins/facts/to-attempt.ts';
import { readSignIns } from '../../../src/intake/sign-ins/read-sign-ins.ts';
import type { LogColumn } from '../../../src/output/reports/log/columns.ts';
import { LOG_COLUMNS } from '../../../src/output/reports/log/columns.ts';
import { viewLogs } from '../../../src/output/reports/log/logs.ts';
import { createJudge } from '../../../src/replay/judge.ts';
import { replay } from '../../../src/replay/replay.ts';
import { SignInFile } from '../../../src/store/sign-in-log/sign-in-log.ts';
import type { Appending, SignInLog } from '../../../src/store/types.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { randomRecords } from '../../support/random-records.ts';
import { inFolder, LINEAGE } from '../../support/store-samples.ts';
import { tries } from '../../support/tries.ts';

/** One run of a replay: what was read, in which form, by which tenant under which status. */
interface Run {
  readonly tenant: Tenant;
  readonly status: SignalingStatus;
  readonly seed: number;
  readonly form: keyof typeof FORMS;
}

const FORMS = {
  lines: (list: readonly unknown[]) => list.map((record) => JSON.stringify(record)).join('\n'),
  spaced: (list: readonly unknown[]) => list.map((record) => JSON.stringify(record, null, 1)).join('\n'),
  page: (list: readonly unknown[]) => JSON.stringify({ value: list }),
  azureMonitor: (list: readonly unknown[]) =>
    list.map((properties) => JSON.stringify({ category: 'SignInLogs', properties })).join('\n'),
};

const RECORDS = 24;

/** What stands where the id of a correlation does, or should. */
const CORRELATIONS: readonly unknown[] = [
  ...[
    'a0000000-0000-4000-8000-000000000001',
    'A0000000-0000-4000-8000-00000000000A',
    'plain',
    '',
    '-',
    ' ',
    '""',
    '\\u0041',
  ],
  ...['Tōkyō', '\ud800', '\u0000', undefined, null, 0, 5, true, {}, [], ['x'], { value: 'x' }],
];

/** `npm run test:agree` asks for many. */
const RUNS = Math.min(tries(6), 1_000);

async function replayed(log: Pick<Appending, 'append'> | SignInLog, run: Run, writtenAtOnce?: number) {
  const { tenant, status, seed, form } = run;
  const records = [...randomRecords(seed, RECORDS, tenant)].map((record, at) => ({
    ...record,
    correlationId: CORRELATIONS[(at + seed) % CORRELATIONS.length],
  }));
  const contradicting = records.slice(0, 3).map((record) => ({ ...record, resourceId: 'another' }));
  const text = Buffer.from(FORMS[form]([...records, ...contradicting]));
  const stream = readSignIns([{ name: 'it', stream: chunks(text) }], { facts: egressOf(tenant) });
  return await replay(stream, {
    judge: createJudge(tenant, seed, status),
    sink: (batch) => log.append(batch),
    ...(writtenAtOnce === undefined ? {} : { writtenAtOnce }),
    batchSize: 7,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
}

async function* chunks(text: Uint8Array) {
  for (let at = 0; at < text.length; at += 10_000) yield text.slice(at, at + 10_000);
}

/** Tenants, and members of tenants, that a log keeps and nothing in it names. */
function left(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  const judgings = database.prepare(
    'SELECT number FROM judging WHERE number NOT IN (SELECT judging FROM judged_block)',
  );
  const parts = database.prepare(
    'SELECT number FROM part WHERE number NOT IN (SELECT each.value FROM judging, json_each(judging.members) AS each)',
  );
  const blocks = database.prepare('SELECT block FROM judged_block WHERE block NOT IN (SELECT number FROM block)');
  const rows = [judgings.all(), parts.all(), blocks.all()];
  database.close();
  return rows;
}

const ALL_COLUMNS = Object.keys(LOG_COLUMNS) as LogColumn[];

/** Everything that a log holds, to the order of members, and what is judged anew of it. */
function holding(log: SignInLog): readonly string[] {
  const rows = [...log.query({ conditions: [], order: { column: 'createdDateTime', descending: false } })];
  return [
    // First what needs nothing of the tenant, so that it is asked of rows of which nothing was made yet.
    ...rows.map((row) => toAttempt(asRecorded(row))),
    // Then the locations and the names of policies, for which nobody is judged anew.
    ...viewLogs({ value: rows.map(logRow) }, { columns: ALL_COLUMNS }),
    ...rows,
    ...SIGN_IN_COLUMN_NAMES.map((name) => log.countBy(name, { conditions: [] })),
    ...rows
      .flatMap(({ record }) => [record.userId, record.userPrincipalName])
      .map((user) => (user ? log.count({ user, conditions: [] }) : 0)),
  ].map((each) => JSON.stringify(each, (_name, value: unknown) => (value instanceof Map ? [...value] : value)));
}

const withEgress = tenants().chain((tenant) =>
  fc
    .constantFrom<readonly string[] | undefined>(undefined, ['203.0.113.0/24'])
    .map(
      (egressRanges): Tenant =>
        egressRanges === undefined
          ? tenant
          : { ...tenant, globalSecureAccess: { ...tenant.globalSecureAccess, egressRanges } },
    ),
);

const runs = fc.array(
  fc.record({
    tenant: withEgress,
    /** The tenant of the run before, with fewer policies, is a frequent case. */
    isLikeBefore: fc.boolean(),
    status: fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
    seed: fc.integer({ min: 1, max: 3 }),
    form: fc.constantFrom(...(Object.keys(FORMS) as (keyof typeof FORMS)[])),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Each run after the first may be by the tenant before with a policy less. */
function chained(list: readonly (Run & { readonly isLikeBefore: boolean })[]): readonly Run[] {
  const made: Run[] = [];
  for (const { isLikeBefore, ...run } of list) {
    const before = made.at(-1);
    const tenant = isLikeBefore && before !== undefined ? withoutFirst(before.tenant) : run.tenant;
    made.push({ ...run, tenant });
  }
  return made;
}

function withoutFirst(tenant: Tenant): Tenant {
  return { ...tenant, policies: tenant.policies.slice(1) };
}

describe('a record that is made when it is asked for', () => {
  const holds = (
    runsOfOne: number,
    replayedLater: (log: SignInFile, run: Run, writtenAtOnce: number) => ReturnType<typeof replayed>,
  ) =>
    fc.assert(
      fc.asyncProperty(runs, fc.constantFrom(0, 5), (list, writtenAtOnce) =>
        inFolder(async (folder) => {
          const written = new SignInFile(join(folder, 'written.db'), LINEAGE);
          const later = new SignInFile(join(folder, 'later.db'), LINEAGE, { rewriting });
          for (const run of chained(list)) {
            expect(await replayedLater(later, run, writtenAtOnce)).toEqual(await replayed(written, run));
          }
          expect(holding(later)).toEqual(holding(written));
          written.close();
          later.close();
          expect(left(later.path)).toEqual([[], [], []]);
        }),
      ),
      { numRuns: runsOfOne },
    );

  test('is the one that was written at once, whatever the tenant became since, and so is what each run has added', () =>
    holds(RUNS, replayed));

  test('is that too where a thread writes', () =>
    holds(Math.ceil(RUNS / 3), async (log, run, writtenAtOnce) => {
      const appending = log.appending(0);
      return await replayed(appending, run, writtenAtOnce).finally(() => appending.end());
    }));
});
