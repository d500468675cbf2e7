import type { LoggedSignIn } from '../conditional-access/record/sign-in.ts';

/** How the values of a column compare. */
export type ColumnKind =
  /** Text that repeats; compares without regard to case. */
  | 'text'
  /** An address: compares by its number, and by its canonical text when a part of it is searched. */
  | 'address'
  /** Text that hardly repeats, such as an id; compares without regard to case. */
  | 'id'
  | 'time'
  | 'number'
  | 'boolean';

/** One column of the sign-in log: a row of {@link SIGN_IN_COLUMNS}. */
export interface Column {
  readonly kind: ColumnKind;
  /** Path of the member in OData; left out where no member has the value of the column. */
  readonly path?: string;
  /** Shorter words for it on the command line. */
  readonly aliases: readonly string[];
  readonly read: (signIn: LoggedSignIn) => ColumnValue | undefined;
}

export type ColumnValue = string | number | boolean | null;

/** The columns of the sign-in log: what sign-ins are found, sorted and counted by. Lists are one text, joined by commas. */
export const SIGN_IN_COLUMNS = {
  id: { kind: 'id', path: 'id', aliases: ['requestId'], read: ({ record }) => record.id },
  createdDateTime: {
    kind: 'time',
    path: 'createdDateTime',
    aliases: ['time'],
    read: ({ record }) => record.createdDateTime,
  },
  userPrincipalName: {
    kind: 'text',
    path: 'userPrincipalName',
    aliases: ['user', 'upn'],
    read: ({ record }) => record.userPrincipalName,
  },
  userId: { kind: 'text', path: 'userId', aliases: [], read: ({ record }) => record.userId },
  appDisplayName: {
    kind: 'text',
    path: 'appDisplayName',
    aliases: ['client'],
    read: ({ record }) => record.appDisplayName,
  },
  appId: { kind: 'text', path: 'appId', aliases: ['clientId'], read: ({ record }) => record.appId },
  resourceDisplayName: {
    kind: 'text',
    path: 'resourceDisplayName',
    aliases: ['application', 'app', 'resource'],
    read: ({ record }) => record.resourceDisplayName,
  },
  resourceId: { kind: 'text', path: 'resourceId', aliases: [], read: ({ record }) => record.resourceId },
  ipAddress: { kind: 'address', path: 'ipAddress', aliases: ['ip', 'address'], read: ({ record }) => record.ipAddress },
  sourceIpAddress: {
    kind: 'address',
    path: 'sourceIpAddress',
    aliases: ['source', 'sourceIp'],
    read: ({ record }) => record.sourceIpAddress,
  },
  globalSecureAccessIpAddress: {
    kind: 'address',
    path: 'globalSecureAccessIpAddress',
    aliases: ['proxy', 'proxyIp'],
    read: ({ record }) => record.globalSecureAccessIpAddress,
  },
  isThroughGlobalSecureAccess: {
    kind: 'boolean',
    path: 'isThroughGlobalSecureAccess',
    aliases: ['throughGsa', 'through-gsa', 'gsa'],
    read: ({ record }) => record.isThroughGlobalSecureAccess,
  },
  signalingStatus: {
    kind: 'text',
    path: 'signalingStatus',
    aliases: ['restoration', 'signaling'],
    read: ({ replay }) => replay.signalingStatus,
  },
  countryOrRegion: {
    kind: 'text',
    path: 'location/countryOrRegion',
    aliases: ['country'],
    read: ({ record }) => record.location?.countryOrRegion,
  },
  clientAppUsed: {
    kind: 'text',
    path: 'clientAppUsed',
    aliases: ['clientApp'],
    read: ({ record }) => record.clientAppUsed,
  },
  conditionalAccessStatus: {
    kind: 'text',
    path: 'conditionalAccessStatus',
    aliases: ['conditionalAccess'],
    read: ({ record }) => record.conditionalAccessStatus,
  },
  outcome: { kind: 'text', path: 'outcome', aliases: ['result'], read: ({ replay }) => replay.outcome },
  decidedBy: {
    kind: 'text',
    path: 'decidedBy',
    aliases: ['policy'],
    read: ({ replay }) => (replay.decidedBy.length === 0 ? null : replay.decidedBy.join(',')),
  },
  errorCode: {
    kind: 'number',
    path: 'status/errorCode',
    aliases: ['status', 'error'],
    read: ({ record }) => record.status?.errorCode,
  },
  correlationId: {
    kind: 'id',
    path: 'correlationId',
    aliases: ['correlation', 'correlation-id'],
    read: ({ record }) => record.correlationId,
  },
  // OData asks for one member of the list: `signInEventTypes/any(…)`.
  signInEventType: { kind: 'text', aliases: ['kind'], read: ({ record }) => record.signInEventTypes?.join(',') },
} as const satisfies Readonly<Record<string, Column>>;

export type SignInColumn = keyof typeof SIGN_IN_COLUMNS;

/** The columns in the order in which the log keeps them. */
export const SIGN_IN_COLUMN_NAMES = Object.keys(SIGN_IN_COLUMNS) as readonly SignInColumn[];

export function columnNamed(name: SignInColumn): Column {
  return SIGN_IN_COLUMNS[name];
}

/** Columns that hold addresses, which a range can be asked of. */
export type AddressColumn = {
  [Name in SignInColumn]: (typeof SIGN_IN_COLUMNS)[Name]['kind'] extends 'address' ? Name : never;
}[SignInColumn];
