import { findPolicy } from '../../core/tenant/lookup.ts';
import { planSetState } from '../../core/tenant/plans/objects.ts';
import { readOnlyWarnings } from '../../core/tenant/read-only-policies.ts';
import { GsaError } from '../../trouble/error.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { unlessLockedOut } from '../guard-emergency-access.ts';
import { policyState } from '../policy-states.ts';

interface Options {
  readonly force?: true;
  readonly dryRun?: true;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    command
      .description('Switches policies on, off or to report-only.')
      .usage('[options] <policy...> <state>')
      .argument('<policy...>', 'display names or ids, and last the state: enabled, disabled or report-only')
      .option('--force', 'also where a policy would stop every emergency access account')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText('after', examples('gsa policy set-state CA003 report-only')),
  run: (session, [words], { force, dryRun }) => {
    const texts = words.slice(0, -1);
    const last = words.at(-1) ?? '';
    if (texts.length === 0)
      throw new GsaError('usage', 'name at least one policy and then the state', {
        hint: 'gsa policy set-state <policy...> <state>',
      });
    const state = policyState(last);
    return change(
      session,
      ({ tenant }) => {
        const ids = texts.map((text) => theOne(findPolicy(tenant, text), 'policy', text).id);
        const plan = planSetState(tenant, ids, state, session.now());
        return force === true ? plan : unlessLockedOut(tenant, plan);
      },
      {
        dryRun: dryRun === true,
        operations: ['policy.read', 'policy.write'],
        warnings: ({ tenant }) =>
          state === 'disabled'
            ? []
            : readOnlyWarnings(texts.map((text) => theOne(findPolicy(tenant, text), 'policy', text))),
        nothing: `Already ${last}.`,
      },
    );
  },
});
