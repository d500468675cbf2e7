import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { encodeText } from '../../../src/output/encode.ts';
import { tries } from '../../support/tries.ts';

const PARTS = constantFrom(
  '##',
  '#',
  '::',
  ':',
  '[',
  'vso[',
  'teamcity[',
  'error',
  ' ',
  '2001:db8',
  '1',
  '/64',
  '—',
  'a',
);

it('makes of a text with nothing hidden in it what it makes of it behind something hidden', () => {
  assert(
    property(array(oneof(PARTS, string()), { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect(`\\x07 ${encodeText(text)}`).toBe(encodeText(`\u0007 ${text}`));
    }),
    { numRuns: tries(5000) },
  );
});

it.each([
  ['##[error]no', '#\\x23[error]no'],
  ['::error::no', ':\\x3aerror::no'],
  ['at 2001:db8::1', 'at 2001:db8::1'],
  ['at ::1', 'at ::1'],
])('%s comes out as %s', (text, shown) => {
  expect(encodeText(text)).toBe(shown);
});
