import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readSignIns } from '../../../../src/intake/sign-ins/read-sign-ins.ts';
import type { ReadSignIn, ToldSignIn } from '../../../../src/intake/types.ts';
import { signIns } from '../../../support/generate-sign-ins.ts';
import { tries } from '../../../support/tries.ts';

const folder = mkdtempSync(join(tmpdir(), 'gsa-held-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes of a line where all are alike: so that each block lies in memory as the one before. */
const ALIKE = 2048;
const RECORDS = signIns(8_500, { users: 3000 });

/** Lines of NDJSON: all as long as each other, or each as long as it is. */
const LINES = {
  'of one length': (count: number) => linesOf(count, (text) => text.padEnd(ALIKE - 1)),
  'of any length': (count: number) => linesOf(count, (text) => text),
};

function linesOf(count: number, shaped: (text: string) => string): string[] {
  return RECORDS.slice(0, count).map((record) => shaped(JSON.stringify(record)));
}

/** Many lines in few bytes. */
function shortLines(count: number): string[] {
  const createdDateTime = '2026-09-13T00:00:00Z';
  const ofUser = (at: number) => ({ id: `${1e6 + at}`, createdDateTime, userId: `${1e4 + (at % 7000)}` });
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify({ ...ofUser(at), appDisplayName: `App ${1e3 + (at % 900)}` }),
  );
}

const UNITED_STATES = '9/3/2026, 12:00:00.000 AM';

/** Sign-ins with dates of which those behind may decide how they are read, in the forms that hold them. */
const DATED = {
  'a date that shows the month first': [graph('9/13/2026 12:00:00 AM')],
  'a date that shows the day first': [graph('13/9/2026 00:00:00')],
  'a date that may be read both ways': [graph('9/3/2026 12:00:00 AM')],
  'a date that is one day both ways': [row('9/9/2026 12:00:00 AM')],
  'a date as a portal of the United States shows it': [row(UNITED_STATES)],
  'dates that contradict each other': [row('9/13/2026 12:00:00 AM'), row(UNITED_STATES), row('13/9/2026 00:00:00')],
};

function graph(createdDateTime: string): string {
  return JSON.stringify({ id: createdDateTime, createdDateTime, userId: 'u', ipAddress: '203.0.113.9' });
}

function row(TimeGenerated: string): string {
  return JSON.stringify({ Id: TimeGenerated, TimeGenerated, Category: 'SignInLogs', UserId: 'u', Identity: 'User' });
}

const PLACES = { first: 0, middle: 0.5, last: 1 };

const TOLD = [
  ...['id', 'createdDateTime', 'appId', 'appDisplayName', 'resourceId', 'resourceDisplayName', 'signInEventTypes'],
  ...['isInteractive', 'servicePrincipalName', 'userDisplayName', 'ipAddress', 'appliedConditionalAccessPolicies'],
] as const satisfies readonly (keyof ToldSignIn)[];

/** What is counted and compared of a sign-in, without its record where it can be. */
function told(signIn: ReadSignIn): unknown {
  const members: ToldSignIn = signIn.told ?? signIn.record;
  return TOLD.map((name) => [name, members[name] ?? null]);
}

/** What a log finds it by. */
function found({ found, record }: ReadSignIn): unknown {
  const { id, createdDateTime, correlationId, ipAddress, sourceIpAddress, location } = found ?? record;
  const { userId, userPrincipalName } = found?.person ?? record;
  const { appId, appDisplayName, resourceId, resourceDisplayName } = found?.application ?? record;
  const { clientAppUsed, signInEventTypes, isThroughGlobalSecureAccess } = found?.client ?? record;
  return [
    ...[id, createdDateTime, correlationId, ipAddress, sourceIpAddress, location, userId, userPrincipalName],
    ...[appId, appDisplayName, resourceId, resourceDisplayName],
    ...[clientAppUsed, signInEventTypes, isThroughGlobalSecureAccess],
  ].map((member) => member ?? null);
}

/** All that is said of each sign-in, at the moment at which it is read. */
async function* itemsOf(path: string, options: object): AsyncGenerator<unknown> {
  for await (const item of readSignIns([path], options)) {
    if ('skipped' in item) yield item;
    else {
      const { signIn } = item;
      const { id, createdDateTime, attempt, record, format, marks, weight, place } = signIn;
      const said = { id, createdDateTime, attempt, record, format, marks, weight, place };
      yield { ...said, found: found(signIn), told: told(signIn) };
    }
  }
}

/** With a traffic log every record is read whole; this one knows nothing. */
const WHOLE = { facts: { sourceOf: () => undefined } };

/** Says of a file whether it is read as by the reader of whole records; gives how many items that are. */
async function expectReadAsWhole(lines: readonly string[], threads: number): Promise<number> {
  const path = join(folder, 'signins.ndjson');
  writeFileSync(path, `${lines.join('\n')}\n`);
  const whole = itemsOf(path, WHOLE);
  let count = 0;
  for await (const item of itemsOf(path, { threads })) {
    const wanted = (await whole.next()).value;
    if (JSON.stringify(item) !== JSON.stringify(wanted)) expect(item).toEqual(wanted);
    count++;
  }
  expect((await whole.next()).done).toBe(true);
  return count;
}

function withDates(lines: readonly string[], dated: readonly string[], place: number): string[] {
  const between = Math.round(lines.length * place);
  return [...lines.slice(0, between), ...dated, ...lines.slice(between)];
}

describe('records that are held until a date decides are those of their own lines', () => {
  const cases = Object.keys(LINES).flatMap((length) =>
    Object.keys(DATED).flatMap((date) => Object.keys(PLACES).map((place) => ({ length, date, place }))),
  ) as { length: keyof typeof LINES; date: keyof typeof DATED; place: keyof typeof PLACES }[];

  test.each(cases)('$date in the $place line, among lines $length', async ({ length, date, place }) => {
    const lines = withDates(LINES[length](800), DATED[date], PLACES[place]);
    expect(await expectReadAsWhole(lines, 0)).toBeGreaterThanOrEqual(800);
  });

  test.each(['first', 'middle'] as const)('read in threads (%s line)', async (place) => {
    const dated = withDates(LINES['of one length'](8_500), DATED['a date that may be read both ways'], PLACES[place]);
    expect(await expectReadAsWhole(dated, place === 'first' ? 1 : 3)).toBeGreaterThan(8_500);
  });

  test('where there are more than are held', async () => {
    const dated = withDates(shortLines(30_000), DATED['a date that shows the month first'], PLACES.first);
    expect(await expectReadAsWhole(dated, 0)).toBeGreaterThan(30_000);
  });

  test('whichever dates stand wherever', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(LINES) as (keyof typeof LINES)[])),
        fc.integer({ min: 1, max: 1_500 }),
        fc.array(fc.tuple(fc.constantFrom(...Object.values(DATED)), fc.double({ min: 0, max: 1, noNaN: true })), {
          maxLength: 4,
        }),
        async (length, count, dates) => {
          const lines = dates.reduce((list, [dated, place]) => withDates(list, dated, place), LINES[length](count));
          expect(await expectReadAsWhole(lines, 0)).toBeGreaterThanOrEqual(count);
        },
      ),
      { numRuns: tries(8) },
    ));
});
