import { Option } from 'commander';
import type { PolicyState } from '../../core/graph/words.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { POLICY_STATES, policyState } from './states.ts';

interface Options {
  readonly state?: PolicyState;
}

export const command = defineCommand<[], Options>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The Conditional Access policies of the tenant, by name. JSON has the whole Graph objects.')
      .addOption(
        new Option('--state <state>', 'only those in this state').choices(POLICY_STATES).argParser(policyState),
      ),
  run: async (session, _args, { state }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const value = tenant.policies
      .filter((policy) => state === undefined || policy.state === state)
      .toSorted((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
    return {
      report: {
        kind: 'policyList',
        data: {
          value,
          view: { empty: tenant.policies.length === 0 ? 'The tenant has no policies.' : 'No policy is in that state.' },
        },
      },
    };
  },
});
