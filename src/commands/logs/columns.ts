import { addressOwner } from '../../core/conditional-access/record/address-owner.ts';
import { nearNames } from '../../core/values/near-names.ts';
import type { LogColumn, LogRow } from '../../output/reports/log/columns.ts';
import type { SignInColumn } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { parts } from '../options.ts';

/** How a column of `gsa logs` is named on the command line, and the column of the log that sorts and counts by it. */
interface NamedColumn {
  /** Shorter words for Graph's name. */
  readonly aliases: readonly string[];
  readonly stored?: SignInColumn;
  /** What the column counts by, where that is not the member of its name. */
  readonly read?: (row: LogRow) => unknown;
}

const COLUMNS: { readonly [column in LogColumn]: NamedColumn } = {
  createdDateTime: { aliases: ['time'], stored: 'createdDateTime' },
  userPrincipalName: { aliases: ['user', 'upn'], stored: 'userPrincipalName' },
  userId: { aliases: [], stored: 'userId' },
  resourceDisplayName: { aliases: ['application', 'app', 'resource'], stored: 'resourceDisplayName' },
  resourceId: { aliases: [], stored: 'resourceId' },
  appDisplayName: { aliases: ['client'], stored: 'appDisplayName' },
  appId: { aliases: ['clientId'], stored: 'appId' },
  clientAppUsed: { aliases: ['clientApp'], stored: 'clientAppUsed' },
  ipAddress: { aliases: ['ip', 'address'], stored: 'ipAddress' },
  addressOwner: { aliases: ['whose'], read: addressOwner },
  sourceIpAddress: { aliases: ['source', 'sourceIp'], stored: 'sourceIpAddress' },
  globalSecureAccessIpAddress: { aliases: ['proxy', 'proxyIp'], stored: 'globalSecureAccessIpAddress' },
  isThroughGlobalSecureAccess: { aliases: ['throughGsa', 'through-gsa', 'gsa'], stored: 'isThroughGlobalSecureAccess' },
  signalingStatus: {
    aliases: ['restoration', 'signaling'],
    stored: 'signalingStatus',
    read: ({ replay }) => replay.signalingStatus,
  },
  location: { aliases: [], read: place },
  countryOrRegion: { aliases: ['country'], stored: 'countryOrRegion', read: country },
  conditionalAccessStatus: { aliases: ['conditionalAccess'], stored: 'conditionalAccessStatus' },
  outcome: { aliases: ['result'], stored: 'outcome', read: ({ replay }) => replay.outcome },
  decidedBy: { aliases: ['policy'], stored: 'decidedBy', read: ({ replay }) => replay.decidedBy },
  missing: { aliases: ['unknown'], read: ({ replay }) => replay.missing },
  errorCode: { aliases: ['status', 'error'], stored: 'errorCode', read: ({ status }) => status?.errorCode },
  signInEventTypes: { aliases: ['kind', 'signInEventType'], stored: 'signInEventType' },
  correlationId: { aliases: ['correlation', 'correlation-id'], stored: 'correlationId' },
  day: { aliases: ['date'], read: ({ createdDateTime }) => createdDateTime.slice(0, 10) },
  hour: { aliases: [], read: ({ createdDateTime }) => `${createdDateTime.slice(0, 13)}Z` },
  id: { aliases: ['requestId'], stored: 'id' },
};

function country({ location }: LogRow): unknown {
  return location?.countryOrRegion;
}

/** The named locations that hold the address, or else its country. */
function place(row: LogRow): unknown {
  const names = (row.networkLocationDetails ?? []).flatMap(({ networkNames }) => networkNames ?? []);
  return names.length > 0 ? names : country(row);
}

/** What the column holds of a row, as text; `null`: nothing. Lists are one text, as the log counts them. */
export function valueIn(row: LogRow, column: LogColumn): string | null {
  const { read } = COLUMNS[column];
  const value = read === undefined ? row[column] : read(row);
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === undefined || text === null || text === '' ? null : String(text);
}

/** The column of the log behind a column of the table; some are worked out from the record. */
export function storedColumn(column: LogColumn): SignInColumn | undefined {
  return COLUMNS[column].stored;
}

/** A column by its name or a shorter word, without regard to case. Throws GsaError `usage` with the near names. */
export function logColumn(text: string): LogColumn {
  const wanted = text.trim().toLowerCase();
  for (const [name, { aliases }] of entries()) {
    if ([name, ...aliases].some((each) => each.toLowerCase() === wanted)) return name;
  }
  const near = nearNames(
    text.trim(),
    entries().flatMap(([name, { aliases }]) => [name, ...aliases]),
  );
  throw new GsaError('usage', `the log has no column \`${text.trim()}\``, {
    hint:
      near.length > 0
        ? `did you mean ${near.map((name) => `\`${name}\``).join(' or ')}?`
        : `one of: ${Object.keys(COLUMNS).join(', ')}`,
  });
}

/** A list of columns, joined by commas; the option may be repeated. */
export function logColumns(text: string, previous: readonly LogColumn[] | undefined): readonly LogColumn[] {
  const names = parts(text);
  if (names.length === 0) throw new GsaError('usage', '`--columns` names no column', { hint: 'such as time,user,ip' });
  return [...new Set([...(previous ?? []), ...names.map(logColumn)])];
}

export interface LogOrder {
  readonly column: SignInColumn;
  readonly descending: boolean;
}

/** `<column>[:asc|desc]`; times and codes begin with the highest unless told, texts with the first letter. */
export function logOrder(text: string): LogOrder {
  const [name = '', direction, ...rest] = text.split(':');
  const chosen = logColumn(name);
  const column = storedColumn(chosen);
  if (column === undefined) {
    const sortable = entries().flatMap(([each, { stored }]) => (stored === undefined ? [] : [each]));
    throw new GsaError('usage', `the log cannot be sorted by \`${name}\``, { hint: `one of: ${sortable.join(', ')}` });
  }
  const wanted = direction?.toLowerCase();
  if (rest.length > 0 || (wanted !== undefined && wanted !== 'asc' && wanted !== 'desc')) {
    throw new GsaError('usage', `\`${text}\` is not a way to sort`, { hint: `write ${name}:asc or ${name}:desc` });
  }
  const highestFirst = column === 'createdDateTime' || column === 'errorCode';
  return { column, descending: wanted === undefined ? highestFirst : wanted === 'desc' };
}

function entries(): readonly (readonly [LogColumn, NamedColumn])[] {
  return Object.entries(COLUMNS) as readonly (readonly [LogColumn, NamedColumn])[];
}
