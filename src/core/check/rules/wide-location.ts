import { WIDEST_PREFIX } from '../../tenant/limits.ts';
import { pointerOf } from '../checked-location.ts';
import { countIpv4 } from '../range-sets.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Providers get a /32 of IPv6 from their registry; what is wider holds other people's networks (our choice). */
const WIDEST_IPV6_PREFIX = 32;

/** The wider a location, the more strangers are in it. */
export const wideLocation: Rule = {
  id: 'GSA034',
  name: 'wide-location',
  severity: 'warning',
  summary: 'a named location holds far more addresses than an organisation has',
  needs: ['namedLocations'],
  page: {
    finds: [
      "Ranges wider than `/8`, which Microsoft's pages do not allow; IPv6 ranges wider than `/32`, as much as a whole provider gets; and locations that together hold more than 1,048,576 IPv4 addresses, as many as a `/12` (settable). A warning where the location is trusted or the range is wider than `/8`, otherwise a note.",
    ],
    matters: [
      'A range of that size belongs to a provider or to a continent, not to you: policies that spare the location spare strangers. Often it is a typing error, such as `/8` for `/28`.',
    ],
    fix: [
      { text: 'Look at the ranges.', command: "gsa location show '<location>'" },
      {
        text: 'Find out from which addresses your people really come, and list these.',
        command: 'gsa logs --count-by ipAddress',
      },
    ],
    sources: ['D-NET', 'OWN'],
  },
  *check({ namedLocations, settings }) {
    for (const location of namedLocations) {
      const name = quoted(location.subject.displayName);
      const severity = location.trusted ? 'warning' : 'note';
      const wide = [...location.ranges.widerThan({ 4: WIDEST_PREFIX, 6: WIDEST_IPV6_PREFIX })];
      for (const range of wide) {
        const { prefixLength = WIDEST_PREFIX } = range;
        const isRefused = prefixLength < WIDEST_PREFIX;
        yield {
          subject: location.subject,
          severity: isRefused ? 'warning' : severity,
          pointer: pointerOf(range),
          detail: range.canonical,
          message: isRefused
            ? `${name} lists ${quoted(range.text)}, wider than the /${WIDEST_PREFIX} that Microsoft Entra ID allows; list your own addresses`
            : `${name} lists ${quoted(range.text)}, wider than the /${WIDEST_IPV6_PREFIX} of a whole provider; list your own addresses`,
        };
      }
      const count = countIpv4(location.ranges);
      if (count <= settings.widestIpv4 || wide.some(({ version }) => version === 4)) continue;
      yield {
        subject: location.subject,
        severity,
        pointer: '/ipRanges',
        detail: 'count',
        message: `${name} holds ${count} IPv4 addresses, more than ${settings.widestIpv4}; list your own addresses`,
      };
    }
  },
};
