import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
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
          'own entry for the switch leaves out. `gsa tenant validate` checks its hash chain.',
      )
      .option('--since <time>', 'only entries from this day or time on', isoDateOrTime)
      .option('--until <time>', 'only entries before this day or time', isoDateOrTime)
      .option('--limit <n>', 'how many at most', positiveInteger, 50),
  run: async (session, _args, { since, until, limit }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['audit.read']);
    const chosen = session
      .journal()
      .entries()
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
