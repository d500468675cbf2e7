import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../src/core/check/check.ts';
import { analyseDependencies } from '../../src/core/dependencies/analyse.ts';
import { buildRangeIndex } from '../../src/core/network/range-index.ts';
import { overlapsOf } from '../../src/core/network/range-overlaps.ts';
import { readRangeList } from '../../src/core/network/read-range-list.ts';
import { codesIn } from '../../src/core/proof/answers/answer.ts';
import { Deciders } from '../../src/core/proof/answers/deciders.ts';
import { FLAGS } from '../../src/core/proof/levels/flags.ts';
import { proofUnder, proofWorld } from '../../src/core/proof/worlds/world.ts';
import type { SlotChange } from '../../src/core/tenant/plans/change.ts';
import { applyChanges, conflictsOf } from '../../src/core/tenant/plans/edit.ts';
import { planImport } from '../../src/core/tenant/plans/import.ts';
import { heldRoles } from '../../src/core/tenant/roles/held-roles.ts';
import { emptyTenant } from '../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { validateTenant } from '../../src/core/tenant/validate.ts';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import { auditEntries } from '../../src/store/audit/entry.ts';
import { tenantHashesOf } from '../../src/store/audit/tenant-hash.ts';
import { checkTenant as checkBeforeWriting } from '../../src/store/tenant/rules.ts';
import { picks, proved } from '../support/proof-cells.ts';
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

  test('of people whose roles are asked for, in as many groups', () => {
    expectLinear((size, counter) => {
      const users = people(size, counter);
      const groups = users.map(({ id }, at) => counter.of({ id: `group-${at}`, members: [id] }));
      const rolesOf = heldRoles({ ...EMPTY_TENANT, groups });
      for (const { id } of users) rolesOf(id);
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

describe('rows of a table on a terminal', () => {
  const columns = [{ header: 'User' }, { header: 'Policy' }];
  const rowsOf = (size: number, counter: Counter) =>
    Array.from({ length: size }, (_, at) => counter.of([`person-${at}`, `policy ${at % 7}`]));
  const written = (rows: readonly (readonly string[])[], more: readonly (readonly string[])[]) =>
    [...writeTerminal([{ block: 'table', columns, rows, more, empty: '' }], { width: 80, color: 0 })].join('');

  test('take twice the reads for twice as many', () => {
    expectLinear((size, counter) => written(rowsOf(size, counter), []));
  });

  test('are measured once, be they held or streamed', () => {
    const held = readsOf((size, counter) => written(rowsOf(size, counter), []), SMALL);
    const streamed = readsOf((size, counter) => written([], rowsOf(size, counter)), SMALL);
    expect(held).toBe(streamed);
  });

  test('that are streamed behind those that are held widen the columns where one page has both', () => {
    const wide = 'x'.repeat(30);
    const held = Array.from({ length: 250 }, () => ['a', 'b']);
    expect(written(held, [[wide, 'b']])).toContain(`\n${wide}  b\n`);
  });
});

describe('twice as many policies take twice the work', () => {
  /** Policies that name a hundred locations each, which a company of the largest size may do. */
  const withPolicies = (size: number, counter: Counter): Tenant => {
    const locations = Array.from({ length: 100 }, (_, at) => ({
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: `location ${at}`,
      displayName: `location ${at}`,
      isTrusted: at % 2 === 0,
      ipRanges: [{ cidrAddress: `${20 + at}.0.0.0/28` }],
    }));
    const names = locations.map(({ id }) => id);
    const policies = Array.from({ length: size }, (_, at) => ({
      id: `policy ${at}`,
      displayName: `policy ${at}`,
      state: 'enabled',
      conditions: counter.of({
        users: counter.of({ includeUsers: ['All'] }),
        applications: counter.of({ includeApplications: ['All'] }),
        clientAppTypes: ['all'],
        locations: counter.of({
          includeLocations: ['All'],
          excludeLocations: counter.of(at % 2 === 0 ? names : [names[at % 100] ?? '']),
        }),
      }),
      grantControls: counter.of({ operator: 'OR', builtInControls: ['block'] }),
    }));
    return { ...EMPTY_TENANT, policies, namedLocations: locations.map((each) => counter.of(each)) };
  };

  test('to find what hangs on the switch', () => {
    const counts = [50, 100].map((size) => {
      const counter = new Counter();
      expect(analyseDependencies(withPolicies(size, counter)).dependencies).toHaveLength(size);
      return counter.reads;
    });
    expect(counts[0]).toBeGreaterThan(50);
    expect((counts[1] ?? 0) / (counts[0] ?? 1)).toBeLessThan(LINEAR);
  });
});

describe('a proof', () => {
  const GROUPS = 24;
  const group = (at: number) => `group-${at}`;

  /** People who are each in a fourth of the groups that policies include and exclude, hardly two in the same ones. */
  const company = (people: number, controls: readonly string[] = ['mfa']): Tenant => ({
    ...EMPTY_TENANT,
    users: Array.from({ length: people }, (_, at) => ({ id: `person-${at}`, displayName: `Person ${at}` })),
    groups: Array.from({ length: GROUPS }, (_, at) => ({
      id: group(at),
      displayName: group(at),
      members: Array.from({ length: people }, (_, person) => person)
        .filter((person) => picks(person * GROUPS + at)(4) === 0)
        .map((person) => `person-${person}`),
    })),
    namedLocations: [
      {
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: 'office',
        displayName: 'Office',
        isTrusted: true,
        ipRanges: [{ cidrAddress: '198.51.100.0/24' }],
      },
    ],
    policies: Array.from({ length: 12 }, (_, at) => ({
      id: `policy-${at}`,
      displayName: `Policy ${at}`,
      state: 'enabled',
      conditions: {
        users: { includeGroups: [group(2 * at)], excludeGroups: [group(2 * at + 1)] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
        locations: { includeLocations: ['All'], excludeLocations: ['office'] },
      },
      grantControls: { operator: 'OR', builtInControls: at % 3 === 0 ? ['block'] : [...controls] },
    })),
  });
  const provedOf = (tenant: Tenant) => {
    const before = proofWorld(tenant, 'enabled');
    return proved({ before, after: proofUnder(before, 'disabled') });
  };

  test('of twice as many people takes twice the steps at most', () => {
    const [small, large] = [200, 400].map((people) => provedOf(company(people)).diagram.steps);
    expect(small).toBeGreaterThan(100);
    expect((large ?? 0) / (small ?? 1)).toBeLessThan(LINEAR);
  });

  test('of people who are in the same groups takes no more steps for more of them', () => {
    const [tenant, alike] = [company(200), company(200)];
    const users = [
      ...(alike.users ?? []),
      ...(alike.users ?? []).map(({ id }) => ({ id: `twin of ${id}`, displayName: id })),
    ];
    const groups = (alike.groups ?? []).map((each) => ({
      ...each,
      members: [...(each.members ?? []), ...(each.members ?? []).map((member) => `twin of ${member}`)],
    }));
    expect(provedOf({ ...alike, users, groups }).diagram.steps).toBe(provedOf(tenant).diagram.steps);
  });

  test('of places that policies tell apart takes no more steps for more of them, where they come out alike', () => {
    const withOffices = (size: number): Tenant => {
      const tenant = company(200);
      const namedLocations = Array.from({ length: size }, (_, at) => ({
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: `office-${at}`,
        displayName: `Office ${at}`,
        isTrusted: true,
        ipRanges: [{ cidrAddress: `${20 + at}.0.0.0/16` }],
      }));
      const policies = tenant.policies.map((policy, at) => {
        const excludeLocations = namedLocations.filter((_, office) => office % 12 === at).map(({ id }) => id);
        return {
          ...policy,
          conditions: { ...policy.conditions, locations: { includeLocations: ['All'], excludeLocations } },
        };
      });
      return { ...tenant, namedLocations, policies };
    };
    const [few, many] = [12, 48].map((size) => provedOf(withOffices(size)));
    expect(many?.where.classes.length).toBeGreaterThanOrEqual(few?.where.classes.length ?? Number.NaN);
    expect((many?.diagram.steps ?? 0) / (few?.diagram.steps ?? 1)).toBeLessThan(1.2);
  });

  test('is read for all policies at once: twice as many take no more looks at each place of it', () => {
    const looks = [12, 24].map((size) => {
      const tenant = company(100);
      const policies = Array.from({ length: size }, (_, at) => ({
        ...tenant.policies[at % 12],
        id: `policy-${at}`,
        displayName: `Policy ${at}`,
        grantControls: { operator: 'OR', builtInControls: ['block'] },
        conditions: {
          ...tenant.policies[at % 12]?.conditions,
          users: { includeGroups: [group(at)], excludeGroups: [group((at + 5) % GROUPS)] },
        },
      })) as Tenant['policies'];
      const proof = provedOf({ ...tenant, policies });
      let reads = 0;
      const nodes = new Proxy(proof.diagram.nodes, {
        get: (target, member) => {
          reads++;
          return Reflect.get(target, member) as unknown;
        },
      });
      const counted = { ...proof, diagram: { ...proof.diagram, nodes } };
      const rows = codesIn(proof).map((code) => new Deciders(counted, code, 'after').decided().size);
      expect(Math.max(...rows)).toBeGreaterThanOrEqual(size);
      return reads / proof.diagram.nodes.length;
    });
    expect((looks[1] ?? 0) / (looks[0] ?? 1)).toBeLessThan(1.5);
  });

  test('goes through devices only where a control asks for one', () => {
    const without = provedOf(company(200));
    const asking = provedOf(company(200, ['compliantDevice']));
    expect(without.search.telling & FLAGS.compliantDevice).toBe(0);
    expect(asking.search.telling & FLAGS.compliantDevice).not.toBe(0);
    expect(without.diagram.steps).toBeLessThan(asking.diagram.steps);
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
