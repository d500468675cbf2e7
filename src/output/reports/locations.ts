import type { LocationMatches } from '../../core/tenant/location-match.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { Block, View } from '../view.ts';
import { code, dim, good, strong, warning } from '../view.ts';

export interface LocationSummary {
  readonly id: string;
  readonly displayName: string;
  /** `ip`, `country`, `country by GPS`, `compliant network`, or the type's own name. */
  readonly type: string;
  /** `null`: not known of an IP location, and no mark of the others. */
  readonly isTrusted: boolean | null;
  readonly ranges: readonly string[];
  readonly countriesAndRegions: readonly string[];
  /** Whether it holds addresses that map to no known country; `null`: a country location whose export lost it. */
  readonly includesUnknownCountriesAndRegions: boolean | null;
  /** Display names of the policies that name it. */
  readonly policies: readonly string[];
}

export type LocationListReport = {
  readonly value: readonly LocationSummary[];
  readonly view: { readonly empty: string };
};

export function viewLocationList(report: LocationListReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Location' },
        { header: 'Type' },
        { header: 'Trusted' },
        { header: 'Holds' },
        { header: 'Policies', align: 'right', dropOrder: 1 },
        { header: 'Id', dropOrder: 2 },
      ],
      rows: report.value.map((location) => [
        strong(location.displayName),
        location.type,
        trusted(location.isTrusted, location.type),
        holds(location),
        String(location.policies.length),
        dim(location.id),
      ]),
      empty: report.view.empty,
    },
  ];
}

export type LocationReport = { readonly location: NamedLocation; readonly summary: LocationSummary };

export function viewLocation({ summary }: LocationReport): View {
  const blocks: Block[] = [
    { block: 'heading', text: summary.displayName },
    {
      block: 'fields',
      fields: [
        ['Id', summary.id],
        ['Type', summary.type],
        ['Trusted', trusted(summary.isTrusted, summary.type)],
      ],
    },
  ];
  if (summary.ranges.length > 0) blocks.push({ block: 'list', items: summary.ranges.map((range) => code(range)) });
  const countries = countriesIn(summary);
  if (countries.length > 0) blocks.push({ block: 'text', text: countries.join(', ') });
  blocks.push({
    block: 'text',
    text: summary.policies.length === 0 ? 'No policy names it.' : `Named by: ${summary.policies.join(', ')}`,
  });
  return blocks;
}

/** Which named locations hold an address, and by which range. */
export type LocationMatchReport = LocationMatches & { readonly ipAddress: string };

export function viewLocationMatch(report: LocationMatchReport): View {
  const blocks: Block[] = [];
  if (report.globalSecureAccessEgress) {
    blocks.push({
      block: 'text',
      text: [code(report.ipAddress), warning(' is a Global Secure Access egress address, shared by many tenants')],
    });
  }
  blocks.push({
    block: 'table',
    columns: [{ header: 'Location' }, { header: 'Trusted' }, { header: 'Range' }, { header: 'Id', dropOrder: 1 }],
    rows: report.value.map((location) => [
      strong(location.displayName),
      trusted(location.isTrusted, 'ip'),
      code(location.range),
      dim(location.id),
    ]),
    empty: `No named location with IP ranges holds ${report.ipAddress}.`,
  });
  if (report.undecided.length > 0) {
    blocks.push({
      block: 'table',
      columns: [{ header: 'Not decided by the address' }, { header: 'Why' }],
      rows: report.undecided.map(({ displayName, reason }) => [displayName, dim(reason)]),
      empty: '',
    });
  }
  return blocks;
}

function trusted(isTrusted: boolean | null, type: string) {
  if (isTrusted === null) return type === 'ip' ? warning('not known') : dim('n/a');
  return isTrusted ? good('trusted') : 'no';
}

function holds(location: LocationSummary): string {
  const [first, ...more] = location.ranges;
  if (first !== undefined) return more.length === 0 ? first : `${first} and ${more.length} more`;
  const countries = countriesIn(location);
  return countries.length > 6
    ? `${countries.slice(0, 5).join(' ')} and ${countries.length - 5} more`
    : countries.join(' ');
}

/** The countries, and in words whether addresses of no known country are held as well. */
function countriesIn({ countriesAndRegions, includesUnknownCountriesAndRegions }: LocationSummary): readonly string[] {
  if (includesUnknownCountriesAndRegions === null)
    return [...countriesAndRegions, 'unknown, or not: the export lost it'];
  return includesUnknownCountriesAndRegions ? [...countriesAndRegions, 'unknown'] : countriesAndRegions;
}
