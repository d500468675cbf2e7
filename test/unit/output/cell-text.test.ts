import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { foldable, widthOf, withoutBlanksBehind } from '../../../src/output/formats/cell-text.ts';
import { tries } from '../../support/tries.ts';

const BASIC = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));

describe('how wide a text stands on a terminal', () => {
  it('is what string-width says of every character between letters', () => {
    const texts = BASIC.map((character) => `a${character}1`);
    expect(texts.filter((text) => widthOf(text) !== stringWidth(text))).toEqual([]);
  });

  it('is more than any screen has for a book, however little of it is measured, and exact for a long text that shows little', () => {
    for (const book of ['日'.repeat(200_000), `👩‍👩‍👧${'é日'.repeat(50_000)}`])
      expect(widthOf(book)).toBeGreaterThan(10_000);
    expect(widthOf(`é${'\u0301'.repeat(30_000)}`)).toBe(1);
  });

  it('is what string-width says where what joins, turns to the left or is wide stands beside letters', () => {
    const joining = constantFrom(
      '\u200d',
      '\ufe0f',
      '\u20e3',
      '\u0301',
      '\u00ad',
      '\u200b',
      '\u061c',
      '👩',
      '日',
      '\u1b44',
    );
    const plain = constantFrom('a', '1', '#', '©', '®', 'é', '–', '’', '‼', '↔', '│', '\u202f', 'Ж', 'Ω');
    assert(
      property(array(oneof(joining, plain, string()), { maxLength: 8 }), (parts) => {
        expect(widthOf(parts.join(''))).toBe(stringWidth(parts.join('')));
      }),
      { numRuns: tries(2000) },
    );
  });
});

it('breaks a name that is too wide behind a mark, and elsewhere where there is none', () => {
  expect(foldable('CA038-Block-Groups-Apps-Loc', 26)).toBe('CA038-Block-Groups-Apps-\nLoc');
  expect(foldable('joni.sherman@contoso.com', 14)).toBe('joni.sherman@\ncontoso.com');
  expect(foldable('a-bbbbbbbbbbbb', 8)).toBe('a-bbbbbb\nbbbbbb');
});

it('takes the blanks behind a line and nothing else, however many there are between its words', () => {
  const parts = constantFrom(' ', '  ', '\t', '\u00a0', '\u202f', 'a', '…', '\u001b[31m', '');
  assert(
    property(array(oneof(parts, string()), { maxLength: 8 }), (all) => {
      const line = all.join('').replaceAll(/[\n\r\u2028\u2029]/g, '');
      expect(withoutBlanksBehind(line)).toBe(line.replace(/[ \t]+$/, ''));
    }),
    { numRuns: tries(2000) },
  );
  expect(withoutBlanksBehind(`a${' '.repeat(100_000)}b${' '.repeat(100_000)}`)).toBe(`a${' '.repeat(100_000)}b`);
});
