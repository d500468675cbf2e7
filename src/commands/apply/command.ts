import { conflictsOf } from '../../core/tenant/plans/edit.ts';
import { neededRights } from '../../core/tenant/plans/needed-rights.ts';
import type { Planned } from '../../core/tenant/plans/objects.ts';
import type { SavedPlan } from '../../core/tenant/plans/saved-plan.ts';
import { readSavedPlan } from '../../intake/saved-plan.ts';
import type { StoredTenant } from '../../store/types.ts';
import { acting } from '../acting.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { unlessLockedOut } from '../guard-emergency-access.ts';

interface Options {
  readonly force?: true;
  readonly dryRun?: true;
}

export const command = defineCommand<[string], Options>({
  declare: (command) =>
    command
      .description(
        'Writes a saved plan, such as `gsa rehearse --save` makes, all at once or not at all. Shows it and asks; without a ' +
          'terminal it wants --yes. A plan of another tenant file, or of another serial than the tenant has now, is refused ' +
          '(exit 3). `gsa undo` takes it back.',
      )
      .argument('<plan>', 'file of the saved plan')
      .option('--force', 'also where a policy that enforces again would stop every emergency access account')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa apply plan.json --dry-run', 'gsa apply plan.json --yes')),
  run: async (session, [file], { dryRun, force }) => {
    acting(session, session.tenants().read().tenant, ['policy.read']);
    const saved = await readSavedPlan(session.toRead(file));
    return change(session, (stored) => unlessLockedOut(stored.tenant, stillThatPlan(saved, stored), force === true), {
      dryRun: dryRun === true,
      operations: ['policy.read', ...neededRights(saved)],
      about: `Plan of serial ${saved.serial}, made ${saved.madeAt} by \`${saved.madeBy}\`.`,
      nothing: 'The plan changes nothing.',
      question: 'Apply this plan?',
      takenBackBy: [],
    });
  },
});

/** The plan where the tenant stands as it did when the plan was made. */
function stillThatPlan(saved: SavedPlan, { tenant, lineage, serial }: StoredTenant): Planned {
  if (saved.lineage !== lineage) {
    return { refused: `the plan is of tenant file lineage ${saved.lineage}, and this one is ${lineage}` };
  }
  if (saved.serial !== serial) {
    return {
      refused: `the plan was made at serial ${saved.serial}, and the tenant is at serial ${serial}; save it again`,
    };
  }
  const changes = saved.steps.flatMap((step) => step.changes);
  const [conflict] = conflictsOf(tenant, changes);
  if (conflict === undefined) return { steps: saved.steps };
  return { refused: `${conflict.slot} is not as the plan expects it; save it again` };
}
