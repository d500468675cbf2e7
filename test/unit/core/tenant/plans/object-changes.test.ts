import { describe, expect, test } from 'vitest';
import type { SlotChange } from '../../../../../src/core/tenant/plans/change.ts';
import { objectChanges } from '../../../../../src/core/tenant/plans/object-changes.ts';

const ON = { id: 'p', displayName: 'P', state: 'enabled' };
const OFF = { ...ON, state: 'disabled' };
const GONE = { ...ON, deletedDateTime: '2026-01-01T00:00:00Z' };

const live = (before: object | null, after: object | null) => slot('policies', before, after);
const deleted = (before: object | null, after: object | null) => slot('deletedPolicies', before, after);

function slot(list: 'policies' | 'deletedPolicies', before: object | null, after: object | null): SlotChange {
  return { list, id: 'p', before: before === null ? null : { ...before }, after: after === null ? null : { ...after } };
}

const fates = (changes: readonly SlotChange[]) =>
  objectChanges(changes).map(({ change, stateBefore, stateAfter }) => [change, stateBefore, stateAfter]);

describe('what becomes of an object, by its slots', () => {
  test.each<[string, SlotChange[], unknown[]]>([
    ['it is new', [live(null, ON)], ['added', null, 'enabled']],
    ['it changes', [live(ON, OFF)], ['changed', 'enabled', 'disabled']],
    ['it goes for good', [live(ON, null)], ['removed', 'enabled', null]],
    ['it goes to the deleted ones', [live(ON, null), deleted(null, GONE)], ['deleted', 'enabled', null]],
    ['it goes there again', [live(ON, null), deleted(GONE, { ...GONE, x: 1 })], ['deleted', 'enabled', null]],
    ['it comes back, whichever slot is first', [deleted(GONE, null), live(null, OFF)], ['restored', null, 'disabled']],
    ['it can no longer come back', [deleted(GONE, null)], ['notRestorable', null, null]],
    ['it can come back again', [deleted(null, GONE)], ['restorable', null, null]],
    ['two steps of one plan', [live(ON, OFF), live(OFF, null)], ['removed', 'enabled', null]],
  ])('%s', (_, changes, expected) => {
    expect(fates(changes)).toEqual([expected]);
  });

  test('what ends as it began is not told', () => {
    expect(objectChanges([live(ON, OFF), live(OFF, ON)])).toEqual([]);
  });

  test('times of change are no change, and members are told where they differ', () => {
    const before = { ...ON, modifiedDateTime: 'a', conditions: { users: { includeUsers: ['All'] } } };
    const after = { ...ON, modifiedDateTime: 'b', conditions: { users: { includeUsers: ['None'] } } };
    expect(objectChanges([live(before, after)])[0]?.members).toEqual([
      { name: 'includeUsers', before: ['All'], after: ['None'] },
    ]);
  });

  test('a member called __proto__ is compared like any other', () => {
    const after = JSON.parse('{"id":"p","displayName":"P","state":"enabled","__proto__":"x"}');
    expect(objectChanges([live(ON, after)])[0]?.members).toEqual([{ name: '__proto__', before: null, after: 'x' }]);
  });

  test('objects stand by name, settings last, and each has one', () => {
    const named = (id: string, displayName?: string): SlotChange => ({
      list: 'users',
      id,
      before: null,
      after: { id, displayName },
    });
    const setting: SlotChange = { setting: 'mfaTrustedIps', before: null, after: [] };
    const names = objectChanges([setting, named('2', 'B'), named('x'), named('1', 'A')]).map((one) => one.displayName);
    expect(names).toEqual(['A', 'B', 'x', 'MFA trusted IPs']);
  });
});
