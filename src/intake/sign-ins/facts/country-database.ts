import { Reader } from 'mmdb-lib';
import type { Address } from '../../../core/network/address.ts';
import { GsaError } from '../../../trouble/error.ts';
import { readRegularFile } from '../../files/regular-file.ts';
import { quoted } from '../../text/excerpt.ts';
import { isMembers, textOf } from './members.ts';
import { walkTree } from './search-tree.ts';

/** Country of an address: two letters, `null` where the database has the address in none, `undefined` where it has no such addresses. */
export type CountryOf = (address: Address) => string | null | undefined;

/** The largest databases of countries have some hundred megabytes. */
const LARGEST = 1024 ** 3;

const HINT = 'give a country database in the MaxMind format (.mmdb)';

/**
 * Opens a `.mmdb` that the user supplies: MaxMind's shape (`country.iso_code`) or the flat one (`country_code`). Entra's own
 * database may differ, so the record's country comes first. Throws GsaError `invalid` if it is no such database.
 */
export async function openCountryDatabase(path: string): Promise<CountryOf> {
  return countryDatabaseOf(await readRegularFile(path, { most: LARGEST, hint: HINT }), path);
}

/** @internal The database that these bytes are; `path` names it in what is said of it. */
export function countryDatabaseOf(bytes: Uint8Array, path: string): CountryOf {
  const reader = readerOf(bytes, path);
  const { hasIpv4, hasIpv6, addresses } = walkTree({ bytes, ...reader.metadata }) ?? damaged(path);
  const countryIn = (text: string) => countryOfEntry(lookUp(reader, text, path));
  // Every entry is read once: a file with a hole has some that are none.
  const countries = addresses.map(countryIn);
  if (!countries.some((country) => country !== null)) throw withoutCountries(path, reader.metadata.databaseType);
  return ({ version, text }) => ((version === 4 ? hasIpv4 : hasIpv6) ? countryIn(text) : undefined);
}

function countryOfEntry(entry: unknown): string | null {
  if (!isMembers(entry)) return null;
  const country = isMembers(entry['country']) ? entry['country']['iso_code'] : entry['country_code'];
  return textOf(country)?.toUpperCase() ?? null;
}

function readerOf(bytes: Uint8Array, path: string): Reader<never> {
  try {
    return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new GsaError('invalid', `\`${path}\` is no MaxMind database`, { hint: HINT, cause });
  }
}

/** An entry of the data; one that is none shows that the file is damaged. */
function lookUp(reader: Reader<never>, address: string, path: string): unknown {
  try {
    return reader.get(address);
  } catch (cause) {
    return damaged(path, cause);
  }
}

function damaged(path: string, cause?: unknown): never {
  throw new GsaError('invalid', `the database \`${path}\` is damaged or cut off`, {
    hint: 'fetch it again: a country database in the MaxMind format (.mmdb)',
    cause,
  });
}

function withoutCountries(path: string, type: unknown): GsaError {
  return new GsaError(
    'invalid',
    `the database \`${path}\` has no country of any address: it holds ${quoted(String(type), 40)}`,
    {
      hint: HINT,
    },
  );
}
