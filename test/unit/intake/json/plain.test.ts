import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonOffsets } from '../../../../src/intake/json/offsets.ts';
import { plainJson } from '../../../../src/intake/json/plain.ts';
import { pointerTo } from '../../../../src/intake/json/pointer.ts';
import { readJson } from '../../../../src/intake/json/read.ts';

const LIMITS = { depth: 64, textLength: 100 };

/** The same text behind a comment, which only the careful reader takes. */
const careful = (text: string) => readJson(`${text}/**/`);

function pointersIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, each]) => pointersIn(each, pointerTo(pointer, name)))];
}

describe('JSON in which there is nothing to tell', () => {
  test('means the same and has the same places as read with care', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const [one, other] = [readJson(text), careful(text)];
        if (!one.ok || !other.ok) throw new Error('is JSON');
        expect(one.document.value).toEqual(other.document.value);
        for (const pointer of [...pointersIn(one.document.value), '/not/there']) {
          expect(one.document.positionOf(pointer)).toEqual(other.document.positionOf(pointer));
        }
      }),
    );
  });

  test.each([
    ['a member twice', '{"a":1,"b":{"c":1,"c":1}}'],
    ['a member twice, once with an escape', '{"a":1,"\\u0061":1}'],
    ['a number that loses digits', '{"a":9007199254740993}'],
    ['a number too large', '[1e999]'],
    ['half a character', '["\\ud800"]'],
    ['half a character in a name', '{"\\ud800":1}'],
    ['a text too long', JSON.stringify('a'.repeat(101))],
    ['too deep', '['.repeat(65) + ']'.repeat(65)],
    ['a comment', '[1]//'],
    ['no JSON', '{'],
  ])('is no text with %s', (_, text) => {
    expect(plainJson(text, LIMITS)).toBeUndefined();
  });

  test.each(['{"__proto__":1}', '["\\"a\\":1"]', '{"a:":"b\\\\"}', ' [ ] ', '0', '{"a":{},"b":[{"a":1}]}'])(
    'is %s',
    (text) => {
      expect(plainJson(text, LIMITS)).toEqual({ value: JSON.parse(text) });
    },
  );

  test('is walked once for each object and list, however many places are asked for', () => {
    const text = JSON.stringify(Array.from({ length: 2000 }, (_, id) => ({ id })));
    const offsets = new JsonOffsets(text);
    for (let at = 0; at < 2000; at++) expect(text.startsWith(`{"id":${at}}`, offsets.of(`/${at}`))).toBe(true);
  });
});
