import { Option } from 'commander';
import type { PolicyState } from '../../core/graph/words.ts';
import { policyReaches } from '../../core/proof/questions/policy-reach.ts';
import { TooLarge } from '../../core/proof/too-large.ts';
import { withDirectoryAlone } from '../../core/proof/worlds/supposed-directory.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { compareTexts } from '../../core/values/compare-texts.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { POLICY_STATES, policyState } from '../policy-states.ts';
import { requireProvable, tooLarge } from '../proof-question.ts';
import { emptyList, hintOfUnseen } from '../unseen-lists.ts';

interface Options {
  readonly state?: PolicyState;
  readonly by?: 'reach';
}

export const command = defineCommand<[], Options>({
  changesNothing: true,
  formats: ['lists'],
  declare: (command) =>
    command
      .description('The Conditional Access policies of the tenant, by name. JSON has the whole Graph objects.')
      .addOption(
        new Option('--state <state>', 'only those in this state').choices(POLICY_STATES).argParser(policyState),
      )
      .addOption(
        new Option(
          '--by <order>',
          'reach: the enforcing policies by how many people each alone decides, over every sign-in there could be',
        )
          .choices(['reach'])
          .conflicts('state'),
      )
      .addHelpText(
        'after',
        examples('gsa policy list', 'gsa policy list --state report-only', 'gsa policy list --by reach'),
      ),
  run: async (session, _args, { state, by }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    if (by === 'reach') return reachReport(tenant);
    const value = tenant.policies
      .filter((policy) => state === undefined || policy.state === state)
      .toSorted((a, b) => compareTexts(a.displayName, b.displayName) || compareTexts(a.id, b.id));
    return {
      report: {
        kind: 'policyList',
        data: {
          value,
          view: { empty: tenant.policies.length > 0 ? 'No policy is in that state.' : emptyList(tenant, 'policies') },
        },
      },
      ...hintOfUnseen(tenant, 'policies'),
    };
  },
});

function reachReport(tenant: Tenant): Result {
  requireProvable(tenant);
  const { signalingStatus } = tenant.globalSecureAccess.conditionalAccess;
  const { tenant: known, supposed } = withDirectoryAlone(tenant);
  const value = policyReaches(known, signalingStatus);
  if (value instanceof TooLarge) throw tooLarge(value);
  return { report: { kind: 'policyReach', data: { signalingStatus, peopleAreSupposed: supposed, value } } };
}
