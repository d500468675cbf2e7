import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterOf } from '../../src/intake/sign-ins/left-by-filter.ts';
import { workplace } from '../support/in-process.ts';
import { policy, tenantOf } from './exports.ts';

const signIn = (n: number) => ({
  id: `bbbbbbbb-0000-4000-8000-00000000000${n}`,
  createdDateTime: '2026-01-10T08:00:00Z',
  userId: 'a0000000-0000-4000-8000-000000000001',
  userPrincipalName: 'ada@contoso.com',
  appId: 'e0000000-0000-4000-8000-000000000001',
  resourceId: '00000003-0000-0ff1-ce00-000000000000',
  clientAppUsed: 'Browser',
  ipAddress: '203.0.113.10',
  status: { errorCode: 0 },
  appliedConditionalAccessPolicies: [],
});
const NEXT = 'https://graph.microsoft.com/v1.0/auditLogs/signIns?$skiptoken=x';
const CONTEXT = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/signIns' };
const hits = (total: unknown, more: object = {}) => ({
  took: 1,
  ...more,
  hits: { total, hits: [{ _source: signIn(1) }] },
});
const splunk = (preview: boolean) => ({ preview, offset: 0, result: signIn(1) });

/** Rows of a result of Splunk as its export writes them: the last one says that it is. */
const rows = (...from: readonly number[]) => from.map((n) => ({ preview: false, offset: n - 1, result: signIn(n) }));
const last = (n: number) => ({ preview: false, offset: n - 1, lastrow: true, result: signIn(n) });
const END = { preview: false, lastrow: true };
const lines = (...records: readonly object[]) => `${records.map((each) => JSON.stringify(each)).join('\n')}\n`;
const saying = (type: string, text: string) => ({ preview: false, messages: [{ type, text }] });
const CUT_SHORT = 'The search was auto-finalized after the disk usage limit was reached.';

async function gateOf(...files: readonly unknown[]) {
  const mfa = policy({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } });
  const place = await tenantOf(
    { 'policies.json': [mfa] },
    '--mfa-trusted-ips none --known namedLocations,users,groups',
  );
  const paths = files.map((file, at) => {
    const path = join(place.folder, `signins${at}.json`);
    writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
    return path;
  });
  const run = await place.gsa(['impact', ...paths, '--fail-on', 'newlyBlocked', '-o', 'json']);
  const skipped = run.json()['skipped'] as readonly { readonly reason: string }[];
  return { exitCode: run.exitCode, reasons: skipped.map(({ reason }) => reason) };
}

const MISSING = { exitCode: 1, reasons: ['morePages'] };
const WHOLE = { exitCode: 0, reasons: [] };

