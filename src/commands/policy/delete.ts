import { findPolicy } from '../../core/tenant/lookup.ts';
import { undeletable } from '../../core/tenant/managed-policies.ts';
import type { Planned } from '../../core/tenant/plans/objects.ts';
import { planDeletePolicies } from '../../core/tenant/plans/objects.ts';
import type { ConditionalAccessPolicy } from '../../core/tenant/policy.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import type { Session } from '../../shell/session.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';

interface Options {
  readonly dryRun?: true;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    command
      .description(
        'Deletes policies. They stay restorable for 30 days (`gsa policy deleted`, `gsa policy restore`). Wants --yes without a terminal.',
      )
      .argument('<policy...>', 'display names or ids')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa policy delete CA003 --dry-run')),
  run: (session, [texts], { dryRun }) =>
    change(
      session,
      ({ tenant }) =>
        planned(
          tenant,
          texts.map((text) => theOne(findPolicy(tenant, text), 'policy', text)),
          session.now(),
        ),
      {
        dryRun: dryRun === true,
        operations: ['policy.read', 'policy.write'],
        nothing: 'There is no such policy.',
        question:
          texts.length === 1
            ? `Delete the policy ${texts[0]}?`
            : `Delete ${plural(texts.length, 'policy', 'policies')}?`,
        takenBackBy: [
          `\`${restoring(session, texts)}\` brings ${texts.length === 1 ? 'it' : 'them'} back within 30 days`,
        ],
      },
    ),
});

function planned(tenant: Tenant, policies: readonly ConditionalAccessPolicy[], dateTime: string): Planned {
  const refused = undeletable(policies);
  const ids = policies.map(({ id }) => id);
  return refused === undefined ? planDeletePolicies(tenant, ids, dateTime) : { refused };
}

/** Few policies are named, so that the line can be typed as it stands. */
function restoring(session: Session, texts: readonly string[]): string {
  return texts.length > 3
    ? 'gsa policy restore <policy...>'
    : commandText(['policy', 'restore', ...texts, ...tenantWords(session)]);
}
