import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonElements } from '../../../../../src/intake/sign-ins/json/elements.ts';
import type { JsonPart } from '../../../../../src/intake/sign-ins/json/parts.ts';

interface Options {
  readonly lines?: boolean;
  readonly limits?: { readonly bytes: number; readonly depth: number };
  /** Bytes of each push. */
  readonly pieces?: number;
}

/** Parts of a text with their bytes as text: `pointer line text flaw`. */
function split(text: string, { pieces = 1 << 20, ...options }: Options = {}) {
  const elements = new JsonElements(options);
  const bytes = Buffer.from(text);
  const found: string[] = [];
  const take = (parts: readonly JsonPart[]) => {
    for (const part of parts) {
      const content = Buffer.from(part.bytes).toString();
      if (part.kind === 'envelope') found.push(`envelope ${content}`);
      else
        found.push([part.pointer || '-', part.line, content, part.flaw].filter((item) => item !== undefined).join(' '));
    }
  };
  for (let at = 0; at < bytes.length; at += pieces) take(elements.push(bytes.subarray(at, at + pieces)));
  take(elements.end());
  return found;
}

/** The values of the elements, each parsed. */
function valuesOf(text: string, options: Options = {}): unknown[] {
  const elements = new JsonElements(options);
  const bytes = Buffer.from(text);
  const { pieces = 1 << 20 } = options;
  const values: unknown[] = [];
  const take = (parts: readonly JsonPart[]) => {
    for (const part of parts) {
      if (part.kind === 'element') values.push(JSON.parse(Buffer.from(part.bytes).toString()));
    }
  };
  for (let at = 0; at < bytes.length; at += pieces) take(elements.push(bytes.subarray(at, at + pieces)));
  take(elements.end());
  return values;
}

/** An object that is a record and no wrapper: no member of it is one of the lists that are taken apart. */
const record = fc.dictionary(
  fc.string().filter((name) => !['value', 'records', 'tables', 'rows'].includes(name)),
  fc.jsonValue(),
);

describe('records are found', () => {
  test('in an array, with line and pointer', () => {
    expect(split('[\n{"a":[1]},\n{"b":"]"}\n]')).toEqual(['/0 2 {"a":[1]}', '/1 3 {"b":"]"}']);
  });

  test('in a list of Graph and in the page behind it', () => {
    expect(split('{"@odata.nextLink":"n","value":[{"a":1}]}\n{"value":[{"b":2}]}')).toEqual([
      '/value/0 1 {"a":1}',
      'envelope {"@odata.nextLink":"n","value":[]}',
      '/value/0 2 {"b":2}',
      'envelope {"value":[]}',
    ]);
  });

  test('in rows of a query result and in lists inside a list', () => {
    expect(split('{"tables":[{"columns":["a"],"rows":[[1],[2]]}]}')[1]).toBe('/tables/0/rows/1 1 [2]');
    expect(split('[{"records":[{"a":1}]},{"records":[]}]')).toEqual([
      '/0/records/0 1 {"a":1}',
      'envelope {"records":[]}',
      'envelope {"records":[]}',
    ]);
  });

  test('behind a broken line of NDJSON', () => {
    expect(split('{"a":1}\n{bad\n{"b":"\nno json\n{"c":3}', { lines: true })).toEqual([
      '- 1 {"a":1}',
      '- 2 {bad truncated',
      '- 3 {"b":" truncated',
      '- 4 no json',
      '- 5 {"c":3}',
    ]);
  });
});

describe('what is no record is named', () => {
  test.each([
    ['[{"a":1},{"b":', '/1 1 {"b": truncated'],
    ['{"a":"', '- 1 {"a":" truncated'],
    ['{"value":[{"a":1}', '/value/1 1  truncated'],
    ['{"a":[1}', '- 1 {"a":[1 unbalanced'],
    ['{"a":1}\n<html>', '- 2 <html> stray'],
  ])('%s', (text, last) => {
    expect(split(text).at(-1)).toBe(last);
  });

  test('an element beyond the limit is passed over in whatever pieces it comes', () => {
    const text = `[{"a":"${'x'.repeat(500)}"},{"b":1}]`;
    for (const pieces of [7, 64, 1 << 20]) {
      const found = split(text, { limits: { bytes: 100, depth: 8 }, pieces });
      expect(found.map((line) => line.split(' ').at(-1))).toEqual(['tooLarge', '{"b":1}']);
    }
  });

  test('an element that is nested too deep does not hide the next one', () => {
    const deep = `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    expect(split(`[${deep},{"b":1}]`).map((line) => line.split(' ').at(-1))).toEqual(['tooDeep', '{"b":1}']);
  });
});

describe('in whatever pieces the bytes come', () => {
  test('the elements of a list are those that JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 1, max: 40 }), fc.boolean(), (records, pieces, pretty) => {
        const text = JSON.stringify(records, null, pretty ? 2 : 0);
        expect(valuesOf(text, { pieces })).toEqual(JSON.parse(text));
        const wrapped = JSON.stringify({ '@odata.context': 'x', value: records, after: 1 }, null, pretty ? 2 : 0);
        expect(valuesOf(wrapped, { pieces })).toEqual(JSON.parse(text));
      }),
    );
  });

  test('documents one after the other are those that were written', () => {
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 1, max: 40 }), fc.boolean(), (records, pieces, lines) => {
        const text = records.map((each) => JSON.stringify(each)).join('\n');
        expect(valuesOf(text, { pieces, lines })).toEqual(records.map((each) => JSON.parse(JSON.stringify(each))));
      }),
    );
  });

  test('noise neither throws nor differs by its pieces', () => {
    const noise = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', 'a', '1') });
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 5 }), fc.boolean(), (text, pieces, lines) => {
        expect(split(text, { pieces, lines }).map(shape)).toEqual(split(text, { lines }).map(shape));
      }),
    );
  });
});

/** Stray text is quoted up to the end of the piece it was found in. */
function shape(line: string): string {
  return line.endsWith(' stray') ? line.split(' ').slice(0, 2).join(' ') : line;
}
