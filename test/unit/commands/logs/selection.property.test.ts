import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { countsOf } from '../../../../src/commands/logs/counts.ts';
import type { LogFilterOptions } from '../../../../src/commands/logs/filters.ts';
import { readLogFilter } from '../../../../src/commands/logs/odata.ts';
import { LogRows, NEWEST_FIRST } from '../../../../src/commands/logs/rows.ts';
import { selectionOf } from '../../../../src/commands/logs/selection.ts';
import type { LoggedSignIn } from '../../../../src/core/conditional-access/record/sign-in.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import { SignInFile } from '../../../../src/store/sign-in-log/sign-in-log.ts';
import { LINEAGE, loggedSignIn } from '../../../support/store-samples.ts';
import { tries } from '../../../support/tries.ts';

/** Few values of each kind, so that filters often meet; what stands here is what the plain filter below compares. */
const USERS = ['joni.sherman@contoso.com', 'Lee.Gu@contoso.com', null];
const APPS = ['Office 365 Exchange Online', 'microsoft graph', null];
const ADDRESSES = ['203.0.113.25', '151.206.10.7', '2001:db8::1', null];
const COUNTRIES = ['NL', 'fr', null];
const POLICY = '20000000-0000-4000-8000-000000000003';
const HOURS = [0, 1, 2, 3, 4, 5, 6, 7];
const NOW = '2026-01-14T08:00:00Z';

const time = (hour: number) => `2026-01-14T0${hour}:00:00Z`;

