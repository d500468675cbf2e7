import type { AuditRow } from '../../output/reports/audit/audit.ts';
import type { DeniedAttempt } from '../../store/audit/denied.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { isoDateOrTime, positiveInteger } from '../options.ts';

interface Options {
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

export const command = defineCommand<[], Options>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'The audit journal, newest first, in the shape of Graph’s directoryAudit, with the old and new values that Microsoft’s ' +
          'own entry for the switch leaves out, and the address that Entra ID saw of whoever acted: with signaling off the proxy’s, ' +
          'where they work through Global Secure Access (`gsa tenant set --acting-from`, `--acting-via`). Attempts without the right to them stand among them, with result `failure`. ' +
          '`gsa tenant validate` checks the hash chain of the changes.',
      )
      .option('--since <time>', 'only entries from this day or time on', isoDateOrTime)
      .option('--until <time>', 'only entries before this day or time', isoDateOrTime)
      .option('--limit <n>', 'how many at most', positiveInteger, 50)
      .addHelpText('after', examples('gsa audit', 'gsa audit --since 2026-01-01 -o json')),
  run: async (session, _args, { since, until, limit }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['audit.read']);
    const chosen = merged(session.journal().entries(), await session.denied())
      .filter(
        ({ activityDateTime }) =>
          (since === undefined || activityDateTime >= since) && (until === undefined || activityDateTime < until),
      )
      .toReversed();
    const more = chosen.length - limit;
    return {
      report: { kind: 'audit', data: { value: chosen.slice(0, limit) } },
      ...(more > 0 ? { hint: `${more} more; --limit shows them` } : {}),
    };
  },
});

/** The changes in the order of their chain, whatever the clock said, and each attempt before the first change that came later. */
function merged(changes: readonly AuditRow[], denied: readonly DeniedAttempt[]): readonly AuditRow[] {
  const left = [...denied];
  const rows = changes.flatMap((change) => {
    const next = left.findIndex((attempt) => !isBefore(attempt, change));
    return [...left.splice(0, next < 0 ? left.length : next).map(deniedEntry), change];
  });
  return [...rows, ...left.map(deniedEntry)];
}

/** By the serial of the tenant, as a clock may stand still; by the time where the attempt does not know it. */
function isBefore({ serial, activityDateTime }: DeniedAttempt, change: AuditRow): boolean {
  return serial === undefined || change.gsa === undefined
    ? activityDateTime < change.activityDateTime
    : serial < change.gsa.serialAfter;
}

/** An attempt that was denied, in the shape of the entries: nothing changed, so it has no serial of its own. */
function deniedEntry({ activityDateTime, userPrincipalName, command, resultReason }: DeniedAttempt): AuditRow {
  return {
    activityDateTime,
    activityDisplayName: 'Denied',
    loggedByService: 'Core Directory',
    initiatedBy: { user: { userPrincipalName, ipAddress: null } },
    result: 'failure',
    resultReason,
    targetResources: [{ id: '', displayName: command, type: 'Command' }],
  };
}
