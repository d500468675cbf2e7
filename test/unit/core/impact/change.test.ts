import { describe, expect, test } from 'vitest';
import type { Change } from '../../../../src/core/impact/change.ts';
import { attributed, changed, either, UNTOUCHED, unchanged } from '../../../../src/core/impact/change.ts';

const GRANTED = { outcome: 'granted', decidedBy: [] } as const;
const INTERRUPTED = { outcome: 'interrupted', decidedBy: ['asks'] } as const;
const DENIED = { outcome: 'denied', decidedBy: ['denies'] } as const;
const BLOCKED = { outcome: 'blocked', decidedBy: ['blocks'] } as const;

describe('a change is told by', () => {
  test.each([
    ['whom it newly blocks', GRANTED, BLOCKED, 'newlyBlocked', ['blocks']],
    ['whom it newly denies', INTERRUPTED, DENIED, 'newlyDenied', ['denies']],
    ['whom it newly asks', GRANTED, INTERRUPTED, 'newlyPrompted', ['asks']],
    ['who blocked before', BLOCKED, GRANTED, 'newlyAllowed', ['blocks']],
    ['who denied before', DENIED, INTERRUPTED, 'newlyAllowed', ['denies']],
    ['who asked before', INTERRUPTED, GRANTED, 'lessProtected', ['asks']],
  ] as const)('%s', (_, was, becomes, kind, decidedBy) => {
    expect(changed(was, becomes)).toEqual({
      class: kind,
      outcomes: { before: was.outcome, after: becomes.outcome },
      decidedBy,
      stoppedBy: [],
      couldBe: [],
      missing: [],
    });
  });

  test('nobody where nothing changes', () => {
    expect(unchanged(BLOCKED, BLOCKED)).toMatchObject({
      class: 'unchanged',
      decidedBy: [],
      couldBe: [],
      stoppedBy: [],
    });
    expect(UNTOUCHED).toMatchObject({ outcomes: undefined, decidedBy: [], couldBe: [], stoppedBy: [], missing: [] });
  });
});

describe('of two changes of which one fact would tell which it is', () => {
  const unknown: Change = {
    class: 'unknown',
    outcomes: { before: 'unknown', after: 'unknown' },
    decidedBy: ['asks', 'open'],
    stoppedBy: [],
    couldBe: ['newlyPrompted', 'unchanged'],
    missing: ['mfa'],
  };

  test('of one class nothing is open', () => {
    const change = attributed('newlyBlocked', GRANTED, BLOCKED);
    expect(either(change, attributed('newlyBlocked', INTERRUPTED, BLOCKED), 'whose tunnel it is')).toBe(change);
  });

  test('of two classes it is either, by the policies of both', () => {
    const [blocked, asked] = [changed(GRANTED, BLOCKED), changed(GRANTED, INTERRUPTED)];
    expect(either(blocked, asked, 'whose tunnel it is')).toEqual({
      class: 'unknown',
      outcomes: { before: 'granted', after: 'unknown' },
      decidedBy: ['blocks', 'asks'],
      stoppedBy: [],
      couldBe: ['newlyBlocked', 'newlyPrompted'],
      missing: ['whose tunnel it is'],
    });
  });

  test('where one is itself not known, the other lacks what it lacks, and may be what it may be', () => {
    expect(either(changed(GRANTED, INTERRUPTED), unknown, 'whose tunnel it is')).toMatchObject({
      decidedBy: ['asks', 'open'],
      couldBe: ['newlyPrompted', 'unchanged'],
      missing: ['mfa', 'whose tunnel it is'],
    });
    expect(either(unknown, UNTOUCHED, 'a fact')).toMatchObject({
      outcomes: { before: 'unknown' },
      couldBe: ['newlyPrompted', 'unchanged'],
      missing: ['a fact', 'mfa'],
    });
  });

  test('where one may be less protected too, so may it be', () => {
    const mayLose: Change = { ...unchanged(GRANTED, GRANTED), couldBe: ['lessProtected'] };
    expect(either(mayLose, changed(GRANTED, BLOCKED), 'a fact').couldBe).toEqual([
      'unchanged',
      'lessProtected',
      'newlyBlocked',
    ]);
  });

  test('nothing is known of the outcome before where Entra sees the same on both sides', () => {
    expect(either(UNTOUCHED, changed(GRANTED, BLOCKED), 'a fact').outcomes).toEqual({
      before: 'unknown',
      after: 'unknown',
    });
  });
});
