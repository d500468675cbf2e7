import { plural } from '../../values/plural.ts';
import type { CheckedLocation } from '../checked-location.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { isActive } from '../checked-policy.ts';
import type { CheckedTenant } from '../checked-tenant.ts';
import { checkedLocationsOf } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { listed, quoted } from '../wording.ts';

/** Matching is per address family, and the client tunnels IPv4 only: IPv6 goes directly (D-IPV6, LIM). */
export const ipv4OnlyLocation: Rule = {
  id: 'GSA038',
  name: 'ipv4-only-location',
  severity: 'warning',
  summary: 'policies use a location that holds IPv4 only, where people may come over IPv6',
  needs: ['policies', 'namedLocations'],
  page: {
    finds: [
      'IP named locations without an IPv6 range that a policy in force or report-only uses on a side whose other locations hold no IPv6 either. A note, because the tenant does not say who has IPv6; a warning where the sign-in log shows sign-ins over IPv6.',
    ],
    matters: [
      'Microsoft Entra ID is reachable over IPv6, and a client that has it mostly uses it. Its address is in no IPv4 range: people are blocked or prompted inside the office. The Global Secure Access client does not help, because it tunnels IPv4 only and IPv6 goes around it.',
    ],
    fix: [
      { text: 'See whether anybody comes over IPv6.', command: "gsa logs --ip '::/0' --count-by userPrincipalName" },
      {
        text: "Add the office's IPv6 prefix to the location, and check it.",
        command: 'gsa location match 2001:db8:10::5',
      },
    ],
    sources: ['D-IPV6', 'LIM', 'D-NET'],
  },
  *check(tenant) {
    const { ipv6SignIns } = tenant.settings;
    for (const location of tenant.namedLocations) {
      if (!holdsOnlyIpv4(location)) continue;
      const policies = tenant.policies.filter((policy) => isActive(policy) && missesIpv6(tenant, policy, location));
      if (policies.length === 0) continue;
      const isSeen = ipv6SignIns !== undefined && ipv6SignIns.signIns > 0;
      const seen = isSeen
        ? `; the log shows ${plural(ipv6SignIns.signIns, 'sign-in')} of ${plural(ipv6SignIns.users, 'user')} over IPv6`
        : '';
      yield {
        subject: location.subject,
        severity: isSeen ? 'warning' : 'note',
        pointer: '/ipRanges',
        related: policies.map(({ subject }) => subject),
        message: `${quoted(location.subject.displayName)} holds IPv4 only, and ${listed(policies.map(({ subject }) => subject.displayName))} would miss people who come over IPv6${seen}; add its IPv6 prefix`,
      };
    }
  },
};

function holdsOnlyIpv4({ ranges }: CheckedLocation): boolean {
  return ranges.length > 0 && ranges.ipv6.firsts.length === 0;
}

function missesIpv6(tenant: CheckedTenant, policy: CheckedPolicy, location: CheckedLocation): boolean {
  return (['include', 'exclude'] as const).some((wanted) => {
    const locations = checkedLocationsOf(
      tenant,
      policy.locations.filter(({ side }) => side === wanted),
    );
    const coversIpv6 = locations.some(({ kind, ranges }) => kind === 'country' || ranges.ipv6.firsts.length > 0);
    return locations.includes(location) && !coversIpv6;
  });
}
