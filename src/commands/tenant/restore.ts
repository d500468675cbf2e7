import { transactionsOf } from '../../core/tenant/plans/history.ts';
import { planRestoreTenant } from '../../core/tenant/plans/restore.ts';
import type { ChangeReport } from '../../output/reports/tenant/change.ts';
import type { Session } from '../../shell/session.ts';
import type { StoredTenant, TenantStore, UpdateOptions } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting, LOCAL_ADMINISTRATOR } from '../acting.ts';
import type { Changed } from '../change.ts';
import { changeTenant } from '../change.ts';
import type { Result } from '../command.ts';
import { changed, defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { unlessLockedOut } from '../guard-emergency-access.ts';
import { readableTenant } from '../readable-tenant.ts';
import { tenantReport } from '../tenant-report.ts';

interface Options {
  readonly force?: true;
  readonly dryRun?: true;
}

/** The backup that was named, or the newest good one, and since when it stood. */
interface Chosen {
  readonly path: string;
  readonly stored: StoredTenant;
  readonly dateTime: string | null;
}

export const command = defineCommand<[string | undefined], Options>({
  declare: (command) =>
    command
      .description(
        'Brings a backup of the tenant file back; without an argument the newest good one, which is the state before the last ' +
          'write. It is one more write: the serial grows, what is there now, damaged or not, is kept as a backup too, and ' +
          '`gsa undo` takes it back where both could be read. Wants --yes without a terminal, unless the tenant file is ' +
          'damaged. A backup of another tenant wants --force.',
      )
      .argument('[backup]', 'backup file, or the serial of one; `gsa tenant backups` lists them')
      .option(
        '--force',
        'also a backup of another tenant, or one whose policies would stop every emergency access account',
      )
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa tenant backups', 'gsa tenant restore --dry-run')),
  run: async (session, [backup], { force, dryRun }) => {
    const store = session.tenants();
    const path = backup === undefined ? newestGood(store) : pathOf(session, backup);
    if (path === undefined) throw noBackup(session);
    if (backup !== undefined && !session.tenantsAt(path).exists()) {
      throw new GsaError('invalid', `there is no backup \`${backup}\``, {
        hint: '`gsa tenant backups` lists them; without a name the newest good one is taken',
      });
    }
    const current = readableTenant(session);
    const options = { force: force === true, dryRun: dryRun === true };
    if (current === undefined) return overDamage(session, path, options);
    const stored = session.tenantsAt(path).read();
    const chosen = { path, stored, dateTime: writtenAt(session, stored, current) };
    return reportOf(session, chosen, await overTenant(session, current, chosen, options));
  },
});

function newestGood(store: TenantStore): string | undefined {
  return store.backups().find(({ serial }) => serial !== undefined)?.path;
}

/** The file that was named; where there is none, the newest backup of the serial. */
function pathOf(session: Session, word: string): string {
  const path = session.path(word);
  const ofSerial = () =>
    session
      .tenants()
      .backups()
      .find(({ serial }) => String(serial) === word)?.path;
  return session.tenantsAt(path).exists() ? path : (ofSerial() ?? path);
}

type Choice = { readonly force: boolean; readonly dryRun: boolean };

/** A plan like any other, shown and asked about, where slots can say all of it; else the whole file. */
function overTenant(session: Session, current: StoredTenant, chosen: Chosen, choice: Choice): Promise<Changed> {
  const { path, stored } = chosen;
  const store = session.tenants();
  const isOwn = stored.lineage === current.lineage;
  const restorationOf = ({ tenant }: StoredTenant) => planRestoreTenant(tenant, stored.tenant, stored.serial);
  const isWhole = !isOwn || !restorationOf(current).complete;
  const foreign = { refused: 'the backup is of another tenant file; --force takes it all the same' };
  return changeTenant(
    session,
    (now) => (isOwn || choice.force ? unlessLockedOut(now.tenant, restorationOf(now).plan, choice.force) : foreign),
    {
      dryRun: choice.dryRun,
      operations: ['tenant.write'],
      about: `${describe(session, chosen)}. What is there now, serial ${current.serial}, is kept as a backup.`,
      nothing: 'The tenant is as in that backup already.',
      question: `Put serial ${stored.serial} in the place of serial ${current.serial}?`,
      ...(isWhole
        ? {
            hint: 'a whole file was put in place, which no undo takes back; `gsa tenant backups` lists what was there before',
            write: (options: UpdateOptions) => store.restore(path, { ...options, force: choice.force }),
          }
        : { takenBackBy: [] }),
    },
  );
}

/**
 * Restores over a damaged file. Nothing that could be read is lost, so there is no question; the file names no administrators, so
 * whoever holds it may restore it.
 */
async function overDamage(session: Session, path: string, { force, dryRun }: Choice): Promise<Result> {
  const store = session.tenants();
  const chosen = { path, stored: session.tenantsAt(path).read(), dateTime: null };
  const data: ChangeReport = {
    about: `${describe(session, chosen)}. What is there now cannot be read; it is kept as a backup.`,
    applied: !dryRun,
    dryRun,
    steps: [],
    warnings: [],
    reason: null,
  };
  // Who is named acts by the rights that the backup gives; else whoever holds the file does.
  if (session.globals.as !== undefined) acting(session, chosen.stored.tenant, ['tenant.write']);
  if (dryRun) return reportOf(session, chosen, { data });
  const stored = await store.restore(path, {
    force,
    signature: session.sign(LOCAL_ADMINISTRATOR.userPrincipalName, LOCAL_ADMINISTRATOR.role),
    lockTimeout: session.globals.lockTimeoutMs,
  });
  return reportOf(session, chosen, { data, wrote: changed(stored) });
}

/** The error where there is no backup: the tenant file's own, where reading it says better what to do. */
function noBackup(session: Session): unknown {
  try {
    session.tenants().read();
  } catch (error) {
    return error;
  }
  return new GsaError('invalid', 'there is no good backup', {
    hint: 'the tenant file can be read: every change of it leaves one',
  });
}

function reportOf(session: Session, chosen: Chosen, { data, ...result }: Changed): Result {
  const store = session.tenants();
  const tenant = tenantReport(readableTenant(session) ?? chosen.stored, session.shownPath(store.path), false);
  const backup = {
    path: session.shownPath(chosen.path),
    serial: chosen.stored.serial,
    dateTime: chosen.dateTime,
  };
  return { report: { kind: 'restoration', data: { ...tenant, ...data, backup } }, ...result };
}

function describe(session: Session, { path, stored, dateTime }: Chosen): string {
  const when = dateTime === null ? '' : `, written ${dateTime}`;
  return `Backup of serial ${stored.serial}${when}: ${session.shownPath(path)}`;
}

/** A journal that is damaged must not stand in the way of a backup. */
function writtenAt(session: Session, { serial, lineage }: StoredTenant, current: StoredTenant): string | null {
  if (lineage !== current.lineage) return null;
  try {
    const transactions = transactionsOf(session.journal().entries());
    return transactions.findLast(({ serialAfter }) => serialAfter === serial)?.dateTime ?? null;
  } catch (error) {
    if (error instanceof GsaError) return null;
    throw error;
  }
}
