import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../src/core/check/check.ts';
import { analyseDependencies } from '../../src/core/dependencies/analyse.ts';
import { buildRangeIndex } from '../../src/core/network/range-index.ts';
import { readRangeList } from '../../src/core/network/range-list.ts';
import { overlapsOf } from '../../src/core/network/range-overlaps.ts';
import type { SlotChange } from '../../src/core/tenant/plans/change.ts';
import { applyChanges, conflictsOf } from '../../src/core/tenant/plans/edit.ts';
import { planImport } from '../../src/core/tenant/plans/import.ts';
import { emptyTenant } from '../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { validateTenant } from '../../src/core/tenant/validate.ts';
import { auditEntries } from '../../src/store/audit/entry.ts';
import { tenantHashesOf } from '../../src/store/audit/tenant-hash.ts';
import { checkTenant as checkBeforeWriting } from '../../src/store/tenant/rules.ts';
import { EMPTY_TENANT, signed } from '../support/store-samples.ts';

/** Twice the work for twice as much, and a little for what sorting adds. A square would be four times. */
const LINEAR = 2.4;
const SMALL = 1000;

/** Objects that count how often a member of theirs is read: each comparison, copy or parse of an item reads some. */
class Counter {
  reads = 0;

  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, member) => {
        this.reads++;
        return Reflect.get(object, member) as unknown;
      },
    });
  }
}

/** Reads for `size` things. */
function readsOf(work: (size: number, counter: Counter) => void, size: number): number {
  const counter = new Counter();
  work(size, counter);
  return counter.reads;
}

function expectLinear(work: (size: number, counter: Counter) => void): void {
  const small = readsOf(work, SMALL);
  expect(small).toBeGreaterThanOrEqual(SMALL);
  expect(readsOf(work, 2 * SMALL) / small).toBeLessThan(LINEAR);
}

const people = (size: number, counter: Counter) =>
  Array.from({ length: size }, (_, at) => counter.of({ id: `person-${at}`, displayName: `Person ${at}` }));

const additions = (size: number, counter: Counter): SlotChange[] =>
  people(size, counter).map((after, at) => counter.of({ list: 'users', id: `person-${at}`, before: null, after }));

/** Addresses that spread over the space and overlap here and there, of ten owners. */
const holders = (size: number, counter: Counter) =>
  Array.from({ length: 10 }, (_, value) => {
    const given = Array.from({ length: size / 10 }, (_, at) => counter.of({ cidr: spread(at * 10 + value) }));
    const cidrAt = (place: number) => given[place]?.cidr;
    return { ranges: readRangeList(given.length, cidrAt, unread, (place) => cidrAt(place) ?? ''), value };
  });

const unread = () => ({ problem: 'is no text' });

function spread(at: number): string {
  const word = Math.imul(at, 0x9e3779b1) >>> 0;
  const octets = [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join('.');
  return `${octets}/${20 + (at % 12)}`;
}

describe('twice as much takes twice the work', () => {
  test('of people that are imported: planning', () => {
    expectLinear((size, counter) => {
      const parts = { policies: [], namedLocations: [], groups: [], roleAssignments: [], roleDefinitions: [] };
      const all = { ...parts, servicePrincipals: [], users: people(size, counter) };
      planImport({ ...emptyTenant(), users: people(size, counter) }, all, 'replace', '2026-11-20T10:00:00Z');
    });
  });

  test('of changes that are applied to a list as long', () => {
    expectLinear((size, counter) => {
      applyChanges({ ...EMPTY_TENANT, users: people(size, counter) }, additions(size, counter));
    });
  });

  test('of changes that are looked through for conflicts', () => {
    expectLinear((size, counter) => {
      conflictsOf({ ...EMPTY_TENANT, users: people(size, counter) }, additions(size, counter));
    });
  });

  test('of changes that go into the audit journal, a target each', () => {
    expectLinear((size, counter) => {
      const changes = additions(size, counter);
      const targetResources = changes.map((_, at) => ({ id: `person-${at}`, displayName: '', type: 'User' }));
      const activity = {
        activityDisplayName: 'Import users',
        category: 'DirectoryManagement',
        loggedByService: 'Core Directory',
        operationType: 'Import' as const,
        targetResources,
      };
      const joint = {
        previousHash: '',
        previousTime: undefined,
        actorAddress: null,
        serialBefore: 1,
        serialAfter: 2,
        tenantHash: '',
      };
      auditEntries({ steps: [{ activity, changes }] }, signed().signature, joint);
    });
  });

  test('of people whose tenant is hashed before and after a write', () => {
    expectLinear((size, counter) => {
      const users = people(size, counter);
      tenantHashesOf({ ...EMPTY_TENANT, users }, { ...EMPTY_TENANT, users: [...users, ...people(1, counter)] });
    });
  });

  test('of people who are checked before they are written', () => {
    expectLinear((size, counter) => {
      checkBeforeWriting({ ...EMPTY_TENANT, users: people(size, counter) }, 'tenant.json');
    });
  });

  test('of ranges that are indexed', () => {
    expectLinear((size, counter) => {
      const { ipv4 } = buildRangeIndex(holders(size, counter));
      // Each range begins and ends one interval at most; the answers of as many are looked for, and as many hints made.
      counter.reads += ipv4.values.length + ipv4.hints.length;
    });
  });

  test('of ranges that are searched for overlaps', () => {
    expectLinear((size, counter) => {
      overlapsOf(holders(size, counter));
    });
  });
});

describe('a range of a tenant', () => {
  /** Reads of the texts of ranges, by everything that a command may ask of one tenant. */
  const readsOfRanges = (size: number): number => {
    const counter = new Counter();
    const ipRanges = Array.from({ length: size }, (_, at) =>
      counter.of({ cidrAddress: `11.${(at >> 8) & 255}.${at & 255}.0/24` }),
    );
    const location = (id: string, ranges: typeof ipRanges) => ({
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id,
      displayName: id,
      isTrusted: true,
      ipRanges: ranges,
    });
    const tenant: Tenant = {
      ...EMPTY_TENANT,
      namedLocations: [location('a', ipRanges.slice(0, size / 2)), location('b', ipRanges.slice(size / 2))],
    };
    validateTenant(tenant);
    checkTenant(tenant, { now: '2026-11-20T10:00:00Z' });
    analyseDependencies(tenant);
    checkTenant(tenant, { now: '2026-11-20T10:00:00Z' });
    return counter.reads;
  };

  test('is read once, however many questions are asked of it', () => {
    // Three members: the CIDR, and the two ends of a range that is written by them.
    expect(readsOfRanges(SMALL)).toBeLessThanOrEqual(3 * SMALL);
  });
});
