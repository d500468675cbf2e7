import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../../src/core/conditional-access/result.ts';
import {
  certainClass,
  certainlyStoppedBy,
  mayDemandLess,
  possibleClasses,
} from '../../../../src/core/impact/outcome-range.ts';
import { applying, from, side, standing } from './sides.ts';

type Range = readonly [least: Effect, most: Effect];

describe('the class of a change of which an outcome is not known is certain', () => {
  test.each<[string, Range, Range, ReturnType<typeof certainClass>]>([
    ['where who was at most asked is blocked', ['granted', 'interrupted'], ['blocked', 'blocked'], 'newlyBlocked'],
    ['where who was at most asked is denied', ['granted', 'interrupted'], ['denied', 'denied'], 'newlyDenied'],
    ['where who was blocked or denied is let in', ['denied', 'blocked'], ['granted', 'granted'], 'newlyAllowed'],
    ['where who was blocked is let in or asked', ['blocked', 'blocked'], ['granted', 'interrupted'], 'newlyAllowed'],
    [
      'where who was surely asked surely is not',
      ['interrupted', 'interrupted'],
      ['granted', 'granted'],
      'lessProtected',
    ],
    ['not where it is open how somebody is stopped', ['granted', 'interrupted'], ['denied', 'blocked'], undefined],
    ['not where it may stay the same', ['granted', 'interrupted'], ['interrupted', 'interrupted'], undefined],
    ['not where both may be the same', ['granted', 'blocked'], ['granted', 'blocked'], undefined],
    ['not where who was asked or denied is let in', ['interrupted', 'denied'], ['granted', 'granted'], undefined],
    ['not where who was denied may still be', ['denied', 'blocked'], ['granted', 'denied'], undefined],
  ])('%s', (_, was, becomes, expected) => {
    expect(certainClass(from(...was), from(...becomes))).toBe(expected);
  });
});

describe('who surely was let in and surely is stopped', () => {
  const granted = side('granted');
  const blocks = standing('blocks', ['blocked', 'blocked']);
  const denies = standing('denies', ['denied', 'blocked']);

  test('is stopped by every policy that surely stops', () => {
    const asks = standing('asks', ['interrupted', 'interrupted']);
    const may = standing('may', ['granted', 'blocked']);
    expect(certainlyStoppedBy(granted, side('unknown', asks, blocks, may, denies))).toEqual(['blocks', 'denies']);
  });

  test.each([
    ['does not surely apply', standing('other', ['blocked', 'blocked'], { applies: 'unknown' })],
    ['does not apply', standing('other', ['blocked', 'blocked'], { applies: false })],
    ['is report-only', standing('other', ['blocked', 'blocked'], { state: 'enabledForReportingButNotEnforced' })],
    ['is off', standing('other', ['blocked', 'blocked'], { state: 'disabled' })],
    ['has a state that nobody knows', standing('other', ['blocked', 'blocked'], { state: 'partiallyEnabled' })],
  ])('is not stopped by a policy that %s', (_, other) => {
    expect(certainlyStoppedBy(granted, side('unknown', blocks, other))).toEqual(['blocks']);
    expect(certainlyStoppedBy(granted, side('unknown', other))).toEqual([]);
  });

  test('is nobody who may have been stopped before, however', () => {
    expect(certainlyStoppedBy(from('granted', 'denied'), side('blocked', blocks))).toEqual([]);
    expect(certainlyStoppedBy(from('granted', 'blocked'), side('blocked', blocks))).toEqual([]);
    expect(certainlyStoppedBy(from('granted', 'interrupted'), side('blocked', blocks))).toEqual(['blocks']);
  });
});

describe('the classes that a change could be of', () => {
  test.each<[Range, Range, readonly string[]]>([
    [
      ['granted', 'granted'],
      ['granted', 'interrupted'],
      ['newlyPrompted', 'lessProtected', 'unchanged'],
    ],
    [
      ['granted', 'granted'],
      ['denied', 'blocked'],
      ['newlyBlocked', 'newlyDenied'],
    ],
    [
      ['denied', 'denied'],
      ['denied', 'blocked'],
      ['newlyBlocked', 'unchanged'],
    ],
    [['blocked', 'blocked'], ['blocked', 'blocked'], ['unchanged']],
    [
      ['interrupted', 'denied'],
      ['granted', 'granted'],
      ['newlyAllowed', 'lessProtected'],
    ],
    [
      ['granted', 'blocked'],
      ['granted', 'blocked'],
      ['newlyBlocked', 'newlyDenied', 'newlyPrompted', 'newlyAllowed', 'lessProtected', 'unchanged'],
    ],
  ])('from %j to %j are %j, harshest first', (was, becomes, expected) => {
    expect(possibleClasses(from(...was), from(...becomes))).toEqual(expected);
  });
});

describe('with one outcome on both sides, somebody may be asked less', () => {
  const differing = new Set(['policy']);
  const granted = side('granted');
  const earlier = (...policies: Parameters<typeof side>[1][]) => side('granted', ...policies);

  test.each([
    ['a policy that may apply does not any more', applying('unknown', 'interrupted'), applying(false, 'interrupted')],
    ['a policy that applies may not any more', applying(true, 'interrupted'), applying('unknown', 'interrupted')],
    ['it may apply on both sides', applying('unknown', 'interrupted'), applying('unknown', 'interrupted')],
  ])('where %s', (_, was, becomes) => {
    expect(mayDemandLess(earlier(was), side('granted', becomes), differing)).toBe(true);
  });

  test('where a policy that may apply is gone', () => {
    expect(mayDemandLess(earlier(applying('unknown', 'interrupted')), granted, differing)).toBe(true);
  });

  test('where it limits the session alone', () => {
    const demands = [{ text: 'session signInFrequency', controls: [], isOpen: false }];
    const limits = { demands, sessionControls: ['signInFrequency'] };
    expect(mayDemandLess(earlier(applying('unknown', 'granted', limits)), granted, differing)).toBe(true);
  });

  test('where one policy of several does', () => {
    const other = standing('other', ['granted', 'granted']);
    expect(mayDemandLess(earlier(other, applying('unknown', 'interrupted')), granted, differing)).toBe(true);
  });

  test.each([
    ['a policy that asks for nothing', applying('unknown', 'granted', { demands: [] }), undefined],
    ['one that did not apply', applying(false, 'interrupted'), applying('unknown', 'interrupted')],
    ['one that surely applies after', applying('unknown', 'interrupted'), applying(true, 'interrupted')],
    ['one of which all is known', applying(true, 'interrupted'), applying(false, 'interrupted')],
  ])('not by %s', (_, was, becomes) => {
    expect(mayDemandLess(earlier(was), side('granted', ...(becomes === undefined ? [] : [becomes])), differing)).toBe(
      false,
    );
  });

  test('not by a policy that answers alike on both sides', () => {
    expect(mayDemandLess(earlier(applying('unknown', 'interrupted')), granted, new Set(['other']))).toBe(false);
  });

  test.each(['blocked', 'denied'] as const)('but not who is still %s', (outcome) => {
    expect(mayDemandLess(side(outcome, applying('unknown', 'interrupted')), side(outcome), differing)).toBe(false);
  });
});
