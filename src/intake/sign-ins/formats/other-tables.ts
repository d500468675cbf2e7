import { quoted } from '../../text/excerpt.ts';
import type { Members } from '../facts/members.ts';
import { isBlank } from '../facts/members.ts';
import type { Foreign } from './foreign.ts';
import { AUDIT_LOG, FROM_THE_LOG, RISK_DETECTIONS } from './foreign.ts';
import { SIGN_IN_COLUMNS, tableColumn } from './log-analytics.ts';

/**
 * Tables of Log Analytics beside those of sign-ins. They too have a time and a user, some an application and an address; their rows tell
 * by the name of the table (`Type`), and where that was left out by columns that no table of sign-ins has (TABLES).
 */
const OTHER_TABLES: readonly {
  readonly reason: string;
  readonly holds: string;
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}[] = [
  {
    reason: 'trafficLog',
    holds: 'a Global Secure Access traffic log: give it with --gsa-traffic',
    tables: ['NetworkAccessTraffic', 'NetworkAccessTrafficLogs'],
    columns: ['TrafficType', 'DestinationFqdn', 'DestinationFQDN'],
  },
  {
    reason: 'otherTable',
    holds: `calls of Microsoft Graph (\`MicrosoftGraphActivityLogs\`), not sign-ins: ${FROM_THE_LOG}`,
    tables: ['MicrosoftGraphActivityLogs'],
    columns: ['RequestUri', 'RequestMethod', 'ResponseStatusCode'],
  },
  {
    reason: 'riskDetections',
    holds: RISK_DETECTIONS,
    tables: ['AADUserRiskEvents', 'AADServicePrincipalRiskEvents', 'AADRiskyUsers', 'AADRiskyServicePrincipals'],
    columns: ['RiskEventType', 'DetectionTimingType', 'RiskLastUpdatedDateTime'],
  },
  {
    reason: 'auditLog',
    holds: AUDIT_LOG,
    tables: ['AuditLogs', 'OfficeActivity', 'EnrichedMicrosoft365AuditLogs', 'AADCustomSecurityAttributeAuditLogs'],
    columns: ['ActivityDisplayName', 'Operation', 'OfficeWorkload', 'TargetResources', 'InitiatedBy'],
  },
  {
    reason: 'otherTable',
    holds: `a log of provisioning (\`AADProvisioningLogs\`), not sign-ins: ${FROM_THE_LOG}`,
    tables: ['AADProvisioningLogs'],
    columns: ['ProvisioningSteps', 'ProvisioningAction', 'ProvisioningStatusInfo'],
  },
  {
    reason: 'otherTable',
    holds: `what Microsoft Sentinel knows of people (\`IdentityInfo\`, \`BehaviorAnalytics\`), not sign-ins: ${FROM_THE_LOG}`,
    tables: ['IdentityInfo', 'BehaviorAnalytics'],
    columns: ['AccountUPN', 'BlastRadius', 'UsersInsights', 'ActivityInsights', 'InvestigationPriority'],
  },
];

const BY_COLUMN = new Map(OTHER_TABLES.flatMap((table) => table.columns.map((column) => [column, table] as const)));

/** A query may have put the columns of another table beside these. */
const OF_SIGN_INS: ReadonlySet<string> = new Set(SIGN_IN_COLUMNS);

/** The other table that a row is of; `undefined`: nothing in it says so. The name of the table goes before its columns. */
export function otherTable(row: Members): Foreign | undefined {
  let table: unknown;
  let isTimed = false;
  let isOfSignIns = false;
  let byColumn: (typeof OTHER_TABLES)[number] | undefined;
  for (const header in row) {
    if (isBlank(row[header])) continue;
    const column = tableColumn(header);
    if (column === 'Type') table = row[header];
    else if (column === 'TimeGenerated') isTimed = true;
    else if (OF_SIGN_INS.has(column)) isOfSignIns = true;
    else byColumn ??= BY_COLUMN.get(column);
  }
  // A table that somebody made by hand may have a column of that name too.
  const named = isTimed && typeof table === 'string' && !isNamedForSignIns(table) ? table : undefined;
  const known = OTHER_TABLES.find(({ tables }) => named !== undefined && tables.includes(named));
  const told = known ?? (isOfSignIns ? undefined : byColumn);
  if (told !== undefined) return { reason: told.reason, message: `holds ${told.holds}`, wholeFile: true };
  if (named === undefined) return undefined;
  const whatHelps = `${FROM_THE_LOG}, or leave the name out where these are sign-ins (\`| project-away Type\`)`;
  const message = `holds rows of the table ${quoted(named, 60)}, which is none of those of sign-ins: ${whatHelps}`;
  return { reason: 'unknownTable', message, wholeFile: true };
}

/**
 * The tables themselves, results of search jobs in them, restored ones and copies keep the word (`SigninLogs_12_SRCH`, `SigninLogs_CL`).
 */
function isNamedForSignIns(table: string): boolean {
  return /sign[-_]?ins?/i.test(table);
}

/** The other table that the columns of a file are of; what several tables gave together its rows tell. */
export function otherTableOfColumns(columns: ReadonlySet<string>): Foreign | undefined {
  return otherTable(Object.fromEntries([...columns].filter((each) => each !== 'Type').map((each) => [each, each])));
}
