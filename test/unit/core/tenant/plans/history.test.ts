import { describe, expect, test } from 'vitest';
import type { SlotChange } from '../../../../../src/core/tenant/plans/change.ts';
import { applyPlan } from '../../../../../src/core/tenant/plans/edit.ts';
import type { JournalledStep } from '../../../../../src/core/tenant/plans/history.ts';
import {
  isUndoable,
  lastUndoable,
  operationsOf,
  planUndo,
  transactionsOf,
  undoConflict,
} from '../../../../../src/core/tenant/plans/history.ts';
import { tenantWith } from '../../dependencies/contoso.ts';

type Target = JournalledStep['targetResources'][number];
const undoing = (id: string): Target => ({ id, displayName: 'something', type: 'Transaction' });
const target = (displayName: string): Target => ({ id: displayName, displayName, type: 'Directory' });

const renamed = (before: string, after: string): SlotChange => ({ setting: 'displayName', before, after });
const planned = (before: unknown, after: unknown): SlotChange => ({ setting: 'entraIdPlan', before, after });

function step(transactionId: string, changes: readonly SlotChange[], more: { targets?: Target[]; name?: string } = {}) {
  const serial = Number(transactionId);
  return {
    activityDateTime: `2026-01-0${serial}T00:00:00Z`,
    activityDisplayName: more.name ?? `Change ${transactionId}`,
    initiatedBy: { user: { userPrincipalName: 'ada@contoso.com' } },
    targetResources: more.targets ?? [target('Contoso')],
    gsa: { transactionId, command: `command ${transactionId}`, serialBefore: serial - 1, serialAfter: serial, changes },
  } satisfies JournalledStep;
}

describe('the history of a tenant', () => {
  test('is one row a write, whatever steps it has', () => {
    const steps = [
      step('1', [renamed('A', 'B')], { name: 'Rename', targets: [target('A')] }),
      step('1', [planned(null, 'P1')], { name: 'Plan', targets: [target('B'), target('C')] }),
      step('1', [planned('P1', 'P2')], { name: 'Plan', targets: [] }),
      step('2', [renamed('B', 'C')]),
    ];
    expect(transactionsOf(steps)).toEqual([
      {
        ...{ transactionId: '1', dateTime: '2026-01-01T00:00:00Z', actor: 'ada@contoso.com', command: 'command 1' },
        ...{ serialBefore: 0, serialAfter: 1, activities: ['Rename', 'Plan'], targets: ['A', 'B', 'C'] },
        changes: [renamed('A', 'B'), planned(null, 'P1'), planned('P1', 'P2')],
        ...{ undoes: undefined, undone: false },
      },
      expect.objectContaining({ transactionId: '2', activities: ['Change 2'], undone: false }),
    ]);
  });

  test('tells what takes back what', () => {
    const rows = transactionsOf([
      step('1', [renamed('A', 'B')]),
      step('2', [renamed('B', 'C')]),
      step('3', [renamed('C', 'B')], { targets: [target('Contoso'), undoing('2')] }),
    ]);
    expect(rows.map(({ undoes, undone }) => [undoes, undone])).toEqual([
      [undefined, false],
      [undefined, true],
      ['2', false],
    ]);
    expect(rows.map(isUndoable)).toEqual([true, false, false]);
    expect(lastUndoable(rows)?.transactionId).toBe('1');
  });

  test('has nothing to take back where a write changed no slot, such as the first one', () => {
    expect(lastUndoable(transactionsOf([step('1', [])]))).toBeUndefined();
    expect(lastUndoable([])).toBeUndefined();
  });
});

