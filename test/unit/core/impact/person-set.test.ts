import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PersonSet } from '../../../../src/core/impact/person-set.ts';

/** Few people, more than are few, and numbers on both sides of a word of bits. */
const numbers = fc.array(fc.oneof(fc.nat(40), fc.nat(2_000)), { maxLength: 60 });

function setOf(members: readonly number[]): PersonSet {
  const set = new PersonSet();
  for (const number of members) set.add(number);
  return set;
}

describe('a set of people', () => {
  test('has each once, whoever comes how often and in whatever order', () => {
    fc.assert(
      fc.property(numbers, (members) => {
        expect(setOf(members).size).toBe(new Set(members).size);
      }),
    );
  });

  test('takes all of another one, which stays as it is', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (some, others, more) => {
        const [set, other] = [setOf(some), setOf(others)];
        set.addAll(other);
        expect(set.size).toBe(new Set([...some, ...others]).size);
        for (const number of more) set.add(number);
        expect(set.size).toBe(new Set([...some, ...others, ...more]).size);
        expect(other.size).toBe(new Set(others).size);
      }),
    );
  });
});
