import { describe, expect, test } from 'vitest';
import type { Address } from '../../../../src/core/network/address.ts';
import { parseAddress } from '../../../../src/core/network/address.ts';
import {
  buildEgressIndex,
  isGlobalSecureAccessEgress,
  PUBLISHED_EGRESS_RANGES,
} from '../../../../src/core/network/gsa-ranges.ts';
import type { Range } from '../../../../src/core/network/range.ts';
import {
  firstAddress,
  parseRange,
  parseRangeBetween,
  rangeHolds,
  rangeIsWithin,
  rangesOverlap,
} from '../../../../src/core/network/range.ts';
import { isPublicAddress } from '../../../../src/core/network/special-use.ts';
import { lastAddress, specialUseOf } from '../../../support/network.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

/** In CIDR, or from `lower-upper` as the two members of Graph's ranges say it. */
function range(text: string): Range {
  const [lower = '', upper] = text.split('-');
  const reading = upper === undefined ? parseRange(text) : parseRangeBetween(lower, upper);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.range;
}

describe('a CIDR range', () => {
  test.each([
    ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', '203.0.113.0/24', false],
    ['12.34.221.11/22', '12.34.220.0', '12.34.223.255', '12.34.220.0/22', true],
    ['203.0.113.5/32', '203.0.113.5', '203.0.113.5', '203.0.113.5/32', false],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255', '0.0.0.0/0', false],
    ['128.0.0.0/1', '128.0.0.0', '255.255.255.255', '128.0.0.0/1', false],
    [
      '2001:0:9d38:90d6:0:0:0:0/63',
      '2001:0:9d38:90d6::',
      '2001:0:9d38:90d7:ffff:ffff:ffff:ffff',
      '2001:0:9d38:90d6::/63',
      false,
    ],
    ['2001:db8::1/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::/32', true],
    ['2001:db8::1/128', '2001:db8::1', '2001:db8::1', '2001:db8::1/128', false],
    ['::ffff:203.0.113.0/120', '203.0.113.0', '203.0.113.255', '203.0.113.0/24', false],
    ['::ffff:0:0/96', '0.0.0.0', '255.255.255.255', '0.0.0.0/0', false],
  ])('%s runs from %s to %s', (text, first, last, canonical, hostBits) => {
    const reading = parseRange(text);
    expect(reading).toMatchObject({ canonical, hostBits, range: { text } });
    expect([firstAddress(range(text)).text, lastAddress(range(text)).text]).toEqual([first, last]);
  });

  test('::/0 holds every IPv6 address and no IPv4 address, 0.0.0.0/0 the other way round', () => {
    expect(rangeHolds(range('::/0'), address('2001:db8::1'))).toBe(true);
    expect(rangeHolds(range('::/0'), address('203.0.113.5'))).toBe(false);
    expect(rangeHolds(range('::/0'), address('::ffff:203.0.113.5'))).toBe(false);
    expect(rangeHolds(range('0.0.0.0/0'), address('203.0.113.5'))).toBe(true);
    expect(rangeHolds(range('0.0.0.0/0'), address('2001:db8::1'))).toBe(false);
  });

  test('wider than the IPv4-mapped block is an IPv6 range', () => {
    expect(parseRange('::ffff:0:0/95')).toMatchObject({ range: { version: 6 }, hostBits: true, prefixLength: 95 });
    expect(parseRange('::ffff:1.2.3.4/0')).toMatchObject({ canonical: '::/0', range: { version: 6 } });
  });

  test.each([
    ['203.0.113.5', '`203.0.113.5` is an address without a prefix length; write 203.0.113.5/32'],
    ['2001:db8::1', '`2001:db8::1` is an address without a prefix length; write 2001:db8::1/128'],
    ['203.0.113.0/33', '`203.0.113.0/33` needs a prefix length from 0 to 32'],
    ['2001:db8::/129', '`2001:db8::/129` needs a prefix length from 0 to 128'],
    ['203.0.113.0/', '`203.0.113.0/` needs a prefix length from 0 to 32'],
    ['203.0.113.0/024', '`203.0.113.0/024` needs a prefix length from 0 to 32'],
    ['10/8', '`10` is not an IP address'],
    ['/24', '`` is not an IP address'],
    ['-203.0.113.5', '`` is not an IP address'],
    ['headquarters', '`headquarters` is not an IP range'],
    ['', '`` is not an IP range'],
  ])('%j is refused with a message', (text, problem) => {
    expect(parseRange(text)).toEqual({ problem });
  });
});

