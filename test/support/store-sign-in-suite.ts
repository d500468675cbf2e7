import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { LoggedSignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import type { SignInColumn } from '../../src/core/sign-in-log/columns.ts';
import type { SignInCondition } from '../../src/core/sign-in-log/condition.ts';
import { holds } from '../../src/core/sign-in-log/holds.ts';
import type { SignInLog } from '../../src/store/types.ts';
import { loggedSignIn } from './store-samples.ts';
import { tries } from './tries.ts';

const NEWEST = { column: 'createdDateTime', descending: true } as const;
const guid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** What every sign-in log holds to, whatever it keeps the records in. `make` gives an empty one. */
export function signInLogSuite(name: string, make: () => SignInLog): void {
  describe(name, () => {
    const open: SignInLog[] = [];
    afterEach(() => {
      for (const log of open.splice(0)) log.close();
    });
    const logOf = (...batch: LoggedSignIn[]) => {
      const log = make();
      open.push(log);
      log.append(batch);
      return log;
    };
    const idsOf = (found: Iterable<LoggedSignIn>) => [...found].map(({ record }) => Number(record.id.slice(-12)));
    /** The numbers of the records that one condition finds, oldest first. */
    const matching = (log: SignInLog, ...conditions: SignInCondition[]) =>
      idsOf(log.query({ conditions, order: { column: 'createdDateTime', descending: false } }));
    const numbered = (...records: Partial<LoggedSignIn['record']>[]) =>
      logOf(
        ...records.map((record, n) =>
          loggedSignIn({ id: guid(n), createdDateTime: `2026-11-20T10:00:0${n}Z`, ...record }),
        ),
      );

    test('an empty log holds nothing, counts nothing and prunes nothing', () => {
      const log = logOf();
      expect([...log.query({ conditions: [], order: NEWEST })]).toEqual([]);
      expect(log.count({ conditions: [] })).toBe(0);
      expect(log.countBy('outcome', { conditions: [] })).toEqual([]);
      expect(log.find(guid(1))).toEqual([]);
      expect(log.prune('2027-01-01T00:00:00Z')).toBe(0);
    });

    test('who follows the log gets what was appended behind a position, whenever it was created', () => {
      const log = logOf();
      expect(log.position()).toBe(0);
      log.append([loggedSignIn({ id: guid(1), createdDateTime: '2026-11-20T10:00:01Z' })]);
      const position = log.position();
      const behind = (appendedAfter: number) =>
        idsOf(log.query({ appendedAfter, conditions: [], order: { column: 'createdDateTime', descending: false } }));
      expect(behind(position)).toEqual([]);
      log.append([2, 3].map((n) => loggedSignIn({ id: guid(n), createdDateTime: `2026-11-19T10:00:0${n}Z` })));
      expect(behind(position)).toEqual([2, 3]);
      expect(behind(0)).toEqual([2, 3, 1]);
      expect(log.count({ appendedAfter: position, conditions: [] })).toBe(2);
      expect(log.position()).toBeGreaterThan(position);
    });

    test('a record comes back as it was, members that nobody declared and strange text included', () => {
      const strange = loggedSignIn(
        {
          userDisplayName: 'Zoë 👩‍👩‍👧 \u202E\u0000\n"',
          deviceDetail: { trustType: null, nested: [{ a: [1, -0.5, 1e300] }] },
          ['__proto__x']: true,
        },
        { outcome: 'unknown', missing: ['ipAddress'], decidedBy: ['p1', 'p2'] },
      );
      expect([...logOf(strange).query({ conditions: [], order: NEWEST })]).toEqual([strange]);
    });

    test('a sign-in that comes out the same is left alone, under each signaling status of its own', () => {
      const on = loggedSignIn({ userPrincipalName: 'first@contoso.com' });
      const off = loggedSignIn({}, { signalingStatus: 'disabled' });
      const log = make();
      open.push(log);
      expect(log.append([on, off, on])).toEqual({ added: 2, judgedAnew: 0, alreadyThere: 1 });
      const position = log.position();
      const { id, ...others } = on.record;
      const otherOrder = { ...on, record: { ...others, id } };
      const laterSerial = loggedSignIn({ userPrincipalName: 'first@contoso.com' }, { tenantSerial: 7 });
      expect(log.append([laterSerial, otherOrder])).toEqual({ added: 0, judgedAnew: 0, alreadyThere: 2 });
      expect(log.find(on.record.id)).toEqual([off, on]);
      expect(log.position()).toBe(position);
    });

    test('a sign-in that comes out otherwise replaces its entry, and who follows the log sees it', () => {
      const log = numbered({ appDisplayName: 'Office' }, {}, {});
      const position = log.position();
      const anew = loggedSignIn(
        { id: guid(1).toUpperCase(), createdDateTime: '2026-11-20T10:00:01Z', userPrincipalName: 'b@contoso.com' },
        { outcome: 'blocked', decidedBy: ['p'], tenantSerial: 2 },
      );
      expect(log.append([anew])).toEqual({ added: 0, judgedAnew: 1, alreadyThere: 0 });
      expect(log.find(guid(1))).toEqual([anew]);
      expect(matching(log)).toEqual([0, 1, 2]);
      expect(log.countBy('outcome', { conditions: [] })).toEqual([
        { value: 'granted', count: 2 },
        { value: 'blocked', count: 1 },
      ]);
      expect(log.count({ user: 'b@contoso.com', conditions: [] })).toBe(1);
      expect(log.position()).toBeGreaterThan(position);
      expect(idsOf(log.query({ appendedAfter: position, conditions: [], order: NEWEST }))).toEqual([1]);
    });

    test('what differs in a record alone, however deep, is judged anew too', () => {
      const at = (city: string | null) => loggedSignIn({ location: { city, countryOrRegion: 'NL' } });
      const log = logOf(at('Rotterdam'));
      expect(log.append([at(null), at('Delft'), at('Delft')])).toEqual({ added: 0, judgedAnew: 2, alreadyThere: 1 });
      expect([...log.query({ conditions: [], order: NEWEST })]).toEqual([at('Delft')]);
    });

    test('the last one in a batch counts, as if each had been appended alone', () => {
      const outcomes = ['granted', 'blocked', 'denied'] as const;
      const batches = fc.array(
        fc.array(fc.record({ n: fc.integer({ min: 0, max: 70 }), outcome: fc.constantFrom(...outcomes) }), {
          maxLength: 90,
        }),
        { maxLength: 6 },
      );
      fc.assert(
        fc.property(batches, (all) => {
          const log = make();
          const expected = new Map<number, LoggedSignIn>();
          try {
            for (const batch of all) {
              const counts = { added: 0, judgedAnew: 0, alreadyThere: 0 };
              const signIns = batch.map(({ n, outcome }) => {
                const createdDateTime = new Date(1.7e12 + n * 1000).toISOString();
                const signIn = loggedSignIn({ id: guid(n), createdDateTime }, { outcome });
                const was = expected.get(n)?.replay.outcome;
                counts[was === undefined ? 'added' : was === outcome ? 'alreadyThere' : 'judgedAnew']++;
                expected.set(n, signIn);
                return signIn;
              });
              expect(log.append(signIns)).toEqual(counts);
            }
            const oldestFirst = [...expected].sort(([one], [other]) => one - other).map(([, signIn]) => signIn);
            expect([...log.query({ conditions: [], order: { ...NEWEST, descending: false } })]).toEqual(oldestFirst);
          } finally {
            log.close();
          }
        }),
        { numRuns: tries(30) },
      );
    });

    test('the newest comes first, to the microsecond, and of equals the last one written', () => {
      const times = ['10:00:00Z', '10:00:00.1234567Z', '11:00:00+01:00', '09:59:59.9Z', '10:00:00.123456Z'];
      const log = logOf(
        ...times.map((time, n) => loggedSignIn({ id: guid(n), createdDateTime: `2026-11-20T${time}` })),
      );
      expect(idsOf(log.query({ conditions: [], order: NEWEST }))).toEqual([4, 1, 2, 0, 3]);
      expect(idsOf(log.query({ conditions: [], order: { ...NEWEST, descending: false } }))).toEqual([3, 0, 2, 1, 4]);
      expect(idsOf(log.query({ conditions: [], order: NEWEST, limit: 2 }))).toEqual([4, 1]);
    });

    test('another order is broken by the newest', () => {
      const log = numbered({ appDisplayName: 'b' }, { appDisplayName: 'A' }, {}, { appDisplayName: 'B' });
      const order = { column: 'appDisplayName', descending: false } as const;
      expect(idsOf(log.query({ conditions: [], order }))).toEqual([2, 1, 3, 0]);
      expect(idsOf(log.query({ conditions: [], order: { ...order, descending: true } }))).toEqual([3, 0, 1, 2]);
    });

    test('since is included, until is not', () => {
      const log = numbered({}, {}, {});
      const between = { since: '2026-11-20T10:00:01Z', until: '2026-11-20T11:00:02+01:00', conditions: [] };
      expect(idsOf(log.query({ ...between, order: NEWEST }))).toEqual([1]);
      expect(log.count(between)).toBe(1);
      expect(() => log.count({ since: 'yesterday', conditions: [] })).toThrow(
        expect.objectContaining({ kind: 'usage' }),
      );
    });

    test('a user is found by name or object id, whatever the case', () => {
      const log = numbered(
        { userPrincipalName: 'Alex@contoso.com', userId: guid(77) },
        { userPrincipalName: 'alex.new@contoso.com', userId: guid(77) },
        { userPrincipalName: 'alex@contoso.com' },
        { userId: guid(77) },
        { userPrincipalName: 'other@contoso.com', userId: guid(78), appDisplayName: 'alex@contoso.com' },
      );
      const of = (user: string) => idsOf(log.query({ user, conditions: [], order: NEWEST }));
      expect(of('ALEX@contoso.com')).toEqual([2, 0]);
      expect(of(guid(77))).toEqual([3, 1, 0]);
      expect(of('nobody')).toEqual([]);
      expect(log.count({ user: 'alex.new@contoso.com', conditions: [] })).toBe(1);
      expect(log.countBy('userId', { user: 'alex@contoso.com', conditions: [] })).toEqual([
        { value: guid(77), count: 1 },
        { value: null, count: 1 },
      ]);
    });

    test('text compares without regard to case, and its wildcards are ordinary letters', () => {
      const log = numbered(
        { appDisplayName: 'Office 365' },
        { appDisplayName: '100%_done' },
        {},
        { appDisplayName: 'ÄRGER' },
      );
      const app = (operator: 'eq' | 'ne' | 'startsWith' | 'contains' | 'lt', value: string) =>
        matching(log, { column: 'appDisplayName', operator, value });
      expect(app('eq', 'OFFICE 365')).toEqual([0]);
      expect(app('ne', 'OFFICE 365')).toEqual([1, 2, 3]);
      expect(app('startsWith', 'office')).toEqual([0]);
      expect(app('contains', '%_')).toEqual([1]);
      expect(app('contains', '%3')).toEqual([]);
      expect(app('contains', 'ärg')).toEqual([3]);
      expect(app('lt', 'o')).toEqual([1]);
      expect(app('eq', "' OR 1=1 --")).toEqual([]);
    });

    test('null is a value of its own, and not turns every answer round', () => {
      const log = numbered({ clientAppUsed: 'Browser' }, {}, { clientAppUsed: null });
      const isNull: SignInCondition = { column: 'clientAppUsed', operator: 'eq', value: null };
      expect(matching(log, isNull)).toEqual([1, 2]);
      expect(matching(log, { not: isNull })).toEqual([0]);
      expect(matching(log, { column: 'clientAppUsed', operator: 'ne', value: null })).toEqual([0]);
      const contains: SignInCondition = { column: 'clientAppUsed', operator: 'contains', value: 'row' };
      expect(matching(log, { not: contains })).toEqual([1, 2]);
      expect(matching(log, { column: 'clientAppUsed', operator: 'in', values: ['Browser', null] })).toEqual([0, 1, 2]);
    });

    test('addresses compare by value: any spelling, ranges of their own family only', () => {
      const log = numbered(
        { ipAddress: '203.0.113.7' },
        { ipAddress: '2001:DB8:0:0::1' },
        { ipAddress: '::ffff:203.0.113.8' },
        { ipAddress: 'not an address' },
        {},
      );
      const inRange = (range: string) => matching(log, { column: 'ipAddress', operator: 'inRange', range });
      expect(inRange('203.0.113.0/24')).toEqual([0, 2]);
      expect(inRange('203.0.113.8')).toEqual([2]);
      expect(inRange('0.0.0.0/0')).toEqual([0, 2]);
      expect(inRange('::/0')).toEqual([1]);
      expect(inRange('2001:db8::/112')).toEqual([1]);
      expect(() => inRange('203.0.113')).toThrow(expect.objectContaining({ kind: 'usage' }));
      expect(matching(log, { column: 'ipAddress', operator: 'eq', value: '2001:db8::1' })).toEqual([1]);
      expect(matching(log, { column: 'ipAddress', operator: 'eq', value: 'Not an address' })).toEqual([3]);
      expect(matching(log, { column: 'ipAddress', operator: 'startsWith', value: '203.0.' })).toEqual([0, 2]);
      expect(log.countBy('ipAddress', { conditions: [] }).map(({ value }) => value)).toEqual([
        '2001:db8::1',
        '203.0.113.7',
        '203.0.113.8',
        'not an address',
        null,
      ]);
    });

    test('counting by a column gives the most frequent first, then by name', () => {
      const log = numbered(
        { clientAppUsed: 'b' },
        { clientAppUsed: 'a' },
        {},
        { clientAppUsed: 'b' },
        { clientAppUsed: 'c' },
      );
      expect(log.countBy('clientAppUsed', { conditions: [] })).toEqual([
        { value: 'b', count: 2 },
        { value: 'a', count: 1 },
        { value: 'c', count: 1 },
        { value: null, count: 1 },
      ]);
      expect(log.countBy('isThroughGlobalSecureAccess', { conditions: [] })).toEqual([{ value: null, count: 5 }]);
    });

    test('pruning takes what is older and nothing else, and a pruned sign-in can come again', () => {
      const log = numbered({ userPrincipalName: 'gone@contoso.com' }, {}, {});
      expect(log.prune('2026-11-20T10:00:01Z')).toBe(1);
      expect(matching(log)).toEqual([1, 2]);
      expect(log.count({ user: 'gone@contoso.com', conditions: [] })).toBe(0);
      const again = loggedSignIn({ id: guid(0), userPrincipalName: 'gone@contoso.com' });
      expect(log.append([again])).toEqual({ added: 1, judgedAnew: 0, alreadyThere: 0 });
      expect(log.find(guid(0))).toEqual([again]);
      expect(log.prune('2027-01-01T00:00:00Z')).toBe(3);
      expect(log.append([again]).added).toBe(1);
      expect(matching(log)).toEqual([0]);
    });

    test('more records than fit into a block are all there, large ones too', () => {
      const batch = Array.from({ length: 200 }, (_, n) =>
        loggedSignIn({
          id: guid(n),
          createdDateTime: new Date(1.7e12 + n * 1000).toISOString(),
          note: 'x'.repeat(n * 20),
        }),
      );
      const log = logOf(...batch);
      expect([...log.query({ conditions: [], order: { ...NEWEST, descending: false } })]).toEqual(batch);
    });

    test('a reader may stop in the middle, and the log can be written again', () => {
      const log = numbered({}, {}, {});
      for (const { record } of log.query({ conditions: [], order: NEWEST })) {
        expect(record.id).toBe(guid(2));
        break;
      }
      expect(log.append([loggedSignIn({ id: guid(9) })]).added).toBe(1);
      expect(log.count({ conditions: [] })).toBe(4);
    });

    test('every question over random records is answered as by hand', () => {
      const batch = fc
        .sample(records, { numRuns: 80, seed: 1 })
        .map((signIn, n) => ({ ...signIn, record: { ...signIn.record, id: guid(n) } }));
      const log = logOf(...batch);
      fc.assert(
        fc.property(questions, (question) => {
          const expected = batch.flatMap((signIn, n) => (byHand(question, signIn) ? [n] : []));
          expect(matching(log, question)).toEqual(expected);
          expect(matching(log, { not: question })).toEqual(batch.flatMap((_, n) => (expected.includes(n) ? [] : [n])));
          expect(log.count({ conditions: [question] })).toBe(expected.length);
          expect(batch.flatMap((signIn, n) => (holds(question, signIn) ? [n] : []))).toEqual(expected);
        }),
        { numRuns: tries(300) },
      );
    });
  });
}

const TEXTS = ['', 'a', 'A', 'ab', 'B', '%', '_', 'é', null] as const;

const records: fc.Arbitrary<LoggedSignIn> = fc
  .record({
    appDisplayName: fc.constantFrom(...TEXTS),
    isThroughGlobalSecureAccess: fc.constantFrom(true, false, null),
    status: fc.constantFrom({ errorCode: 0 }, { errorCode: 53003 }, null),
  })
  .map((record) => loggedSignIn(record));

const leaf: fc.Arbitrary<SignInCondition> = fc.oneof(
  fc.record({
    column: fc.constant<SignInColumn>('appDisplayName'),
    operator: fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge', 'startsWith', 'contains'),
    value: fc.constantFrom(...TEXTS),
  }),
  fc.record({
    column: fc.constant<SignInColumn>('isThroughGlobalSecureAccess'),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom(true, false, null),
  }),
  fc.record({
    column: fc.constant<SignInColumn>('errorCode'),
    operator: fc.constantFrom('eq', 'ne', 'lt', 'ge'),
    value: fc.constantFrom(0, 1, 53003),
  }),
);

const questions = fc.letrec<{ condition: SignInCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ and: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
})).condition;

/** The obvious evaluator, written without looking at the log. */
function byHand(condition: SignInCondition, signIn: LoggedSignIn): boolean {
  if ('and' in condition) return condition.and.every((part) => byHand(part, signIn));
  if ('or' in condition) return condition.or.some((part) => byHand(part, signIn));
  if ('not' in condition) return !byHand(condition.not, signIn);
  if (condition.operator === 'in' || condition.operator === 'inRange') throw new Error('not asked here');
  const { record } = signIn;
  const held = {
    appDisplayName: record.appDisplayName,
    isThroughGlobalSecureAccess: record.isThroughGlobalSecureAccess,
    errorCode: record.status?.errorCode,
  };
  const fold = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : (value ?? null));
  const [have, want] = [fold(held[condition.column as keyof typeof held]), fold(condition.value)];
  if (condition.operator === 'eq') return have === want;
  if (condition.operator === 'ne') return have !== want;
  if (have === null || want === null) return false;
  if (condition.operator === 'startsWith') return String(have).startsWith(String(want));
  if (condition.operator === 'contains') return String(have).includes(String(want));
  const less = have < want;
  return { lt: less, le: less || have === want, gt: !less && have !== want, ge: !less }[condition.operator];
}
