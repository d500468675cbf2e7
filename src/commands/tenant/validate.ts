import { validateTenant } from '../../core/tenant/validate.ts';
import type { ValidationReport } from '../../output/reports/tenant/tenant.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[], object>({
  declare: (command) =>
    command
      .description(
        'Whether the tenant file can be read, its audit journal is whole (every entry chained to the one before, the last one ' +
          'named by the tenant file), the file is as the last write left it and not edited by hand since, its sign-in log is the one that was acknowledged, ' +
          'and its objects fit each other. Exit code 4 when something is not valid.',
      )
      .addHelpText('after', examples('gsa tenant validate')),
  run: async (session) => {
    const store = session.tenants();
    const { tenant } = store.read();
    acting(session, tenant, []);
    const journal = session.journal();
    const log = await session.checkLog();
    const problems: ValidationReport['problems'] = [
      ...journal.verify().map((message) => ({ severity: 'error' as const, path: 'audit journal', message })),
      ...log.problems.map((message) => ({ severity: 'error' as const, path: 'sign-in log', message })),
      ...log.found.map((message) => ({ severity: 'warning' as const, path: 'sign-in log', message })),
      ...validateTenant(tenant).map(({ severity, pointer, message }) => ({ severity, path: pointer, message })),
    ];
    const valid = problems.every(({ severity }) => severity !== 'error');
    const hint = valid ? undefined : journal.remedy();
    return {
      report: { kind: 'validation', data: { path: session.shownPath(store.path), valid, problems } },
      verdict: valid ? 'ok' : 'invalid',
      ...(hint === undefined ? {} : { hint }),
    };
  },
});
