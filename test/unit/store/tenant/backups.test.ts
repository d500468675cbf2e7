import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import type { TenantFile } from '../../../../src/store/tenant/file.ts';
import { EMPTY_TENANT, inFolder, rename, signed, tenantFileIn } from '../../../support/store-samples.ts';

/** Enough people for a file that is packed. */
const PEOPLE = Array.from({ length: 4000 }, (_, at) => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  displayName: `Zoë ${at}`,
}));

async function largeTenant(folder: string, writes: number): Promise<TenantFile> {
  const store = await tenantFileIn(folder);
  const large: Tenant = { ...EMPTY_TENANT, users: PEOPLE };
  await store.create(large, { ...signed(), force: true });
  for (let at = 0; at < writes; at++) await rename(store, `name ${at}`);
  return store;
}

const backupsIn = (folder: string) => readdirSync(join(folder, 'tenant.json.backups')).sort();

describe('backups of a large tenant', () => {
  test('ten take less room than two of it', () =>
    inFolder(async (folder) => {
      const store = await largeTenant(folder, 14);
      const sizes = backupsIn(folder).map((name) => statSync(join(folder, 'tenant.json.backups', name)).size);
      expect(sizes).toHaveLength(10);
      expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(2 * statSync(store.path).size);
    }));

  test('the newest is the file as it was, older ones are packed in its bytes', () =>
    inFolder(async (folder) => {
      const store = await largeTenant(folder, 1);
      const before = readFileSync(store.path);
      await rename(store, 'b');
      expect(readFileSync(store.backups()[0]?.path ?? '')).toEqual(before);
      await rename(store, 'c');
      const packed = store.backups()[1]?.path ?? '';
      expect(packed).toMatch(/\.json\.zst$/);
      expect(zstdDecompressSync(readFileSync(packed))).toEqual(before);
      expect(statSync(packed).mode & 0o777).toBe(0o600);
    }));

  test('each is restored whole', () =>
    inFolder(async (folder) => {
      const store = await largeTenant(folder, 4);
      for (const { path, serial } of store.backups()) {
        if (serial === undefined || serial === 1) continue;
        const restored = await store.restore(path, { ...signed(), force: false });
        expect(restored.tenant.users).toEqual(PEOPLE);
      }
    }));

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      'changed inside',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))),
    ],
    ['not packed at all', () => Buffer.from('{}')],
  ])('one that is %s is refused and named', (_, damage) =>
    inFolder(async (folder) => {
      const store = await largeTenant(folder, 3);
      const path = store.backups().find((backup) => backup.path.endsWith('.zst'))?.path ?? '';
      writeFileSync(path, damage(readFileSync(path)));
      await expect(store.restore(path, { ...signed(), force: false })).rejects.toThrow(
        'is not a packed backup, or a damaged one',
      );
      expect(store.backups().find((backup) => backup.path === path)?.serial).toBeUndefined();
    }),
  );

  test('one that was kept plain and packed when a kill came is one backup', () =>
    inFolder(async (folder) => {
      const store = await largeTenant(folder, 3);
      const [packed = ''] = backupsIn(folder).filter((name) => name.endsWith('.zst'));
      writeFileSync(join(folder, 'tenant.json.backups', packed.replace(/\.zst$/, '')), 'left behind');
      const before = store.backups().length;
      expect(store.backups()).toHaveLength(before);
      await rename(store, 'after');
      expect(backupsIn(folder).filter((name) => name === packed.replace(/\.zst$/, ''))).toEqual([]);
      expect(store.backups()).toHaveLength(before + 1);
    }));

  test('those of a small one stay plain', () =>
    inFolder(async (folder) => {
      await tenantFileIn(folder, 4);
      expect(backupsIn(folder).every((name) => name.endsWith('.json'))).toBe(true);
    }));
});
