import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesOverlap, readRanges } from '../../../../src/core/network/range.ts';
import { overlapsOf } from '../../../../src/core/network/range-overlaps.ts';

const text = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 26, max: 32 }))
    .map(([at, bits]) => `10.0.0.${at}/${bits}`),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 120, max: 128 }))
    .map(([at, bits]) => `2001:db8::${at}/${bits}`),
  fc.constantFrom('0.0.0.0/0', '255.255.255.255/32', '::/0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'),
);
const entries = fc.array(fc.record({ text, value: fc.integer({ min: 0, max: 5 }) }), { maxLength: 30 });

test('every pair of owners that share an address is found once, with the first range of each', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const all = given.flatMap(({ text: each, value }) => readRanges([each]).map((range) => ({ range, value })));
      const expected = [];
      for (let owner = 0; owner <= 5; owner++) {
        for (let other = owner + 1; other <= 5; other++) {
          const firstOf = (one: number, two: number) =>
            all.findIndex(
              ({ range, value }) =>
                value === one && all.some((each) => each.value === two && rangesOverlap(range, each.range)),
            );
          const ownerEntry = firstOf(owner, other);
          if (ownerEntry >= 0) expected.push({ owner, other, ownerEntry, otherEntry: firstOf(other, owner) });
        }
      }
      const found = overlapsOf(all).sort((a, b) => a.owner - b.owner || a.other - b.other);
      expect(found).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
