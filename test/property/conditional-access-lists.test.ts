import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/core/conditional-access/conditions/include-exclude.ts';
import { judgeLists, truthOfLists } from '../../src/core/conditional-access/conditions/include-exclude.ts';
import type { Truth } from '../../src/core/conditional-access/result.ts';
import { tries } from '../support/tries.ts';

const entries = fc.array(
  fc.record({
    value: fc.constantFrom('a', 'A', 'b', 'c'),
    truth: fc.constantFrom<Truth>(true, false, 'unknown'),
  }),
  { maxLength: 4 },
);

function listOf(list: readonly { readonly value: string; readonly truth: Truth }[]): Entry<undefined>[] {
  return list.map(({ value, truth }) => ({ value, label: value, rule: 'groupId', match: () => ({ truth }) }));
}

test('the truth about two lists is that of all that is to be said of them, whatever stands in both', () => {
  fc.assert(
    fc.property(entries, entries, (includes, excludes) => {
      const lists = [listOf(includes), listOf(excludes)] as const;
      expect(truthOfLists(...lists, undefined)).toBe(judgeLists('users', ...lists, undefined).truth);
    }),
    { numRuns: tries(5000) },
  );
});
