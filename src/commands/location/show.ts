import { findLocation } from '../../core/tenant/lookup.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';
import { locationSummary } from '../location-summary.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('One named location: its ranges or countries and the policies that name it.')
      .argument('<location>', 'display name or id')
      .addHelpText('after', examples('gsa location show Headquarters')),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const location = theOne(findLocation(tenant, text), 'location', text);
    return { report: { kind: 'location', data: { location, summary: locationSummary(tenant, location) } } };
  },
});
