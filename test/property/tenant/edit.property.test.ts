import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListName, SlotChange } from '../../../src/core/tenant/plans/change.ts';
import { applyChanges, applyPlan, conflictsOf, invert } from '../../../src/core/tenant/plans/edit.ts';
import { objectChanges } from '../../../src/core/tenant/plans/object-changes.ts';
import { planRestoreTenant } from '../../../src/core/tenant/plans/restore.ts';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { isSameJson } from '../../../src/core/values/same-json.ts';

const LISTS: readonly ListName[] = [
  'policies',
  'namedLocations',
  'deletedPolicies',
  'deletedNamedLocations',
  'users',
  'groups',
];
const item = fc.record({ displayName: fc.string(), [`__proto__`]: fc.string(), extra: fc.jsonValue({ maxDepth: 2 }) });
const wish = fc.record({
  list: fc.constantFrom(...LISTS),
  id: fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
  after: fc.option(item),
});

/** Changes that find what they expect: each before is what the changes so far have left. */
function changesFor(wishes: readonly { list: ListName; id: string; after: object | null }[]): SlotChange[] {
  const held = new Map<string, SlotChange>();
  return wishes.map(({ list, id, after }) => {
    const earlier = held.get(`${list} ${id}`);
    const before = earlier !== undefined && 'list' in earlier ? earlier.after : null;
    const change: SlotChange = { list, id, before, after: after === null ? null : { ...after, id } };
    held.set(`${list} ${id}`, change);
    return change;
  });
}

function inOrder(tenant: Tenant): unknown {
  const byText = (list: readonly object[] | undefined) => list?.map((one) => JSON.stringify(one)).sort();
  return {
    ...tenant,
    policies: byText(tenant.policies),
    namedLocations: byText(tenant.namedLocations),
    deletedItems: {
      policies: byText(tenant.deletedItems.policies),
      namedLocations: byText(tenant.deletedItems.namedLocations),
    },
    users: byText(tenant.users),
    groups: byText(tenant.groups),
  };
}

describe('changes to a tenant', () => {
  test('are taken back whole by their inverse, whatever they were', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const tenant = sampleTenant();
        const changes = changesFor(wishes);
        expect(conflictsOf(tenant, changes)).toEqual([]);
        const after = applyChanges(tenant, changes);
        expect(conflictsOf(after, invert(changes))).toEqual([]);
        expect(inOrder(applyChanges(after, invert(changes)))).toEqual(inOrder(tenant));
      }),
    );
  });

  test('survive the journal, which is JSON', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
        const changes = changesFor(wishes);
        const read: SlotChange[] = JSON.parse(JSON.stringify(changes));
        expect(conflictsOf(sampleTenant(), read)).toEqual([]);
        expect(JSON.stringify(applyChanges(sampleTenant(), read))).toBe(
          JSON.stringify(applyChanges(sampleTenant(), changes)),
        );
      }),
    );
  });
});

describe('a backup that is restored', () => {
  const states = fc.tuple(fc.array(wish, { maxLength: 12 }), fc.array(wish, { maxLength: 12 })).map((pair) => {
    const [now, backup] = pair.map((wishes) => applyChanges(sampleTenant(), changesFor(wishes)));
    if (now === undefined || backup === undefined) throw new Error('there are two');
    return { now, backup };
  });

  test('is there whole after the plan, and its inverse gives back what was there before', () => {
    fc.assert(
      fc.property(states, ({ now, backup }) => {
        const { plan, complete } = planRestoreTenant(now, backup, 1);
        expect(complete).toBe(true);
        const after = applyPlan(now, plan);
        expect(inOrder(after)).toEqual(inOrder(backup));
        const changes = plan.steps.flatMap((step) => step.changes);
        expect(conflictsOf(after, invert(changes))).toEqual([]);
        expect(inOrder(applyChanges(after, invert(changes)))).toEqual(inOrder(now));
      }),
    );
  });

  test('names each object that differs, and no other', () => {
    const byId = ({ policies }: Tenant) => new Map(policies.map((policy) => [policy.id, JSON.stringify(policy)]));
    fc.assert(
      fc.property(states, ({ now, backup }) => {
        const [old, fresh] = [byId(now), byId(backup)];
        const different = [...new Set([...old.keys(), ...fresh.keys()])].filter((id) => old.get(id) !== fresh.get(id));
        const { plan } = planRestoreTenant(now, backup, 1);
        const told = objectChanges(plan.steps.flatMap(({ changes }) => changes))
          .filter(({ type, change }) => type === 'Policy' && change !== 'restorable' && change !== 'notRestorable')
          .map(({ id }) => id);
        // Those whose deleted twin alone changed are told as well.
        expect(told).toEqual(expect.arrayContaining(different));
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  test.each([
    'users',
    'groups',
    'roleAssignments',
    'servicePrincipals',
    'mfaTrustedIps',
    'namedLocationsKnown',
  ] as const)('that does not know %s is a plan, and so is the way back', (list) => {
    const { [list]: _, ...unknown } = sampleTenant();
    for (const [from, to] of [[sampleTenant(), unknown] as const, [unknown, sampleTenant()] as const]) {
      const { plan, complete } = planRestoreTenant(from, to, 1);
      expect(complete).toBe(true);
      expect(planRestoreTenant(applyPlan(from, plan), to, 2).plan.steps).toEqual([]);
      const back = applyChanges(applyPlan(from, plan), invert(plan.steps.flatMap(({ changes }) => changes)));
      expect(planRestoreTenant(back, from, 2).plan.steps).toEqual([]);
    }
  });

  test('that differs where no slot is cannot be a plan', () => {
    const backup = { ...sampleTenant(), unheardOf: 1 };
    expect(planRestoreTenant(sampleTenant(), backup, 1).complete).toBe(false);
  });
});

describe('isSameJson', () => {
  test('says of any value that it is the same as its copy, in whatever order its members stand', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isSameJson(value, reversed(JSON.parse(JSON.stringify(value))))).toBe(true);
      }),
    );
  });

  test('tells values apart that JSON tells apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const sorted = (value: unknown): string =>
          JSON.stringify(value, (_, member) =>
            typeof member === 'object' && member !== null && !Array.isArray(member)
              ? Object.fromEntries(Object.entries(member).sort(([x], [y]) => (x < y ? -1 : 1)))
              : member,
          );
        expect(isSameJson(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))).toBe(sorted(a) === sorted(b));
      }),
    );
  });
});
