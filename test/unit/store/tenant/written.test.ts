import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseDependencies } from '../../../../src/core/dependencies/analyse.ts';
import { rangesOf } from '../../../../src/core/tenant/location-ranges.ts';
import type { IpNamedLocation, NamedLocation } from '../../../../src/core/tenant/named-location.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { validateTenant } from '../../../../src/core/tenant/validate.ts';
import { tenantHashesOf, tenantHashOf } from '../../../../src/store/audit/tenant-hash.ts';
import { forgetFile } from '../../../../src/store/tenant/forget-file.ts';
import type { TenantDocument } from '../../../../src/store/tenant/format.ts';
import { readTenantBytes, readTenantText } from '../../../../src/store/tenant/format.ts';
import { checkTenant } from '../../../../src/store/tenant/rules.ts';
import { tenantBytes } from '../../../../src/store/tenant/written.ts';
import { EMPTY_TENANT } from '../../../support/store-samples.ts';
import { tries } from '../../../support/tries.ts';

const FILE = {
  schemaVersion: 1,
  serial: 1,
  lineage: 'l',
  audit: { head: '0'.repeat(64), length: 0, bytes: 0 },
};

/** Texts, numbers and names that are written otherwise than they may be read, and some that are not. */
const odd = fc.oneof(
  fc.constantFrom('"', '\\', '\n', '\u2028', 'ü', '😀', '{', ',\n      ', 'a: b', ' '),
  fc.constantFrom(0, -0, 1e21, 1e-7, 0.1, 123, -5, true, null),
  fc.string(),
);
const extra = fc.dictionary(fc.constantFrom('z', 'a', 'B', 'ä', '__proto__', '1', 'constructor', '"'), odd);
const range = fc.oneof(
  { weight: 6, arbitrary: fc.ipV4().map((address) => ({ '@odata.type': '#4', cidrAddress: `${address}/24` })) },
  { weight: 3, arbitrary: fc.ipV6().map((address) => ({ '@odata.type': '#6', cidrAddress: `${address}/64` })) },
  fc.record({ '@odata.type': fc.constant('#ü'), cidrAddress: fc.constantFrom('10.0.0.0/8', '1.2.3.4', 'ü', '', '"') }),
  fc.record({ lowerAddress: fc.ipV4(), upperAddress: fc.ipV4() }),
  fc.record({ cidrAddress: fc.ipV4(), '@odata.type': fc.constant('#4') }),
  fc.record({ '@odata.type': fc.constant('#4'), cidrAddress: fc.ipV4(), more: odd }),
);
const location = fc.tuple(fc.array(range, { maxLength: 6 }), extra, fc.boolean()).map(([ipRanges, more, isLast]) => ({
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  ...(isLast ? {} : { ipRanges }),
  displayName: 'Location',
  ...more,
  ...(isLast ? { ipRanges } : {}),
}));
const withIds = <T extends object>(kind: string, items: readonly T[]) =>
  items.map((item, at) => ({ ...item, id: `${kind}-${at}` }));
const tenants = fc
  .record({
    namedLocations: fc.array(location, { maxLength: 4 }),
    users: fc.array(extra, { maxLength: 4 }),
    more: extra,
  })
  .map(({ namedLocations, users, more }) => ({
    ...more,
    ...EMPTY_TENANT,
    namedLocations: withIds('location', namedLocations),
    users: withIds('user', users),
  }));

/** The same JSON as people and tools lay it out. */
const LAYOUTS: readonly ((value: unknown) => string)[] = [
  (value) => `${JSON.stringify(value, null, 2)}\n`,
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, '\t'),
  (value) => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
  (value) => JSON.stringify(value, null, 2).replaceAll(/(?<!\\)": /g, '" : '),
  (value) => JSON.stringify(value, null, 2).replaceAll('"cidrAddress"', '  "cidrAddress"'),
  (value) => JSON.stringify(value, null, 2).replaceAll('"location', '"\\u006cocation'),
  (value) => JSON.stringify(value, null, 2).replaceAll('\n      }', '\n\n      }'),
];

