import { appendFileSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject, Plan, SlotChange } from '../../../../src/core/tenant/plans/change.ts';
import type { TenantFile } from '../../../../src/store/tenant/file.ts';
import { EMPTY_TENANT, inFolder, rename, signed, tenantFileIn } from '../../../support/store-samples.ts';

const journalOf = (folder: string) => join(folder, 'tenant.json.audit.ndjson');

describe('a journal that was tampered with', () => {
  type Entry = Record<string, unknown> | null;
  /** Each takes the six entries of a journal and gives what is left of it. */
  const tampers: Record<string, (entries: Entry[]) => Entry[]> = {
    'a member in the middle edited': (entries) => entries.with(3, { ...entries[3], id: 'other' }),
    'the middle deleted': (entries) => entries.toSpliced(3, 1),
    'the first deleted': (entries) => entries.slice(1),
    'the last deleted': (entries) => entries.slice(0, -1),
    'two neighbours swapped': ([a = null, b = null, c = null, ...rest]) => [a, c, b, ...rest],
    'one doubled': (entries) => entries.toSpliced(2, 0, entries[2] ?? null),
    'a forged one inserted': (entries) => entries.toSpliced(2, 0, { ...entries[1], id: 'forged' }),
    'all deleted': () => [],
    'the case of a hash changed': (entries) =>
      entries.with(1, { ...entries[1], hash: String(entries[1]?.['hash']).toUpperCase() }),
    'one replaced by null': (entries) => entries.with(2, null),
    'an unknown member added': (entries) => entries.with(2, { ...entries[2], extra: 1 }),
    'the last replaced by one of the same length': (entries) => entries.with(5, { ...entries[5], id: 't9_1' }),
  };

  test.each(Object.entries(tampers))('%s: is found, and so it stays after the next write', (_, tamper) =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 6);
      const entries = readFileSync(journalOf(folder), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Entry);
      expect(store.journal().verify()).toEqual([]);
      writeFileSync(
        journalOf(folder),
        tamper(entries)
          .map((entry) => `${JSON.stringify(entry)}\n`)
          .join(''),
      );
      expect(store.journal().verify()).not.toEqual([]);
      expect((await rename(store, 'After', 't7')).serial).toBe(7);
      expect(store.journal().verify()).not.toEqual([]);
    }),
  );

  test('names the first bad entry', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 4);
      writeFileSync(journalOf(folder), readFileSync(journalOf(folder), 'utf8').replace('"t3_1"', '"t3_2"'));
      expect(store.journal().verify()).toEqual(['entry 3 (`t3_2`) was changed: its content does not match its hash']);
    }));

  test('is not told from a whole one by other spaces alone', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      writeFileSync(journalOf(folder), readFileSync(journalOf(folder), 'utf8').replace('"result":', '"result": '));
      expect(store.journal().verify()).toContain('entry 1 is not an audit entry');
    }));

  test('is not read as if it were whole', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      const text = readFileSync(journalOf(folder), 'utf8');
      writeFileSync(journalOf(folder), text.replace('{', ''));
      expect(() => store.journal().entries()).toThrow(
        expect.objectContaining({ kind: 'invalid', message: expect.stringContaining('line 1') }),
      );
      rmSync(journalOf(folder));
      expect(() => store.journal().entries()).toThrow('holds 0 of 3 entries');
    }));
});

describe('a write that did not come to its end', () => {
  test.each(['{"id":"t9_1","torn', '{"id":"whole"}\n{"id":"t9', '\n\n'])(
    'leaves lines that nobody reads and the next write cuts: %j',
    (tail) =>
      inFolder(async (folder) => {
        const store = await tenantFileIn(folder, 3);
        const whole = readFileSync(journalOf(folder), 'utf8');
        appendFileSync(journalOf(folder), tail);
        expect(store.journal().verify()).toEqual([]);
        expect(store.journal().entries()).toHaveLength(3);
        await rename(store, 'After', 't4');
        expect(readFileSync(journalOf(folder), 'utf8').startsWith(`${whole}{"id":"t4_1"`)).toBe(true);
        expect(store.journal().verify()).toEqual([]);
      }),
  );

  test('as the very first one: the next one begins behind it', () =>
    inFolder(async (folder) => {
      writeFileSync(journalOf(folder), '{"id":"t0_1","to');
      const store = await tenantFileIn(folder);
      expect(store.journal().entries()).toHaveLength(1);
      expect(store.journal().verify()).toEqual([]);
    }));

  test('a tenant file that was lost: its journal goes on in one chain, with the new tenant alone to be read', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      rmSync(store.path);
      await store.create(EMPTY_TENANT, { ...signed('t4'), force: false });
      expect(
        store
          .journal()
          .entries()
          .map(({ id }) => id),
      ).toEqual(['t4_1']);
      expect(readFileSync(journalOf(folder), 'utf8').trim().split('\n')).toHaveLength(4);
      expect(store.journal().verify()).toEqual([]);
    }));
});

