import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SmallCopies } from '../../../../src/core/values/small-copies.ts';

test('each copy is what was given, and nobody else’s elements change with it', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 3000 });
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 30 }), (given) => {
      const copies = new SmallCopies<Uint8Array>((length) => new Uint8Array(length));
      const made = given.map((each) => copies.of(Uint8Array.from(each)));
      expect(made.map((each) => [...each])).toEqual(given);
      made[0]?.fill(7);
      expect(made.slice(1).map((each) => [...each])).toEqual(given.slice(1));
      expect(copies.of(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2));
    }),
  );
});

test('one that is longer than a room has one of its own', () => {
  const copies = new SmallCopies<Uint32Array>((length) => new Uint32Array(length));
  const long = Uint32Array.from({ length: 100_000 }, (_, at) => at * 3);
  const [before, copy, after] = [copies.of(Uint32Array.of(9)), copies.of(long), copies.of(Uint32Array.of(8))];
  expect([before, copy, after]).toEqual([Uint32Array.of(9), long, Uint32Array.of(8)]);
});
