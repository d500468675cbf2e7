import { Reader } from 'mmdb-lib';
import type { Address } from '../../../core/network/address.ts';
import { GsaError } from '../../../trouble/error.ts';
import { readRegularFile } from '../../files/regular-file.ts';
import { isMembers, textOf } from './members.ts';

/** Country of an address: two letters, `null` where the database has the address in no country. */
export type CountryOf = (address: Address) => string | null;

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
  const onlyIpv4 = reader.metadata.ipVersion === 4;
  return (address) => {
    if (onlyIpv4 && address.version === 6) return null;
    const found = lookUp(reader, address, path);
    if (!isMembers(found)) return null;
    const country = isMembers(found['country']) ? found['country']['iso_code'] : found['country_code'];
    return textOf(country)?.toUpperCase() ?? null;
  };
}

function readerOf(bytes: Uint8Array, path: string): Reader<never> {
  try {
    return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new GsaError('invalid', `\`${path}\` is no MaxMind database`, { hint: HINT, cause });
  }
}

/** A file that is cut or damaged shows it only where it is read. */
function lookUp(reader: Reader<never>, address: Address, path: string): unknown {
  try {
    return reader.get(address.text);
  } catch (cause) {
    throw new GsaError('invalid', `the database \`${path}\` is damaged or cut off`, {
      hint: 'fetch it again: a country database in the MaxMind format (.mmdb)',
      cause,
    });
  }
}