const signIns: fc.Arbitrary<readonly LoggedSignIn[]> = fc
  .array(
    fc.record({
      hour: fc.constantFrom(...HOURS),
      user: fc.constantFrom(...USERS),
      app: fc.constantFrom(...APPS),
      ip: fc.constantFrom(...ADDRESSES),
      source: fc.constantFrom(...ADDRESSES),
      country: fc.constantFrom(...COUNTRIES),
      through: fc.constantFrom(true, false, null),
      errorCode: fc.constantFrom(0, 53003, 50076),
      outcome: fc.constantFrom('granted', 'blocked', 'unknown'),
      at: fc.constantFrom('Headquarters', 'Visitor network', undefined),
      applied: fc.constantFrom('success', 'notApplied', undefined),
      decided: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map((one, at) =>
      loggedSignIn(
        {
          id: `id-${at}`,
          createdDateTime: time(one.hour),
          userPrincipalName: one.user,
          resourceDisplayName: one.app,
          ipAddress: one.ip,
          sourceIpAddress: one.source,
          isThroughGlobalSecureAccess: one.through,
          location: { countryOrRegion: one.country },
          status: { errorCode: one.errorCode },
          networkLocationDetails: one.at === undefined ? [] : [{ networkType: 'namedNetwork', networkNames: [one.at] }],
          appliedConditionalAccessPolicies: one.applied === undefined ? null : [{ id: POLICY, result: one.applied }],
        },
        { outcome: one.outcome, decidedBy: one.decided ? [POLICY] : [] },
      ),
    ),
  );

/** One condition: as an option or an OData filter, and as a plain function of the record. */
interface Asked {
  readonly options: LogFilterOptions;
  readonly holds: (signIn: LoggedSignIn) => boolean;
}

const same = (one: unknown, other: string) => typeof one === 'string' && one.toLowerCase() === other.toLowerCase();
const filter = (text: string, holds: Asked['holds']): Asked => ({ options: { filter: text }, holds });

const ASKED: readonly Asked[] = [
  {
    options: { user: 'LEE.GU@contoso.com' },
    holds: ({ record }) => same(record.userPrincipalName, 'lee.gu@contoso.com'),
  },
  { options: { user: 'Joni Sherman' }, holds: ({ record }) => record.userPrincipalName === USERS[0] },
  { options: { app: ['GRAPH'] }, holds: ({ record }) => record.resourceDisplayName === 'microsoft graph' },
  {
    options: { ip: ['203.0.113.0/24', '2001:db8::1'] },
    holds: ({ record }) =>
      [record.ipAddress, record.sourceIpAddress].some((ip) => ip === '203.0.113.25' || ip === '2001:db8::1'),
  },
  {
    options: { since: { kind: 'ago', milliseconds: 5 * 3_600_000 } },
    holds: ({ record }) => record.createdDateTime >= time(3),
  },
  { options: { until: { kind: 'instant', time: time(6) } }, holds: ({ record }) => record.createdDateTime < time(6) },
  {
    options: {
      status: [
        { column: 'outcome', value: 'blocked' },
        { column: 'errorCode', value: 50076 },
      ],
    },
    holds: ({ record, replay }) => replay.outcome === 'blocked' || record.status?.errorCode === 50076,
  },
  {
    options: { policy: [POLICY] },
    holds: ({ record, replay }) =>
      replay.decidedBy.length > 0 || record.appliedConditionalAccessPolicies?.[0]?.result === 'success',
  },
  { options: { throughGsa: true }, holds: ({ record }) => record.isThroughGlobalSecureAccess === true },
  { options: { throughGsa: 'unknown' }, holds: ({ record }) => record.isThroughGlobalSecureAccess === null },
  { options: { signaling: 'disabled' }, holds: ({ replay }) => replay.signalingStatus === 'disabled' },
  { options: { location: ['FR'] }, holds: ({ record }) => record.location?.countryOrRegion === 'fr' },
  {
    options: { location: ['headquarters', 'nl'] },
    holds: ({ record }) =>
      record.networkLocationDetails?.[0]?.networkNames?.[0] === 'Headquarters' ||
      record.location?.countryOrRegion === 'NL',
  },
  filter('status/errorCode ne 0', ({ record }) => record.status?.errorCode !== 0),
  filter("location/countryOrRegion in ('NL','FR')", ({ record }) => record.location?.countryOrRegion !== null),
  filter("not startsWith(userPrincipalName,'joni')", ({ record }) => record.userPrincipalName !== USERS[0]),
  filter(
    'sourceIpAddress eq null or ipAddress eq sourceIpAddress',
    ({ record }) => record.sourceIpAddress === null || record.sourceIpAddress === record.ipAddress,
  ),
  filter(
    "appliedConditionalAccessPolicies/any(p:p/result eq 'notApplied') and outcome ne 'granted'",
    ({ record, replay }) =>
      record.appliedConditionalAccessPolicies?.[0]?.result === 'notApplied' && replay.outcome !== 'granted',
  ),
  filter(
    `createdDateTime gt ${time(2)} and createdDateTime le ${time(5)}`,
    ({ record }) => record.createdDateTime > time(2) && record.createdDateTime <= time(5),
  ),
];

const tenant = sampleTenant();
const folder = mkdtempSync(join(tmpdir(), 'gsa-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('options and filters agree with a plain filter over the records', () => {
  let number = 0;
  test.each([['the database', () => new SignInFile(join(folder, `${number++}.db`), LINEAGE)]])('in %s', (_, newLog) => {
    fc.assert(
      fc.property(signIns, fc.subarray([...ASKED], { maxLength: 3 }), fc.option(fc.nat(5)), (all, asked, limit) => {
        // Options of one name replace each other on a command line, so each stands once.
        const names = asked.flatMap(({ options }) => Object.keys(options));
        fc.pre(new Set(names).size === names.length);
        const log = newLog();
        log.append(all);
        const options: LogFilterOptions = Object.assign({}, ...asked.map((each) => each.options));
        const selection = selectionOf(
          tenant,
          NOW,
          options,
          options.filter === undefined ? undefined : readLogFilter(options.filter),
        );
        const expected = all
          .map((signIn, at) => ({ signIn, at }))
          .filter(({ signIn }) => asked.every(({ holds }) => holds(signIn)))
          .sort((a, b) => compare(b.signIn.record.createdDateTime, a.signIn.record.createdDateTime) || b.at - a.at)
          .map(({ signIn }) => signIn.record.id);
        const rows = new LogRows(log, selection, NEWEST_FIRST, limit ?? undefined);
        expect([...rows].map(({ id }) => id)).toEqual(expected.slice(0, limit ?? undefined));
        expect([...rows]).toEqual([...rows]);
        for (const column of ['hour', 'outcome', 'countryOrRegion', 'addressOwner'] as const) {
          const counts = countsOf(log, tenant, selection, [column]);
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
          // Two groupings are one grouping, cut once more.
          const together = countsOf(log, tenant, selection, [column, 'userPrincipalName']);
          for (const { value = null, count } of counts) {
            const parts = together.filter((each) => each.by?.[column] === value);
            expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count);
          }
        }
        log.close();
      }),
      { numRuns: tries(150) },
    );
  });
});

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
