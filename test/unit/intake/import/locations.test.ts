import { describe, expect, test } from 'vitest';
import { GUID, importing, LOCATION } from './importing.ts';

function remarksOn(location: object): string[] {
  return importing({ 'l.json': location }).problems.map(({ severity, code, message, place }) =>
    [severity, code, place.pointer ?? '', message].join(' '),
  );
}

function rangeRemarks(...ranges: unknown[]): string[] {
  return remarksOn({ ...LOCATION, ipRanges: ranges });
}

const v4 = (cidrAddress: string) => ({ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress });

test.each([
  ['IP ranges', LOCATION],
  ['host bits as Graph’s own example has them', { ...LOCATION, ipRanges: [v4('12.34.221.11/22')] }],
  [
    'lower and upper address',
    { ...LOCATION, ipRanges: [{ lowerAddress: '203.0.113.1', upperAddress: '203.0.113.9' }] },
  ],
  [
    'countries',
    {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: GUID(3),
      displayName: 'Germany',
      countriesAndRegions: ['DE'],
      includeUnknownCountriesAndRegions: false,
      countryLookupMethod: 'clientIpAddress',
    },
  ],
  [
    'the compliant network',
    {
      '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
      id: '3d46dbda-8382-466a-856d-eb00cbc6b910',
      displayName: 'All Compliant Network locations',
      compliantNetworkType: 'allTenantCompliantNetworks',
      isTrusted: false,
    },
  ],
  [
    'a kind of the future',
    { '@odata.type': '#microsoft.graph.privateLinkNamedLocation', id: GUID(3), displayName: 'x', links: [1] },
  ],
])('a named location of %s is taken as it is', (_, location) => {
  expect(importing({ 'l.json': location }).namedLocations.map(({ value }) => value)).toEqual([location]);
});

describe('ranges', () => {
  test.each([
    ['203.0.113.0/24', []],
    [
      '203.0.113.77/24',
      [
        'note hostBits /ipRanges/0 `ipRanges`: `203.0.113.77/24` has host bits set; it is kept, and matches 203.0.113.0/24',
      ],
    ],
    ['8.0.0.0/8', []],
    [
      '8.0.0.0/7',
      [
        'warning wideRange /ipRanges/0 `ipRanges`: `8.0.0.0/7` is wider than the /8 that Microsoft Entra documents as the widest (D-NET)',
      ],
    ],
    [
      '0.0.0.0/0',
      [
        'warning wideRange /ipRanges/0 `ipRanges`: `0.0.0.0/0` is wider than the /8 that Microsoft Entra documents as the widest (D-NET)',
      ],
    ],
    [
      '10.0.0.0/8',
      [
        'warning privateRange /ipRanges/0 `ipRanges`: `10.0.0.0/8` holds no public address; the public address of a sign-in never matches it',
      ],
    ],
    [
      '2001:db8::/32',
      [
        'warning rangeType /ipRanges/0 `ipRanges`: `2001:db8::/32` is IPv6, its type `#microsoft.graph.iPv4CidrRange` says otherwise',
      ],
    ],
    ['203.0.113.5', ['error bareAddress /ipRanges/0 `ipRanges`: `203.0.113.5` has no mask: write `203.0.113.5/32`']],
    ['2001:db8::1', ['error bareAddress /ipRanges/0 `ipRanges`: `2001:db8::1` has no mask: write `2001:db8::1/128`']],
    ['010.0.0.1/8', ['error badRange /ipRanges/0 `ipRanges`: `010.0.0.1/8` is not an IP range']],
    ['203.0.113.0/33', ['error badRange /ipRanges/0 `ipRanges`: `203.0.113.0/33` is not an IP range']],
    ['<HQ-RANGE>', ['error badRange /ipRanges/0 `ipRanges`: `<HQ-RANGE>` is not an IP range']],
  ])('%s', (cidr, remarks) => {
    expect(rangeRemarks(v4(cidr))).toEqual(remarks);
  });

  test('all that are wrong are named at once, and nothing is taken', () => {
    const ranges = [v4('1.2.3/24'), v4('203.0.113.0/24'), v4('127.1/8'), { cidrAddress: 7 }, {}, null];
    expect(rangeRemarks(...ranges)).toEqual([
      'error badRange /ipRanges/0 `ipRanges`: `1.2.3/24` is not an IP range',
      'error badRange /ipRanges/2 `ipRanges`: `127.1/8` is not an IP range',
      'error wrongType /ipRanges/3/cidrAddress `ipRanges.cidrAddress`: expected text, found a number',
      'error missingMember /ipRanges/3 `ipRanges`: a range needs `cidrAddress`',
      'error missingMember /ipRanges/4 `ipRanges`: a range needs `cidrAddress`',
      'error wrongType /ipRanges/5 `ipRanges`: expected an object, found null',
    ]);
  });

  test('as plain texts, or one object where a list belongs, are taken and noted', () => {
    const imported = importing({
      'a.json': { ...LOCATION, ipRanges: ['203.0.113.0/24'] },
      'b.json': { ...LOCATION, id: GUID(4), ipRanges: v4('203.0.113.0/24') },
    });
    expect(imported.namedLocations.map(({ value }) => value)).toEqual([
      { ...LOCATION, ipRanges: [{ cidrAddress: '203.0.113.0/24' }] },
      { ...LOCATION, id: GUID(4) },
    ]);
    expect(imported.problems.map(({ code }) => code)).toEqual(['rangeAsText', 'singleObject']);
  });

  test('more than a location may hold are a warning', () => {
    const ranges = Array.from({ length: 2001 }, (_, at) => v4(`20.${at >> 8}.${at & 255}.0/24`));
    expect(rangeRemarks(...ranges)).toEqual([
      'warning manyRanges  2001 ranges are more than the 2000 of Microsoft Entra',
    ]);
    expect(rangeRemarks()).toEqual(['warning emptyLocation  the location holds no range and never matches']);
  });
});

