import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/store/tenant/json-bytes.ts';
import { readOwnJson } from '../../../src/store/tenant/own-json.ts';
import { tries } from '../../support/tries.ts';

const written = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

describe('a tenant file that stands as a write leaves it', () => {
  it('is read as it is read from its bytes, dangerous names, lone surrogates and all', () => {
    const value = fc.jsonValue({ depthSize: 'medium', stringUnit: 'binary' });
    const dangerous = JSON.parse('{"__proto__":{"constructor":1},"toString":null,"half":"\\ud800","2":1,"10":2}');
    fc.assert(
      fc.property(fc.oneof(value, fc.constant(dangerous)), (any) => {
        const bytes = written(any);
        const own = readOwnJson(bytes);
        if (own !== undefined) expect(own).toStrictEqual(readJson(bytes));
      }),
      { numRuns: tries(500) },
    );
  });

  it('is what most are', () => {
    expect(readOwnJson(written({ tenant: { policies: [{ id: 'a', conditions: {} }] } }))).toBeDefined();
  });

  it.each([
    ['has two members of one name', '{\n  "a": 1,\n  "a": 2\n}\n'],
    ['has a number that a write would lose', '{\n  "a": 9007199254740993\n}\n'],
    ['has a number in other digits', '{\n  "a": 1.0\n}\n'],
    ['has members of whole numbers out of order', '{\n  "2": 1,\n  "1": 1\n}\n'],
    ['is laid out otherwise', '{"a":1}\n'],
    ['ends otherwise', '{\n  "a": 1\n}'],
    ['is torn', '{\n  "a": 1'],
    ['is nested deeply', written(Array.from({ length: 65 }).reduce((inner) => [inner], 1)).toString()],
  ])('is left to the strict reader where it %s', (_, text) => {
    expect(readOwnJson(Buffer.from(text))).toBeUndefined();
  });
});