/** How the file is laid out, and whether its bytes are let go before anything is written. */
const readings = fc.tuple(fc.constantFrom(...LAYOUTS), fc.boolean());

function readAs(tenant: unknown, layout: (value: unknown) => string): TenantDocument | undefined {
  const reading = readTenantText(layout({ ...FILE, tenant }), 'tenant.json');
  return 'document' in reading ? reading.document : undefined;
}

/** The rule in its plainest form: members in code unit order, nothing between. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}

const hashOf = (tenant: unknown) => createHash('sha256').update(canonical(tenant)).digest('hex');
const plainly = (tenant: unknown) => `${JSON.stringify({ ...FILE, tenant }, null, 2)}\n`;

/** What a write does to a list: leaves items, changes, drops, adds and moves them. */
const edits = fc.array(fc.constantFrom('keep', 'keep', 'keep', 'change', 'drop', 'add', 'swap'), { maxLength: 4 });

function edited<T>(items: readonly T[], changes: readonly string[], made: (at: number) => T): T[] {
  const list = [...items];
  for (const [at, change] of changes.entries()) {
    const item = list[at];
    if (change === 'add') list.splice(at, 0, made(at));
    else if (item === undefined) continue;
    else if (change === 'change') list[at] = { ...item, displayName: `Changed ${at}` };
    else if (change === 'drop') list.splice(at, 1);
    else if (change === 'swap') list.splice(at, 1, ...list.splice(0, 1, item));
  }
  return list;
}

