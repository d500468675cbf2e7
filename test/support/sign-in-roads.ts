import { stringify } from 'csv-stringify/sync';
import type { GeneratedSignIn } from './generate-sign-ins.ts';

export type Road =
  | 'graphNdjson'
  | 'graphList'
  | 'azureMonitorNdjson'
  | 'azureMonitorRecords'
  | 'logAnalyticsCsv'
  | 'logAnalyticsTables'
  | 'portalCsv';

/** Writes sign-ins as the exports of a road do. Small numbers only: the text is made whole. */
export function writeRoad(road: Road, records: readonly GeneratedSignIn[]): string {
  switch (road) {
    case 'graphNdjson':
      return lines(records);
    case 'graphList':
      return JSON.stringify(
        { '@odata.context': 'https://graph.microsoft.com/beta/$metadata#auditLogs/signIns', value: records },
        null,
        2,
      );
    case 'azureMonitorNdjson':
      return lines(records.map(azureMonitor));
    case 'azureMonitorRecords':
      return JSON.stringify({ records: records.map(azureMonitor) });
    case 'logAnalyticsCsv':
      return csv(
        records
          .map(logAnalyticsRow)
          .map((row) =>
            renamed(row, (name) => (name.endsWith('DateTime') || name === 'TimeGenerated' ? `${name} [UTC]` : name)),
          ),
      );
    case 'logAnalyticsTables':
      return tables(records.map(logAnalyticsRow));
    case 'portalCsv':
      return csv(records.map(portalRow));
    default:
      throw new Error(`no such road: ${String(road satisfies never)}`);
  }
}

function lines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

const CONDITIONS = ['application', 'users', 'devicePlatform', 'location', 'clientType'];

/** Azure Monitor and Log Analytics print the conditions as one number. */
function withNumbers(record: GeneratedSignIn): GeneratedSignIn {
  const policies = record['appliedConditionalAccessPolicies'] as readonly Record<string, unknown>[];
  return {
    ...record,
    appliedConditionalAccessPolicies: policies.map((policy) => ({
      ...policy,
      conditionsSatisfied: flags(policy['conditionsSatisfied']),
      conditionsNotSatisfied: flags(policy['conditionsNotSatisfied']),
    })),
  };
}

function flags(names: unknown): number {
  return String(names)
    .split(',')
    .reduce((sum, name) => (CONDITIONS.includes(name) ? sum | (1 << CONDITIONS.indexOf(name)) : sum), 0);
}

function category(record: GeneratedSignIn): string {
  return record['isInteractive'] === true ? 'SignInLogs' : 'NonInteractiveUserSignInLogs';
}

interface Parts {
  readonly status: { readonly errorCode: number; readonly failureReason?: string; readonly additionalDetails?: string };
  readonly location: { readonly city: string; readonly state: string; readonly countryOrRegion: string };
  readonly device: Readonly<Record<string, unknown>>;
}

function parts(record: GeneratedSignIn): Parts {
  return {
    status: record['status'] as Parts['status'],
    location: record['location'] as Parts['location'],
    device: record['deviceDetail'] as Parts['device'],
  };
}

export function azureMonitor(record: GeneratedSignIn): object {
  const { status, location } = parts(record);
  return {
    time: record.createdDateTime,
    resourceId: `/tenants/${String(record['homeTenantId'])}/providers/Microsoft.aadiam`,
    operationName: 'Sign-in activity',
    operationVersion: '1.0',
    category: category(record),
    tenantId: record['homeTenantId'],
    resultType: String(status.errorCode),
    resultSignature: 'None',
    resultDescription: status.failureReason,
    durationMs: 0,
    callerIpAddress: record['ipAddress'],
    correlationId: record['correlationId'],
    identity: record['userDisplayName'],
    Level: 4,
    location: location.countryOrRegion,
    properties: {
      ...withNumbers(record),
      createdDateTime: record.createdDateTime.replace('Z', '+00:00'),
      userType: 'Member',
    },
  };
}

const LOG_ANALYTICS_NAMES: Readonly<Record<string, string>> = {
  ipAddress: 'IPAddress',
  location: 'LocationDetails',
  resourceId: 'ResourceIdentity',
  appliedConditionalAccessPolicies: 'ConditionalAccessPolicies',
};

