import { parseRange } from '../../core/network/range.ts';
import { planAddLocation } from '../../core/tenant/location-plans.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import { GsaError } from '../../shell/error.ts';
import { change } from '../change.ts';
import { defineCommand } from '../command.ts';

interface Options {
  readonly country?: readonly string[];
  readonly unknownCountries?: true;
  readonly trusted?: true;
  readonly dryRun?: true;
}

export const command = defineCommand<[string, readonly string[]], Options>({
  declare: (command) =>
    command
      .description('Adds a named location of IP ranges, or of countries by address.')
      .argument('<name>', 'display name')
      .argument('[range...]', 'CIDR ranges, IPv4 or IPv6')
      .option('--country <code...>', 'two-letter country codes instead of ranges')
      .option('--unknown-countries', 'also addresses that map to no country')
      .option('--trusted', 'mark it as trusted')
      .option('--dry-run', 'print the plan, write nothing')
      .addHelpText(
        'after',
        '\nExamples:\n  gsa location add Branch 198.51.100.0/27 2001:db8:20::/48\n  gsa location add "Allowed countries" --country DE AT CH',
      ),
  run: (session, [displayName, ranges], options) =>
    change(
      session,
      ({ tenant }) =>
        planAddLocation(tenant, newLocation(session.newId(), displayName, ranges, options), session.now()),
      {
        dryRun: options.dryRun === true,
        operations: ['namedLocation.write'],
        nothing: 'Nothing to add.',
      },
    ),
});

function newLocation(id: string, displayName: string, ranges: readonly string[], options: Options): NamedLocation {
  const countries = (options.country ?? []).flatMap((text) => text.split(',')).map((code) => code.trim().toUpperCase());
  if (countries.length > 0 === ranges.length > 0) {
    throw new GsaError('usage', 'give either ranges or --country');
  }
  if (countries.length > 0) {
    const wrong = countries.find((code) => !/^[A-Z]{2}$/.test(code));
    if (wrong !== undefined) throw new GsaError('usage', `\`${wrong}\` is not a two-letter country code`);
    if (options.trusted === true) throw new GsaError('usage', 'a location of countries cannot be trusted');
    return {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id,
      displayName,
      countriesAndRegions: countries,
      includeUnknownCountriesAndRegions: options.unknownCountries === true,
      countryLookupMethod: 'clientIpAddress',
    };
  }
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName,
    isTrusted: options.trusted === true,
    ipRanges: ranges.map((text) => {
      const reading = parseRange(text);
      if ('problem' in reading)
        throw new GsaError('usage', reading.problem, { hint: 'write CIDR, such as 203.0.113.0/24' });
      return { '@odata.type': `#microsoft.graph.iPv${reading.range.version}CidrRange`, cidrAddress: text };
    }),
  };
}