test('a journal behind a link is not written', () =>
  inFolder(async (folder) => {
    const store = await tenantFileIn(folder);
    rmSync(journalOf(folder));
    symlinkSync(join(folder, 'victim'), journalOf(folder));
    await expect(rename(store, 'x')).rejects.toMatchObject({ kind: 'invalid' });
    expect(existsSync(join(folder, 'victim'))).toBe(false);
    expect(store.read().serial).toBe(1);
  }));

describe('what an entry says of a change', () => {
  /** The modified properties that a step with this target and these changes leaves, target by target. */
  async function modified(store: TenantFile, targets: string[], changes: SlotChange[]) {
    const activity = {
      activityDisplayName: 'Update policy',
      category: 'Policy',
      loggedByService: 'Conditional Access',
      operationType: 'Update' as const,
      targetResources: targets.map((id) => ({ id, displayName: id, type: 'Policy' })),
    };
    const plan: Plan = { steps: [{ activity, changes }] };
    await store.update(() => plan, signed('t2'));
    return store
      .journal()
      .entries()
      .at(-1)
      ?.targetResources.map(({ id, modifiedProperties }) => [id, modifiedProperties] as const);
  }
  const policy = (id: string, rest: JsonObject = {}): JsonObject => ({
    id,
    displayName: id,
    state: 'enabled',
    conditions: {},
    ...rest,
  });

  test('an added item is one new value, a removed one an old value', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const added = policy('p1');
      expect(await modified(store, ['p1'], [{ list: 'policies', id: 'p1', before: null, after: added }])).toEqual([
        ['p1', [{ displayName: 'policies', oldValue: null, newValue: JSON.stringify(added) }]],
      ]);
    }));

  test('a changed item is its members that differ', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      await modified(store, ['p1'], [{ list: 'policies', id: 'p1', before: null, after: policy('p1') }]);
      const change = {
        list: 'policies',
        id: 'p1',
        before: policy('p1'),
        after: policy('p1', { state: 'disabled', new: 1 }),
      } as const;
      expect(await modified(store, ['p1'], [change])).toEqual([
        [
          'p1',
          [
            { displayName: 'state', oldValue: '"enabled"', newValue: '"disabled"' },
            { displayName: 'new', oldValue: null, newValue: '1' },
          ],
        ],
      ]);
    }));

  test('each change goes to the target of its id, the rest to the first', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const changes: SlotChange[] = ['p1', 'p2', 'p3'].map((id) => ({
        list: 'policies',
        id,
        before: null,
        after: policy(id),
      }));
      const names = (await modified(store, ['p1', 'p2'], changes))?.map(([id, properties]) => [
        id,
        properties.map(({ displayName }) => displayName),
      ]);
      expect(names).toEqual([
        ['p1', ['policies', 'policies/p3']],
        ['p2', ['policies']],
      ]);
    }));

  test('a long value is named by its length and hash, and whole in the changes', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const long = policy('p1', { description: 'x'.repeat(10_000) });
      const [[, properties] = []] =
        (await modified(store, ['p1'], [{ list: 'policies', id: 'p1', before: null, after: long }])) ?? [];
      expect(properties).toEqual([
        {
          displayName: 'policies',
          oldValue: null,
          newValue: expect.stringMatching(/^\{"omitted":\{"characters":\d+,"sha256":"[0-9a-f]{64}"\}\}$/),
        },
      ]);
      expect(store.journal().entries().at(-1)?.gsa.changes[0]?.after).toEqual(long);
      expect(store.journal().verify()).toEqual([]);
    }));
});
