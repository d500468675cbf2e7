import { Option } from 'commander';
import type { PolicyState } from '../../core/graph/words.ts';
import { findDeletedPolicy } from '../../core/tenant/lookup.ts';
import { planRestorePolicies } from '../../core/tenant/plans/objects.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { unlessLockedOut } from '../guard-emergency-access.ts';
import { policyState } from '../policy-states.ts';

interface Options {
  readonly state: PolicyState;
  readonly force?: true;
  readonly dryRun?: true;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    command
      .description(
        'Brings deleted policies back, within 30 days of their deletion. They come back in report-only, as Microsoft advises, ' +
          'unless --state says otherwise. Refused when a location they name is gone.',
      )
      .argument('<policy...>', 'display names or ids')
      .addOption(
        new Option('--state <state>', 'enabled, disabled or report-only')
          .argParser(policyState)
          .default('enabledForReportingButNotEnforced', 'report-only'),
      )
      .option('--force', 'also where a policy would stop every emergency access account')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa policy delete CA011 --yes', 'gsa policy restore CA011')),
  run: (session, [texts], { state, force, dryRun }) =>
    change(
      session,
      ({ tenant }) => {
        const ids = texts.map((text) => theOne(findDeletedPolicy(tenant, text), 'deleted policy', text).id);
        const plan = planRestorePolicies(tenant, ids, session.now(), state);
        return force === true ? plan : unlessLockedOut(tenant, plan);
      },
      {
        dryRun: dryRun === true,
        operations: ['policy.read', 'policy.restore'],
        nothing: 'There is no such deleted policy.',
      },
    ),
});