test.each([
  [
    { id: 'a', displayName: 'x', isTrusted: false, ipRanges: [v4('203.0.113.0/24')] },
    '#microsoft.graph.ipNamedLocation',
  ],
  [{ id: 'a', displayName: 'x', countriesAndRegions: ['DE'] }, '#microsoft.graph.countryNamedLocation'],
  [
    { id: 'a', displayName: 'x', compliantNetworkType: 'allTenantCompliantNetworks' },
    '#microsoft.graph.compliantNetworkNamedLocation',
  ],
])('without a type, %j is known by its members', (location, type) => {
  const imported = importing({ 'l.json': location });
  expect(imported.namedLocations[0]?.value).toEqual({ ...location, '@odata.type': type });
  expect(imported.problems.map(({ code }) => code)).toEqual(['locationType']);
});

test('the compliant network location has one id in every tenant, also where the file has none', () => {
  const location = { '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation', displayName: 'All' };
  expect(importing({ 'l.json': location }).namedLocations[0]?.value.id).toBe('3d46dbda-8382-466a-856d-eb00cbc6b910');
});

test.each([
  [{ ...LOCATION, ipRanges: undefined }, 'error missingMember  an IP location needs `ipRanges`'],
  [{ ...LOCATION, isTrusted: 'perhaps' }, 'error wrongType /isTrusted `isTrusted`: expected true or false, found text'],
  ...[null, undefined].map((isTrusted): [object, string] => [
    { ...LOCATION, isTrusted },
    'warning lostTrust  the export lost `isTrusted`, which Microsoft Graph always gives: whether `AllTrusted` holds the location is not known until `gsa location trust` or `gsa location untrust` says it',
  ]),
  [
    { '@odata.type': '#microsoft.graph.countryNamedLocation', id: 'a', displayName: 'x' },
    'error missingMember  a country location needs `countriesAndRegions`',
  ],
  [
    {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: 'a',
      displayName: 'x',
      countriesAndRegions: ['Germany'],
    },
    'warning countryCode  `Germany` is no two-letter country code',
  ],
  [
    { '@odata.type': '#microsoft.graph.privateLinkNamedLocation', id: 'a', displayName: 'x' },
    'warning unknownLocationType  `#microsoft.graph.privateLinkNamedLocation` is kept and matches nothing',
  ],
])('%j is remarked on', (location, remark) => {
  expect(remarksOn(location)).toEqual([remark]);
});

test('a location of the PowerShell SDK is unpacked', () => {
  const sdk = {
    Id: GUID(2),
    DisplayName: 'Headquarters',
    AdditionalProperties: { '@odata.type': LOCATION['@odata.type'], isTrusted: true, ipRanges: LOCATION.ipRanges },
  };
  expect(importing({ 'l.json': sdk }).namedLocations.map(({ value }) => value)).toEqual([LOCATION]);
});
