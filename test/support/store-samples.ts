import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedSignIn, SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import type { Plan } from '../../src/core/tenant/plans/change.ts';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import type { UpdateOptions } from '../../src/store/types.ts';

/** A tenant with nothing in it. */
export const EMPTY_TENANT: Tenant = {
  tenantId: '0c9f4a2e-5e0b-4f7e-9d9b-7a3f1f6f2a10',
  displayName: 'Contoso',
  createdDateTime: '2025-01-01T00:00:00Z',
  policies: [],
  namedLocations: [],
  deletedItems: { policies: [], namedLocations: [] },
  globalSecureAccess: { conditionalAccess: { signalingStatus: 'disabled' } },
  settings: {},
};

/** Of the tenant whose sign-in log a test writes. */
export const LINEAGE = '5d0cf1c6-9b0e-4c43-8a77-3f2f4a6f1e10';

/** How a write is signed and how long it waits; `transaction` tells one from another. A test on a slow machine may queue. */
export function signed(transaction = 't1', lockTimeout = 600_000): UpdateOptions {
  return {
    signature: {
      dateTime: '2026-11-20T10:00:00Z',
      actor: 'alex@contoso.com',
      role: 'Global Administrator',
      transactionId: transaction,
      command: 'gsa tenant rename',
    },
    lockTimeout,
  };
}

/** One step that gives the tenant another name. */
export function renaming(from: Tenant, to: string): Plan {
  const activity = {
    activityDisplayName: 'Update company information',
    category: 'DirectoryManagement',
    loggedByService: 'Core Directory',
    operationType: 'Update' as const,
    targetResources: [{ id: from.tenantId, displayName: from.displayName, type: 'Directory' }],
  };
  return { steps: [{ activity, changes: [{ setting: 'displayName', before: from.displayName, after: to }] }] };
}

/** Runs `work` with a folder of its own, removed afterwards. */
export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'gsa-store-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tenant file that has been written `writes` times, 1 being its creation. */
export async function tenantFileIn(folder: string, writes = 1): Promise<TenantFile> {
  const store = new TenantFile(join(folder, 'tenant.json'), applyPlan);
  await store.create(EMPTY_TENANT, { ...signed('t1'), force: false });
  for (let write = 2; write <= writes; write++) await rename(store, `Contoso ${write}`, `t${write}`);
  return store;
}

export function rename(store: Pick<TenantFile, 'update'>, name: string, transaction = 'rename', lockTimeout = 600_000) {
  return store.update(({ tenant }) => renaming(tenant, name), signed(transaction, lockTimeout));
}

/** A sign-in of the log with everything that is asked for, and what the test says of it. */
export function loggedSignIn(record: Partial<SignIn>, replay: Partial<LoggedSignIn['replay']> = {}): LoggedSignIn {
  return {
    record: { id: '00000000-0000-4000-8000-000000000001', createdDateTime: '2026-11-20T10:00:00Z', ...record },
    replay: { signalingStatus: 'enabled', outcome: 'granted', decidedBy: [], missing: [], tenantSerial: 1, ...replay },
  };
}
