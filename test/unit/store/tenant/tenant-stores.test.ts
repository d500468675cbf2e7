import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { applyPlan } from '../../../../src/core/tenant/plans/edit.ts';
import { TenantFile } from '../../../../src/store/tenant/file.ts';
import { tenantStoreSuite } from '../../../support/store-tenant-suite.ts';

const root = mkdtempSync(join(tmpdir(), 'gsa-store-'));
let made = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

tenantStoreSuite('the tenant file', () => new TenantFile(join(root, `${made++}`, 'tenant.json'), applyPlan));
