import { describe, expect, test } from 'vitest';
import { IdNumbers } from '../../../../src/core/values/id-numbers.ts';

const counted = (at: number) => `00000000-0000-0000-0000-${at.toString(16).padStart(12, '0')}`;

describe('numbers of ids', () => {
  test('are those of the first time, of GUIDs and of other ids alike', () => {
    const numbers = new IdNumbers();
    const ids = Array.from({ length: 2000 }, (_, at) => (at % 7 === 0 ? `group ${at}` : counted(at)));
    expect(ids.map((id) => numbers.of(id))).toEqual(ids.map((_, at) => at));
    expect(ids.map((id) => numbers.of(id))).toEqual(ids.map((_, at) => at));
    expect(ids.map((id) => numbers.find(id))).toEqual(ids.map((_, at) => at));
  });

  test('are found of nothing else', () => {
    const numbers = new IdNumbers();
    numbers.of(counted(1));
    numbers.of('group');
    for (const id of [counted(2), '', 'groups', `A${counted(1).slice(1)}`, counted(0)]) {
      expect(numbers.find(id)).toBeUndefined();
    }
  });
});
