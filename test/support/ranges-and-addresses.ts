import type { Tenant } from '../../src/core/tenant/tenant.ts';
import type { RandomRecord } from './random-records.ts';

/** How ranges of IPv6 lie: anywhere, or so that none parts a network of 64 bits. */
type Ranges = 'any' | 'networks';

/**
 * A tenant whose policies tell the addresses of many ranges of both versions apart, and sign-ins from their ends and beside them, in
 * odd spellings too, that differ in nothing else: an address that is taken for another is counted with it.
 */
export function rangesAndAddresses(of: Tenant, count: number, kind: Ranges) {
  const ranges = manyRanges(count, kind);
  const ids = [0, 1].map((at) => `7000000${at}-0000-4000-8000-000000000000`);
  const tenant: Tenant = {
    ...of,
    namedLocations: ids.map((id, at) => ({
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id,
      displayName: `L${at}`,
      isTrusted: at === 0,
      ipRanges: ranges.filter((_, position) => position % 2 === at).map(({ range }) => range),
    })),
    policies: ids.map((id, at) => ({
      id: id.replace('7', '8'),
      displayName: `P${at}`,
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
        locations: { includeLocations: [id] },
      },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    })),
  };
  const addresses = [...ranges.flatMap((range) => range.addresses), ...ODD_ADDRESSES];
  const alone = addresses.map((ipAddress) => ({ ipAddress, isThroughGlobalSecureAccess: false }));
  const beside = SPELLINGS.flatMap((ipAddress) =>
    [...SPELLINGS, '2001:db8::2'].map((other) => ({
      ipAddress,
      isThroughGlobalSecureAccess: true,
      globalSecureAccessIpAddress: other,
      sourceIpAddress: other,
    })),
  );
  const records: readonly RandomRecord[] = [...alone, ...beside].map((record, at) => ({
    id: `${kind}-${count}-${at}`,
    createdDateTime: '2026-06-01T08:00:00Z',
    userId: 'aaaaaaaa-0000-4000-8000-000000000001',
    appId: 'bbbbbbbb-0000-4000-8000-000000000001',
    ...record,
  }));
  return { tenant, records };
}

const SPELLINGS = ['2001:db8::1', '2001:DB8::1', '2001:db8:0::1', '2001:db8:0:0:0:0:0:1', '[2001:db8::1]:443'];

const ODD_ADDRESSES = [
  ...['2001:DB8:0::1', '2001:0db8:0:0:0:0:0:1', '[2001:db8::1]:443', '2001:db8::1', '2001:db8:0:0:0:0:0:1'],
  ...['::ffff:198.18.0.1', '::ffff:c612:1', '0::ffff:c612:1', '0:0::ffff:c612:1', '198.18.0.1:443', '010.0.0.1'],
  ...['1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '::', '::1', '0::1', '0::2', '2001:db8::1%eth0', 'fe80::1::2', '1::2::'],
  ...[
    '1::g',
    '2001:db8:1:64::g',
    '2001:db8:1:64:1',
    '2001:db8:1:64:1:2:3',
    '2001:db8:1:64:0:0:0:0:0',
    '2001:db8:1::64::1',
    '9::1',
  ],
];

/** Ranges with the addresses at their ends and beside them. */
function manyRanges(count: number, kind: Ranges) {
  const four = (word: number) => [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.');
  const six = (at: number, low: number) => `2001:db8:${at.toString(16)}:${(at % 5) * 100}::${low.toString(16)}`;
  return Array.from({ length: count }, (_, at) => {
    const from = 0xc6120000 + at * 1024;
    const to = from + 3 + ((at * 37) % 900);
    const low = at % 4 === 0 ? 0 : at;
    const lengths = kind === 'any' ? [64, 48, 120, 128, 97] : [64, 64, 61, 64, 63];
    const blocks = {
      range: { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: `${six(at, 0)}/${lengths[at % 5]}` },
      addresses: [six(at, 0), six(at, 1), six(at, 255), six(at, 0xfffe), six(at + 1, 1), `${six(at, 1)}:2:3:4`],
    };
    return [
      {
        range: { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: `${four(from)}/${22 + (at % 9)}` },
        addresses: [from - 1, from, from + 1, to, to + 1, from + 1023].map(four),
      },
      kind === 'networks' || at % 3 === 0
        ? blocks
        : {
            range: {
              '@odata.type': '#microsoft.graph.iPv6Range',
              lowerAddress: six(at, low),
              upperAddress: six(at, low + 77),
            },
            addresses: [six(at, low), six(at, low + 77), six(at, low + 78), six(at, Math.max(0, low - 1))],
          },
    ];
  }).flat();
}
