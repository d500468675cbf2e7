import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressValue, ipv6PrefixTables, prefixTables } from '../../../../src/core/fact-keys/prefix-tables.ts';
import { addressFromWords } from '../../../../src/core/network/address.ts';
import { tries } from '../../../support/tries.ts';

/** Ranges from these first values on, with their classes, and the first address of the version before them. */
function ranges(version: 4 | 6, firsts: readonly bigint[], classes: readonly number[]) {
  const bits = version === 4 ? 1 : 4;
  const wordsOf = (value: bigint) =>
    Array.from({ length: bits }, (_, at) => Number((value >> BigInt(32 * (bits - 1 - at))) & 0xffff_ffffn));
  const sorted = [...new Set([0n, ...firsts])].sort((a, b) => (a < b ? -1 : 1));
  return sorted.map((value, at) => ({
    first: addressFromWords(version, wordsOf(value)),
    class: classes[at % classes.length] ?? 1,
  }));
}

interface Tables {
  readonly other: number;
  readonly lengths: readonly {
    readonly length: number;
    readonly prefixes: readonly { readonly first: number | bigint; readonly class: number }[];
  }[];
}

function classBy({ other, lengths }: Tables, value: bigint, bits: number): number {
  const found = lengths.flatMap(({ length, prefixes }) => {
    const size = 1n << BigInt(bits - length);
    return prefixes.filter(({ first }) => BigInt(first) === value - (value % size));
  });
  expect(found.length).toBeLessThan(2);
  return found[0]?.class ?? other;
}

test.each([
  [4, 32],
  [6, 128],
] as const)('prefixes tell the class of every address that ranges of IPv%i do', (version, bits) => {
  // Beyond the mapped block, which is none of IPv6.
  const values = fc.bigInt({ min: version === 4 ? 1n : 1n << 64n, max: (1n << BigInt(bits)) - 1n });
  const classes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(values, { maxLength: 6 }), classes, fc.array(values), (firsts, numbers, others) => {
      const table = ranges(version, firsts, numbers);
      const tables: Tables = version === 4 ? prefixTables(table) : ipv6PrefixTables(table);
      for (const value of [...others, ...firsts, ...firsts.map((first) => first - 1n)]) {
        if (value < (version === 4 ? 0n : 1n << 64n)) continue;
        const range = table.findLast(({ first }) => addressValue(first) <= value);
        expect(classBy(tables, value, bits)).toBe(range?.class);
      }
    }),
    { numRuns: tries(100) },
  );
});
