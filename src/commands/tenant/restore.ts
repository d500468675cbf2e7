import { GsaError } from '../../shell/error.ts';
import type { Session } from '../../shell/session.ts';
import { acting, LOCAL_ADMINISTRATOR } from '../acting.ts';
import { changed, defineCommand } from '../command.ts';
import { guardSwitch } from '../guard-switch.ts';
import { readableTenant } from '../readable-tenant.ts';
import { tenantReport } from '../tenant-report.ts';

interface Options {
  readonly force?: true;
}

export const command = defineCommand<[string | undefined], Options>({
  declare: (command) =>
    command
      .description(
        'Brings a backup of the tenant file back; without an argument the newest good one. It is one more write: the serial ' +
          'grows, and what is there now, damaged or not, is kept as a backup too. A backup of another tenant wants --force.',
      )
      .argument('[backup]', 'backup file; `gsa tenant backups` lists them')
      .option('--force', 'also a backup of another tenant'),
  run: async (session, [backup], { force }) => {
    const store = session.tenants();
    const newest = store.backups().find(({ serial }) => serial !== undefined)?.path;
    const from = backup === undefined ? newest : session.path(backup);
    if (from === undefined) throw noBackup(session);
    if (backup !== undefined && !session.tenantsAt(from).exists()) {
      throw new GsaError('invalid', `there is no backup \`${backup}\``, {
        hint: '`gsa tenant backups` lists them; without a name the newest good one is taken',
      });
    }
    const current = readableTenant(session);
    // A damaged file names no administrators: then whoever holds the file may restore it.
    const actor = current === undefined ? LOCAL_ADMINISTRATOR : acting(session, current.tenant, ['tenant.write']);
    if (current !== undefined) await guardSwitch(session, current.tenant, session.tenantsAt(from).read().tenant);
    const stored = await store.restore(from, {
      force: force === true,
      signature: session.sign(actor.userPrincipalName, actor.role),
      lockTimeout: session.globals.lockTimeoutMs,
    });
    return {
      report: { kind: 'tenant', data: tenantReport(stored, session.shownPath(store.path), false) },
      wrote: changed(stored),
    };
  },
});

/** Where nothing is lost, or what is there says better what to do, the tenant file itself has the word. */
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