describe('a tenant that was read', () => {
  test('is the one that stands in the file, however that is laid out, and so are its ranges, also where the file is let go', () => {
    fc.assert(
      fc.property(tenants, fc.constantFrom(...LAYOUTS), fc.boolean(), (tenant, layout, isForgotten) => {
        const given = JSON.parse(JSON.stringify(tenant)) as { namedLocations: IpNamedLocation[] };
        const read = readAs(tenant, layout)?.tenant;
        if (isForgotten && read !== undefined) forgetFile(read);
        const lists = (read?.namedLocations ?? []).map((each) => rangesOf(each as IpNamedLocation));
        for (const [at, list] of lists.entries()) {
          const expected = rangesOf(given.namedLocations[at] as IpNamedLocation);
          const shown = (ranges: typeof list) => [...ranges].map(({ at, text, canonical }) => [at, text, canonical]);
          expect([shown(list), list.unread]).toEqual([shown(expected), expected.unread]);
        }
        expect(JSON.stringify(read)).toBe(JSON.stringify(given));
        expect(read).toEqual(given);
      }),
      { numRuns: tries(300) },
    );
  });

  test('is written as JSON.stringify writes it, whatever was changed, and has the hash of its canonical JSON', () => {
    fc.assert(
      fc.property(tenants, readings, edits, edits, (tenant, [layout, isForgotten], ofLocations, ofUsers) => {
        const document = readAs(tenant, layout);
        if (document === undefined) throw new Error('the tenant was not read');
        const before = document.tenant;
        if (isForgotten) forgetFile(before);
        const after: Tenant = {
          ...before,
          namedLocations: edited<NamedLocation>(before.namedLocations, ofLocations, (at) => ({
            '@odata.type': '#x',
            id: `new-${at}`,
            displayName: 'New',
          })),
          users: edited(before.users ?? [], ofUsers, (at) => ({
            id: `new-${at}`,
            userPrincipalName: 'new@contoso.com',
          })),
        };
        expect(Buffer.concat(tenantBytes({ ...document, tenant: after }, before)).toString()).toBe(plainly(after));
        expect(Buffer.concat(tenantBytes(document)).toString()).toBe(plainly(before));
        expect(tenantHashesOf(before, after)).toEqual({ before: hashOf(before), after: hashOf(after) });
        expect(tenantHashOf(before)).toBe(hashOf(tenant));
      }),
      { numRuns: tries(500) },
    );
  });

  test('holds nothing of its file once that is let go, and its ranges all the same', async () => {
    const ipRanges = Array.from({ length: 300 }, (_, at) => ({ '@odata.type': '#x', cidrAddress: `10.0.${at}.0/24` }));
    const office = { '@odata.type': '#microsoft.graph.ipNamedLocation', id: 'office', displayName: 'Office', ipRanges };
    const users = Array.from({ length: 3000 }, (_, at) => ({
      id: `user-${at}`,
      userPrincipalName: `${at}@contoso.com`,
    }));
    const held = (isForgotten: boolean) => {
      const bytes = Buffer.from(plainly({ ...EMPTY_TENANT, namedLocations: [office], users }));
      const reading = readTenantBytes(bytes, 'tenant.json');
      if (!('document' in reading)) throw new Error('the tenant was not read');
      const { tenant } = reading.document;
      if (isForgotten) forgetFile(tenant);
      return { tenant, file: new WeakRef(bytes.buffer) };
    };
    const [kept, forgotten] = [held(false), held(true)];
    // A reference that was just made is kept until the next turn.
    await setImmediate();
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    expect([kept.file.deref() === undefined, forgotten.file.deref() === undefined]).toEqual([false, true]);
    for (const { tenant } of [kept, forgotten]) expect(tenant.namedLocations).toEqual([office]);
  });

  test('makes no object of a range that nobody looks at', () => {
    const ipRanges = ['203.0.113.0/24', '2001:db8::/32'].map((cidrAddress) => ({ '@odata.type': '#x', cidrAddress }));
    const office = { '@odata.type': '#microsoft.graph.ipNamedLocation', id: 'office', displayName: 'Office', ipRanges };
    const document = readAs({ ...EMPTY_TENANT, namedLocations: [office] }, (value) => JSON.stringify(value, null, 2));
    if (document === undefined) throw new Error('the tenant was not read');
    const { tenant } = document;
    const after = { ...tenant, displayName: 'Fabrikam' };
    analyseDependencies(tenant);
    validateTenant(tenant);
    checkTenant(after, 'tenant.json', tenant);
    tenantHashesOf(tenant, after);
    tenantBytes({ ...document, tenant: after }, tenant);
    expect(Object.getOwnPropertyDescriptor(tenant.namedLocations[0], 'ipRanges')).not.toHaveProperty('value');
    expect(tenant.namedLocations).toEqual([office]);
    expect(Object.getOwnPropertyDescriptor(tenant.namedLocations[0], 'ipRanges')).toHaveProperty('value');
  });

  test.each([
    ['a list of ranges that never ends', '[{"@odata.type":"#x","cidrAddress":"1.2.3.0/24"},'],
    ['a range that never ends', '[{"@odata.type":"#x","cidrAddress":"1.2.3.0/24"'],
    ['a comma behind the last range', '[{"@odata.type":"#x","cidrAddress":"1.2.3.0/24"},]}]}}'],
    ['a range that names its CIDR twice', '[{"@odata.type":"#x","cidrAddress":"1","cidrAddress":"2"}]}]}}'],
    ['an escape that is none inside of a range', '[{"@odata.type":"#x","cidrAddress":"\\x"}]}]}}'],
  ])('is none with %s', (_, ranges) => {
    const head = JSON.stringify({ ...FILE, tenant: { ...EMPTY_TENANT, namedLocations: [] } }).split(
      '"namedLocations":[',
    )[0];
    const reading = readTenantText(`${head}"namedLocations":[{"id":"a","ipRanges":${ranges}`, 'tenant.json');
    expect(reading).toMatchObject({ unreadable: { message: expect.stringContaining('is not JSON: line 1, column') } });
  });
});