describe('sign-ins of which there are more', () => {
  test.each([
    ['a next page in the words of PowerShell', { 'odata.nextLink': NEXT, value: [signIn(1)] }],
    ['a next page in other words', { value: [signIn(1)], nextLink: NEXT }],
    ['a next page in the words of the SDK', { OdataNextLink: NEXT, value: [signIn(1)] }],
    ['a greater count', { ...CONTEXT, '@odata.count': 2, value: [signIn(1)] }],
    ['a greater count in other words', { 'odata.count': 9, value: [signIn(1)] }],
    ['an error beside them', { ...CONTEXT, value: [signIn(1)], error: { code: 'TooManyRequests' } }],
    ['more hits of Elastic', hits({ value: 2, relation: 'eq' })],
    ['more hits of Elastic as a number', hits(7)],
    ['at least as many hits of Elastic', hits({ value: 1, relation: 'gte' })],
    ['a search that ran out of time', hits({ value: 1, relation: 'eq' }, { timed_out: true })],
    ['a search that lacks shards', hits({ value: 1, relation: 'eq' }, { _shards: { total: 2, failed: 1 } })],
    ['a preview of Splunk', `${JSON.stringify(splunk(true))}\n${JSON.stringify(splunk(true))}`],
    ['results of Splunk that are a preview', { preview: true, results: [signIn(1)] }],
    ['rows of Splunk without the last one', lines(...rows(1, 2))],
    ['one row of Splunk that is not the last', lines(...rows(1))],
    ['rows of Splunk in a list', [...rows(1, 2)]],
    ['rows of Splunk without places, and no last one', lines({ preview: false, result: signIn(1) })],
    ['rows of Splunk behind a whole result', lines(last(1), ...rows(2))],
    ['rows of Splunk without the first ones', lines(last(2))],
    [
      'a search of Splunk that warns',
      { preview: false, messages: [{ type: 'WARN', text: CUT_SHORT }], results: [signIn(1)] },
    ],
    ['a search of Splunk that failed behind its rows', lines(last(1), saying('FATAL', 'Search terminated'))],
    ['a search of Splunk that failed before its rows', lines(saying('ERROR', 'A peer is down'), last(1))],
  ])('are told by %s, and no gate is green', async (_, file) => {
    expect(await gateOf(file)).toEqual(MISSING);
  });

  test.each([
    ['a count that fits', { ...CONTEXT, '@odata.count': 1, value: [signIn(1)] }],
    ['hits of Elastic that are all', hits({ value: 1, relation: 'eq' }, { timed_out: false, _shards: { failed: 0 } })],
    ['results of Splunk that are final', lines(...rows(1), last(2))],
    ['a result of one row of Splunk', lines(last(1))],
    ['a last line of Splunk that is no row', lines(...rows(1), END)],
    ['a last line of Splunk behind the last row', lines(...rows(1), last(2), END)],
    ['two results of Splunk one behind the other', lines(last(1), ...rows(1), { ...last(2), result: signIn(3) })],
    ['rows of Splunk in a list with the last one', [...rows(1), last(2)]],
    ['a search of Splunk that says how it went', lines(saying('INFO', 'The time range was substituted'), last(1))],
    [
      'results of Splunk with a message of no weight',
      { preview: false, init_offset: 0, messages: [{ type: 'DEBUG', text: 'base lispy' }], results: [signIn(1)] },
    ],
  ])('are not feared with %s', async (_, file) => {
    expect(await gateOf(file)).toEqual(WHOLE);
  });

  test.each([
    ['two cuts of Elastic at one bound', hits({ value: 1, relation: 'gte' }), hits({ value: 1, relation: 'gte' })],
    [
      'a part beside a whole answer of as many',
      { '@odata.count': 2, value: [signIn(1)] },
      { '@odata.count': 2, value: [signIn(2), signIn(3)] },
    ],
    [
      'a whole answer before a part of as many',
      { '@odata.count': 2, value: [signIn(2), signIn(3)] },
      { '@odata.count': 2, value: [signIn(1)] },
    ],
  ])('are told where one answer does not make up for another: %s', async (_, ...files) => {
    expect((await gateOf(...files)).reasons).toContain('morePages');
  });

  test('and a result of Splunk that lies in several files is whole with its last row, in any order of them', async () => {
    const parts = [lines(...rows(1)), lines(...rows(2)), lines(last(3))] as const;
    expect(await gateOf(...parts)).toEqual(WHOLE);
    expect(await gateOf(parts[2], parts[0], parts[1])).toEqual(WHOLE);
    expect(await gateOf(parts[0], parts[1])).toEqual(MISSING);
    expect((await gateOf(parts[0], parts[2])).reasons).toEqual(['morePages']);
    expect((await gateOf(parts[0], lines(last(1)))).reasons).toEqual(['morePages']);
  });

  test('are told with what Splunk says of its search', async () => {
    const place = workplace();
    await place.gsa('init --empty --created 2025-07-01 --quiet');
    writeFileSync(join(place.folder, 's.json'), lines(last(1), saying('WARN', CUT_SHORT)));
    const { stdout } = await place.gsa('replay s.json --dry-run');
    expect(stdout).toContain(CUT_SHORT);
  });

  test('are whole with the last page, or with as many as each page counts', async () => {
    expect(await gateOf({ value: [signIn(1)], nextLink: NEXT }, { value: [signIn(2)] })).toEqual(WHOLE);
    const pages = [1, 2].map((n) => ({ ...CONTEXT, '@odata.count': 2, value: [signIn(n)] }));
    expect(await gateOf(...pages)).toEqual(WHOLE);
    expect(await gateOf({ ...CONTEXT, '@odata.nextLink': NEXT, value: [signIn(1)] }, { value: [signIn(2)] })).toEqual(
      MISSING,
    );
  });
});

