import type { CompiledLocation } from '../../conditional-access/facts/located.ts';

import type { CountryNamedLocation } from '../../tenant/named-location.ts';
import { isCountryNamedLocation, looksUpByGps } from '../../tenant/named-location.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { WorldPair } from '../worlds/world.ts';

/** Countries that no location of either world can tell apart. */
export interface CountryClass {
  /** One of them; `null`: an address of no country (or none shared); `undefined`: no policy asks. */
  readonly countryOrRegion: string | null | undefined;
  /** The countries that are listed; empty for "any other". */
  readonly countries: readonly string[];
  readonly text: string;
}

/** Countries that addresses map to, or that Authenticator reports, as the country locations of both worlds tell them apart. */
export function countryClasses(worlds: WorldPair, by: 'address' | 'gps'): CountryClass[] {
  const asking = countryLocations(worlds).filter((location) => looksUpByGps(location) === (by === 'gps'));
  if (asking.length === 0) return [{ countryOrRegion: by === 'gps' ? null : undefined, countries: [], text: '' }];
  const listed = asking.map(
    ({ countriesAndRegions }) => new Set(texts(countriesAndRegions).map((one) => one.toUpperCase())),
  );
  const codes = [...new Set(listed.flatMap((list) => [...list]))].sort();
  const classes = new Map<string, string[]>();
  for (const code of codes) {
    const key = listed.map((list) => Number(list.has(code))).join('');
    classes.set(key, [...(classes.get(key) ?? []), code]);
  }
  return [
    ...[...classes.values()].map((countries) => ({
      countryOrRegion: countries[0] ?? null,
      countries,
      text:
        countries.length <= 3
          ? countries.join(', ')
          : `${countries.slice(0, 2).join(', ')} and ${countries.length - 2} more`,
    })),
    { countryOrRegion: otherThan(codes), countries: [], text: 'any other country' },
    { countryOrRegion: null, countries: [], text: by === 'gps' ? 'no country shared' : 'no country' },
  ];
}

function countryLocations({ before, after }: WorldPair): CountryNamedLocation[] {
  const lists = [
    ...new Set<readonly CompiledLocation[]>([before.compiled.locations.list, after.compiled.locations.list]),
  ];
  return lists.flat().flatMap(({ location }) => (isCountryNamedLocation(location) ? [location] : []));
}

/** A code of two letters that no location lists; there are more of them than ISO 3166 has countries. */
function otherThan(codes: readonly string[]): string {
  const letters = [...'ZYXWVUTSRQPONMLKJIHGFEDCBA'];
  const usual = ['US', 'NL', 'IE', 'SG', 'JP', 'AU', 'BR', 'ZA', 'CH', 'NZ', 'IS', 'UY'];
  const all = [...usual, ...letters.flatMap((first) => letters.map((second) => first + second))];
  return all.find((code) => !codes.includes(code)) ?? 'ZZ';
}
