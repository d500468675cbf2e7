import { expect, test } from 'vitest';
import { missingLines } from '../../../src/output/reports/missing-facts.ts';

const roles = (counts: readonly number[]) =>
  counts.map((count, at) => ({ fact: `holders of role ${'ABCDEF'[at]}`, count }));

test('facts that one export settles are one line, where the first of them stands', () => {
  const lines = missingLines([
    { fact: 'countryOrRegion', count: 9 },
    ...roles([7, 7, 7, 7, 7, 7]),
    { fact: 'members of group Sales', count: 3 },
  ]);
  expect(lines.map(({ text, count }) => [text, count])).toEqual([
    ['countryOrRegion', '9'],
    ['holders of 6 roles: A, B, C, D and 2 more', '7'],
    ['members of group Sales', '3'],
  ]);
});

test('sign-ins that lack different ones are not added up: there are at least as many as the most of one', () => {
  expect(missingLines(roles([7, 5, 4]))).toEqual([
    { text: 'holders of 3 roles: A, B, C', fact: 'holders of role A', count: '≥ 7' },
  ]);
});

test('one or two are told by their names', () => {
  expect(missingLines(roles([7, 5])).map(({ text }) => text)).toEqual(['holders of role A', 'holders of role B']);
});