describe('sign-ins in a list beside the one that is read', () => {
  const one = [signIn(1)];
  const other = [signIn(2)];
  test.each([
    ['behind it', { value: one, nonInteractive: other }],
    ['before it', { nonInteractive: other, value: one }],
    ['in an answer of their own', { value: one, nonInteractive: { value: other } }],
    ['as a collector wraps them', { records: one, more: [{ _source: signIn(2) }] }],
    ['below an answer of a batch', { responses: [{ id: '1', status: 200, body: { value: one, more: other } }] }],
    ['beside what is none', { value: one, more: [null, 'text', { id: 1 }, ...other] }],
  ])('are told %s, and no gate is green', async (_, file) => {
    expect(await gateOf(file)).toEqual({ exitCode: 1, reasons: ['listLeft'] });
  });

  test.each([
    ['two that an export wraps', { value: one, records: other }],
    ['of something else', { value: one, columns: [{ name: 'TimeGenerated' }], tags: ['a'] }],
    ['of nothing', { value: one, nonInteractive: [] }],
  ])('%s leave nothing out', async (_, file) => {
    expect(await gateOf(file)).toEqual(WHOLE);
  });
});

describe('sign-ins that were selected before they were given', () => {
  const pages = (filter: string, asked = NEXT) => [
    { ...CONTEXT, value: [signIn(1)], '@odata.nextLink': `${asked}&$filter=${encodeURIComponent(filter)}` },
    { ...CONTEXT, value: [signIn(2)] },
  ];

  test.each([
    ["userPrincipalName eq 'ada@contoso.com'"],
    ["createdDateTime ge 2026-01-01T00:00:00Z and appDisplayName eq 'Exchange'"],
    ['status/errorCode ne 0'],
    ['isThroughGlobalSecureAccess eq false'],
    ["startsWith(ipAddress,'203.0.113.')"],
    ["not (conditionalAccessStatus eq 'failure')"],
    ["appliedConditionalAccessPolicies/any(c: c/result eq 'failure')"],
  ])('by %s are told, and no gate is green', async (filter) => {
    expect(await gateOf(...pages(filter))).toEqual({ exitCode: 1, reasons: ['filtered'] });
    const [page] = pages(filter);
    const context = {
      ...page,
      '@odata.nextLink': null,
      '@odata.context': `${CONTEXT['@odata.context']}?$filter=${filter}`,
    };
    expect(await gateOf(context)).toEqual({ exitCode: 1, reasons: ['filtered'] });
  });

  test.each([
    ['createdDateTime ge 2026-01-01T00:00:00Z and createdDateTime lt 2026-02-01'],
    ["signInEventTypes/any(t: t eq 'interactiveUser') or signInEventTypes/any(x:x ne 'managedIdentity')"],
    ['isThroughGlobalSecureAccess eq true'],
    ['isInteractive eq true and (createdDateTime gt 2026-01-01T00:00:00.000+01:00)'],
  ])('by %s are all of their time and kind', async (filter) => {
    expect(await gateOf(...pages(filter))).toEqual(WHOLE);
  });

  test('are told where one was asked for alone, in a file of its own or among others', async () => {
    const alone = { '@odata.context': `${CONTEXT['@odata.context']}/$entity`, ...signIn(1) };
    for (const file of [
      alone,
      [alone, { ...alone, ...signIn(2) }],
      `${JSON.stringify(alone)}\n${JSON.stringify(signIn(2))}`,
    ])
      expect(await gateOf(file)).toEqual({ exitCode: 1, reasons: ['filtered'] });
  });

  test('whatever condition stands beside the times', () => {
    const time = fc.constantFrom(
      'createdDateTime ge 2026-01-01',
      'createdDateTime lt 2026-02-01T00:00:00Z',
      "signInEventTypes/any(t:t eq 'x')",
    );
    const other = fc.constantFrom(
      "userId eq 'createdDateTime'",
      "clientAppUsed eq 'Browser'",
      'riskState ne null',
      "location/city in ('A','B')",
    );
    const joined = (conditions: readonly string[]) => ({
      '@odata.nextLink': `https://graph.microsoft.com/v1.0/auditLogs/signIns?$filter=${encodeURIComponent(conditions.join(' and '))}&$skiptoken=1`,
    });
    fc.assert(
      fc.property(fc.array(time as fc.Arbitrary<string>, { minLength: 1 }), other, fc.nat(9), (times, one, at) => {
        expect(filterOf(joined(times))).toBeUndefined();
        expect(filterOf(joined(times.toSpliced(at, 0, one)))).toContain(one);
      }),
    );
  });
});
