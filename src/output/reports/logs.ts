import type { LoggedSignIn } from '../../core/conditional-access/sign-in.ts';
import type { Block, Column, Inline, View } from '../view.ts';
import { bad, dim, good, warning } from '../view.ts';
import { outcomeSpan } from './replay.ts';

/** Rows of the sign-in log: Graph's `signIn` with the replay beside it, and the columns that a table shows. */
export type LogsReport = {
  readonly value: readonly (LoggedSignIn['record'] & { readonly replay: LoggedSignIn['replay'] })[];
  readonly columns: readonly LogColumn[];
  /** Display names of policies by id, for the deciding policy. */
  readonly policyNames: { readonly [id: string]: string };
};

export const LOG_COLUMNS = [
  'time',
  'user',
  'application',
  'ipAddress',
  'sourceIpAddress',
  'proxyIpAddress',
  'throughGlobalSecureAccess',
  'restoration',
  'location',
  'conditionalAccess',
  'policy',
  'status',
  'id',
] as const;
export type LogColumn = (typeof LOG_COLUMNS)[number];

type Row = LogsReport['value'][number];

const COLUMNS: {
  readonly [column in LogColumn]: Column & { readonly cell: (row: Row, names: LogsReport['policyNames']) => Inline };
} = {
  time: { header: 'Time', rigid: true, cell: (row) => row.createdDateTime.replace(/\.\d+/, '') },
  user: {
    header: 'User',
    overflow: 'cut',
    cell: (row) => row.userPrincipalName ?? row.servicePrincipalName ?? dim('unknown'),
  },
  application: {
    header: 'Application',
    overflow: 'cut',
    dropOrder: 4,
    cell: (row) => row.resourceDisplayName ?? row.appDisplayName ?? '',
  },
  ipAddress: { header: 'IP address', rigid: true, cell: seenAddress },
  sourceIpAddress: {
    header: 'Source IP',
    rigid: true,
    dropOrder: 2,
    cell: (row) => row.sourceIpAddress ?? dim('unknown'),
  },
  proxyIpAddress: {
    header: 'Proxy IP',
    rigid: true,
    dropOrder: 6,
    cell: (row) => row.globalSecureAccessIpAddress ?? dim('-'),
  },
  throughGlobalSecureAccess: {
    header: 'Through GSA',
    dropOrder: 8,
    cell: (row) =>
      row.isThroughGlobalSecureAccess === true
        ? 'yes'
        : row.isThroughGlobalSecureAccess === false
          ? 'no'
          : dim('unknown'),
  },
  restoration: {
    header: 'Restoration',
    rigid: true,
    dropOrder: 1,
    cell: (row) => (row.replay.signalingStatus === 'enabled' ? good('on') : bad('off')),
  },
  location: {
    header: 'Location',
    overflow: 'cut',
    dropOrder: 7,
    cell: (row) =>
      (row.networkLocationDetails ?? []).flatMap((detail) => detail.networkNames ?? []).join(', ') ||
      [row.location?.city, row.location?.countryOrRegion].filter((part) => part != null && part !== '').join(', '),
  },
  conditionalAccess: { header: 'Result', rigid: true, cell: (row) => outcomeSpan(row.replay.outcome) },
  policy: {
    header: 'Policy',
    overflow: 'cut',
    dropOrder: 3,
    cell: (row, names) => row.replay.decidedBy.map((id) => names[id] ?? id).join(', '),
  },
  status: {
    header: 'Status',
    rigid: true,
    align: 'right',
    dropOrder: 5,
    cell: (row) => String(row.status?.errorCode ?? ''),
  },
  id: { header: 'Id', dropOrder: 9, cell: (row) => dim(row.id) },
};

/** The address Entra saw, flagged where it is not the user's own. */
function seenAddress(row: Row): Inline {
  if (row.ipAddress == null || row.ipAddress === '') return dim('unknown');
  return row.sourceIpAddress != null && row.sourceIpAddress !== row.ipAddress ? warning(row.ipAddress) : row.ipAddress;
}

export function viewLogs(report: LogsReport): View {
  return [logTable(report.value, report.columns, report.policyNames)];
}

export function logTable(
  rows: LogsReport['value'],
  columns: readonly LogColumn[],
  names: LogsReport['policyNames'],
): Block {
  return {
    block: 'table',
    columns: columns.map((column) => COLUMNS[column]),
    rows: rows.map((row) => columns.map((column) => COLUMNS[column].cell(row, names))),
    empty: 'No sign-ins in the log match.',
  };
}
