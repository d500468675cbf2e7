import { describe, expect, test } from 'vitest';
import { addressFromWords, parseAddress } from '../../../../src/core/network/address.ts';
import { firstAddress, parseRange, parseRangeBetween } from '../../../../src/core/network/range.ts';
import type { RangeIndex } from '../../../../src/core/network/range-index.ts';
import { boundaries, buildRangeIndex, lookup } from '../../../../src/core/network/range-index.ts';
import { rangeListOf } from '../../../../src/core/network/read-range-list.ts';
import { lastAddress } from '../../../support/network.ts';

function indexOf(...ranges: readonly (readonly [string, number])[]): RangeIndex {
  return buildRangeIndex(
    ranges.flatMap(([text, value]) => {
      const [lower = '', upper] = text.split('-');
      const reading = upper === undefined ? parseRange(text) : parseRangeBetween(lower, upper);
      return 'range' in reading ? [{ ranges: rangeListOf([reading.range]), value }] : [];
    }),
  );
}

function holders(index: RangeIndex, text: string): readonly number[] | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : lookup(index, address);
}

const texts = (index: RangeIndex) => boundaries(index).map(({ text }) => text);

describe('an index of ranges', () => {
  test('names every range that holds the address, smallest number first', () => {
    const index = indexOf(['203.0.113.0/24', 7], ['203.0.113.128/25', 2], ['2001:db8::/32', 5]);
    expect(holders(index, '203.0.113.127')).toEqual([7]);
    expect(holders(index, '203.0.113.128')).toEqual([2, 7]);
    expect(holders(index, '203.0.114.0')).toEqual([]);
    expect(holders(index, '2001:db8::1')).toEqual([5]);
    expect(holders(index, '2001:db9::')).toEqual([]);
  });

  test('an owner with overlapping ranges is named once, to the end of the last', () => {
    const index = indexOf(['203.0.113.0/24', 1], ['203.0.113.0/25', 1], ['203.0.113.64/26', 1], ['203.0.113.0/24', 1]);
    expect(['203.0.113.0', '203.0.113.70', '203.0.113.200'].map((text) => holders(index, text))).toEqual([
      [1],
      [1],
      [1],
    ]);
    expect(texts(index)).toEqual(['0.0.0.0', '203.0.113.0', '203.0.114.0', '::']);
  });

  test('an owner whose range ends inside of another leaves the other one', () => {
    const index = indexOf(['203.0.113.0/24', 7], ['203.0.113.0/25', 2]);
    expect(['203.0.113.127', '203.0.113.128'].map((text) => holders(index, text))).toEqual([[2, 7], [7]]);
  });

  test('IPv6 ranges that begin alike are told apart, in whatever order they are listed', () => {
    const index = indexOf(
      ['2a00:1450::/32', 9],
      ['2001:db8:2::/48', 2],
      ['2001:db8:1:8000::/49', 3],
      ['2001:db8:1::/48', 1],
      ['2001:db8:1::5/128', 4],
    );
    const answers = [
      ['2001:db8:0:ffff::', []],
      ['2001:db8:1::', [1]],
      ['2001:db8:1::4', [1]],
      ['2001:db8:1::5', [1, 4]],
      ['2001:db8:1::6', [1]],
      ['2001:db8:1:8000::', [1, 3]],
      ['2001:db8:1:ffff:ffff:ffff:ffff:ffff', [1, 3]],
      ['2001:db8:2::', [2]],
      ['2001:db8:3::', []],
      ['2a00:1450::', [9]],
    ] as const;
    expect(answers.map(([text]) => [text, holders(index, text)])).toEqual(answers);
  });

  test('a range up to the last address there is has no end', () => {
    const index = indexOf(['255.255.255.0/24', 1], ['255.255.255.128/25', 2], ['ffff::/16', 3], ['ffff:1::/32', 4]);
    expect(['255.255.254.255', '255.255.255.0', '255.255.255.255'].map((text) => holders(index, text))).toEqual([
      [],
      [1],
      [1, 2],
    ]);
    expect(['fffe::', 'ffff::', 'ffff:1::', 'ffff:2::'].map((text) => holders(index, text))).toEqual([
      [],
      [3],
      [3, 4],
      [3],
    ]);
  });

  test.each(['2001::/17', '2001:0:1::/48', '2001:0:0:0:1::/80', '2001::1:0/112', '2001::1/128'])(
    '%s holds its own addresses and none before, although its first word is a round number',
    (text) => {
      const reading = parseRange(text);
      if ('problem' in reading) throw new Error(reading.problem);
      const index = indexOf([text, 1]);
      expect(lookup(index, firstAddress(reading.range))).toEqual([1]);
      expect(lookup(index, lastAddress(reading.range))).toEqual([1]);
      if (text !== '2001::/17') expect(holders(index, '2001::')).toEqual([]);
      expect(holders(index, '2001:8000::')).toEqual([]);
    },
  );

  test('the same owners are the same array, so that callers can cache by it', () => {
    const index = indexOf(['203.0.113.0/24', 1], ['198.51.100.0/24', 1], ['2001:db8::/32', 1]);
    expect(holders(index, '203.0.113.5')).toBe(holders(index, '198.51.100.5'));
    expect(holders(index, '203.0.113.5')).toBe(holders(index, '2001:db8::5'));
    expect(holders(index, '192.0.2.1')).toBe(holders(index, '2001:db9::'));
  });

  test('an IPv4-mapped address is found among the IPv4 ranges', () => {
    expect(holders(indexOf(['203.0.113.0/24', 1], ['::/0', 2]), '::ffff:203.0.113.5')).toEqual([1]);
  });

  test('everything of a version is held by /0, to the last address', () => {
    const index = indexOf(['0.0.0.0/0', 1]);
    expect(['0.0.0.0', '255.255.255.255'].map((text) => holders(index, text))).toEqual([[1], [1]]);
    expect(holders(index, '::')).toEqual([]);
    expect(texts(index)).toEqual(['0.0.0.0', '::']);
  });

  test('without ranges there is one interval for each version', () => {
    expect(texts(indexOf())).toEqual(['0.0.0.0', '::']);
    expect(holders(indexOf(), '203.0.113.5')).toEqual([]);
  });
});

