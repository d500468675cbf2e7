import type { CountryNamedLocation } from '../../tenant/named-location.ts';
import { unknownCountriesOf } from '../../tenant/named-location.ts';
import { texts } from '../../tenant/policy-words.ts';

/** A country that an address may map to; `null`: it maps to none, `undefined`: no policy asks. */
export interface CandidateCountry {
  readonly countryOrRegion: string | null | undefined;
  /** Ids of the country locations that hold it, in lower case. */
  readonly holders: ReadonlySet<string>;
}

/** Countries to take for "another one", the first that no location lists; `ZZ` is no country of ISO 3166. */
const OTHERS = ['US', 'NL', 'IE', 'SG', 'JP', 'AU', 'BR', 'ZA', 'CH', 'NZ', 'IS', 'UY', 'ZZ'];

/**
 * One country for each set of locations that can hold one: listed ones, another, and none, which only locations with
 * `includeUnknownCountriesAndRegions` hold, and those that lost it may (D-NET, G-CNL). `isPossible` leaves out countries that no such
 * address lies in.
 */
export function candidateCountries(
  locations: readonly CountryNamedLocation[],
  isPossible: (country: string) => boolean = () => true,
): CandidateCountry[] {
  if (locations.length === 0) return [{ countryOrRegion: undefined, holders: new Set() }];
  const listed = new Map<string, Set<string>>();
  for (const { id, countriesAndRegions } of locations) {
    for (const country of texts(countriesAndRegions)) {
      const code = country.toUpperCase();
      const holders = listed.get(code) ?? new Set();
      listed.set(code, holders.add(id.toLowerCase()));
    }
  }
  const found = new Map<string, CandidateCountry>();
  for (const [countryOrRegion, holders] of listed) {
    const key = [...holders].sort().join();
    if (!found.has(key) && isPossible(countryOrRegion)) found.set(key, { countryOrRegion, holders });
  }
  const other = OTHERS.find((code) => !listed.has(code) && isPossible(code));
  const unknown = locations.filter((location) => unknownCountriesOf(location) !== false);
  return [
    ...found.values(),
    ...(other === undefined ? [] : [{ countryOrRegion: other, holders: new Set<string>() }]),
    { countryOrRegion: null, holders: new Set(unknown.map(({ id }) => id.toLowerCase())) },
  ];
}
