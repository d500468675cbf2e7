import { describeConditions } from '../../core/tenant/describe-policy.ts';
import { findPolicy } from '../../core/tenant/lookup.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('One policy, with the names behind its ids. JSON has the whole Graph object under `policy`.')
      .argument('<policy>', 'display name or id')
      .addHelpText('after', examples('gsa policy show CA003', 'gsa policy show CA003 -o json')),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const policy = theOne(findPolicy(tenant, text), 'policy', text);
    return { report: { kind: 'policy', data: { policy, conditions: describeConditions(tenant, policy) } } };
  },
});
