import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearNames } from '../../src/core/values/near-names.ts';
import { tries } from '../support/tries.ts';

/** Few letters, so that texts are near each other, hold each other and have much to swap. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }),
  fc.string({ unit: fc.constantFrom('a', 'b', 'C', 'ß', '@', '😀'), maxLength: 14 }),
);

test('names that are near are those that the whole distance finds', () => {
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 12 }), (wanted, names) => {
      expect(nearNames(wanted, names)).toEqual(nearByWholeDistance(wanted, names));
    }),
    { numRuns: tries(3000) },
  );
});

test('names of one company, mistyped in a few places, are those that the whole distance finds', () => {
  const mistyped = fc.tuple(text, text).map(([before, after]) => `${before}.sherman${after}@contoso.com`);
  fc.assert(
    fc.property(mistyped, fc.array(mistyped, { maxLength: 12 }), (wanted, names) => {
      expect(nearNames(wanted, names)).toEqual(nearByWholeDistance(wanted, names));
    }),
    { numRuns: tries(1000) },
  );
});

test('a text that is too long to compare is near where it is held whole', () => {
  const long = 'ab'.repeat(101);
  expect(nearNames(long, [long, `${long}c`, 'ab'.repeat(100)])).toEqual([long, `${long}c`]);
});

function nearByWholeDistance(wanted: string, names: readonly string[]): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: wholeDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => {
      const length = Math.max(wanted.toLowerCase().length, name.length);
      return distance <= Math.max(1, Math.floor(length / 3));
    })
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The distance by its definition, every cell of it. */
function wholeDistance(a: string, b: string): number {
  if (a.length > 2 && b.includes(a)) return 0;
  const cells = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  const cell = (i: number, j: number) => cells[i]?.[j] ?? Number.NaN;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = cells[i] ?? [];
      row[j] = Math.min(
        cell(i - 1, j) + 1,
        cell(i, j - 1) + 1,
        cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return cell(a.length, b.length);
}
