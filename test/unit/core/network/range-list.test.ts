import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFromWords } from '../../../../src/core/network/address.ts';
import { rangesOverlap, readRanges } from '../../../../src/core/network/range.ts';
import { contentOfRanges, sketchOfRanges } from '../../../../src/core/network/range-content.ts';
import { ascendingLookup, buildRangeIndex, lookup } from '../../../../src/core/network/range-index.ts';
import { rangeListOf, readRangeTexts } from '../../../../src/core/network/read-range-list.ts';

const cidr = fc.oneof(
  fc.tuple(fc.constantFrom('0.0.0.0', '10.0.0.0', '10.1.0.0', '203.0.113.7', '255.255.255.255'), fc.nat(32)),
  fc.tuple(fc.constantFrom('::', '2001:db8::', '2001:db8:1::', '::ffff:10.0.0.0', 'ffff::'), fc.nat(128)),
);
const cidrs = fc.array(
  cidr.map(([address, length]) => `${address}/${length}`),
  { maxLength: 12 },
);

describe('a list of ranges', () => {
  test('takes no sign for another one, and reads nothing of a text that is longer than a range', () => {
    // The low byte of the first letter is that of `1`.
    const texts = ['\u0131.2.3.4/8', '\u0132001:db8::/32', `1.2.3.4/8${' '.repeat(80)}`, `${'0'.repeat(80)}1.2.3.4/8`];
    const list = readRangeTexts(['1.2.3.4/8', ...texts, '2001:DB8::/32']);
    expect([...list].map(({ at, canonical }) => [at, canonical])).toEqual([
      [0, '1.0.0.0/8'],
      [5, '2001:db8::/32'],
    ]);
    expect(list.unread.map(({ at }) => at)).toEqual([1, 2, 3, 4]);
  });

  test('finds those that overlap others and those that are wide as a look at each would', () => {
    fc.assert(
      fc.property(cidrs, cidrs, fc.nat(32), fc.nat(128), (texts, others, ipv4, ipv6) => {
        const list = readRangeTexts(texts);
        const places = (ranges: Iterable<{ readonly at: number }>) => [...ranges].map(({ at }) => at);
        const blocks = readRanges(others);
        const overlapping = list.filter((range) => blocks.some((block) => rangesOverlap(range, block)));
        expect(places(list.overlapping(rangeListOf(blocks)))).toEqual(places(overlapping));
        const wide = list.filter(({ version, prefixLength = 255 }) => prefixLength < (version === 4 ? ipv4 : ipv6));
        expect(places(list.widerThan({ 4: ipv4, 6: ipv6 }))).toEqual(places(wide));
      }),
    );
  });

  test('holds an address where one of its ranges does, as its index says', () => {
    const words = fc.tuple(...[1, 2, 3, 4].map(() => fc.constantFrom(0, 7, 0x20010db8, 0x0a010000, 0xffffffff)));
    fc.assert(
      fc.property(cidrs, fc.array(words), (texts, asked) => {
        const ranges = readRangeTexts(texts);
        const index = buildRangeIndex([{ ranges, value: 0 }]);
        for (const each of asked) {
          for (const version of [4, 6] as const) {
            const address = addressFromWords(version, each);
            expect(ranges.holds(address)).toBe(lookup(index, address).length > 0);
          }
        }
      }),
    );
  });

  test('has one sketch with every list that holds the same, in any order and however often', () => {
    fc.assert(
      fc.property(cidrs, fc.array(fc.nat(11)), (texts, again) => {
        const more = [...again.flatMap((at) => texts[at] ?? []), ...texts].reverse();
        const [one, other] = [readRangeTexts(texts), readRangeTexts(more)];
        expect(contentOfRanges(other)).toBe(contentOfRanges(one));
        expect(sketchOfRanges(other)).toBe(sketchOfRanges(one));
      }),
    );
    expect(sketchOfRanges(readRangeTexts(['10.0.0.0/8']))).not.toBe(sketchOfRanges(readRangeTexts(['10.0.0.0/9'])));
  });

  test('answers for ascending addresses what it answers for any', () => {
    fc.assert(
      fc.property(cidrs, fc.array(fc.nat(0xffffffff)), (texts, words) => {
        const index = buildRangeIndex([{ ranges: readRangeTexts(texts), value: 0 }]);
        const ascending = ascendingLookup(index);
        for (const word of words.sort((a, b) => a - b)) {
          expect(ascending(word)).toEqual(lookup(index, { version: 4, words: [word] }));
        }
      }),
    );
  });
});