/** `6/15/2026, 9:56:49.975 AM`, as the query editor exports times. */
function unitedStatesTime(instant: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):([\d.]+)Z$/.exec(instant) ?? [];
  const hours = Number(hour);
  const half = hours < 12 ? 'AM' : 'PM';
  return `${Number(month)}/${Number(day)}/${year}, ${hours % 12 === 0 ? 12 : hours % 12}:${minute}:${second} ${half}`;
}

function logAnalyticsRow(record: GeneratedSignIn): Record<string, string> {
  const { status, location } = parts(record);
  const row: Record<string, string> = {
    TenantId: '7c759f10-811c-4db8-ad6d-f07d8ae3f8ea',
    TimeGenerated: unitedStatesTime(record.createdDateTime),
    OperationName: 'Sign-in activity',
    Category: category(record),
    ResultType: String(status.errorCode),
    ResultDescription: status.failureReason ?? '',
    Identity: String(record['userDisplayName']),
    Location: location.countryOrRegion,
    Type: category(record) === 'SignInLogs' ? 'SigninLogs' : 'AADNonInteractiveUserSignInLogs',
  };
  for (const [name, value] of Object.entries(withNumbers(record))) {
    const column = LOG_ANALYTICS_NAMES[name] ?? name.slice(0, 1).toUpperCase() + name.slice(1);
    row[column] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  row['UserType'] = 'Member';
  row['CreatedDateTime'] = unitedStatesTime(record.createdDateTime);
  // Rows of one table have one set of columns.
  row['GlobalSecureAccessIpAddress'] ??= '';
  return row;
}

function tables(rows: readonly Record<string, string>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const table = {
    name: 'PrimaryResult',
    columns: columns.map((name) => ({ name, type: 'string' })),
    rows: rows.map((row) => columns.map((name) => row[name] ?? '')),
  };
  return JSON.stringify({ tables: [table] });
}

function portalRow(record: GeneratedSignIn): Record<string, string> {
  const { status, location, device } = parts(record);
  const yesNo = (value: unknown) => (value === undefined ? '' : value === true ? 'Yes' : 'No');
  const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
  return {
    'Date (UTC)': record.createdDateTime,
    'Request ID': record.id,
    'User agent': text(record['userAgent']),
    'Correlation ID': text(record['correlationId']),
    'User ID': text(record['userId']),
    User: text(record['userDisplayName']),
    Username: text(record['userPrincipalName']),
    'User type': 'Member',
    'Cross tenant access type': 'none',
    'Incoming token type': text(record['incomingTokenType']),
    'Authentication Protocol': text(record['authenticationProtocol']),
    'Original transfer method': text(record['originalTransferMethod']),
    Application: text(record['appDisplayName']),
    'Application ID ': text(record['appId']),
    Resource: text(record['resourceDisplayName']),
    'Resource ID ': text(record['resourceId']),
    'Resource tenant ID': text(record['resourceTenantId']),
    'Home tenant ID': text(record['homeTenantId']),
    'IP address': text(record['ipAddress']),
    Location: `${location.city}, ${location.state}, ${location.countryOrRegion}`,
    Status: status.errorCode === 0 ? 'Success' : 'Failure',
    'Sign-in error code': status.errorCode === 0 ? 'None' : String(status.errorCode),
    'Failure reason': text(status.failureReason),
    'Client app': text(record['clientAppUsed']),
    'Device ID': text(device['deviceId']),
    Browser: text(device['browser']),
    'Operating System': text(device['operatingSystem']),
    Compliant: yesNo(device['isCompliant']),
    Managed: yesNo(device['isManaged']),
    'Join Type': text(device['trustType']),
    'Multifactor authentication result': text(status.additionalDetails),
    'Authentication requirement':
      record['authenticationRequirement'] === 'multiFactorAuthentication'
        ? 'Multifactor authentication'
        : 'Single-factor authentication',
    'Through Global Secure Access': yesNo(record['isThroughGlobalSecureAccess']),
    'Global Secure Access IP address': text(record['globalSecureAccessIpAddress']),
    'Autonomous system  number': text(record['autonomousSystemNumber']),
    'Flagged for review': yesNo(record['flaggedForReview']),
    'Token issuer type': text(record['tokenIssuerType']),
    Latency: text(record['processingTimeInMilliseconds']),
    'Conditional Access': record['conditionalAccessStatus'] === 'success' ? 'Success' : 'Failure',
  };
}

function csv(rows: readonly Record<string, string>[]): string {
  return stringify([...rows], { header: true, bom: true, record_delimiter: 'windows' });
}

function renamed(row: Record<string, string>, name: (column: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [name(column), value]));
}
