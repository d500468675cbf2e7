import { COMPLIANT_NETWORK_LOCATION_ID } from '../../core/graph/location-words.ts';
import { COMPLIANT_NETWORK_TYPES, COUNTRY_LOOKUP_METHODS } from '../../core/graph/words.ts';
import { MAXIMUM_RANGES } from '../../core/tenant/limits.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { contentId, readId, readName } from './identity.ts';
import { ipRange } from './ip-ranges.ts';
import { list, object, text, texts, time, truth, word } from './members.ts';

/** Named locations as Graph gives them (CSDL-v1, G-CNL, G-CNNL). */

const members = object({
  '@odata.type': text,
  id: (value: unknown, at) => readId(value, at),
  displayName: (value: unknown, at) => readName(value, at),
  createdDateTime: time,
  modifiedDateTime: time,
  deletedDateTime: time,
  isTrusted: truth,
  ipRanges: list(ipRange),
  countriesAndRegions: texts,
  includeUnknownCountriesAndRegions: truth,
  countryLookupMethod: word({ what: 'country lookup method', words: COUNTRY_LOOKUP_METHODS }),
  compliantNetworkType: word({ what: 'compliant network type', words: COMPLIANT_NETWORK_TYPES }),
});

type Members = NonNullable<ReturnType<typeof members>>;

/** Reads one named location; `undefined` when it cannot be used, which the cursor has been told. */
export function readNamedLocation(value: JsonObject, at: Cursor): NamedLocation | undefined {
  const read = members(value, at);
  if (read === null) return undefined;
  const type = typeOf(read, at);
  if (type === undefined) return undefined;
  checkMembers(type, read, at);
  if (!at.sound) return undefined;
  if (typeof read.deletedDateTime === 'string') {
    at.note(
      'deletedItem',
      `the location was deleted on ${quoted(read.deletedDateTime, 40)} and goes to the deleted ones`,
    );
  }
  if (read.displayName === undefined) at.warning('noName', 'the location has no `displayName`');
  const complete = { ...read, '@odata.type': type, displayName: read.displayName ?? '' };
  if (read.id !== undefined) return { ...complete, id: read.id };
  const { id: _, ...content } = complete;
  // The compliant network location has one id in every tenant.
  if (kindOf(type) === 'compliantnetworknamedlocation') return { ...content, id: COMPLIANT_NETWORK_LOCATION_ID };
  at.note('madeId', `the location ${quoted(complete.displayName)} has no id; it gets one made of its content`);
  return { ...content, id: contentId('namedLocation', content) };
}

/** The `@odata.type`; without one, the type that alone has the members that are there. */
function typeOf(read: Members, at: Cursor): string | undefined {
  const written = read['@odata.type'];
  if (typeof written === 'string' && written !== '') return written;
  const found = typeByMembers(read, at);
  if (found === undefined) return undefined;
  at.note('locationType', `a location without \`@odata.type\` was taken as ${found} by its members`);
  return `#microsoft.graph.${found}`;
}

/** The classes of the AzureAD module have the members of every kind: an empty list tells nothing beside a filled one. */
function typeByMembers(read: Members, at: Cursor): string | undefined {
  const { ipRanges, countriesAndRegions } = read;
  if (
    Array.isArray(ipRanges) &&
    Array.isArray(countriesAndRegions) &&
    isFilled(ipRanges) === isFilled(countriesAndRegions)
  ) {
    at.error(
      'locationKind',
      'the location has no `@odata.type`, and lists of ranges and of countries that tell no kind',
    );
    return undefined;
  }
  if (Array.isArray(ipRanges) && !isFilled(countriesAndRegions)) return 'ipNamedLocation';
  if (Array.isArray(countriesAndRegions)) return 'countryNamedLocation';
  const isCompliantNetwork = read.id?.toLowerCase() === COMPLIANT_NETWORK_LOCATION_ID;
  if (isCompliantNetwork || typeof read.compliantNetworkType === 'string') return 'compliantNetworkNamedLocation';
  at.error('missingMember', 'the location has no `@odata.type`, and no member that tells its kind');
  return undefined;
}

function isFilled(list: readonly unknown[] | null | undefined): boolean {
  return Array.isArray(list) && list.length > 0;
}

/** Whether the members are those of another kind than the type says, so that neither is known to be right. */
function isOfAnotherKind(kind: string, read: Members): boolean {
  if (kind === 'ipnamedlocation') return isFilled(read.countriesAndRegions);
  if (kind === 'countrynamedlocation') return isFilled(read.ipRanges);
  return kind === 'compliantnetworknamedlocation' && (isFilled(read.ipRanges) || isFilled(read.countriesAndRegions));
}

function checkMembers(type: string, read: Members, at: Cursor): void {
  const kind = kindOf(type);
  if (isOfAnotherKind(kind, read)) {
    at.error('locationKind', `${quoted(type, 60)} is not the kind that the members of the location have`);
  }
  if (kind === 'ipnamedlocation') {
    if (at.sound && typeof read.isTrusted !== 'boolean') at.warning('lostTrust', LOST_TRUST);
    if (!Array.isArray(read.ipRanges)) at.error('missingMember', 'an IP location needs `ipRanges`');
    else if (read.ipRanges.length === 0) at.warning('emptyLocation', 'the location holds no range and never matches');
    else if (read.ipRanges.length > MAXIMUM_RANGES) {
      at.warning('manyRanges', `${read.ipRanges.length} ranges are more than the ${MAXIMUM_RANGES} of Microsoft Entra`);
    }
  } else if (kind === 'countrynamedlocation') {
    const countries = read.countriesAndRegions;
    if (!Array.isArray(countries)) at.error('missingMember', 'a country location needs `countriesAndRegions`');
    for (const country of countries ?? []) {
      if (!/^[A-Z]{2}$/i.test(country))
        at.warning('countryCode', `${quoted(country, 40)} is no two-letter country code`);
    }
    if (at.sound && read.includeUnknownCountriesAndRegions === null)
      at.warning('lostUnknownCountries', LOST_UNKNOWN_COUNTRIES);
  } else if (kind !== 'compliantnetworknamedlocation') {
    at.warning('unknownLocationType', `${quoted(type, 60)} is kept and matches nothing`);
  }
}

const LOST_TRUST =
  'the export lost `isTrusted`, which Microsoft Graph always gives: whether `AllTrusted` holds the location is not known until ' +
  '`gsa location trust` or `gsa location untrust` says it';

const LOST_UNKNOWN_COUNTRIES =
  'the export lost `includeUnknownCountriesAndRegions`, which Microsoft Graph never gives as null: whether the location holds what maps to no ' +
  'country is not known until it is exported again';

/** The type without its namespace, in small letters: the comparison that core makes. */
function kindOf(type: string): string {
  return type.toLowerCase().replace(/^#?microsoft\.graph\./, '');
}
