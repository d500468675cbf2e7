import type { AddressOwner } from '../../../core/conditional-access/record/address-owner.ts';
import { addressOwner } from '../../../core/conditional-access/record/address-owner.ts';
import { policyNameIn } from '../../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { SignInColumn } from '../../../core/sign-in-log/columns.ts';
import type { Column, Inline } from '../../view.ts';
import { bad, dim, good, listed, warning } from '../../view.ts';
import { outcomeSpan } from '../replay.ts';

/** A row of the sign-in log: Graph's `signIn` with the replay beside it. */
export type LogRow = LoggedSignIn['record'] & { readonly replay: LoggedSignIn['replay'] };

export type LogColumn = keyof typeof LOG_COLUMNS;

/** A column that the log keeps, by Graph's name. */
export type ShownColumn = Exclude<SignInColumn, 'signInEventType'> | 'signInEventTypes';

type Cell = (row: LogRow) => Inline;

/** A column that is never narrowed: a time, an address or an id means nothing when it is cut. */
const rigid = (header: string, dropOrder: number, cell: Cell): Column & { readonly cell: Cell } => ({
  header,
  rigid: true,
  dropOrder,
  cell,
});

const text = (header: string, dropOrder: number, cell: Cell): Column & { readonly cell: Cell } => ({
  header,
  overflow: 'cut',
  dropOrder,
  cell,
});

/** Several names, of which a narrow terminal shows the first and how many more there are. */
const list = (header: string, dropOrder: number, items: (row: LogRow) => readonly string[]) => ({
  header,
  overflow: 'fold' as const,
  dropOrder,
  cell: (row: LogRow) => listed(items(row)),
});

const UNKNOWN = dim('unknown');

/** `255.255.255.255`: longer are addresses of IPv6. */
const WIDEST_IPV4 = 15;

/**
 * Every column that `gsa logs` can show, by Graph's name where Graph has one. On a narrow terminal those with the highest
 * number go first: at what stays longest. When, who, from which address and whose it is, what came of it and by which policy
 * never go: on the narrowest terminals they stand below each other.
 */
export const LOG_COLUMNS = {
  createdDateTime: rigid('Time', 0, (row) => row.createdDateTime.replace(/\.\d+/, '')),
  userPrincipalName: text('User', 0, (row) => row.userPrincipalName ?? row.servicePrincipalName ?? UNKNOWN),
  userId: rigid('User id', 20, (row) => row.userId ?? row.servicePrincipalId ?? UNKNOWN),
  resourceDisplayName: text('Application', 2, (row) => row.resourceDisplayName ?? dim(row.appDisplayName ?? 'unknown')),
  resourceId: rigid('Application id', 20, (row) => row.resourceId ?? UNKNOWN),
  appDisplayName: text('Client', 14, (row) => row.appDisplayName ?? UNKNOWN),
  appId: rigid('Client id', 20, (row) => row.appId ?? UNKNOWN),
  clientAppUsed: text('Client app', 15, (row) => row.clientAppUsed ?? UNKNOWN),
  ipAddress: { ...rigid('IP address', 0, seenAddress), belowFrom: WIDEST_IPV4 },
  addressOwner: rigid('Whose', 0, (row) => OWNERS[addressOwner(row)]),
  sourceIpAddress: rigid('Source IP', 5, (row) => row.sourceIpAddress ?? UNKNOWN),
  globalSecureAccessIpAddress: rigid('Proxy IP', 6, (row) => row.globalSecureAccessIpAddress ?? dim('-')),
  isThroughGlobalSecureAccess: rigid('Through GSA', 8, (row) => yesOrNo(row.isThroughGlobalSecureAccess)),
  signalingStatus: rigid('Restoration', 3, (row) =>
    row.replay.signalingStatus === 'enabled' ? good('on') : bad('off'),
  ),
  location: list('Location', 7, locationsOf),
  countryOrRegion: rigid('Country', 13, (row) => row.location?.countryOrRegion ?? UNKNOWN),
  conditionalAccessStatus: rigid('Conditional Access', 12, (row) => row.conditionalAccessStatus ?? UNKNOWN),
  outcome: rigid('Result', 0, (row) => outcomeSpan(row.replay.outcome)),
  decidedBy: { ...list('Policy', 0, policyNames), belowFrom: 0 },
  missing: list('Unknown for lack of', 16, (row) => row.replay.missing),
  errorCode: { ...rigid('Status', 4, (row) => String(row.status?.errorCode ?? '')), align: 'right' },
  signInEventTypes: list('Kind', 17, (row) => row.signInEventTypes ?? []),
  correlationId: rigid('Correlation id', 19, (row) => row.correlationId ?? UNKNOWN),
  day: rigid('Day', 18, (row) => row.createdDateTime.slice(0, 10)),
  hour: rigid('Hour', 18, (row) => `${row.createdDateTime.slice(0, 13)}Z`),
  id: rigid('Id', 21, (row) => dim(row.id)),
} satisfies Readonly<Record<ShownColumn, LogColumnView>> & { readonly [name: string]: LogColumnView };

type LogColumnView = Column & { readonly cell: Cell };

/** What is shown unless the user says otherwise. */
export const DEFAULT_LOG_COLUMNS: readonly LogColumn[] = [
  'createdDateTime',
  'userPrincipalName',
  'resourceDisplayName',
  'ipAddress',
  'addressOwner',
  'signalingStatus',
  'outcome',
  'decidedBy',
  'errorCode',
  'sourceIpAddress',
  'globalSecureAccessIpAddress',
  'isThroughGlobalSecureAccess',
  'location',
];

/** A word beside the colour of the address: a pipe and a colour-blind reader have only the word. */
const OWNERS: { readonly [owner in AddressOwner]: Inline } = {
  own: good('own'),
  proxy: warning('proxy'),
  other: warning('other'),
  unknown: UNKNOWN,
};

/** Flagged where it is not the user's own. */
function seenAddress(row: LogRow): Inline {
  const { ipAddress } = row;
  if (ipAddress == null || ipAddress === '') return UNKNOWN;
  const owner = addressOwner(row);
  return owner === 'proxy' || owner === 'other' ? warning(ipAddress) : ipAddress;
}

function yesOrNo(value: boolean | null | undefined): Inline {
  return value == null ? UNKNOWN : value ? 'yes' : 'no';
}

/** The named locations that hold the address, or else where it is. */
function locationsOf({ networkLocationDetails, location }: LogRow): readonly string[] {
  const named = (networkLocationDetails ?? []).flatMap(({ networkNames }) => networkNames ?? []);
  if (named.length > 0) return named;
  return [location?.city, location?.countryOrRegion].flatMap((part) => (part == null || part === '' ? [] : [part]));
}

/** The policies by the names that they had when the sign-in was evaluated. */
function policyNames(row: LogRow): readonly string[] {
  return row.replay.decidedBy.map((id) => policyNameIn(row, id) ?? id);
}
