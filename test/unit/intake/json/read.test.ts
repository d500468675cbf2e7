import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { membersOf, pointerTo } from '../../../../src/intake/json/pointer.ts';
import { readJson } from '../../../../src/intake/json/read.ts';
import { tries } from '../../../support/tries.ts';

function document(text: string) {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(`not read: ${reading.fault.message}`);
  return reading.document;
}

function fault(text: string) {
  const reading = readJson(text);
  if (reading.ok) throw new Error('read, although it should not be');
  const { code, message, position } = reading.fault;
  return `${code} ${position.line}:${position.column} ${message}`;
}

describe('reading JSON', () => {
  test('gives the value that JSON.parse gives, for every value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(document(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  test('fails exactly where JSON.parse fails, for text of JSON characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\0123.eE-+ tfn/u'), maxLength: 12 }), (text) => {
        fc.pre(!text.includes('/'));
        let parsed = true;
        try {
          JSON.parse(text);
        } catch {
          parsed = false;
        }
        expect(readJson(text).ok).toBe(parsed);
      }),
      { numRuns: tries(20_000) },
    );
  });

  test('passes over comments', () => {
    expect(document('// who\n{ /* what */ "a": 1 } // when').value).toEqual({ a: 1 });
  });

  test('keeps a member named __proto__ as a member', () => {
    const { value } = document('{"__proto__":{"state":"disabled"},"a":1}');
    expect(JSON.stringify(value)).toBe('{"__proto__":{"state":"disabled"},"a":1}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['', 'emptyFile 1:1 is empty'],
    [' \n ', 'emptyFile 1:1 is empty'],
    ['{"a":1', 'truncatedJson 1:7 is cut off: a comma or a closing brace is missing at the end'],
    ['{"a":\n"b', 'truncatedJson 2:3 is cut off: a complete text is missing at the end'],
    ['[1,]', 'invalidJson 1:4 is not valid JSON: expected a value, found `]`'],
    ['{"a":1,}', 'invalidJson 1:8 is not valid JSON: expected a member name in double quotes, found `}`'],
    ['{"a" 1}', 'invalidJson 1:6 is not valid JSON: expected a colon, found `1}`'],
    ["{'a':1}", "invalidJson 1:2 is not valid JSON: expected a member name in double quotes, found `'a':1}`"],
    ['{"a":NaN}', 'invalidJson 1:6 is not valid JSON: expected a value, found `NaN}`'],
    ['{"a":"\u0001"}', 'invalidJson 1:6 is not valid JSON: expected a complete text, found `" "}`'],
    ['{}{}', 'invalidJson 1:3 is not valid JSON: expected the end of the file, found `{}`'],
    ['{}\n<html>', 'invalidJson 2:1 is not valid JSON: expected the end of the file, found `<html>`'],
    ['{"a":\u001b[31m}', 'invalidJson 1:6 is not valid JSON: expected a value, found `[31m}`'],
    ['[01]', 'invalidJson 1:3 is not valid JSON: expected a comma or a closing bracket, found `1]`'],
    [`${'['.repeat(65)}`, 'tooDeep 1:65 is nested more than 64 levels deep'],
  ])('%j is no JSON, and the place is named', (text, message) => {
    expect(fault(text)).toBe(message);
  });

  test('a million nested lists neither crash nor take long', () => {
    expect(fault('['.repeat(1_000_000))).toContain('tooDeep');
  });

  test.each([
    ['{"a":1,\n"a":2}', 'error duplicateMember /a 2:1 the member `a` stands here a second time'],
    ['{"a":1,"\\u0061":2}', 'error duplicateMember /a 1:8 the member `a` stands here a second time'],
    [
      '{"n":9007199254740993}',
      'warning numberPrecision /n 1:6 the number 9007199254740993 has more digits than are counted with; it is kept as it is written',
    ],
    ['{"n":1e400}', 'error numberRange /n 1:6 the number 1e400 is too large to be kept'],
    ['["\\uD83D\\uDE00","\\uDE00"]', 'warning loneSurrogate /1 1:17 a text holds half a character (a lone surrogate)'],
    ['["\\ud800"]', 'warning loneSurrogate /0 1:2 a text holds half a character (a lone surrogate)'],
    [`["${'x'.repeat(1_048_577)}"]`, 'error textTooLong /0 1:2 a text of 1048577 characters is longer than 1048576'],
  ])('%.40s is read with a finding', (text, expected) => {
    const found = document(text).findings.map(({ severity, code, message, pointer, position }) =>
      [severity, code, pointer, `${position.line}:${position.column}`, message].join(' '),
    );
    expect(found).toEqual([expected]);
  });

  test('tells where a value stands, or its nearest parent', () => {
    const { positionOf } = document('{\n  "a": [1,\n   {"b/c": null}]\n}');
    expect(['', '/a', '/a/1/b~1c', '/a/1/missing', '/a/7/x'].map(positionOf)).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 8 },
      { line: 3, column: 12 },
      { line: 3, column: 4 },
      { line: 2, column: 8 },
    ]);
  });
});

test('a JSON Pointer names the members it was built from', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (members) => {
      expect(membersOf(members.reduce(pointerTo, ''))).toEqual(members);
    }),
  );
});