describe('boundaries', () => {
  test('are the first addresses of the intervals, gaps included', () => {
    expect(texts(indexOf(['203.0.113.0/24', 1], ['203.0.113.128/25', 2], ['2001:db8::/32', 1]))).toEqual([
      '0.0.0.0',
      '203.0.113.0',
      '203.0.113.128',
      '203.0.114.0',
      '::',
      '2001:db8::',
      '2001:db9::',
    ]);
  });

  test('pass over the IPv4-mapped block, which is no IPv6', () => {
    const index = indexOf(['::-::fffe:ffff:ffff', 1]);
    expect(texts(index)).toEqual(['0.0.0.0', '::', '::1:0:0:0']);
    expect(lookup(index, addressFromWords(6, [0, 0, 0x10000, 0]))).toEqual([]);
    const only = indexOf(['::-::fffe:ffff:ffff', 1], ['::1:0:0:0-ffff::', 2]);
    expect(texts(only)).toEqual(['0.0.0.0', '::', '::1:0:0:0', 'ffff::1']);
    const later = indexOf(['::1-::fffe:ffff:ffff', 1], ['::1:0:0:0-ffff::', 2]);
    expect(texts(later)).toEqual(['0.0.0.0', '::', '::1', '::1:0:0:0', 'ffff::1']);
    const behind = indexOf(['::-::fffe:ffff:ffff', 1], ['2001:db8::/32', 2]);
    expect(texts(behind)).toEqual(['0.0.0.0', '::', '::1:0:0:0', '2001:db8::', '2001:db9::']);
  });
});
