import { statSync } from 'node:fs';
import packageJson from '../../../package.json' with { type: 'json' };
import { rolesByCertainName } from '../../core/tenant/certain-names.ts';
import { applyPlan } from '../../core/tenant/plans/edit.ts';
import type { keepKnown, openKnown, ReadTenant } from '../../store/sign-in-log/known-tenant.ts';
import { TenantFile } from '../../store/tenant/file.ts';
import { defaultTenantPath, filesOf, tenantPath } from '../../store/tenant/path.ts';
import { tenantOfText } from '../../store/tenant/tenant-of-text.ts';
import type { SignInLog } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { isSystemError, wordsOf } from '../../trouble/file-trouble.ts';
import { configFileOf } from '../configured.ts';
import type { Context } from '../context.ts';
import { growHeapSlowly, keepNurserySmall } from '../nursery.ts';
import type { DeniedBy, Invoked, Stores } from '../session.ts';
import type { KeptFile } from '../write-report.ts';
import type { Places } from './named-files.ts';

/** The real stores of one command line. */
export function openStores(context: Context, invoked: Invoked, places: Places): Stores & { close(): void } {
  let tenants: TenantFile | undefined;
  let signIns: SignInLog | undefined;
  let known: ReturnType<typeof openKnown>;
  const own = () => {
    if (tenants === undefined) {
      tenants = new TenantFile(ownPath(invoked, places), applyPlan);
      if (isLarge(tenants.path)) {
        keepNurserySmall();
        growHeapSlowly();
      }
    }
    return tenants;
  };
  return {
    tenants: own,
    tenantsAt: (path) => new TenantFile(tenantPath(places.toRead(path)), applyPlan),
    tenantIn: tenantOfText,
    journal: () => own().journal(),
    denied: async () => {
      const { readDenied } = await import('../../store/audit/denied.ts');
      return readDenied(filesOf(own().path).denied);
    },
    keepDenied: (reason, tried) => keepDenied(context, invoked, own(), reason, tried),
    notices: () => [...(tenants?.notices() ?? []), ...(signIns?.notices() ?? [])],
    knownToLog: async () => {
      const { openKnown } = await import('../../store/sign-in-log/known-tenant.ts');
      known ??= openKnown(filesOf(own().path).signIns, own().path, FORM);
      return known;
    },
    signIns: async (rewriting) => {
      const { SignInFile } = await import('../../store/sign-in-log/sign-in-log.ts');
      const { signIns: path, logAnchor: anchor } = filesOf(own().path);
      const lineage = known?.lineage ?? own().read().lineage;
      const { keepKnown } = await import('../../store/sign-in-log/known-tenant.ts');
      const beforeClosing = (log: WrittenLog) => rememberIn(log, own(), keepKnown);
      const log = signIns ?? new SignInFile(path, lineage, { rewriting, anchor, beforeClosing });
      signIns = log;
      return log;
    },
    checkLog: () => checkLog(own()),
    config: () => {
      const file = configFileOf(context);
      context.confinement?.checkWrite(file.path);
      return file;
    },
    ownFiles: () => filesOfTenant(own().path),
    close: () => {
      known?.close();
      signIns?.close();
    },
  };
}

/** The program that is running: what another version has worked out may be worked out otherwise now. */
const FORM = `gsa ${packageJson.version}, form 1`;

type WrittenLog = Parameters<typeof keepKnown>[0];

/** Has the log know what was read of the tenant. What cannot be kept is read again by who needs it. */
function rememberIn(log: WrittenLog, store: TenantFile, keep: typeof keepKnown): void {
  const readAfter = Date.now() - process.uptime() * 1000;
  try {
    if (keep(log, store.path, readOf(store), { form: FORM, readAfter }) !== 'readAgain') return;
    // Written shortly before a long command began, as by an import, or by the command itself.
    const now = Date.now();
    store.letGo(store.readAnew().tenant);
    keep(log, store.path, readOf(store), { form: FORM, readAfter: now });
  } catch {
    // A full disk or another writer.
  }
}

function readOf(store: TenantFile): ReadTenant | undefined {
  const { version: file, document } = store.lastRead() ?? {};
  if (file === undefined || document === undefined) return undefined;
  const { lineage, tenant } = document;
  return { file, lineage, settings: tenant.settings, names: () => rolesByCertainName(tenant) };
}

/** Whether a file has more bytes than those of most companies; what cannot be looked at is told by whoever reads it. */
function isLarge(path: string): boolean {
  try {
    return statSync(path).size > LARGE;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

const LARGE = 16 * 1024 * 1024;

function ownPath({ globals, env }: Invoked, { path, home }: Places): string {
  if (globals.tenant !== undefined) return tenantPath(path(globals.tenant));
  return defaultTenantPath({ platform: process.platform, home, env });
}

async function checkLog(store: TenantFile) {
  const { signIns, logAnchor } = filesOf(store.path);
  const { standingOf } = await import('../../store/sign-in-log/standing.ts');
  try {
    const { lineage } = store.read();
    const { meddled, found } = standingOf({ signIns, logAnchor, lineage }, store.journal().signInLog());
    return { problems: meddled === undefined ? [] : [meddled.words], found };
  } catch (error) {
    if (error instanceof GsaError) return { problems: [error.message], found: [] };
    throw error;
  }
}

async function keepDenied(
  { stderr }: Context,
  { globals, now, sign }: Invoked,
  store: TenantFile,
  resultReason: string,
  tried: DeniedBy | undefined,
): Promise<void> {
  if (!store.exists()) return;
  const { appendDenied } = await import('../../store/audit/denied.ts');
  const { tenant, serial } = store.read();
  const userPrincipalName = tried?.by ?? globals.as ?? tenant.settings.defaultAdministrator ?? '';
  const command = tried?.command ?? sign(userPrincipalName, '').command;
  const attempt = { activityDateTime: now(), userPrincipalName, command, resultReason, serial };
  try {
    appendDenied(filesOf(store.path).denied, attempt);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (!globals.quiet) await stderr.write(`the denied attempt could not be kept: ${wordsOf(error)}\n`);
  }
}

function filesOfTenant(path: string): readonly KeptFile[] {
  const files = filesOf(path);
  return [
    { path: files.tenant, what: 'the tenant file' },
    { path: files.journal, what: 'the audit journal of the tenant' },
    { path: files.denied, what: 'the denied attempts of the tenant' },
    ...['', '-wal', '-shm'].map((part) => ({ path: files.signIns + part, what: 'the sign-in log of the tenant' })),
    { path: files.logAnchor, what: 'what tells how far the sign-in log of the tenant has come' },
    ...[files.lock, files.holder].map((lock) => ({ path: lock, what: 'the lock of the tenant' })),
    { path: files.backups, what: 'among the backups of the tenant', isFolder: true },
  ];
}
