import { firstAddress, parseRange } from '../../network/range.ts';
import { isPublicAddress } from '../../network/special-use.ts';
import { MAXIMUM_MFA_TRUSTED_IPS } from '../../tenant/limits.ts';
import { plural } from '../../values/plural.ts';
import type { CheckedTenant } from '../checked-tenant.ts';
import { setting } from '../checked-tenant.ts';
import type { Remark, Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

const SUBJECT = setting('mfaTrustedIps', 'MFA trusted IPs');

/** The old list beside named locations: unknown to continuous access evaluation, and it silences per-user MFA. */
export const mfaTrustedIps: Rule = {
  id: 'GSA008',
  name: 'mfa-trusted-ips',
  severity: 'warning',
  summary: 'the MFA trusted IPs are in use: an old list that few tools show',
  needs: [],
  page: {
    finds: [
      'A note where MFA trusted IPs are configured. A warning for each entry that is not a public IPv4 range, for more than 50 ranges, and for each policy that names the list (`00000000-0000-0000-0000-000000000000`) while it is known to be empty. A note for a policy that names it where the list was not imported.',
    ],
    matters: [
      'MFA trusted IPs count as trusted locations in every policy with `AllTrusted`, and they switch off per-user MFA even without a policy. They hold IPv4 only, continuous access evaluation does not know them, and Graph does not list them among named locations, so they are easily forgotten.',
    ],
    fix: [
      {
        text: 'Give the same ranges to a named location that is marked trusted.',
        command: 'gsa location add Headquarters 203.0.113.0/24 --trusted',
      },
      { text: 'See which policies would change once the old list is emptied.', command: 'gsa policy dependencies' },
      {
        text: 'Empty the list in the service settings of multifactor authentication, then import again.',
        command: 'gsa import ./export --merge',
      },
    ],
    sources: ['D-MFATIP', 'D-NET', 'CAE', 'L-M365DSC'],
  },
  *check(tenant) {
    const ranges = tenant.mfaTrustedIps ?? [];
    if (ranges.length > 0) {
      yield {
        subject: SUBJECT,
        severity: 'note',
        pointer: '/mfaTrustedIps',
        message: `${plural(ranges.length, 'range')} of MFA trusted IPs in use, which \`AllTrusted\` includes and continuous access evaluation does not know; move them to a trusted named location`,
      };
    }
    if (ranges.length > MAXIMUM_MFA_TRUSTED_IPS) {
      yield {
        subject: SUBJECT,
        pointer: '/mfaTrustedIps',
        detail: 'limit',
        message: `${ranges.length} MFA trusted IP ranges are more than the ${MAXIMUM_MFA_TRUSTED_IPS} that Microsoft Entra ID takes; move them to a named location`,
      };
    }
    yield* unusableRanges(ranges);
    yield* emptyReferences(tenant);
  },
};

function* unusableRanges(ranges: readonly string[]): Iterable<Remark> {
  for (const [at, text] of ranges.entries()) {
    const reading = parseRange(text);
    const isUsable = 'range' in reading && reading.range.version === 4 && isPublicAddress(firstAddress(reading.range));
    if (isUsable) continue;
    yield {
      subject: SUBJECT,
      pointer: `/mfaTrustedIps/${at}`,
      detail: `range:${text}`,
      message: `the MFA trusted IPs hold ${quoted(text)}, which is no public IPv4 range and never matches; take it out`,
    };
  }
}

function* emptyReferences(tenant: CheckedTenant): Iterable<Remark> {
  if (tenant.mfaTrustedIps !== undefined && tenant.mfaTrustedIps.length > 0) return;
  for (const policy of tenant.policies) {
    const entry = policy.locations.find(({ kind }) => kind === 'mfaTrustedIps');
    if (entry === undefined || policy.mode === 'disabled') continue;
    const isKnown = tenant.mfaTrustedIps !== undefined;
    const name = quoted(policy.subject.displayName);
    yield {
      subject: policy.subject,
      severity: isKnown ? 'warning' : 'note',
      pointer: entry.pointer,
      message: isKnown
        ? `${name} names the MFA trusted IPs, of which there are none, so that entry never matches; name a location instead`
        : `${name} names the MFA trusted IPs, which are not known here, so its answer is unknown; add them to the tenant`,
    };
  }
}
