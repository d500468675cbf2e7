import { readFile } from 'node:fs/promises';
import { Reader } from 'mmdb-lib';
import type { Address } from '../../../core/network/address.ts';
import { GsaError } from '../../../trouble/error.ts';
import { unreadableFile } from '../../../trouble/unreadable-file.ts';
import { codeOf } from '../source-files.ts';
import { isMembers, textOf } from './members.ts';

/** Country of an address: two letters, `null` where the database has the address in no country. */
export type CountryOf = (address: Address) => string | null;

/**
 * Opens a `.mmdb` that the user supplies: MaxMind's shape (`country.iso_code`) or the flat one (`country_code`). Entra's own
 * database may differ, so the record's country comes first. Throws GsaError `invalid` if it is no such database.
 */
export async function openCountryDatabase(path: string): Promise<CountryOf> {
  let reader: Reader<never>;
  try {
    reader = new Reader(await readFile(path));
  } catch (cause) {
    const hint = 'give a country database in the MaxMind format (.mmdb)';
    if (codeOf(cause) !== undefined) throw unreadableFile(path, cause, hint);
    throw new GsaError('invalid', `\`${path}\` is no MaxMind database`, { hint, cause });
  }
  const onlyIpv4 = reader.metadata.ipVersion === 4;
  return (address) => {
    if (onlyIpv4 && address.version === 6) return null;
    const found: unknown = reader.get(address.text);
    if (!isMembers(found)) return null;
    const country = isMembers(found['country']) ? found['country']['iso_code'] : found['country_code'];
    return textOf(country)?.toUpperCase() ?? null;
  };
}
