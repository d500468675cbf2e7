import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWindow } from '../../src/intake/json/byte-window.ts';
import { JsonOffsets } from '../../src/intake/json/offsets.ts';
import { offsetsIn } from '../../src/intake/json/one-reading.ts';
import { lineStartsOf } from '../../src/intake/text/position.ts';
import { tries } from '../support/tries.ts';

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

/** Bytes that are held at once: of a large tenant a part, here so few that texts and values go on behind them. */
const held = fc.integer({ min: 1, max: 12 });

function windowOn(text: string, size: number): ByteWindow {
  const bytes = Buffer.from(text);
  return new ByteWindow({ read: (into, offset) => bytes.copy(into, 0, offset) }, size);
}

test('lines and columns of a text that is held in parts are those of the whole text', () => {
  const texts = fc.array(fc.constantFrom('a', 'ü', '日', '𝔘', '\n', '\r', '\r\n', ' ')).map((each) => each.join(''));
  fc.assert(
    fc.property(texts, held, fc.nat(), (text, size, place) => {
      const bytes = windowOn(text, size);
      const before = (offset: number) => Buffer.byteLength(text.slice(0, offset));
      const characters = [...text];
      const part = characters.slice(0, place % (characters.length + 1)).join('');
      const end = Buffer.byteLength(part);
      const starts = [...lineStartsOf(text)].map(before).filter((start) => start <= end);
      expect(bytes.linesBetween(0, end)).toEqual({ count: starts.length, last: starts.at(-1) ?? 0 });
      expect(bytes.unitsBetween(0, end)).toBe(part.length);
    }),
    { numRuns: tries(2000) },
  );
});

test('places that are looked for in one reading are those that are found one by one', () => {
  fc.assert(
    fc.property(value, fc.array(pointer), fc.constantFrom(0, 2, '\t'), held, (given, pointers, indent, size) => {
      const text = ` ${JSON.stringify(given, null, indent)}\n`;
      const one = new JsonOffsets(text);
      const found = offsetsIn(windowOn(text, size), pointers);
      const before = (offset: number) => Buffer.byteLength(text.slice(0, offset));
      expect(pointers.map((each) => found.get(each))).toEqual(pointers.map((each) => before(one.of(each))));
    }),
    { numRuns: tries(2000) },
  );
});

test('a reading ends with the last place that is looked for, however much there is behind it', () => {
  const text = JSON.stringify({ policies: [{ id: 'a' }, { id: 'b' }], users: Array.from({ length: 1_000 }, String) });
  const bytes = Buffer.from(text);
  const reads: number[] = [];
  const window = new ByteWindow({ read: (into, offset) => bytes.copy(into, 0, reads[reads.push(offset) - 1]) }, 16);
  const found = offsetsIn(window, ['/policies/1/id', '/policies/0']);
  expect([...found.values()]).toEqual([text.indexOf('"b"'), text.indexOf('{"id"')]);
  expect(Math.max(...reads)).toBeLessThan(text.indexOf('"users"') + 16);
});
