import type { Range } from '../../network/range.ts';
import { parseRange, rangeIsWithin } from '../../network/range.ts';
import { rangeListOf } from '../../network/read-range-list.ts';
import { pointerOf } from '../checked-location.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Blocks that never are a public egress (RFC 6890); documentation ranges stand for public ones in examples. */
const BLOCKS: readonly (readonly [block: string, use: string])[] = [
  ['10.0.0.0/8', 'a private network'],
  ['172.16.0.0/12', 'a private network'],
  ['192.168.0.0/16', 'a private network'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'the device itself'],
  ['169.254.0.0/16', 'link-local traffic'],
  ['0.0.0.0/8', 'no host'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'no use yet'],
  ['fc00::/7', 'a private network'],
  ['fe80::/10', 'link-local traffic'],
  ['ff00::/8', 'multicast'],
  ['::/127', 'the device itself'],
];

const SPECIAL = BLOCKS.flatMap(([block, use]): readonly { readonly range: Range; readonly use: string }[] => {
  const reading = parseRange(block);
  return 'range' in reading ? [{ range: reading.range, use }] : [];
});

const RANGES = rangeListOf(SPECIAL.map(({ range }) => range));

/** The location is matched on the public address (D-NET), so a private one never matches; it is accepted all the same. */
export const privateRange: Rule = {
  id: 'GSA035',
  name: 'private-range',
  severity: 'warning',
  summary: 'a named location lists addresses that can never reach Microsoft Entra ID',
  needs: ['namedLocations'],
  page: {
    finds: [
      'Ranges that lie inside address space which never appears on the internet: private networks (`10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`, `fc00::/7`), carrier-grade NAT (`100.64.0.0/10`), loopback, link-local, multicast and reserved blocks.',
      'Documentation ranges such as `203.0.113.0/24` are not reported, because examples use them in place of public ones.',
    ],
    matters: [
      'Microsoft Entra ID sees the public address behind which people sit. A private range matches nobody: whoever was meant to be spared is blocked or prompted, and a policy that includes only such a location never applies. The service accepts these ranges without a word.',
    ],
    fix: [
      {
        text: 'Find the public address that people of that network come from.',
        command: 'gsa logs --count-by ipAddress',
      },
      { text: 'List that one instead, and check it.', command: 'gsa location match 203.0.113.10' },
    ],
    sources: ['D-NET', 'GH-PRIVATE', 'RFC6890'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      for (const range of location.ranges.overlapping(RANGES)) {
        const special = SPECIAL.find((block) => rangeIsWithin(range, block.range));
        if (special === undefined) continue;
        yield {
          subject: location.subject,
          pointer: pointerOf(range),
          detail: range.canonical,
          message: `${quoted(location.subject.displayName)} lists ${quoted(range.text)}, kept for ${special.use}, which Microsoft Entra ID never sees; list the public address instead`,
        };
      }
    }
  },
};
