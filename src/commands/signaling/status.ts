import { dependenciesOf } from '../../core/dependencies/analyse.ts';
import { impactOf } from '../../core/dependencies/enforced.ts';
import { prerequisites } from '../../core/signaling/prerequisites.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import { isCompliantNetworkNamedLocation } from '../../core/tenant/named-location.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import {
  defaultSignalingStatus,
  isCreatedDateTimeKnown,
  isSignalingStatusAssumed,
  otherStatus,
} from '../../core/tenant/tenant.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { locationSummary } from '../location-summary.ts';

export const command = defineCommand<[], object>({
  declare: (command) =>
    command
      .description(
        'Whether signaling (source IP restoration) is on, since when and why, whether its prerequisites hold, and how many ' +
          'policies would change what they enforce if it were switched. `gsa policy dependencies` names these, `gsa impact` tells ' +
          'whom they would hit.',
      )
      .addHelpText('after', examples('gsa signaling status', 'gsa signaling status -o json')),
  run: async (session) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['signaling.read']);
    const { conditionalAccess, signalingChange } = tenant.globalSecureAccess;
    const to = otherStatus(conditionalAccess.signalingStatus);
    const location = tenant.namedLocations.find(isCompliantNetworkNamedLocation);
    const effects = dependenciesOf(tenant)
      .flatMap((dependency) => impactOf(dependency, to).effects)
      .filter((effect) => effect !== 'none');
    return {
      report: {
        kind: 'signalingStatus',
        data: {
          signalingStatus: conditionalAccess.signalingStatus,
          isSignalingStatusKnown: !isSignalingStatusAssumed(tenant),
          changedDateTime: signalingChange?.changedDateTime ?? null,
          changedBy: signalingChange?.changedBy ?? null,
          reason: reasonOf(tenant),
          prerequisites: prerequisites(tenant),
          dependentPolicies: [...new Set(effects)].sort().map((effect) => ({
            effect,
            count: effects.filter((each) => each === effect).length,
          })),
          arePoliciesKnown: isListKnown(tenant, 'policies'),
          compliantNetworkLocation: location === undefined ? null : usersOf(tenant, location),
        },
      },
      hint: '`gsa policy dependencies` names these policies, `gsa impact <sign-ins>` tells whom a switch would hit',
    };
  },
});

function reasonOf(tenant: Tenant): string {
  const { conditionalAccess, signalingChange } = tenant.globalSecureAccess;
  if (signalingChange !== undefined) {
    return `${signalingChange.changedBy} set it on ${signalingChange.changedDateTime}`;
  }
  const { onboardedDateTime } = tenant.globalSecureAccess;
  const byDefault = defaultSignalingStatus(tenant.createdDateTime, onboardedDateTime);
  const day = tenant.createdDateTime.slice(0, 10);
  if (byDefault !== conditionalAccess.signalingStatus) return 'the imported settings say so';
  if (onboardedDateTime !== undefined) {
    const onboarded = `Global Secure Access was enabled on ${onboardedDateTime.slice(0, 10)}`;
    return byDefault === 'enabled'
      ? `${onboarded}, on or after 2025-06-01: enabled by default`
      : `${onboarded}, before 2025-06-01: it must be enabled by hand (\`gsa signaling enable\`)`;
  }
  if (!isCreatedDateTimeKnown(tenant)) {
    return `nobody said when the tenant was created, which decides how signaling starts: taken for ${byDefault}, as in a new tenant`;
  }
  return byDefault === 'enabled'
    ? `the tenant was created on ${day}, on or after 2025-06-01: enabled by default`
    : `the tenant was created on ${day}, before 2025-06-01, and when Global Secure Access was enabled is not known: taken as ` +
        'before then, so that signaling must be enabled by hand (`gsa signaling enable`)';
}

function usersOf(tenant: Tenant, location: NamedLocation) {
  const { id, displayName, policies } = locationSummary(tenant, location);
  return { id, displayName, policies };
}
