import { tenantOfExport } from '../core/check/export-tenant.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { planImport } from '../core/tenant/plans/import.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isTenantFile } from '../intake/gsatest/files.ts';
import { partsOf } from '../intake/import/parts.ts';
import { readImportFiles } from '../intake/import/read-import-files.ts';
import type { ImportedFiles } from '../intake/types.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import { errorProblems } from './import-problems.ts';

/** A tenant that a path names: a tenant file, a backup of one, or an export. Throws GsaError `invalid` for anything else. */
export async function tenantAt(session: Session, path: string): Promise<Tenant> {
  const read = session.toRead(path);
  refuseRevision(path);
  if (await isTenantFile(read)) return session.tenantsAt(read).read().tenant;
  const { tenant } = tenantOfExport(partsOf(await exported(read, path)));
  return { ...tenant, displayName: path };
}

/** A tenant with what a path holds: another tenant file takes its place; of an export the objects replace those of the same id. */
export async function tenantWith(session: Session, tenant: Tenant, path: string): Promise<Tenant> {
  const read = session.toRead(path);
  refuseRevision(path);
  if (await isTenantFile(read)) return session.tenantsAt(read).read().tenant;
  const parts = partsOf(await exported(read, path));
  return applyPlan(tenant, planImport(tenant, parts, 'merge', session.now()));
}

async function exported(path: string, typed: string): Promise<ImportedFiles> {
  const imported = await readImportFiles([path]);
  const errors = imported.problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0 && imported.files.some(({ taken }) => taken > 0)) return imported;
  throw new GsaError('invalid', `\`${typed}\` holds no tenant that can be used`, {
    hint: 'name a tenant file of gsa, a backup, or a file or folder that `gsa import` takes',
    problems: errorProblems(errors),
  });
}

/** `HEAD~1:entra/` is git's way to name an older state; gsa starts no other program, and git can lay that state out. */
function refuseRevision(path: string): void {
  const match = /^([^/\\:]{2,}):(.*)$/.exec(path);
  if (match === null) return;
  throw new GsaError('usage', `\`${path}\` names a revision of git, and gsa starts no other program`, {
    hint: `git worktree add ../before ${match[1]}, and then ../before/${match[2]}`,
  });
}
