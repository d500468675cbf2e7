import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder, rename, signed, tenantFileIn } from '../../../support/store-samples.ts';

/** A tenant file written so many times in a folder of its own. */
function tenantIn(folder: string, name: string, writes: number) {
  mkdirSync(join(folder, name));
  return tenantFileIn(join(folder, name), writes);
}

test.each([
  ['a newer file of another tenant', 2, 7, 8],
  ['an older file of another tenant', 7, 2, 8],
  ['a file of another tenant that is as old', 3, 3, 4],
])('a forced restore of %s goes on behind both serials', (_, own, other, serial) =>
  inFolder(async (folder) => {
    const [store, foreign] = [await tenantIn(folder, 'own', own), await tenantIn(folder, 'other', other)];
    const backup = { ...signed('back'), force: true };
    expect(await store.restore(foreign.path, backup)).toMatchObject({ serial, lineage: foreign.read().lineage });
    expect((await rename(store, 'Next')).serial).toBe(serial + 1);
  }),
);

test('a restore of a later state of the same tenant goes on behind it', () =>
  inFolder(async (folder) => {
    const store = await tenantFileIn(folder, 2);
    const early = join(folder, 'early.json');
    copyFileSync(store.path, early);
    await rename(store, 'Contoso 3', 't3');
    await rename(store, 'Contoso 4', 't4');
    const late = join(folder, 'late.json');
    copyFileSync(store.path, late);
    copyFileSync(early, store.path);
    expect((await store.restore(late, { ...signed('t5'), force: false })).serial).toBe(5);
  }));

test('over a damaged file without a journal the serial of the backup is the one to go on from', () =>
  inFolder(async (folder) => {
    const store = await tenantFileIn(folder, 4);
    const copy = join(folder, 'copy.json');
    copyFileSync(store.path, copy);
    writeFileSync(store.path, '{ torn');
    rmSync(`${store.path}.audit.ndjson`);
    expect((await store.restore(copy, { ...signed('t5'), force: false })).serial).toBe(5);
  }));
