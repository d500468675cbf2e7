import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangesOverlap } from '../../../../src/core/network/range.ts';
import { overlapsOf } from '../../../../src/core/network/range-overlaps.ts';
import { readRangeTexts } from '../../../../src/core/network/read-range-list.ts';
import { tries } from '../../../support/tries.ts';

const text = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 26, max: 32 }))
    .map(([at, bits]) => `10.0.0.${at}/${bits}`),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 120, max: 128 }))
    .map(([at, bits]) => `2001:db8::${at}/${bits}`),
  fc.constantFrom(
    '0.0.0.0/0',
    '255.255.255.255/32',
    '::/0',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128',
    'no range at all',
  ),
);
const lists = fc.array(fc.array(text, { maxLength: 8 }), { maxLength: 6 });

test('every pair of holders that share an address is found once, with the first range of each', () => {
  fc.assert(
    fc.property(lists, (given) => {
      const all = given.map(readRangeTexts);
      const expected = [];
      for (const [holder, ranges] of all.entries()) {
        for (const [other, others] of all.entries()) {
          if (other <= holder) continue;
          const meets = (one: (typeof all)[number], two: (typeof all)[number]) =>
            [...one].findIndex((range) => two.find((each) => rangesOverlap(range, each)) !== undefined);
          const range = meets(ranges, others);
          if (range >= 0) expected.push({ holder, other, range, otherRange: meets(others, ranges) });
        }
      }
      const holders = all.map((ranges, value) => ({ ranges, value }));
      const found = overlapsOf(holders).sort((a, b) => a.holder - b.holder || a.other - b.other);
      expect(found).toEqual(expected);
    }),
    { numRuns: tries(500) },
  );
});
