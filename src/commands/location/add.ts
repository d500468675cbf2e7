import type { NamedLocation } from '../../core/tenant/named-location.ts';
import { planAddLocation } from '../../core/tenant/plans/locations.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { StoredTenant } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { countryNamed, rangeNamed } from '../network-options.ts';
import { parts } from '../options.ts';

interface Options {
  readonly country?: readonly string[];
  readonly unknownCountries?: true;
  readonly trusted?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

export const command = defineCommand<[string, readonly string[]], Options>({
  declare: (command) =>
    command
      .description('Adds a named location of IP ranges, or of countries by address.')
      .argument('<name>', 'display name')
      .argument('[range...]', 'CIDR ranges, IPv4 or IPv6')
      .option('--country <code>', 'two-letter country code instead of ranges; repeatable', countries)
      .option('--unknown-countries', 'also addresses that map to no country')
      .option('--trusted', 'mark it as trusted')
      .option('--force', 'also where another location has that name')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText(
        'after',
        examples(
          'gsa location add Branch 198.51.100.0/27 2001:db8:20::/48',
          'gsa location add "Allowed countries" --country DE,AT,CH',
        ),
      ),
  run: async (session, [displayName, ranges], options) => {
    const location = newLocation(session.newId(), displayName, ranges, options);
    const plan = ({ tenant }: StoredTenant) =>
      options.force !== true && isTaken(tenant, displayName)
        ? { refused: `there is a location \`${displayName}\` already; --force adds another of that name` }
        : planAddLocation(tenant, location, session.now());
    return change(session, plan, {
      dryRun: options.dryRun === true,
      operations: ['namedLocation.write'],
      nothing: 'Nothing to add.',
    });
  },
});

/** Names are compared as people read them: in any case. Graph takes two of one name, and nobody can tell them apart. */
function isTaken({ namedLocations }: Tenant, name: string): boolean {
  return namedLocations.some(({ displayName }) => displayName.toLowerCase() === name.toLowerCase());
}

function countries(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...parts(text).map(countryNamed)];
}

function newLocation(id: string, displayName: string, ranges: readonly string[], options: Options): NamedLocation {
  const { country: countries = [], unknownCountries, trusted } = options;
  if (countries.length > 0 === ranges.length > 0) {
    throw new GsaError('usage', 'give either ranges or --country');
  }
  if (countries.length > 0) {
    if (trusted === true) throw new GsaError('usage', 'a location of countries cannot be trusted');
    return {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id,
      displayName,
      countriesAndRegions: countries,
      includeUnknownCountriesAndRegions: unknownCountries === true,
      countryLookupMethod: 'clientIpAddress',
    };
  }
  if (unknownCountries === true) throw new GsaError('usage', '--unknown-countries goes with --country');
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName,
    isTrusted: trusted === true,
    ipRanges: ranges.map((text) => ({
      '@odata.type': `#microsoft.graph.iPv${rangeNamed(text).version}CidrRange` as const,
      cidrAddress: text,
    })),
  };
}
