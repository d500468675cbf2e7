import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryProblem, select } from '../../src/output/formats/query.ts';
import { workplace } from '../support/in-process.ts';

const INHERITED = [...Object.getOwnPropertyNames(Object.prototype)];

test.each(INHERITED)('--query selects nothing by %s, which no data has', async (name) => {
  const body = { value: [{ n: 1 }], a: { b: 'x' } };
  for (const query of [name, `a.${name}`, `value[0].${name}`, `a.b.${name}`]) expect(select(body, query)).toBeNull();
  expect(select(body, `value[].${name}`)).toEqual([]);
});

test('--query selects a member of such a name where the data has one', () => {
  const body = JSON.parse('{"constructor":"Ada","a":{"__proto__":"b","toString":1}}');
  expect(select(body, 'constructor')).toBe('Ada');
  expect(select(body, 'a.__proto__')).toBe('b');
  expect(select(body, 'a.toString')).toBe(1);
});

test('an answer of nothing is no internal error', async () => {
  const place = workplace();
  await place.gsa('init --empty --quiet');
  for (const query of ['constructor', '__proto__', '{a: displayName}.constructor'])
    for (const format of ['json', 'yaml', 'table'])
      expect([query, format, (await place.gsa(['tenant', 'show', '-o', format, '--query', query])).exitCode]).toEqual([
        query,
        format,
        0,
      ]);
});

test.each([
  '&a',
  '[&a]',
  '{a: &b}',
  'to_string(&a)',
  'not_null(&a)',
  'map(&a, value) | &b',
  'let $f = &a in map($f, value)',
])('--query refuses %s, where an expression stands that no function takes', (query) => {
  expect(queryProblem(query)).toContain('map, sort_by, min_by, max_by, group_by alone take an expression with &');
});

test.each([
  ['map(&id, value)', ['b', 'a']],
  ['sort_by(value, &id)[].id', ['a', 'b']],
  ['max_by(value, &id).id', 'b'],
  ['group_by(value, &id).a[].id', ['a']],
  ['map(&sort_by(@, &id)[0].id, [value])', ['a']],
])('--query asks each element in %s', (query, selected) => {
  expect(queryProblem(query)).toBeUndefined();
  expect(select({ value: [{ id: 'b' }, { id: 'a' }] }, query)).toEqual(selected);
});

test('--query says that a name which only JavaScript knows is no function', () => {
  expect(() => select({ value: [] }, 'constructor(@)')).toThrow(
    /^--query cannot be answered: it calls what is no function of JMESPath$/,
  );
});

describe('--query orders by what it is given, numbers as numbers and text as text', () => {
  test.each([
    ['numbers', fc.integer()],
    ['text', fc.string()],
  ])('%s', (_, key: fc.Arbitrary<number | string>) => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1 }), (given) => {
        const sorted = given.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        const body = { keys: given, list: given.map((k) => ({ k })) };
        expect(select(body, 'sort(keys)')).toEqual(sorted);
        expect(select(body, 'sort_by(list, &k)[].k')).toEqual(sorted);
        expect(select(body, 'max_by(list, &k).k')).toBe(sorted.at(-1));
        expect(select(body, 'min_by(list, &k).k')).toBe(sorted[0]);
      }),
    );
  });

  test.each(['max_by', 'min_by'])('%s says so where a key is neither, or one of each', (name) => {
    for (const list of [[{ k: null }], [{}], [{ k: 1 }, { k: 'a' }], [{ k: [1] }]])
      expect(() => select({ list }, `${name}(list, &k)`)).toThrow('a number of each element, or text of each');
  });

  test('an empty list has neither the greatest nor the least', () => {
    for (const name of ['max_by', 'min_by']) expect(select({ list: [], a: 1 }, `${name}(list, &k)`)).toBeNull();
  });
});

describe('a long --query that is refused is not told back whole', () => {
  const names = 'name.'.repeat(300);
  test.each<[string, string, string]>([
    [
      'a word that nothing expects',
      `${names}a ].${names}a`,
      'at character 1503: `].name.name.name.name.name.name.name.nam`',
    ],
    ['a name that follows a name', `${names}a || ${names}b c`, 'at character 3008: `c`'],
    ['a bracket that is not closed', `value[?${'a || '.repeat(400)}b`, 'at character 2009: its end'],
  ])('%s stands with its place', async (_, query, place) => {
    const { exitCode, stderr } = await workplace().gsa(['policy', 'list', '--query', query]);
    const [message = '', told = ''] = stderr.split('\n');
    expect([exitCode, told.trim()]).toEqual([2, place]);
    expect(message).toContain(' … ');
    expect(message.length).toBeLessThan(400);
  });

  test.each([
    ['too deep', '['.repeat(3_000)],
    ['too long', 'a'.repeat(5_000)],
    ['text that is not closed', `"${'a'.repeat(3_000)}`],
    ['JSON that is none', `\`{${'a'.repeat(3_000)}\``],
    ['a character that is none', `${names}a # ${names}b`],
    ['a long name that nothing expects', `a ${'b'.repeat(3_000)}`],
  ])('%s', async (_, query) => {
    for (const format of [[], ['-o', 'json'], ['--debug']]) {
      const { exitCode, stderr } = await workplace().gsa(['policy', 'list', '--query', query, ...format]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is not JMESPath')]);
      expect(stderr.split('    at ')[0]?.length).toBeLessThan(1_100);
    }
  });

  test('a function that is none', async () => {
    const place = workplace();
    await place.gsa('init');
    const { exitCode, stderr } = await place.gsa(['policy', 'list', '--query', `${'f'.repeat(3_000)}(a)`]);
    expect([exitCode, stderr.length < 600]).toEqual([2, true]);
  });

  test('a short one is told whole, and nothing besides', async () => {
    const { stderr } = await workplace().gsa(['policy', 'list', '--query', 'value[0']);
    expect(stderr).toMatch(/^gsa: `value\[0` is not JMESPath: .*\nhint: such as value\[\]\.displayName\n$/);
  });
});
