import { Option } from 'commander';
import { emptyTenant, sampleTenant } from '../../core/tenant/sample/sample.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting, LOCAL_ADMINISTRATOR } from '../acting.ts';
import { changed, defineCommand } from '../command.ts';
import { commandText } from '../command-text.ts';
import { examples } from '../examples.ts';
import { heedAssumedStatus } from '../known-status.ts';
import { guid, isoDateOrTime } from '../options.ts';
import { readableTenant } from '../readable-tenant.ts';
import { signInLog } from '../sign-in-log.ts';
import { tenantReport } from '../tenant-report.ts';

interface Options {
  readonly sample?: true;
  readonly empty?: true;
  readonly name?: string;
  readonly tenantId?: string;
  readonly created?: string;
  readonly onboarded?: string;
  readonly force?: true;
}

export const command = defineCommand<[], Options>({
  declare: (command) =>
    command
      .description('Writes a new tenant file: the sample tenant Contoso, or an empty one for your own export.')
      .addOption(
        new Option('--sample', 'Contoso: people, roles, locations and policies to try things on (default)').conflicts(
          'empty',
        ),
      )
      .option('--empty', 'nothing but the settings: every list is not known until `gsa import` brings it')
      .option('--name <text>', 'display name of the tenant')
      .addOption(
        new Option(
          '--tenant-id <id>',
          'id of the tenant, by which its own service principals are told; else one is made up',
        )
          .argParser(guid)
          .conflicts('sample'),
      )
      .option(
        '--created <date>',
        'when the tenant was created: on or after 2025-06-01 signaling starts enabled; else, with --empty, whether it is enabled is not known',
        isoDateOrTime,
      )
      .option(
        '--onboarded <date>',
        'when Global Secure Access was enabled, for a tenant from before: on or after 2025-06-01 signaling starts enabled',
        isoDateOrTime,
      )
      .option('--force', 'replace a tenant file that is there; it and its sign-in log are kept under other names')
      .addHelpText('after', examples('gsa init', 'gsa init --empty --name Fabrikam --created 2023-04-01')),
  run: async (session, _args, options) => {
    const { empty, name, tenantId, created, onboarded, force } = options;
    if (tenantId !== undefined && empty !== true) throw onlyEmpty();
    const make = empty === true ? emptyTenant : sampleTenant;
    const tenant = make({
      ...(name === undefined ? {} : { displayName: name }),
      ...(created === undefined ? {} : { createdDateTime: created }),
      ...(onboarded === undefined ? {} : { onboardedDateTime: onboarded }),
      ...(empty === true
        ? {
            tenantId: tenantId ?? session.newId(),
            isTenantIdMadeUp: tenantId === undefined,
            isCreatedDateTimeMadeUp: created === undefined,
            now: session.now(),
          }
        : {}),
    });
    const store = session.tenants();
    const before = readableTenant(session);
    if (before !== undefined && force !== true) throw taken(session, before.tenant, options);
    // To replace a tenant is to change all of it: whoever may not change one of its settings may not do that.
    const actor =
      before !== undefined && force === true
        ? acting(session, before.tenant, ['tenant.write'])
        : {
            userPrincipalName: tenant.settings.defaultAdministrator ?? LOCAL_ADMINISTRATOR.userPrincipalName,
            role: LOCAL_ADMINISTRATOR.role,
          };
    const stored = await store.create(tenant, {
      force: force === true,
      signature: session.sign(actor.userPrincipalName, actor.role),
      lockTimeout: session.globals.lockTimeoutMs,
    });
    await setLogAside(session);
    await heedAssumedStatus(session, tenant, false);
    return {
      report: { kind: 'tenant', data: tenantReport(stored, session.shownPath(store.path), true) },
      wrote: changed(stored),
      hint:
        empty === true
          ? 'next: `gsa import <folder>` takes policies and named locations, `gsa replay <file>` takes sign-ins'
          : 'next: `gsa signaling disable` shows who would be locked out, `gsa demo` tells the whole story',
    };
  },
});

function onlyEmpty(): GsaError {
  return new GsaError('usage', '--tenant-id is for --empty', { hint: 'the sample tenant has an id of its own' });
}

/** Says what is there, and how another is made beside it: nobody has to lose the one for the other. */
function taken(session: Session, { displayName, policies }: Tenant, options: Options): GsaError {
  const { path } = session.tenants();
  const there = `\`${displayName}\` with ${plural(policies.length, 'policy', 'policies')}`;
  const words = Object.entries(options).flatMap(([option, value]) => [
    ...(value === undefined ? [] : [`--${option}`]),
    ...(typeof value === 'string' ? [value] : []),
  ]);
  const other = `${
    (options.name ?? 'own')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'own'
  }.json`;
  return new GsaError('refused', `there is a tenant file already: \`${session.shownPath(path)}\`, ${there}`, {
    hint:
      `\`${commandText(['init', ...words, '--tenant', other])}\` makes another, which \`--tenant ${other}\` or GSA_TENANT names to every ` +
      'command; --force replaces this one, which is kept as a backup',
  });
}

/**
 * The sign-ins of the tenant that was here before are no sign-ins of this one. The tenant is written by now, so what cannot
 * be moved is told and no error: whoever asks that log is refused, and told how to move it.
 */
async function setLogAside(session: Session): Promise<void> {
  const log = await signInLog(session);
  try {
    const path = log.setAside();
    if (path !== undefined)
      await session.say(`the sign-in log of the tenant before is kept as \`${session.shownPath(path)}\``);
  } catch (error) {
    if (!(error instanceof GsaError)) throw error;
    await session.say(`the sign-in log of the tenant before is still in its place: ${error.message}`);
  }
}
