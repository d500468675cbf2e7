import { describe, expect, test } from 'vitest';
import { personNumber } from '../../../src/engines/clickhouse/person-number.ts';
import { GROUPS } from '../../../src/engines/fact-columns.ts';
import type { Members } from '../../../src/engines/fact-engine.ts';

const NEEDS = { deviceIds: false, people: new Map<string, string>() };

/** Tuples of people with these members, and the person whom each is of. */
function tuplesOf(rows: readonly (readonly [person: number, members: Readonly<Record<string, string>>])[]) {
  const tuples = rows.map(([, members], at) => ({
    name: String(at),
    values: GROUPS.person.map((column) => members[column] ?? null),
  }));
  const person = new Map(rows.map(([number], at) => [String(at), number]));
  const members: Members = { person, application: new Map(), country: new Map(), people: new Map(), several: 0 };
  return { tuples, members };
}

describe('people are told apart', () => {
  test('by the column that does it, in however many ways they come', () => {
    const { tuples, members } = tuplesOf([
      [1, { userId: 'a', isInteractive: 'true' }],
      [1, { userId: 'a', isInteractive: 'false' }],
      [2, { userId: 'b', isInteractive: 'true' }],
    ]);
    const number = personNumber(tuples, members, NEEDS);
    expect(number?.people).toBe(2);
    expect(number?.expression).toContain("cityHash64(ifNull(`userId`, ''))");
  });

  test('by more than one where a service principal has no user', () => {
    const { tuples, members } = tuplesOf([
      [1, { userId: 'a' }],
      [2, { servicePrincipalId: 's' }],
      [3, { servicePrincipalId: 't' }],
    ]);
    expect(personNumber(tuples, members, NEEDS)?.expression).toContain('`servicePrincipalId`');
  });

  test('by none where one person is spelled in two ways', () => {
    const { tuples, members } = tuplesOf([
      [1, { userId: 'a', userPrincipalName: 'x' }],
      [1, { userId: 'A', userPrincipalName: 'X' }],
    ]);
    expect(personNumber(tuples, members, NEEDS)).toBeUndefined();
  });

  test('by none where records name other people', () => {
    const { tuples, members } = tuplesOf([[1, { userId: 'a' }]]);
    const people = new Map([['0', { named: [7], ofPerson: 'never' as const }]]);
    expect(personNumber(tuples, { ...members, people }, NEEDS)).toBeUndefined();
  });
});
