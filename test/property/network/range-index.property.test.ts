import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import type { Address } from '../../../src/core/network/address.ts';
import { addressFromWords, compareWords, parseAddress } from '../../../src/core/network/address.ts';
import type { Range } from '../../../src/core/network/range.ts';
import { firstAddress, parseRange, rangeHolds } from '../../../src/core/network/range.ts';
import { answersIn, boundaries, buildRangeIndex, lookup } from '../../../src/core/network/range-index.ts';
import { rangeListOf } from '../../../src/core/network/read-range-list.ts';
import { lastAddress } from '../../support/network.ts';
import { tries } from '../../support/tries.ts';

/** The slow and obvious answer: every range asked by ipaddr.js itself. */
function oracle(ranges: readonly string[], { text }: Address): number[] {
  const address = ipaddr.parse(text);
  return ranges.flatMap((range, value) => {
    const [network, prefix] = ipaddr.parseCIDR(range);
    return network.kind() === address.kind() && address.match(network, prefix) ? [value] : [];
  });
}

// Few distinct networks, so that ranges nest, touch and coincide.
const octet = fc.constantFrom(0, 1, 127, 128, 203, 255);
const ipv4Cidr = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);
const group = fc.constantFrom('0', '1', '7fff', '8000', 'fffe', 'ffff', '2001', 'db8');
const ipv6Cidr = fc
  .tuple(fc.array(group, { minLength: 8, maxLength: 8 }), fc.integer({ min: 0, max: 128 }))
  .map(([groups, prefix]) => `${groups.join(':')}/${prefix}`)
  .filter((text) => !/^(0:){5}ffff/.test(text));
const cidrs = fc.array(fc.oneof(ipv4Cidr, ipv6Cidr), { maxLength: 40 });

function rangesOf(texts: readonly string[]): Range[] {
  return texts.map((text) => {
    const reading = parseRange(text);
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.range;
  });
}

const eachAlone = (ranges: readonly Range[]) => ranges.map((range, value) => ({ ranges: rangeListOf([range]), value }));

/** Around both ends of a range: the address before, the first, the last, the one behind. */
function edges({ version, first, last }: Range): Address[] {
  const behind = wordsAfter(last);
  const words = [wordsBefore(first), first, last, behind].flatMap((one) => (one === undefined ? [] : [one]));
  // An IPv6 edge inside of the IPv4-mapped block is an IPv4 address.
  return words.map((one) => addressFromWords(version, one));
}

function wordsAfter(words: readonly number[]): number[] | undefined {
  const after = [...words];
  for (let at = after.length - 1; at >= 0; at--) {
    if ((after[at] ?? 0) < 0xffffffff) {
      after[at] = (after[at] ?? 0) + 1;
      return after;
    }
    after[at] = 0;
  }
  return undefined;
}

function wordsBefore(words: readonly number[]): number[] | undefined {
  const before = [...words];
  for (let at = before.length - 1; at >= 0; at--) {
    if ((before[at] ?? 0) > 0) {
      before[at] = (before[at] ?? 0) - 1;
      return before;
    }
    before[at] = 0xffffffff;
  }
  return undefined;
}

describe('the index of ranges and a linear scan', () => {
  test('agree at every edge of every range', () => {
    fc.assert(
      fc.property(cidrs, (texts) => {
        const ranges = rangesOf(texts);
        const index = buildRangeIndex(eachAlone(ranges));
        for (const address of ranges.flatMap(edges)) expect(lookup(index, address)).toEqual(oracle(texts, address));
      }),
      { numRuns: tries(300) },
    );
  });

  test('agree on any address', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    const address = fc.oneof(
      word.map((one) => addressFromWords(4, [one])),
      fc.tuple(word, word, word, word).map((words) => addressFromWords(6, words)),
    );
    fc.assert(
      fc.property(cidrs, address, (texts, one) => {
        const index = buildRangeIndex(eachAlone(rangesOf(texts)));
        expect(lookup(index, one)).toEqual(oracle(texts, one));
      }),
    );
  });

  test('give equal answers as one array', () => {
    fc.assert(
      fc.property(cidrs, (texts) => {
        const index = buildRangeIndex(eachAlone(rangesOf(texts)));
        const answers = boundaries(index).map((address) => lookup(index, address));
        expect(new Set(answers).size).toBe(new Set(answers.map((answer) => answer.join())).size);
      }),
    );
  });
});

describe('boundaries', () => {
  test('are a finite partition: whatever holds an address holds the boundary at or before it, and nothing else does', () => {
    fc.assert(
      fc.property(cidrs, (texts) => {
        const ranges = rangesOf(texts);
        const index = buildRangeIndex(eachAlone(ranges));
        const all = boundaries(index);
        for (const address of ranges.flatMap(edges)) {
          const start = all.findLast(
            (one) => one.version === address.version && compareWords(one.words, address.words) <= 0,
          );
          expect(start && lookup(index, start)).toBe(lookup(index, address));
        }
      }),
    );
  });

  test('ascend within each version and read back as what they are', () => {
    fc.assert(
      fc.property(cidrs, (texts) => {
        const index = buildRangeIndex(eachAlone(rangesOf(texts)));
        const all = boundaries(index);
        for (const [at, one] of all.entries()) {
          expect(parseAddress(one.text)).toEqual(one);
          const next = all[at + 1];
          if (next?.version === one.version) expect(compareWords(one.words, next.words)).toBeLessThan(0);
        }
        expect(all.filter(({ version }) => version === 6).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the answers for the addresses of a range', () => {
  test('are those at its first address, and at every boundary inside of it', () => {
    const aCidr = fc.oneof(ipv4Cidr, ipv6Cidr);
    fc.assert(
      fc.property(cidrs, aCidr, (texts, one) => {
        const [range] = rangesOf([one]);
        if (range === undefined) throw new Error(`no range was read from ${one}`);
        const index = buildRangeIndex(eachAlone(rangesOf(texts)));
        const inside = [firstAddress(range), ...boundaries(index).filter((address) => rangeHolds(range, address))];
        expect(answersIn(index, range)).toEqual(new Set(inside.map((address) => lookup(index, address))));
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('a range', () => {
  test('holds its first and last address and matches what ipaddr.js says', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4Cidr, ipv6Cidr), (text) => {
        const [range] = rangesOf([text]);
        if (range === undefined) throw new Error(`no range was read from ${text}`);
        for (const one of edges(range)) expect(rangeHolds(range, one)).toBe(oracle([text], one).length > 0);
        expect([rangeHolds(range, firstAddress(range)), rangeHolds(range, lastAddress(range))]).toEqual([true, true]);
        expect([firstAddress(range).words, lastAddress(range).words]).toEqual([range.first, range.last]);
      }),
    );
  });

  test('reads the same from its canonical spelling', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4Cidr, ipv6Cidr), (text) => {
        const reading = parseRange(text);
        const again = 'range' in reading ? parseRange(reading.canonical) : reading;
        expect(again).toMatchObject({ hostBits: false });
        if ('range' in reading && 'range' in again) {
          expect([again.range.first, again.range.last]).toEqual([reading.range.first, reading.range.last]);
        }
      }),
    );
  });
});
