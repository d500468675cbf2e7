import type { ChangeReport } from '../../output/reports/tenant/change.ts';
import { acting } from '../acting.ts';
import { changed, defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

const ABOUT = 'Begins a new audit journal; the one that is there is kept under another name.';

export const command = defineCommand<[], object>({
  declare: (command) =>
    command
      .description(
        'Begins a new audit journal where the one of this tenant is missing or no longer whole: what is there of it is kept under ' +
          'another name, and the first entry says how many entries were acknowledged before. From then on `gsa audit`, ' +
          '`gsa history` and `gsa undo` work; what was written before cannot be undone any more. Asks first, or wants --yes.',
      )
      .addHelpText('after', examples('gsa audit restart --yes')),
  run: async (session) => {
    const store = session.tenants();
    const { tenant, serial } = store.read();
    const actor = acting(session, tenant, ['tenant.write']);
    const report = (part: Partial<ChangeReport>) => ({
      kind: 'change' as const,
      data: { applied: false, dryRun: false, about: ABOUT, steps: [], warnings: [], reason: null, ...part },
    });
    store.checkWritable();
    if (!session.globals.yes) {
      const prompter = await session.prompter();
      if (prompter === undefined) {
        return { report: report({}), verdict: 'refused', hint: 'say --yes to do this without being asked' };
      }
      await session.present({ kind: 'plan', data: { about: ABOUT, steps: [], warnings: [] } });
      if (!(await prompter.confirm('Begin a new audit journal?'))) {
        return { report: report({ reason: 'Declined.' }), verdict: 'refused' };
      }
    }
    const next = await store.restartJournal({
      expectedSerial: serial,
      signature: session.sign(actor.userPrincipalName, actor.role),
      lockTimeout: session.globals.lockTimeoutMs,
    });
    return { report: report({ applied: true, reason: 'A new audit journal begins here.' }), wrote: changed(next) };
  },
});
