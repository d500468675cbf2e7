import type { Address } from './address.ts';
import { isMapped } from './address.ts';
import type { AddressWords } from './plain-address.ts';
import type { Range } from './range.ts';
import { readRanges } from './range.ts';
import type { RangeIndex } from './range-index.ts';
import { buildRangeIndex, lookup } from './range-index.ts';
import { rangeListOf } from './read-range-list.ts';

/** Address space kept for examples (RFC 5737, RFC 3849, RFC 9637). */
const DOCUMENTATION = readRanges(['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']);

/**
 * Whether the internet could see this address as someone's egress. Documentation addresses count as public, because they
 * stand for public ones in Microsoft's examples and in our sample tenant.
 */
export function isPublicAddress({ version, words }: Pick<Address, 'version' | 'words'>): boolean {
  return isPublicPlace(version, words);
}

/** Whether the first or the last address of the range is a public one. */
export function hasPublicEnd({ version, first, last }: Range): boolean {
  return isPublicPlace(version, first) || isPublicPlace(version, last);
}

function isPublicPlace(version: 4 | 6, words: readonly number[]): boolean {
  if (version === 6 && isMapped(words)) return isPublicPlace(4, words.slice(3));
  const holders = lookup(blocks(), { version, words } as AddressWords);
  return holders.length === 0 || holders.includes(EXAMPLES);
}

const SET_ASIDE = 0;
const EXAMPLES = 1;

let built: RangeIndex | undefined;

/** Built when somebody asks: most commands ask for no address. */
function blocks(): RangeIndex {
  built ??= buildRangeIndex([
    { ranges: rangeListOf(NOT_PUBLIC), value: SET_ASIDE },
    { ranges: rangeListOf(DOCUMENTATION), value: EXAMPLES },
  ]);
  return built;
}

/** What ipaddr.js calls by any name but `unicast` (RFC 6890 and the registries after it), so that a test finds the two alike. */
const NOT_PUBLIC = readRanges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/9',
  'ff00::/8',
]);

/**
 * Blocks that nobody signs in from (RFC 6890), and the part of IPv6 that is given out. Whoever cuts all addresses into intervals
 * cuts here too, so that no interval mixes them with public ones.
 */
export const SPECIAL_USE_BLOCKS: readonly Range[] = readRanges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '2000::/16',
  '2001:4860::/32',
  '2002::/16',
]);
