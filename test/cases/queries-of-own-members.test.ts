import { expect, test } from 'vitest';
import { select } from '../../src/output/formats/query.ts';
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
