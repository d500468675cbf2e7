import { describe, expect, test } from 'vitest';
import { CountedLater } from '../../../../src/core/values/counted-later.ts';

interface Guest {
  readonly name: string;
}

function guestBook() {
  const counts: [name: string, times: number][] = [];
  const visits = new CountedLater<Guest, { times: number }>(
    () => ({ times: 0 }),
    ({ name }, { times }) => counts.push([name, times]),
  );
  const come = (guest: Guest) => visits.of(guest).times++;
  return { counts, visits, come };
}

describe('what is counted later', () => {
  const [anna, ben] = [{ name: 'anna' }, { name: 'ben' }];

  test('is counted once for each key, however often and in whatever order it came', () => {
    const { counts, visits, come } = guestBook();
    for (const guest of [anna, anna, ben, anna, ben]) come(guest);
    expect(counts).toEqual([]);
    visits.flush();
    expect(counts.sort()).toEqual([
      ['anna', 3],
      ['ben', 2],
    ]);
  });

  test('is not counted again, and what comes to the same key afterwards is', () => {
    const { counts, visits, come } = guestBook();
    come(anna);
    visits.flush();
    visits.flush();
    expect(counts).toEqual([['anna', 1]]);
    come(anna);
    visits.flush();
    expect(counts).toEqual([
      ['anna', 1],
      ['anna', 1],
    ]);
  });

  test('is counted by itself where there are too many keys to remember, and nothing of it is lost', () => {
    const { counts, visits, come } = guestBook();
    const many = Array.from({ length: 50_000 }, (_, at) => ({ name: `${at}` }));
    for (const guest of many) {
      come(guest);
      come(anna);
    }
    expect(counts.length).toBeGreaterThan(20_000);
    visits.flush();
    const told = new Map<string, number>();
    for (const [name, times] of counts) told.set(name, (told.get(name) ?? 0) + times);
    expect(told.get('anna')).toBe(50_000);
    expect(told.size).toBe(50_001);
  });
});
