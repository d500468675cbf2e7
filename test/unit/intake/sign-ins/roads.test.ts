import { describe, expect, test } from 'vitest';
import { signIns } from '../../../support/generate-sign-ins.ts';
import { readAll, source } from '../../../support/read-all-sign-ins.ts';
import type { Road } from '../../../support/sign-in-roads.ts';
import { writeRoad } from '../../../support/sign-in-roads.ts';

const JSON_AND_TABLE_ROADS: readonly Road[] = [
  'graphNdjson',
  'graphList',
  'azureMonitorNdjson',
  'azureMonitorRecords',
  'logAnalyticsCsv',
  'logAnalyticsTables',
];

/** Members that the admin center's CSV has no column for, or (`isInteractive`) only with the name of the file. */
const NOT_IN_THE_PORTAL = [
  'originalRequestId',
  'riskDetail',
  'riskLevelAggregated',
  'riskLevelDuringSignIn',
  'riskState',
  'appliedConditionalAccessPolicies',
  'networkLocationDetails',
  'authenticationDetails',
  'conditionalAccessAudiences',
];

async function read(road: Road, records: Parameters<typeof writeRoad>[1], name?: string) {
  const { signIns: found, skipped } = await readAll([source(writeRoad(road, records), name)]);
  expect(skipped).toEqual([]);
  // What the export wraps around a sign-in is kept apart from it.
  return found.map(({ record: { exportEnvelope: _wrapper, ...record }, attempt, marks }) => ({
    record,
    attempt,
    marks,
  }));
}

describe('the same sign-ins by different roads', () => {
  const records = signIns(50, { seed: 7 });

  test.each(JSON_AND_TABLE_ROADS)('%s gives the record that Graph gives, and the same attempt', async (road) => {
    const expected = await read('graphNdjson', records);
    expect(expected).toHaveLength(50);
    expect(await read(road, records)).toEqual(expected);
  });

  test('the CSV of the admin center gives what it has columns for', async () => {
    const interactive = records.filter((record) => record['isInteractive'] === true);
    const visible = interactive.map((record) => {
      const members = Object.entries(record).filter(([name]) => !NOT_IN_THE_PORTAL.includes(name));
      return Object.fromEntries(members) as (typeof records)[number];
    });
    const found = await read('portalCsv', interactive, 'InteractiveSignIns_2026-01-01_2026-01-02.csv');
    expect(found).toEqual(await read('graphNdjson', visible));
  });

  test('what only the export says is kept in the record', async () => {
    const { signIns: found } = await readAll([source(writeRoad('azureMonitorNdjson', records.slice(0, 1)))]);
    expect(found[0]?.record['exportEnvelope']).toEqual({
      time: records[0]?.createdDateTime,
      resourceId: '/tenants/99081087-73c4-48d1-a112-f60ff75114f7/providers/Microsoft.aadiam',
      operationName: 'Sign-in activity',
      operationVersion: '1.0',
      category: expect.stringMatching(/SignInLogs$/),
      tenantId: '99081087-73c4-48d1-a112-f60ff75114f7',
      resultSignature: 'None',
      durationMs: 0,
      Level: 4,
    });
  });

  test('a sign-in without an id has the same one by each road, and it is marked', async () => {
    const nameless = records.slice(0, 3).map(({ id: _id, originalRequestId: _request, ...record }) => record);
    const graph = await read('graphNdjson', nameless as unknown as typeof records);
    const azure = await read('azureMonitorRecords', nameless as unknown as typeof records);
    expect(azure.map(({ record }) => record.id)).toEqual(graph.map(({ record }) => record.id));
    expect(graph[0]?.record.id).toMatch(/^derived-[0-9a-f]{32}$/);
    expect(graph.every(({ marks }) => marks.includes('derivedId'))).toBe(true);
  });
});
