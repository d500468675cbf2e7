import type { Command } from 'commander';
import { buildEgressIndex, isGlobalSecureAccessEgress } from '../core/network/gsa-ranges.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { readGsaTraffic } from '../intake/gsa-traffic.ts';
import { openCountryDatabase } from '../intake/sign-ins/country-database.ts';
import { readSignIns } from '../intake/sign-ins/read-sign-ins.ts';
import type { SignInStream } from '../intake/types.ts';
import type { Session } from '../shell/session.ts';

/** Options of every command that reads sign-in files: what is known beside the records. */
export interface SourceOptions {
  readonly gsaTraffic?: readonly string[];
  readonly countries?: string;
}

export function declareSources(command: Command): Command {
  return command
    .option('--gsa-traffic <file...>', 'Global Secure Access traffic logs: give the users’ own addresses back')
    .option('--countries <file.mmdb>', 'country database, for addresses whose country the record does not tell');
}

/** A stream of the sign-ins in these files; `-` is standard input. */
export async function openSignIns(
  session: Session,
  tenant: Tenant,
  files: readonly string[],
  { gsaTraffic, countries }: SourceOptions,
): Promise<SignInStream> {
  const { egressRanges } = tenant.globalSecureAccess;
  const egress = egressRanges === undefined ? undefined : buildEgressIndex(egressRanges);
  const traffic = gsaTraffic === undefined ? undefined : await readGsaTraffic(gsaTraffic);
  const countryOf = countries === undefined ? undefined : await openCountryDatabase(countries);
  return readSignIns(
    files.map((file) => (file === '-' ? { name: 'standard input', stream: session.stdin } : file)),
    {
      facts: {
        ...(egress === undefined ? {} : { isEgress: (address) => isGlobalSecureAccessEgress(address, egress) }),
        ...(traffic === undefined ? {} : { sourceOf: traffic.sourceOf }),
        ...(countryOf === undefined ? {} : { countryOf }),
      },
    },
  );
}
