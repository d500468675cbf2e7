import { describe, expect, test } from 'vitest';
import type { Change } from '../../../../src/core/impact/change.ts';
import { changed, UNTOUCHED, unchanged } from '../../../../src/core/impact/change.ts';
import type { Counted } from '../../../../src/core/impact/counted.ts';
import type { Example } from '../../../../src/core/impact/example.ts';
import { byWeight } from '../../../../src/core/impact/grouped.ts';
import { ImpactTally } from '../../../../src/core/impact/tally.ts';

const GRANTED = { outcome: 'granted', decidedBy: [] } as const;
const BLOCKED = changed(GRANTED, { outcome: 'blocked', decidedBy: ['CA1'] });
const ASKED = changed(GRANTED, { outcome: 'interrupted', decidedBy: ['CA2'] });
const SAME = unchanged(GRANTED, GRANTED);
const UNKNOWN: Change = {
  class: 'unknown',
  outcomes: { before: 'granted', after: 'unknown' },
  decidedBy: ['CA1', 'CA2'],
  stoppedBy: [],
  couldBe: ['newlyBlocked', 'unchanged'],
  missing: ['mfa', 'device'],
};
const STOPPED: Change = { ...UNKNOWN, stoppedBy: ['CA1'], missing: ['mfa'], couldBe: ['newlyBlocked', 'newlyDenied'] };

const named = (id: string) => ({ id, displayName: id.toUpperCase() });
const ONE = { signIns: 1, people: undefined, userCount: undefined };
const explained: string[] = [];

function signIn(change: Change, user = 'anna', more: Partial<Counted> & { readonly signInId?: string } = {}): Counted {
  return {
    ...{
      kind: 'interactive',
      weight: ONE,
      personId: user,
      user: named(user),
      application: named('mail'),
      location: named('office'),
    },
    ...{ change, explain: () => exampleOf(more.signInId ?? user) },
    ...more,
  };
}

function exampleOf(signInId: string): Example {
  explained.push(signInId);
  const seen = { ipAddress: null, whose: null, countryOrRegion: null, isLocatedByStandIn: false };
  return {
    ...{ signInId, createdDateTime: '', user: '', application: '', seenBefore: seen, seenAfter: seen },
    ...{ outcomeBefore: '', outcomeAfter: '', policies: [], certainlyStopped: false, missing: [] },
  };
}

function counting(...signIns: readonly Counted[]) {
  return counted(true, ...signIns);
}

function counted(isGrouped: boolean, ...signIns: readonly Counted[]) {
  const tally = new ImpactTally(new Map([['CA1', 'Block outside']]), isGrouped);
  for (const each of signIns) tally.add(each);
  return tally.counts();
}

describe('the impact counts', () => {
  test('sign-ins by kind, and people once each', () => {
    const { judged, classes } = counting(
      signIn(BLOCKED),
      signIn(BLOCKED, 'anna', { kind: 'nonInteractive' }),
      signIn(SAME, 'ben', { kind: 'workload' }),
    );
    expect(judged).toEqual({ interactive: 1, nonInteractive: 1, workload: 1, users: 2 });
    expect(classes.filter(({ users }) => users > 0)).toEqual([
      { class: 'newlyBlocked', interactive: 1, nonInteractive: 1, workload: 0, users: 1 },
      { class: 'unchanged', interactive: 0, nonInteractive: 0, workload: 1, users: 1 },
    ]);
  });

  test('as many sign-ins as a record stands for, and the people that it names', () => {
    const weight = { signIns: 7, people: ['ben', 'carl'], userCount: undefined };
    const { judged, arePeopleUnnamed } = counting(signIn(SAME, 'anna', { weight }), signIn(SAME, 'ben'));
    expect(judged).toEqual({ interactive: 8, nonInteractive: 0, workload: 0, users: 2 });
    expect(arePeopleUnnamed).toBe(false);
  });

  test.each([
    [3, undefined, true],
    [1, undefined, false],
    [2, ['ben', 'carl'], false],
    [3, ['ben', 'carl'], true],
  ])('of %s people of whom a record names %j, some unnamed: %s', (userCount, people, expected) => {
    expect(counting(signIn(SAME, 'anna', { weight: { signIns: 9, people, userCount } })).arePeopleUnnamed).toBe(
      expected,
    );
  });

  test('what Entra sees alike apart from what comes out alike', () => {
    const { untouched, outcomes } = counting(
      signIn(UNTOUCHED, 'anna', { weight: { ...ONE, signIns: 4 } }),
      signIn(UNTOUCHED),
      signIn(SAME, 'anna', { weight: { ...ONE, signIns: 2 } }),
      signIn(ASKED),
      signIn(BLOCKED),
      signIn(SAME),
    );
    expect(untouched).toBe(5);
    expect(outcomes).toEqual([
      { before: 'granted', after: 'granted', signIns: 3 },
      { before: 'granted', after: 'blocked', signIns: 1 },
      { before: 'granted', after: 'interrupted', signIns: 1 },
    ]);
  });

  test('what a sign-in could be, harshest first, and what is missing, most often first', () => {
    const { couldBe, missing } = counting(
      signIn(UNKNOWN, 'anna', { weight: { ...ONE, signIns: 3 } }),
      signIn(STOPPED),
      signIn({ ...UNKNOWN, missing: ['device'], couldBe: ['unchanged'] }),
      signIn({ ...UNKNOWN, missing: ['country'], couldBe: [] }),
      signIn({ ...UNKNOWN, missing: ['address'], couldBe: [] }),
    );
    expect(couldBe).toEqual([
      { class: 'newlyBlocked', signIns: 4 },
      { class: 'newlyDenied', signIns: 1 },
      { class: 'unchanged', signIns: 4 },
    ]);
    expect(missing).toEqual([
      { fact: 'device', signIns: 4 },
      { fact: 'mfa', signIns: 4 },
      { fact: 'address', signIns: 1 },
      { fact: 'country', signIns: 1 },
    ]);
  });

  test('who is surely stopped, although it is not known how', () => {
    expect(counting(signIn(UNKNOWN), signIn(STOPPED, 'ben'), signIn(BLOCKED)).certainlyStopped).toEqual({
      interactive: 1,
      nonInteractive: 0,
      workload: 0,
      users: 1,
    });
  });
});

