import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson as readBytes } from '../../../../src/store/tenant/json-bytes.ts';
import { tries } from '../../../support/tries.ts';

const readJson = (text: string) => readBytes(Buffer.from(text));

const accepts = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('reading JSON', () => {
  test('takes what JSON.parse takes and gives the same value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, 2), (text, indent) => {
        const spelled = JSON.stringify(JSON.parse(text), null, indent);
        expect(readJson(spelled)).toEqual({ value: JSON.parse(spelled) });
      }),
    );
  });

  test('refuses what JSON.parse refuses, wherever a text is broken', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '0',
      '1',
      '-',
      '.',
      'e',
      ' ',
      '\n',
      '\u0001',
      'true',
      'null',
      '\u00a0',
      '\\u00e',
      '""',
    ];
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom(...pieces),
        (text, where, removed, piece) => {
          const at = where % (text.length + 1);
          const broken = text.slice(0, at) + piece + text.slice(at + removed);
          const reading = readJson(broken);
          // Twice the same member is the one thing that only we refuse at this depth.
          const refusedByUs = 'problem' in reading && reading.problem.message.includes('stands twice');
          if (!refusedByUs) expect([broken, 'value' in reading]).toEqual([broken, accepts(broken)]);
        },
      ),
      { numRuns: tries(3000) },
    );
  });

  test.each([
    ['', 1, 1, 'the text ends too early'],
    ['{"a": 1,\n "b" 2}', 2, 6, 'expected `:`, found `2`'],
    ['{"a":1,"a":2}', 1, 8, 'the member `a` stands twice in one object'],
    ['{"a":1,"\\u0061":2}', 1, 8, 'the member `a` stands twice in one object'],
    ['[1,]', 1, 4, 'expected a value, found `]`'],
    ['[01]', 1, 3, 'expected `,` or `]`, found `1`'],
    ['{} x', 1, 4, 'expected the end of the file, found `x`'],
    ['["\\x"]', 1, 3, 'not an escape that JSON knows'],
    ['["a\tb"]', 1, 4, 'a control character inside a string'],
    ["{'a':1}", 1, 2, "expected a member name in double quotes, found `'`"],
  ])('%j: line %i, column %i: %s', (text, line, column, message) => {
    expect(readJson(text)).toEqual({ problem: { line, column, message } });
  });

  test('refuses more than 64 levels, and takes 64', () => {
    const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}0${'}]'.repeat(levels / 2)}`;
    expect(readJson(nested(64))).toHaveProperty('value');
    expect(readJson(nested(66))).toEqual({
      problem: { line: 1, column: 193, message: 'nested deeper than 64 levels' },
    });
  });

  test('finds a repeated member among many', () => {
    const members = Array.from({ length: 100 }, (_, n) => `"m${n}":${n}`);
    expect(readJson(`{${members.join(',')}}`)).toHaveProperty('value');
    expect(readJson(`{${[...members, '"m3":1'].join(',')}}`)).toHaveProperty('problem');
  });

  test('keeps dangerous names as ordinary members', () => {
    const reading = readJson('{"__proto__":{"polluted":1},"constructor":2}');
    expect(Object.keys('value' in reading ? (reading.value as object) : {})).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
