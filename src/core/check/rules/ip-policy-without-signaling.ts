import type { CheckedPolicy } from '../checked-policy.ts';
import { severityFor } from '../checked-policy.ts';
import { isSignalingOff } from '../checked-tenant.ts';
import { milder } from '../finding.ts';
import { canApply } from '../never-applies.ts';
import { addressEntries, checkedLocationsOf } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Conditional Access without signaling evaluates the proxy's egress instead of the user's address (SEED, SIR-2026). */
export const ipPolicyWithoutSignaling: Rule = {
  id: 'GSA001',
  name: 'ip-policy-without-signaling',
  severity: 'error',
  summary: 'a policy decides by the IP address while signaling is off, so it sees the address of the proxy',
  needs: ['policies', 'namedLocations', 'signalingStatus'],
  readsTraffic: true,
  page: {
    finds: [
      'Policies that are not disabled and whose locations can tell one address from another – IP named locations, countries looked up by IP address, `AllTrusted`, MFA trusted IPs – in a tenant whose Conditional Access signaling is disabled.',
      'An error where the policy enforces and traffic goes through Global Secure Access; a warning where it is report-only, is about service principals, or where the tenant does not say whether it is onboarded. Nothing is said where no traffic can go through the service: not onboarded, or every forwarding profile disabled.',
    ],
    matters: [
      "With signaling off, Microsoft Entra ID sees the egress address of Global Secure Access for everyone who comes through it. People in the office no longer match the office's ranges: policies that exclude trusted locations block or prompt them, and policies that include them no longer protect them.",
    ],
    fix: [
      { text: 'See which policies hang on the address, and how.', command: 'gsa policy dependencies' },
      { text: 'Switch signaling on, in the dry run first.', command: 'gsa signaling enable --dry-run' },
      {
        text: 'Or take the policy out of force until signaling can be enabled.',
        command: "gsa policy set-state '<policy>' enabledForReportingButNotEnforced",
      },
    ],
    sources: ['SEED', 'SIR-2026', 'D-NET', 'D-WI', 'FWD', 'OPS'],
  },
  *check(tenant) {
    if (!isSignalingOff(tenant) || tenant.gsaTraffic === false) return;
    for (const policy of tenant.policies) {
      const entries = addressEntries(tenant, policy);
      if (policy.mode === 'disabled' || entries.length === 0 || !canApply(tenant, policy)) continue;
      // Workloads do not run the client; theirs is the proxy's address only behind a remote network (D-WI, our inference).
      const severity = severityFor(policy, isForWorkloads(policy) ? 'warning' : 'error');
      yield {
        subject: policy.subject,
        severity: tenant.gsaTraffic === true ? severity : milder(severity),
        pointer: '/conditions/locations',
        related: checkedLocationsOf(tenant, entries).map(({ subject }) => subject),
        message: `${quoted(policy.subject.displayName)} decides by the IP address while signaling is disabled, so it sees the proxy's address for traffic through Global Secure Access; enable signaling or switch the policy to report-only`,
      };
    }
  },
};

function isForWorkloads(policy: CheckedPolicy): boolean {
  return policy.list('/conditions/clientApplications/includeServicePrincipals').length > 0;
}