describe('sign-ins of one class are grouped', () => {
  const membersOf = (groups: ReturnType<typeof counting>['groups']) => groups.map(({ by, id }) => `${by} ${id}`);

  test('by the policies that decide, by person, resource and place, with names', () => {
    const { groups } = counting(signIn(BLOCKED), signIn(BLOCKED, 'ben'));
    expect(
      groups.map(({ by, id, displayName, interactive, users }) => [by, id, displayName, interactive, users]),
    ).toEqual([
      ['policy', 'CA1', 'Block outside', 2, 2],
      ['user', 'anna', 'ANNA', 1, 1],
      ['user', 'ben', 'BEN', 1, 1],
      ['application', 'mail', 'MAIL', 2, 2],
      ['location', 'office', 'OFFICE', 2, 2],
    ]);
  });

  test('of more changes than are remembered at once, with the first as the example', () => {
    const many = Array.from({ length: 20_010 }, (_, at) =>
      signIn(at % 2 === 0 ? { ...STOPPED } : { ...UNKNOWN }, at % 4 < 2 ? 'anna' : 'ben', { signInId: String(at) }),
    );
    const { groups } = counting(...many);
    expect(
      groups
        .slice(0, 2)
        .map(({ id, interactive, users, certainlyStopped, example }) => [
          ...[id, interactive, users],
          ...[certainlyStopped, example.signInId],
        ]),
    ).toEqual([
      ['CA1', 20_010, 2, 10_005, '0'],
      ['CA2', 20_010, 2, 0, '0'],
    ]);
  });

  test('a policy that no tenant names any more goes by its id', () => {
    expect(counting(signIn(ASKED)).groups[0]).toMatchObject({ id: 'CA2', displayName: 'CA2' });
  });

  test('unless nothing changes, or no groups are asked for', () => {
    expect(counting(signIn(SAME), signIn(UNTOUCHED)).groups).toEqual([]);
    expect(counted(false, signIn(BLOCKED)).groups).toEqual([]);
  });

  test('by the harshest class first, then by number, then by name', () => {
    const { groups } = counting(
      signIn(ASKED, 'dora'),
      signIn(BLOCKED, 'carl'),
      signIn(BLOCKED, 'anna'),
      signIn(BLOCKED, 'ben', { weight: { ...ONE, signIns: 5 } }),
    );
    expect(membersOf(groups).filter((text) => text.startsWith('user'))).toEqual([
      'user ben',
      'user anna',
      'user carl',
      'user dora',
    ]);
  });

  test('of one name by id', () => {
    const [a, b] = ['1', '2'].map((id) => signIn(BLOCKED, id, { user: { id, displayName: 'Anna' } }));
    if (a === undefined || b === undefined) throw new Error('there are two');
    const users = counting(b, a).groups.filter(({ by }) => by === 'user');
    expect(users.map(({ id }) => id)).toEqual(['1', '2']);
    expect(users.toReversed().sort(byWeight)).toEqual(users);
  });

  test.each([
    [{ signIns: 9, people: undefined, userCount: undefined }, 'anna'],
    [{ signIns: 9, people: undefined, userCount: 1 }, 'anna'],
    [{ signIns: 9, people: ['anna'], userCount: undefined }, 'anna'],
    [{ signIns: 9, people: ['ben'], userCount: undefined }, 'several'],
    [{ signIns: 9, people: ['anna', 'ben'], userCount: undefined }, 'several'],
    [{ signIns: 9, people: undefined, userCount: 2 }, 'several'],
    [{ signIns: 9, people: ['anna'], userCount: 2 }, 'several'],
  ])('a record of %j is that of %s', (weight, id) => {
    const { groups } = counting(signIn(BLOCKED, 'anna', { weight }));
    expect(groups.find(({ by }) => by === 'user')?.id).toBe(id);
  });
});

describe('the example of a group', () => {
  test('is the first sign-in of it, worked out once', () => {
    explained.length = 0;
    const { groups } = counting(
      signIn(BLOCKED, 'anna', { signInId: 'first' }),
      signIn(BLOCKED, 'anna', { signInId: 'second' }),
    );
    expect(new Set(groups.map(({ example }) => example.signInId))).toEqual(new Set(['first']));
    expect(explained).toEqual(['first']);
  });

  test('is the first that is surely stopped, where one is, for the policies that stop it', () => {
    const { groups } = counting(
      signIn(UNKNOWN, 'anna', { signInId: 'open' }),
      signIn(STOPPED, 'anna', { signInId: 'stopped', weight: { ...ONE, signIns: 3 } }),
      signIn(STOPPED, 'anna', { signInId: 'later' }),
    );
    expect(groups.map(({ by, id, example, certainlyStopped }) => [by, id, example.signInId, certainlyStopped])).toEqual(
      [
        ['policy', 'CA1', 'stopped', 4],
        ['policy', 'CA2', 'open', 0],
        ['user', 'anna', 'stopped', 4],
        ['application', 'mail', 'stopped', 4],
        ['location', 'office', 'stopped', 4],
      ],
    );
  });
});
