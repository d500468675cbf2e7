import { INTUNE, INTUNE_ENROLLMENT } from '../../conditional-access/facts/well-known-applications.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { blocks } from '../checked-policy.ts';
import { canApply } from '../never-applies.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

const EXCLUSIONS = [
  { appId: INTUNE, displayName: 'Microsoft Intune' },
  { appId: INTUNE_ENROLLMENT, displayName: 'Microsoft Intune Enrollment' },
];

/** A device needs Intune to get the client that brings it into the compliant network (CN). */
export const compliantNetworkBlocksIntune: Rule = {
  id: 'GSA006',
  name: 'compliant-network-blocks-intune',
  severity: 'note',
  summary:
    'a policy blocks everything outside the compliant network, Intune included, so that new devices cannot enroll',
  needs: ['policies'],
  page: {
    finds: [
      `Policies that are not disabled, block every location but the compliant network for all applications, and do not exclude Microsoft Intune (\`${INTUNE}\`) and Microsoft Intune Enrollment (\`${INTUNE_ENROLLMENT}\`).`,
    ],
    matters: [
      "A new device gets the Global Secure Access client through Intune. If Intune is reachable only from the compliant network, and the compliant network only with the client, the device can never get in. Microsoft suggests both exclusions; the service's own resources are excluded automatically.",
    ],
    fix: [
      {
        text: 'Write the policies out, add both ids to `excludeApplications`, and import them again.',
        command: 'gsa export ./tenant --kind policies',
      },
      { text: 'See what the import would change before it is made.', command: 'gsa import ./tenant --merge --dry-run' },
    ],
    sources: ['CN', 'ZTA'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      if (policy.mode === 'disabled' || !blocks(policy) || !canApply(tenant, policy)) continue;
      const coversEverywhere = policy.locations.some(({ side, kind }) => side === 'include' && kind === 'all');
      const sparesCompliantNetwork = policy.locations.some(
        ({ side, kind }) => side === 'exclude' && kind === 'compliantNetwork',
      );
      const missing = missingExclusions(policy);
      if (!coversEverywhere || !sparesCompliantNetwork || missing.length === 0) continue;
      yield {
        subject: policy.subject,
        pointer: '/conditions/applications',
        message: `${quoted(policy.subject.displayName)} blocks everything outside the compliant network but does not exclude ${missing.join(' and ')}, which new devices need; exclude ${missing.length > 1 ? 'them' : 'it'}`,
      };
    }
  },
};

function missingExclusions(policy: CheckedPolicy): string[] {
  // They may have been in a list that an export lost.
  if (policy.lost.some(({ condition, side }) => condition === 'applications' && side === 'exclude')) return [];
  if (!policy.list('/conditions/applications/includeApplications').some(({ key }) => key === 'all')) return [];
  const excluded = policy.list('/conditions/applications/excludeApplications').map(({ key }) => key);
  return EXCLUSIONS.filter(({ appId }) => !excluded.includes(appId)).map(({ displayName }) => displayName);
}
