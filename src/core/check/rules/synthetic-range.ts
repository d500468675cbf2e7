import { SYNTHETIC_RANGE } from '../../network/gsa-ranges.ts';
import { parseRange, rangeIsWithin } from '../../network/range.ts';
import { rangeListOf } from '../../network/read-range-list.ts';
import { pointerOf } from '../checked-location.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** The client's DNS proxy hands these addresses to local applications; none is ever anyone's egress (GH-DNS). */
export const syntheticRange: Rule = {
  id: 'GSA007',
  name: 'synthetic-range',
  severity: 'warning',
  summary: 'a named location lists addresses that the Global Secure Access client invents on the device',
  needs: ['namedLocations'],
  page: {
    finds: ['Ranges inside `6.6.0.0/16` in a named location.'],
    matters: [
      'The client answers DNS queries for forwarded names with addresses from this block, so that it can catch the connection on the device. They show up in traces and in `nslookup`, but nobody ever signs in from one: the range gives no access to those who were meant to have it, and the owner of the real block gets it instead.',
    ],
    fix: [
      {
        text: 'Find the address that Microsoft Entra ID really sees for these people.',
        command: 'gsa logs --through-gsa',
      },
      {
        text: "Replace the range by the office's public egress address, and check it.",
        command: 'gsa location match 203.0.113.10',
      },
    ],
    sources: ['GH-DNS'],
  },
  *check(tenant) {
    const reading = parseRange(SYNTHETIC_RANGE);
    if (!('range' in reading)) return;
    const synthetic = rangeListOf([reading.range]);
    for (const location of tenant.namedLocations) {
      for (const range of location.ranges.overlapping(synthetic)) {
        if (!rangeIsWithin(range, reading.range)) continue;
        yield {
          subject: location.subject,
          pointer: pointerOf(range),
          detail: range.canonical,
          message: `${quoted(location.subject.displayName)} lists ${quoted(range.text)}, an address block that the client invents on the device and nobody signs in from; list the public egress address instead`,
        };
      }
    }
  },
};
