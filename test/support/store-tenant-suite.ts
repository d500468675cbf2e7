import { describe, expect, test } from 'vitest';
import type { AuditJournal, TenantStore } from '../../src/store/types.ts';
import { GsaError } from '../../src/trouble/error.ts';
import { EMPTY_TENANT, rename, renaming, signed } from './store-samples.ts';

/** A store and its journal, new for each test. */
export type TenantStoreMaker = () => TenantStore & { journal(): AuditJournal };

/** What every tenant store holds to, whatever it keeps the tenant in. */
export function tenantStoreSuite(name: string, make: TenantStoreMaker): void {
  describe(name, () => {
    const created = async () => {
      const store = make();
      await store.create(EMPTY_TENANT, { ...signed('t1'), force: false });
      return store;
    };

    test('there is nothing to read before it is made', () => {
      const store = make();
      expect(store.exists()).toBe(false);
      expect(() => store.read()).toThrow(
        expect.objectContaining({ kind: 'invalid', message: `there is no tenant file \`${store.path}\`` }),
      );
    });

    test('a new tenant has serial 1 and a lineage of its own', async () => {
      const store = await created();
      expect(store.exists()).toBe(true);
      expect(store.read()).toEqual({
        tenant: EMPTY_TENANT,
        serial: 1,
        lineage: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect((await created()).read().lineage).not.toBe(store.read().lineage);
    });

    test('a tenant that is there is not replaced by accident', async () => {
      const store = await created();
      const again = store.create({ ...EMPTY_TENANT, displayName: 'Other' }, { ...signed('t2'), force: false });
      await expect(again).rejects.toMatchObject({ kind: 'refused', hint: expect.stringContaining('--force') });
      expect(store.read().tenant.displayName).toBe('Contoso');
    });

    test('by force it is, with a new lineage, and the old one is a backup', async () => {
      const store = await created();
      const { lineage } = store.read();
      await store.create({ ...EMPTY_TENANT, displayName: 'Other' }, { ...signed('t2'), force: true });
      expect(store.read()).toMatchObject({ serial: 1, tenant: { displayName: 'Other' } });
      expect(store.read().lineage).not.toBe(lineage);
      expect(store.backups()).toEqual([{ path: expect.any(String), serial: 1, lineage }]);
      expect(store.journal().entries()).toHaveLength(1);
      expect(store.journal().verify()).toEqual([]);
    });

    test('a write applies its plan and takes the next serial', async () => {
      const store = await created();
      const { lineage } = store.read();
      const after = await rename(store, 'Fabrikam');
      expect(after).toEqual({ tenant: { ...EMPTY_TENANT, displayName: 'Fabrikam' }, serial: 2, lineage });
      expect(store.read()).toEqual(after);
    });

    test('an empty plan writes nothing', async () => {
      const store = await created();
      const before = store.read();
      expect(await store.update(() => ({ steps: [] }), signed('t2'))).toEqual(before);
      expect(store.read()).toEqual(before);
      expect(store.backups()).toEqual([]);
      expect(store.journal().entries()).toHaveLength(1);
    });

    test('what decide throws reaches the caller and leaves everything as it was', async () => {
      const store = await created();
      const before = store.read();
      const refusal = new GsaError('forbidden', 'not with this role');
      const update = store.update(() => {
        throw refusal;
      }, signed('t2'));
      await expect(update).rejects.toBe(refusal);
      expect(store.read()).toEqual(before);
      expect(store.journal().entries()).toHaveLength(1);
    });

    test('a plan that was made from another serial is refused', async () => {
      const store = await created();
      await rename(store, 'Fabrikam');
      const stale = store.update(({ tenant }) => renaming(tenant, 'Late'), { ...signed('t3'), expectedSerial: 1 });
      await expect(stale).rejects.toMatchObject({
        kind: 'refused',
        message: 'the tenant has changed since the plan was made: serial 1 then, 2 now',
      });
      expect(store.read().tenant.displayName).toBe('Fabrikam');
    });

    test('a tenant that could not be read again is not written', async () => {
      const store = await created();
      let deep: unknown = 'bottom';
      for (let level = 0; level < 70; level++) deep = [deep];
      for (const tenant of [
        { ...EMPTY_TENANT, policies: 'none' },
        { ...EMPTY_TENANT, somethingOfGraphs: deep },
      ]) {
        const write = store.create(tenant as typeof EMPTY_TENANT, { ...signed('t2'), force: true });
        await expect(write).rejects.toMatchObject({ kind: 'invalid' });
      }
      expect(store.read()).toMatchObject({ serial: 1, tenant: EMPTY_TENANT });
    });

    test('every write leaves the one before it as a backup, newest first, and no more than ten', async () => {
      const store = await created();
      for (let write = 2; write <= 14; write++) await rename(store, `Contoso ${write}`, `t${write}`);
      expect(store.backups().map(({ serial }) => serial)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
    });

    test('a backup comes back as one more write, and what it replaces becomes a backup', async () => {
      const store = await created();
      await rename(store, 'Second', 't2');
      await rename(store, 'Third', 't3');
      const [, first] = store.backups();
      const after = await store.restore(first?.path ?? '', { ...signed('t4'), force: false });
      expect(after).toMatchObject({ serial: 4, tenant: { displayName: 'Contoso' } });
      expect(store.backups().map(({ serial }) => serial)).toEqual([3, 2, 1]);
      expect(store.journal().verify()).toEqual([]);
    });

    test('a backup of another lineage comes back only by force', async () => {
      const store = await created();
      const { lineage } = store.read();
      await store.create({ ...EMPTY_TENANT, displayName: 'Other' }, { ...signed('t2'), force: true });
      const [old] = store.backups();
      const restore = (force: boolean) => store.restore(old?.path ?? '', { ...signed('t3'), force });
      await expect(restore(false)).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining(lineage),
      });
      expect((await restore(true)).lineage).toBe(lineage);
    });

    test('a write of each kind is in the journal, with who, when, why and what', async () => {
      const store = await created();
      await rename(store, 'Fabrikam', 't2');
      const [made, renamed] = store.journal().entries();
      expect(made).toMatchObject({
        activityDisplayName: 'Create tenant',
        gsa: { serialBefore: 0, serialAfter: 1, changes: [] },
      });
      expect(renamed).toEqual({
        id: 't2_1',
        activityDateTime: '2026-11-20T10:00:00Z',
        activityDisplayName: 'Update company information',
        category: 'DirectoryManagement',
        correlationId: 't2',
        initiatedBy: { user: { userPrincipalName: 'alex@contoso.com', ipAddress: null } },
        loggedByService: 'Core Directory',
        operationType: 'Update',
        result: 'success',
        targetResources: [
          {
            id: EMPTY_TENANT.tenantId,
            displayName: 'Contoso',
            type: 'Directory',
            modifiedProperties: [{ displayName: 'displayName', oldValue: '"Contoso"', newValue: '"Fabrikam"' }],
          },
        ],
        additionalDetails: [],
        gsa: {
          transactionId: 't2',
          role: 'Global Administrator',
          command: 'gsa tenant rename',
          serialBefore: 1,
          serialAfter: 2,
          changes: [{ setting: 'displayName', before: 'Contoso', after: 'Fabrikam' }],
          tenantHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          previousHash: made?.gsa.hash,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      });
      expect(store.journal().verify()).toEqual([]);
    });

    test('a clock that went back is marked in the journal, and the serial still grows', async () => {
      const store = await created();
      const { signature, lockTimeout } = signed('t2');
      const earlier = { signature: { ...signature, dateTime: '2025-10-16T10:00:00Z' }, lockTimeout };
      const { serial } = await store.update(({ tenant }) => renaming(tenant, 'Fabrikam'), earlier);
      expect(serial).toBe(2);
      expect(store.journal().entries()[1]?.additionalDetails).toEqual([
        { key: 'clockWentBackFrom', value: '2026-11-20T10:00:00Z' },
      ]);
    });
  });
}
