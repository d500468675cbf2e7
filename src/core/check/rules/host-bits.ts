import { pointerOf } from '../checked-location.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Legal and kept as written (G-NLPOST), but the range is wider than it reads. */
export const hostBits: Rule = {
  id: 'GSA037',
  name: 'host-bits',
  severity: 'note',
  summary: 'a range has bits set behind its prefix, so it holds more than it seems to',
  needs: ['namedLocations'],
  page: {
    finds: ['Ranges such as `12.34.221.11/22`, which is matched as `12.34.220.0/22`.'],
    matters: [
      'Graph takes and returns them unchanged, so they are no fault. But whoever reads `203.0.113.77/24` may believe that it is one computer, where it is 256.',
    ],
    fix: [
      { text: 'See what the location really holds.', command: "gsa location show '<location>'" },
      { text: 'Write the range by its first address, or `/32` (IPv6: `/128`) for a single computer.' },
    ],
    sources: ['G-NLPOST'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      for (const range of location.ranges.withHostBits()) {
        yield {
          subject: location.subject,
          pointer: pointerOf(range),
          detail: range.text,
          message: `${quoted(location.subject.displayName)} lists ${quoted(range.text)}, which holds all of ${quoted(range.canonical)}; write it so, or give one address its full prefix length`,
        };
      }
    }
  },
};