describe('a range from a lower to an upper address', () => {
  test('holds both ends and no more', () => {
    const reading = parseRangeBetween('203.0.113.10', '203.0.113.19');
    expect(reading).toMatchObject({ canonical: '203.0.113.10-203.0.113.19', hostBits: false });
    const held = ['203.0.113.9', '203.0.113.10', '203.0.113.19', '203.0.113.20'].map((text) =>
      rangeHolds(range('203.0.113.10-203.0.113.19'), address(text)),
    );
    expect(held).toEqual([false, true, true, false]);
  });

  test('may hold a single address', () => {
    const single = range('203.0.113.10-203.0.113.10');
    expect(['203.0.113.9', '203.0.113.10', '203.0.113.11'].map((text) => rangeHolds(single, address(text)))).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each([
    ['203.0.113.0-203.0.113.255', '203.0.113.0/24'],
    ['203.0.113.10 - 203.0.113.19', '203.0.113.10/31, 203.0.113.12/30, 203.0.113.16/30'],
    ['203.0.113.7-203.0.113.7', '203.0.113.7/32'],
    ['2001:db8::-2001:db8::ffff', '2001:db8::/112'],
    ['203.0.113.1-203.0.113.254', '203.0.113.1/32, 203.0.113.2/31, 203.0.113.4/30, 203.0.113.8/29, …'],
    ['0.0.0.0-255.255.255.255', '0.0.0.0/0'],
  ])('written with a dash, %s is no CIDR: the blocks to write are named', (text, blocks) => {
    expect(parseRange(text)).toEqual({ problem: `\`${text}\` is written with a dash; write it in CIDR: ${blocks}` });
  });

  test.each([
    ['203.0.113.9', '203.0.113.1', '`203.0.113.9-203.0.113.1` ends before it begins'],
    ['203.0.113.9', '2001:db8::1', '`203.0.113.9-2001:db8::1` mixes IPv4 and IPv6'],
    ['x', '203.0.113.1', '`x` is not an IP address'],
    ['203.0.113.1', 'y', '`y` is not an IP address'],
  ])('from %s to %s is refused', (lower, upper, problem) => {
    expect(parseRangeBetween(lower, upper)).toEqual({ problem });
  });
});

describe('two ranges', () => {
  test('overlap where they share an address', () => {
    expect(rangesOverlap(range('203.0.113.0/24'), range('203.0.113.128/25'))).toBe(true);
    expect(rangesOverlap(range('203.0.113.0/25'), range('203.0.113.128/25'))).toBe(false);
    expect(rangesOverlap(range('203.0.113.128/25'), range('203.0.113.0/25'))).toBe(false);
    expect(rangesOverlap(range('0.0.0.0/0'), range('::/0'))).toBe(false);
  });

  test('overlap where the last address of one is the first of the other', () => {
    const [low, high] = [range('203.0.113.0-203.0.113.9'), range('203.0.113.9-203.0.113.20')];
    expect([rangesOverlap(low, high), rangesOverlap(high, low)]).toEqual([true, true]);
  });

  test('lie one within the other where it holds all of it', () => {
    expect(rangeIsWithin(range('203.0.113.128/25'), range('203.0.113.0/24'))).toBe(true);
    expect(rangeIsWithin(range('203.0.113.0/25'), range('203.0.113.0/24'))).toBe(true);
    expect(rangeIsWithin(range('203.0.113.0/24'), range('203.0.113.128/25'))).toBe(false);
    expect(rangeIsWithin(range('203.0.113.0/24'), range('203.0.113.0/25'))).toBe(false);
    expect(rangeIsWithin(range('0.0.0.1/32'), range('::/0'))).toBe(false);
  });
});

describe('an address of Global Secure Access', () => {
  test.each([
    ['128.94.0.0', true],
    ['128.94.31.255', true],
    ['128.94.32.0', false],
    ['151.206.255.255', true],
    ['151.207.0.0', false],
    ['203.0.113.5', false],
    ['2001:db8::1', false],
  ])('%s is egress: %s', (text, is) => {
    expect(isGlobalSecureAccessEgress(address(text), buildEgressIndex())).toBe(is);
  });

  test("is told by the tenant's own ranges where it states them", () => {
    const own = buildEgressIndex(['192.0.2.0/24', 'nonsense']);
    expect(isGlobalSecureAccessEgress(address('192.0.2.9'), own)).toBe(true);
    expect(isGlobalSecureAccessEgress(address('151.206.0.1'), own)).toBe(false);
  });

  test('every published range can be read', () => {
    const unreadable = PUBLISHED_EGRESS_RANGES.filter((text) => 'problem' in parseRange(text));
    expect(unreadable).toEqual([]);
  });
});

describe('special use', () => {
  test.each([
    ['10.1.2.3', 'private', false],
    ['192.168.1.1', 'private', false],
    ['100.64.0.1', 'carrierGradeNat', false],
    ['127.0.0.1', 'loopback', false],
    ['169.254.1.1', 'linkLocal', false],
    ['224.0.0.1', 'multicast', false],
    ['0.0.0.0', 'unspecified', false],
    ['198.18.0.1', 'reserved', false],
    ['fc00::1', 'uniqueLocal', false],
    ['fe80::1', 'linkLocal', false],
    ['::1', 'loopback', false],
    ['203.0.113.5', 'documentation', true],
    ['2001:db8::1', 'documentation', true],
    ['151.206.0.1', undefined, true],
    ['2603:1006::1', undefined, true],
  ])('%s is %s, public: %s', (text, use, isPublic) => {
    expect(specialUseOf(address(text))).toBe(use);
    expect(isPublicAddress(address(text))).toBe(isPublic);
  });
});
