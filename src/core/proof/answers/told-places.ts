import type { AddressClass } from '../levels/addresses.ts';
import type { Place, Spot, Way } from '../levels/places.ts';
import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { bitsOf } from '../worlds/masks.ts';

/** The places that the sign-ins of an answer come from, in words; ways of the same sources are told together. */
export function placesTold(proof: Proof, mask: Mask): string[] {
  const places = bitsOf(mask).flatMap((at) => proof.where.places[at] ?? []);
  const roads = [...Map.groupBy(places, (place) => `${place.ways.join()}${claimsTold(place).join()}`).values()].map(
    (group) => ({
      ways: group[0]?.ways ?? [],
      claim:
        group[0] === undefined
          ? ''
          : claimsTold(group[0])
              .map((text) => `, ${text}`)
              .join(''),
      sources: sourcesTold(proof, group),
    }),
  );
  return [...Map.groupBy(roads, ({ sources }) => sources)].map(([sources, group]) => {
    const claims = [...new Set(group.map(({ claim }) => claim))];
    const isAnyClaim = claims.includes('') || claims.length > 1;
    return `${sources}, ${wayTold([...new Set(group.flatMap(({ ways }) => ways))])}${isAnyClaim ? '' : claims.join('')}`;
  });
}

export function wayTold(ways: readonly Way[]): string {
  const through = ways.filter((way) => way !== 'direct');
  const words =
    through.length === 0
      ? []
      : through.length === 1 && through[0] === 'otherTenant'
        ? ['through another tenant’s Global Secure Access']
        : [
            through.includes('otherTenant')
              ? 'through Global Secure Access of any tenant'
              : 'through Global Secure Access',
          ];
  return [...(ways.includes('direct') ? ['directly'] : []), ...words].join(' or ');
}

/** The position that Authenticator shares, and the intranet claim, where policies ask for them. */
export function claimsTold({ gps, insideCorporateNetwork }: Place): string[] {
  return [
    ...(gps.text === '' ? [] : [`GPS position: ${gps.text}`]),
    ...(insideCorporateNetwork ? ['with the intranet claim'] : []),
  ];
}

function sourcesTold(proof: Proof, places: readonly Place[]): string {
  const countries = new Set(proof.where.places.flatMap(({ sources }) => sources.map(({ country }) => country))).size;
  const spots = places.flatMap(({ sources }) => sources);
  const byCountries = Map.groupBy(
    Map.groupBy(spots, ({ address }) => address),
    ([, group]) => countriesTold([...new Set(group.map(({ country }) => country))], countries),
  );
  return [...byCountries]
    .map(
      ([text, group]) =>
        `${addressesTold(
          proof,
          group.map(([address]) => address),
        )}${text}`,
    )
    .join(', ');
}

function countriesTold(own: readonly Spot['country'][], all: number): string {
  return own.length === all ? '' : ` (${own.map(({ text }) => text).join(', ')})`;
}

function addressesTold({ where }: Proof, addresses: readonly AddressClass[]): string {
  const all = where.space.classes.filter(({ isEgress, address }) => !isEgress && address.version === 4);
  const asked = new Set(addresses);
  const isAny = all.length > 1 && all.every((one) => asked.has(one));
  const others = isAny ? addresses.filter((one) => !all.includes(one)) : addresses;
  return [...new Set([...(isAny ? ['any IPv4 address'] : []), ...others.map(addressTold)])].join(', ');
}

/** The named locations that hold an address, or that none does. */
function addressTold({ locations, isEgress, address }: AddressClass): string {
  if (locations.length > 0) return `${locations.join(' and ')}${isEgress ? ', behind the shared egress' : ''}`;
  if (isEgress) return 'behind the shared egress of Global Secure Access';
  return address.version === 4 ? 'any other IPv4 address' : 'any other IPv6 address';
}

/** An egress in words, by what policies can tell of it. */
export function egressTold(spots: readonly Spot[]): string {
  const countries = [...new Set(spots.map(({ country }) => country.text))].filter((text) => text !== '');
  const locations = [...new Set(spots.map(({ address }) => address.locations.join(' and ')))];
  const held = locations.some((names) => names !== '');
  return [
    ...(countries.length === 0 ? [] : [`in ${countries.join(' or ')}`]),
    ...(held ? [`in ${locations.map((names) => names || 'no named location').join(' or ')}`] : []),
  ].join(', ');
}

/** The share of all public IPv4 addresses that the sources of these places make up; each address counts once. */
export function ipv4Share(proof: Proof, mask: Mask): number {
  const places = bitsOf(mask).flatMap((at) => proof.where.places[at] ?? []);
  const classes = new Set(places.flatMap(({ sources }) => sources.map(({ address }) => address)));
  const sum = [...classes].reduce((total, { ipv4 }) => total + ipv4, 0);
  return proof.where.space.ipv4 === 0 ? 0 : sum / proof.where.space.ipv4;
}
