import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chained, entryOf, lineOf, NO_HASH } from '../../../../src/store/audit/chain.ts';
import type { TenantFile } from '../../../../src/store/tenant/file.ts';
import { inFolder, rename, signed, tenantFileIn } from '../../../support/store-samples.ts';

const journalOf = ({ path }: TenantFile) => `${path}.audit.ndjson`;
const textOf = ({ path }: TenantFile) => readFileSync(path, 'utf8');
const edit = (store: TenantFile) =>
  writeFileSync(store.path, textOf(store).replace('"displayName": "Contoso 3"', '"displayName": "By hand"'));

/** JSON with the members of every object in the other order, on one line. */
const otherwiseLaidOut = (text: string) =>
  JSON.stringify(
    JSON.parse(text, (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ),
  );

describe('a tenant file that was edited by hand and is still valid', () => {
  test('is found, with the serial since which', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      expect(store.journal().verify()).toEqual([]);
      edit(store);
      expect(store.journal().verify()).toEqual([
        'the tenant file was edited by hand since serial 3; the next change keeps the edit and records it',
      ]);
    }));

  test('is written as before, and the entry says that it was found so', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      edit(store);
      const { serial, tenant } = await store.update(
        () => ({ steps: [{ activity: ACTIVITY, changes: [{ setting: 'entraIdPlan', before: null, after: 'P1' }] }] }),
        signed('t4'),
      );
      expect([serial, tenant.displayName, tenant.entraIdPlan]).toEqual([4, 'By hand', 'P1']);
      expect(store.journal().entries().at(-1)?.additionalDetails).toEqual([
        { key: 'tenantFileEditedByHandSince', value: 'serial 3' },
      ]);
      expect(store.journal().verify()).toEqual([]);
      await rename(store, 'After', 't5');
      expect(store.journal().entries().at(-1)?.additionalDetails).toEqual([]);
    }));

  test('is not what other spaces and another order of members make of it', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      writeFileSync(store.path, otherwiseLaidOut(textOf(store)));
      expect(store.journal().verify()).toEqual([]);
    }));

  test('is not found in a journal whose last entry knows no hash of the tenant, and then it is from the next write on', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder, 3);
      const old = withoutHashes(readFileSync(journalOf(store), 'utf8'));
      writeFileSync(journalOf(store), old.text);
      const file = JSON.parse(textOf(store));
      writeFileSync(
        store.path,
        JSON.stringify({ ...file, audit: { ...file.audit, head: old.head, bytes: Buffer.byteLength(old.text) } }),
      );
      expect(store.journal().verify()).toEqual([]);
      await rename(store, 'Contoso 3', 't4');
      expect(store.journal().entries().at(-1)?.additionalDetails).toEqual([]);
      edit(store);
      expect(store.journal().verify()).toHaveLength(1);
    }));
});

function withoutHashes(journal: string): { readonly text: string; readonly head: string } {
  let head = NO_HASH;
  let text = '';
  for (const line of journal.trim().split('\n')) {
    const entry = entryOf(line);
    if (entry === undefined) throw new Error(`no entry: ${line}`);
    const { tenantHash: _, ...gsa } = entry.gsa;
    const made = chained({ ...entry, gsa }, head);
    head = made.gsa.hash;
    text += lineOf(made);
  }
  return { text, head };
}

const ACTIVITY = {
  activityDisplayName: 'Update Entra ID plan',
  category: 'DirectoryManagement',
  loggedByService: 'Core Directory',
  operationType: 'Update' as const,
  targetResources: [{ id: 't', displayName: 'Contoso', type: 'Directory' }],
};
