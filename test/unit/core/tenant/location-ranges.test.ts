import { describe, expect, test } from 'vitest';
import { keepRangeTexts, markedTrusted, rangesOf, readIpRange } from '../../../../src/core/tenant/location-ranges.ts';
import type { IpNamedLocation } from '../../../../src/core/tenant/named-location.ts';

const location = (ipRanges: unknown): IpNamedLocation =>
  ({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: 'x',
    displayName: 'x',
    isTrusted: false,
    ipRanges,
  }) as IpNamedLocation;
const told = (given: IpNamedLocation) => {
  const ranges = rangesOf(given);
  return { ranges: [...ranges].map(({ canonical }) => canonical), unread: ranges.unread };
};

describe('a range of a location', () => {
  test.each([
    [{ cidrAddress: '203.0.113.0/24' }, { canonical: '203.0.113.0/24' }],
    [{ lowerAddress: '203.0.113.1', upperAddress: '203.0.113.9' }, { prefixLength: undefined }],
    [{ lowerAddress: '203.0.113.1' }, { problem: expect.stringContaining('neither') }],
    [{ upperAddress: '203.0.113.1' }, { problem: expect.stringContaining('neither') }],
    [{}, { problem: expect.stringContaining('neither') }],
  ])('%j', (given, expected) => {
    expect(readIpRange(given)).toMatchObject(expected);
  });
});

describe('the ranges of a location', () => {
  test('are those of its list, in its order, however each is written', () => {
    const mixed = [
      { cidrAddress: '203.0.113.0/24' },
      { lowerAddress: '192.0.2.1', upperAddress: '192.0.2.2' },
      { cidrAddress: '2001:db8::/32' },
    ];
    const { ranges, unread } = told(location(mixed));
    expect([ranges[0], ranges.length, ranges[2], unread]).toEqual(['203.0.113.0/24', 3, '2001:db8::/32', []]);
    expect([...rangesOf(location(mixed))].map(({ text }) => text)).toEqual([
      '203.0.113.0/24',
      '192.0.2.1-192.0.2.2',
      '2001:db8::/32',
    ]);
  });

  test('are read once, whoever asks', () => {
    const given = location([{ cidrAddress: '203.0.113.0/24' }]);
    expect(rangesOf(given)).toBe(rangesOf(given));
  });

  test.each([
    ['a number', [{ cidrAddress: 7 }], 'a range that is no text'],
    ['an end that is no text', [{ lowerAddress: '203.0.113.1', upperAddress: null }], 'a range that is no text'],
    ['no object', ['203.0.113.0/24'], 'neither'],
    ['nothing', [null], 'neither'],
    ['one end alone', [{ lowerAddress: '203.0.113.1' }], 'neither'],
  ])('hold no address where there is %s', (_, given, problem) => {
    const { ranges, unread } = told(location(given));
    expect(ranges).toEqual([]);
    expect(unread).toEqual([{ at: 0, problem: expect.stringContaining(problem) }]);
  });

  test.each([[undefined], ['203.0.113.0/24'], [null]])('are none where the list is %j', (given) => {
    expect(told(location(given))).toEqual({ ranges: [], unread: [] });
  });

  test('come from texts where a file holds them so', () => {
    const given = location([]);
    const cidrs = ['203.0.113.0/24', 'nonsense', '192.0.2.0/24'];
    keepRangeTexts(given, {
      length: cidrs.length,
      cidrAt: (place) => cidrs[place] ?? '',
      signsAt: (place, into) => into.take(cidrs[place] ?? ''),
    });
    const { ranges, unread } = told(given);
    expect(ranges).toEqual(['203.0.113.0/24', '192.0.2.0/24']);
    expect(unread).toMatchObject([{ at: 1 }]);
  });

  test('stay with a location that is marked, which is another one in nothing else', () => {
    const given = location([{ cidrAddress: '203.0.113.0/24' }]);
    const marked = markedTrusted(given, true);
    expect(marked).toEqual({ ...given, isTrusted: true });
    expect(given.isTrusted).toBe(false);
    expect(rangesOf(marked)).toBe(rangesOf(given));
    expect(JSON.stringify(marked)).toContain('"isTrusted":true');
    expect(markedTrusted(marked, false)).toEqual(given);
  });
});