describe('taking a write back', () => {
  const rows = (...steps: JournalledStep[]) => transactionsOf(steps);
  const conflict = (tenant: ReturnType<typeof tenantWith>, ...steps: JournalledStep[]) => {
    const all = rows(...steps);
    const [first] = all;
    if (first === undefined) throw new Error('there is a first');
    return undoConflict(tenant, first, all);
  };
  const now = (displayName: string, entraIdPlan: 'P1' | 'P2' = 'P1') => tenantWith({ displayName, entraIdPlan });
  const rename = step('1', [renamed('A', 'B')]);

  test('loses nothing where all is as it left it', () => {
    expect(conflict(now('B'), rename, step('2', [planned(null, 'P1')]))).toBeUndefined();
  });

  test('would lose the last write behind it that changed the same, and no other', () => {
    const found = conflict(
      now('D'),
      rename,
      step('2', [renamed('B', 'C')]),
      step('3', [renamed('C', 'D')]),
      step('4', [planned(null, 'P1')]),
    );
    expect(found?.later?.transactionId).toBe('3');
    expect(found?.names).toEqual(['Name of the tenant']);
  });

  test('would lose what somebody edited by hand, where no write did it', () => {
    const found = conflict(now('by hand'), rename, step('2', [planned(null, 'P1')]));
    expect(found).toEqual({ names: ['Name of the tenant'], later: undefined });
  });

  test('may lose what a whole tenant brought that was put in place', () => {
    expect(conflict(now('C'), rename, step('2', []))?.later?.transactionId).toBe('2');
  });

  test.each([
    ['policies', 'policiesKnown', true],
    ['namedLocations', 'namedLocationsKnown', true],
    ['groups', 'groupsKnown', true],
    ['users', 'groupsKnown', false],
    ['groups', 'policiesKnown', false],
  ] as const)('would take out of %s what a later write said of them by %s: %s', (list, mark, isLost) => {
    const item = { id: 'x', displayName: 'X' };
    const brought = step('1', [{ list, id: 'x', before: null, after: item }]);
    const said = step('2', [{ setting: mark, before: null, after: true }]);
    const of = (is: boolean) => tenantWith({ [list]: [item], [mark]: is });
    expect(conflict(of(true), brought, said)?.later?.transactionId).toBe(isLost ? '2' : undefined);
    expect(conflict(of(false), brought, said)).toBeUndefined();
    expect(conflict(of(true), brought)).toBeUndefined();
    const changed = step('1', [{ list, id: 'x', before: { id: 'x' }, after: item }]);
    expect(conflict(of(true), changed, said)).toBeUndefined();
  });

  test('is not in the way of a write that was taken back, nor of one that took back', () => {
    const undone = step('2', [renamed('B', 'C')]);
    const undo = step('3', [renamed('C', 'B')], { targets: [undoing('2')] });
    expect(conflict(now('by hand'), rename, undone, undo)?.later).toBeUndefined();
  });

  test('gives back what was there before, last change first, and names what it takes back', () => {
    const [row] = rows(
      step('1', [renamed('A', 'B')], { name: 'Rename' }),
      step('1', [renamed('B', 'C'), planned(null, 'P2')], { name: 'Plan' }),
    );
    if (row === undefined) throw new Error('there is one');
    const plan = planUndo(row);
    expect(plan.steps[0]?.activity).toMatchObject({
      ...{ activityDisplayName: 'Undo change', category: 'Policy', loggedByService: 'gsa', operationType: 'Restore' },
    });
    expect(plan.steps[0]?.activity.targetResources[0]).toEqual({
      ...{ id: '1', displayName: 'Rename, Plan', type: 'Transaction' },
    });
    const { entraIdPlan: _, ...before } = now('A');
    expect(applyPlan(now('C', 'P2'), plan)).toEqual(before);
  });
});

describe('the rights that changes need', () => {
  const of = (list: Extract<SlotChange, { list: string }>['list']): SlotChange => ({
    list,
    id: 'x',
    before: null,
    after: {},
  });
  const setting = (name: Extract<SlotChange, { setting: string }>['setting']): SlotChange => ({
    ...{ setting: name, before: null, after: true },
  });

  test.each([
    [of('policies'), 'policy.write'],
    [of('deletedPolicies'), 'policy.write'],
    [of('namedLocations'), 'namedLocation.write'],
    [of('deletedNamedLocations'), 'namedLocation.write'],
    [of('users'), 'tenant.write'],
    [of('roleAssignments'), 'tenant.write'],
    [setting('globalSecureAccess'), 'signaling.write'],
    [setting('policiesKnown'), 'policy.write'],
    [setting('namedLocationsKnown'), 'namedLocation.write'],
    [setting('settings'), 'tenant.write'],
    [setting('mfaTrustedIps'), 'tenant.write'],
    [setting('users'), 'tenant.write'],
  ])('%j: %s', (change, right) => {
    expect(operationsOf([change])).toEqual([right]);
  });

  test('are told once each, in order', () => {
    expect(operationsOf([of('users'), of('policies'), of('policies'), of('groups')])).toEqual([
      'policy.write',
      'tenant.write',
    ]);
  });
});
