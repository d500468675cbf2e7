import { tenantOfExport } from '../core/check/export-tenant.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { planImport } from '../core/tenant/plans/import.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { CommittedPath } from '../intake/git/committed-files.ts';
import { committedFiles, committedPath } from '../intake/git/committed-files.ts';
import { beginsAsTenantFile, isTenantFile } from '../intake/gsatest/files.ts';
import { partsOf, partsOfNamed } from '../intake/import/parts.ts';
import { readImportContents, readImportFiles } from '../intake/import/read-import-files.ts';
import type { ImportedFiles } from '../intake/types.ts';
import type { Invoked, NamedFiles, Stores, Talk } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import { errorProblems } from './import-problems.ts';
import { tellPartialLists } from './partial-lists.ts';

/** What reading a tenant at a path takes. */
type Reading = Invoked & NamedFiles & Stores;

const WHAT_IT_TAKES = 'name a tenant file of gsa, a backup, or a file or folder that `gsa import` takes';

/** What a path holds: a whole tenant, or the objects of an export. */
type Held = { readonly tenant: Tenant } | { readonly exported: ImportedFiles };

/**
 * A tenant that a path names: a tenant file, a backup of one, an export, or any of them as a commit of git holds it
 * (`HEAD~1:entra/`). Throws GsaError `invalid` for anything else.
 */
export async function tenantAt(session: Reading & Pick<Talk, 'say'>, path: string): Promise<Tenant> {
  const held = await heldAt(session, path);
  if ('tenant' in held) return held.tenant;
  await tellPartialLists(session, held.exported);
  return { ...tenantOfExport(partsOfNamed(held.exported)).tenant, displayName: path };
}

/** A tenant that is a file of ours and nothing else. Throws GsaError `invalid` for one that is not there. */
export function tenantInFile(session: Reading, path: string): Tenant {
  const store = session.tenantsAt(path);
  if (store.exists()) return store.read().tenant;
  throw new GsaError('invalid', `there is no \`${path}\``, {
    hint: 'name another tenant file of gsa, such as a copy with a changed policy; `gsa tenant backups` lists the kept ones',
  });
}

/** A tenant with what a path holds: another tenant file takes its place; of an export the objects replace those of the same id. */
export async function tenantWith(session: Reading, tenant: Tenant, path: string): Promise<Tenant> {
  const held = await heldAt(session, path);
  if ('tenant' in held) return held.tenant;
  return applyPlan(tenant, planImport(tenant, partsOf(held.exported), 'merge', session.now()));
}

async function heldAt(session: Reading, path: string): Promise<Held> {
  const committed = await committedPath(path, session.path('.'));
  if (committed !== undefined) return heldByCommit(session, committed, path);
  const read = session.toRead(path);
  if (await isTenantFile(read, WHAT_IT_TAKES)) return { tenant: session.tenantsAt(read).read().tenant };
  return { exported: usable(await readImportFiles([read], { now: session.now() }), path) };
}

async function heldByCommit(session: Reading, committed: CommittedPath, typed: string): Promise<Held> {
  const found = await committedFiles(committed, session.path('.'), session.toRead);
  const [first] = found.files;
  if (!found.isFolder && first !== undefined && beginsAsTenantFile(first.bytes)) {
    return { tenant: session.tenantIn(new TextDecoder().decode(first.bytes), first.file) };
  }
  return { exported: usable(readImportContents(found, { now: session.now() }), typed) };
}

function usable(imported: ImportedFiles, typed: string): ImportedFiles {
  const errors = imported.problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0 && imported.files.some(({ taken }) => taken > 0)) return imported;
  throw new GsaError('invalid', `\`${typed}\` holds no tenant that can be used`, {
    hint: WHAT_IT_TAKES,
    problems: errorProblems(errors),
  });
}
