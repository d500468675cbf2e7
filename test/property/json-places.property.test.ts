import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonOffsets } from '../../src/intake/json/offsets.ts';
import { offsetsIn } from '../../src/intake/json/one-reading.ts';

const name = fc.constantFrom('a', 'b', '0', '1', 'a/b', 'm~n', 'ü', '"', '');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, -2.5e-7, true, null, '', '}]', '\\"', '{"a":[1,'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}));
const escaped = name.map((each) => each.replaceAll('~', '~0').replaceAll('/', '~1'));
const pointer = fc.array(escaped, { maxLength: 4 }).map((names) => names.map((each) => `/${each}`).join(''));

test('places that are looked for in one reading are those that are found one by one', () => {
  fc.assert(
    fc.property(value, fc.array(pointer), fc.constantFrom(0, 2, '\t'), (given, pointers, indent) => {
      const text = ` ${JSON.stringify(given, null, indent)}\n`;
      const one = new JsonOffsets(text);
      const found = offsetsIn(text, pointers);
      expect(pointers.map((each) => found.get(each))).toEqual(pointers.map((each) => one.of(each)));
    }),
    { numRuns: 2000 },
  );
});
