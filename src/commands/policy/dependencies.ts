import { analyseDependencies } from '../../core/dependencies/analyse.ts';
import type { PolicyDependency } from '../../core/dependencies/dependency.ts';
import { openFactsOfSwitch } from '../../core/dependencies/open-facts.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import { policiesOfLocation } from '../../core/tenant/location-users.ts';
import { findLocation, findPolicy } from '../../core/tenant/lookup.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { otherStatus } from '../../core/tenant/tenant.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';

export const command = defineCommand<[string | undefined], object>({
  changesNothing: true,
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'Which policies hang on the address or the compliant network signal: by which path, and what disabling and enabling ' +
          'signaling would do, with an example of each. Name a policy or a location to see what hangs on it and why.',
      )
      .argument('[policy|location]', 'display name or id')
      .addHelpText(
        'after',
        examples('gsa policy dependencies', 'gsa policy dependencies CA003', 'gsa policy dependencies Headquarters'),
      ),
  run: async (session, [text]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const analysis = analyseDependencies(tenant);
    const ids = text === undefined ? undefined : policyIdsOf(tenant, text);
    const chosen = analysis.dependencies.filter(({ policyId }) => ids === undefined || ids.has(policyId));
    const { signalingStatus } = tenant.globalSecureAccess.conditionalAccess;
    const warnings = analysis.warnings.filter(
      ({ policyIds }) => ids === undefined || policyIds.some((id) => ids.has(id)),
    );
    return {
      report: {
        kind: 'dependencies',
        data: {
          signalingStatus,
          subject: text === undefined ? null : `\`${text}\``,
          value: chosen.map(row),
          notKnown: openFactsOfSwitch(tenant, chosen, otherStatus(signalingStatus)),
          arePoliciesKnown: isListKnown(tenant, 'policies'),
          warnings: warnings.map(({ message }) => message),
        },
      },
    };
  },
});

/** A policy by name, or all the policies that name a location; the policy wins when both are called so. */
function policyIdsOf(tenant: Tenant, text: string): ReadonlySet<string> {
  const policy = findPolicy(tenant, text);
  if ('found' in policy) return new Set([policy.found.id]);
  const location = findLocation(tenant, text);
  if ('found' in location) return new Set(policiesOfLocation(tenant, location.found).map(({ id }) => id));
  return new Set([theOne(policy, 'policy', text).id]);
}

function row({ policyId, displayName, state, paths, onDisable, onEnable }: PolicyDependency) {
  return { id: policyId, displayName, state, paths, onDisable, onEnable };
}
