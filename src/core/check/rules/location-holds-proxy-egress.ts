import { rangesOverlap, readRanges } from '../../network/range.ts';
import { rangeListOf } from '../../network/read-range-list.ts';
import { pointerOf } from '../checked-location.ts';
import type { CheckedTenant } from '../checked-tenant.ts';
import { setting } from '../checked-tenant.ts';
import { policiesUsing } from '../policy-locations.ts';
import { firstOverlap } from '../range-sets.ts';
import type { Remark, Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** All customers of Global Secure Access share its egress addresses (POP); trusting them weakens security (CAE). */
export const locationHoldsProxyEgress: Rule = {
  id: 'GSA004',
  name: 'location-holds-proxy-egress',
  severity: 'error',
  summary:
    'a named location or the MFA trusted IPs hold egress addresses of Global Secure Access, which all its customers share',
  needs: ['namedLocations'],
  page: {
    finds: [
      'Named locations with a range that overlaps the egress of Global Secure Access: `128.94.0.0/19` and `151.206.0.0/16`, or the ranges that the tenant states for itself. MFA trusted IPs are checked likewise.',
      'An error where the location is trusted or the range is among the MFA trusted IPs; a warning where it is not trusted but a policy uses it; a note where nothing uses it.',
    ],
    matters: [
      "The egress addresses are not yours: every tenant's users leave through them, and Microsoft gives no address to one tenant. Whoever has a Global Secure Access client, in any tenant, comes from a place that you trust.",
      "It also makes enabling signaling dangerous: the address that policies see turns from the proxy's to the user's, so a policy that let people in because of these ranges blocks them.",
    ],
    fix: [
      { text: 'See who relies on it.', command: 'gsa policy dependencies' },
      {
        text: 'Enable signaling, so that people are known by their own address.',
        command: 'gsa signaling enable --dry-run',
      },
      {
        text: 'Take the mark off the location, or its ranges out; to ask for the service itself, use the compliant network location instead.',
        command: "gsa location untrust '<location>'",
      },
    ],
    sources: ['POP', 'CAE', 'SIR-2026', 'CN'],
  },
  *check(tenant) {
    const egress = rangeListOf(tenant.egressRanges);
    for (const location of tenant.namedLocations) {
      const held = firstOverlap(location, egress);
      if (held === undefined) continue;
      const policies = policiesUsing(tenant, location);
      const name = quoted(location.subject.displayName);
      const advice = location.trusted ? 'untrust it or take the range out' : 'take the range out';
      yield {
        subject: location.subject,
        severity: location.trusted ? 'error' : policies.length > 0 ? 'warning' : 'note',
        pointer: pointerOf(held),
        related: policies.map(({ subject }) => subject),
        message: `${location.trusted ? 'trusted location' : 'location'} ${name} holds ${quoted(held.text)}, egress of Global Secure Access that all its customers share; ${advice}`,
      };
    }
    yield* trustedIps(tenant);
  },
};

function* trustedIps({ mfaTrustedIps = [], egressRanges }: CheckedTenant): Iterable<Remark> {
  for (const [at, text] of mfaTrustedIps.entries()) {
    const [range] = readRanges([text]);
    if (range === undefined || !egressRanges.some((egress) => rangesOverlap(egress, range))) continue;
    yield {
      subject: setting('mfaTrustedIps', 'MFA trusted IPs'),
      pointer: `/mfaTrustedIps/${at}`,
      detail: `range:${text}`,
      message: `the MFA trusted IPs hold ${quoted(text)}, egress of Global Secure Access that all its customers share; take it out`,
    };
  }
}
