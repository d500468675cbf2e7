import { quoted } from '../../text/excerpt.ts';
import { isPrintedObject } from '../../text/printed-object.ts';
import type { Members } from '../facts/members.ts';
import { isMembers } from '../facts/members.ts';
import { isSignInCategory } from './azure-monitor.ts';
import type { Foreign } from './foreign.ts';
import { AUDIT_LOG, FROM_THE_LOG, RISK_DETECTIONS } from './foreign.ts';
import { otherTable } from './other-tables.ts';
import type { BrokenText } from './wrappers.ts';
import { brokenTextIn } from './wrappers.ts';

export const ADVANCED_HUNTING =
  'sign-ins of advanced hunting in Microsoft Defender, which lack what policies look at: export the sign-in log of Microsoft Entra instead';

/** Tables of advanced hunting: `EntraIdSignInEvents`, `AADSignInEventsBeta`, `EntraIdSpnSignInEvents`, `IdentityLogonEvents`. */
export function isAdvancedHunting(columns: ReadonlySet<string>): boolean {
  const time = columns.has('Timestamp') || columns.has('Timestamp [UTC]');
  const who = ['AccountUpn', 'AccountObjectId', 'AccountName', 'ServicePrincipalId'].some((name) => columns.has(name));
  const what = ['LogonType', 'RequestId', 'ActionType', 'ErrorCode'].some((name) => columns.has(name));
  return time && who && what;
}

/** Log Analytics writes the zone that it shows times in behind the name of the column. */
export function isLocalTimeColumn(header: string): boolean {
  return /^(TimeGenerated|CreatedDateTime|Date) ?[[(](?!UTC[\])])/i.test(header.trim());
}

function isEcs(record: Members): boolean {
  const { azure, event } = record;
  if (isMembers(azure) && ('signinlogs' in azure || 'platformlogs' in azure)) return true;
  if (isMembers(event) && typeof event['dataset'] === 'string' && /^azure\./.test(event['dataset'])) return true;
  if (isMembers(record['_source'])) return isEcs(record['_source']);
  if (isMembers(record['fields'])) return isEcs(record['fields']);
  return Object.keys(record).some((name) => /^azure\.(signinlogs|activitylogs|platformlogs)\./.test(name));
}

/** Fields that Splunk took out of a record, under their paths. */
function isFieldsOnly(record: Members): boolean {
  const names = Object.keys(record);
  return (
    names.some((name) => /^properties[._{]/.test(name)) || (names.includes('sourcetype') && !names.includes('_raw'))
  );
}

/** Records of Microsoft Purview's unified audit log: `RecordType` is a number or its name, `Workload` the service. */
export function isUnifiedAudit(columns: ReadonlySet<string>): boolean {
  return columns.has('AuditData') || ['CreationTime', 'Operation', 'Workload'].every((name) => columns.has(name));
}

/** Answers of Azure Data Explorer by its REST interface: tables with `ColumnName`, or frames of them. */
function isDataExplorer(record: Members): boolean {
  const { FrameType: frame, Tables: tables } = record;
  if (typeof frame === 'string') return 'Columns' in record || 'Version' in record || 'HasErrors' in record;
  return Array.isArray(tables) && tables.some((table) => isMembers(table) && 'Columns' in table && 'Rows' in table);
}

/** Events of Google SecOps in its own names, those of UDM, as its search and its interface give them. */
function isUdm({ metadata, event, udm }: Members): boolean {
  if (isMembers(metadata)) return 'eventType' in metadata || 'event_type' in metadata;
  const inner = event ?? udm;
  return isMembers(inner) && isUdm({ metadata: inner['metadata'] });
}

function isPostman({ info }: Members): boolean {
  return isMembers(info) && typeof info['schema'] === 'string' && info['schema'].includes('getpostman.com');
}

function isHar({ log }: Members): boolean {
  return isMembers(log) && Array.isArray(log['entries']);
}

/**
 * A user or an application of Graph has a name of its own and a time of creation as well, and nothing of what a sign-in was: who signs in
 * has `userDisplayName`.
 */
export function isOfDirectory(record: Members): boolean {
  const has = (name: string) => name in record;
  return has('displayName') && has('createdDateTime') && !TOLD_OF_SIGN_INS.some(has);
}

const TOLD_OF_SIGN_INS = [
  'ipAddress',
  'appDisplayName',
  'userDisplayName',
  'resourceId',
  'resourceDisplayName',
  'clientAppUsed',
  'conditionalAccessStatus',
  'isInteractive',
  'status',
];

export const UNIFIED_AUDIT = 'the unified audit log of Microsoft Purview, which lacks what policies look at';

/** Kinds of objects that people export beside sign-ins, each with what gives it away. The first that fits names it. */
const KINDS: readonly {
  readonly reason: string;
  readonly holds: string;
  readonly fits: (record: Members) => boolean;
}[] = [
  {
    reason: 'errorResponse',
    holds: 'an error response of Graph instead of data',
    fits: ({ error }) => isMembers(error) && 'code' in error,
  },
  {
    reason: 'policies',
    holds: 'Conditional Access policies, not sign-ins: `gsa import` reads them',
    fits: (record) => isMembers(record['conditions']) && ('grantControls' in record || 'state' in record),
  },
  {
    reason: 'namedLocations',
    holds: 'named locations, not sign-ins: `gsa import` reads them',
    fits: (record) => 'ipRanges' in record || 'countriesAndRegions' in record || 'compliantNetworkType' in record,
  },
  {
    reason: 'trafficLog',
    holds: 'a Global Secure Access traffic log: give it with --gsa-traffic',
    fits: (record) => 'trafficType' in record && 'deviceCategory' in record,
  },
  {
    reason: 'auditLog',
    holds: AUDIT_LOG,
    fits: (record) => 'activityDisplayName' in record || 'ActivityDisplayName' in record,
  },
  {
    reason: 'auditLog',
    holds: `${UNIFIED_AUDIT}: ${FROM_THE_LOG}`,
    fits: (record) => isUnifiedAudit(new Set(Object.keys(record))),
  },
  {
    reason: 'dataExplorer',
    holds:
      'an answer of Azure Data Explorer as its REST interface gives it: export the rows as CSV or JSON, or count them there with `gsa query kql`',
    fits: isDataExplorer,
  },
  {
    reason: 'auditLog',
    holds: `${UNIFIED_AUDIT}: ${FROM_THE_LOG}`,
    fits: (record) => 'auditLogRecordType' in record,
  },
  {
    reason: 'udmEvents',
    holds: `events of Google SecOps in its own names (UDM), without the record as Azure wrote it: ${FROM_THE_LOG}`,
    fits: isUdm,
  },
  {
    reason: 'ocsfEvents',
    holds: `events in the names of OCSF without raw_data, the record as Azure wrote it: ${FROM_THE_LOG}`,
    fits: (record) => 'class_uid' in record,
  },
  {
    reason: 'savedRequests',
    holds: 'a collection of Postman: save the body of the answer as a file of its own',
    fits: isPostman,
  },
  {
    reason: 'savedRequests',
    holds: 'requests that a browser recorded (HAR): save the body of the answer as a file of its own',
    fits: isHar,
  },
  {
    reason: 'localTime',
    holds: 'sign-ins with times in local time, whose zone it does not say: show times in UTC and export again',
    fits: (record) => Object.keys(record).some(isLocalTimeColumn),
  },
  {
    reason: 'advancedHunting',
    holds: ADVANCED_HUNTING,
    fits: (record) => isAdvancedHunting(new Set(Object.keys(record))),
  },
  {
    reason: 'ecsDocuments',
    holds: `documents of Elastic in ECS names without event.original, the record as Azure wrote it: ${FROM_THE_LOG}`,
    fits: isEcs,
  },
  {
    reason: 'searchResults',
    holds: `results of a search, fields without the record itself (_raw): ${FROM_THE_LOG}`,
    fits: (record) => isFieldsOnly(isMembers(record['result']) ? record['result'] : record) || 'init_offset' in record,
  },
  {
    reason: 'cutDepth',
    holds: 'objects that were cut off at a depth: write them again with `ConvertTo-Json -Depth 10`',
    fits: (record) => Object.values(record).some(isPrintedObject),
  },
  {
    reason: 'terraform',
    holds: 'Terraform, not sign-ins',
    fits: (record) => 'terraform_version' in record || 'format_version' in record,
  },
  {
    reason: 'alertSummary',
    holds: 'alerts or incidents, not the sign-ins that they are about',
    fits: (record) => ['alertDisplayName', 'AlertName', 'incidentNumber', 'alertRuleId'].some((name) => name in record),
  },
  {
    reason: 'riskDetections',
    holds: RISK_DETECTIONS,
    fits: (record) => 'riskEventType' in record && 'detectionTimingType' in record,
  },
  {
    reason: 'detectionRule',
    holds: 'a detection rule, not a sign-in log',
    fits: (record) => 'detection' in record && 'logsource' in record,
  },
  {
    reason: 'directory',
    holds: 'directory objects, not sign-ins: `gsa import` reads them',
    fits: (record) =>
      ['accountEnabled', 'securityEnabled', 'roleTemplateId'].some((name) => name in record) || isOfDirectory(record),
  },
];

/** Collectors and indexes cut what is longer than they take. */
function brokenRecord({ member, isCut }: BrokenText): Foreign {
  const holds = `holds the record in ${quoted(member, 60)}`;
  return isCut
    ? { reason: 'truncated', message: `${holds}, and there it is cut off: ${FROM_THE_LOG}`, wholeFile: false }
    : { reason: 'invalidJson', message: `${holds}, and there it is no valid JSON: ${FROM_THE_LOG}`, wholeFile: false };
}

export function nameForeign(record: Members): Foreign {
  const table = isMembers(record['properties']) ? undefined : otherTable(record);
  if (table !== undefined) return table;
  const broken = brokenTextIn(record);
  if (broken !== undefined) return brokenRecord(broken);
  const kind = KINDS.find(({ fits }) => fits(record));
  if (kind !== undefined) return { reason: kind.reason, message: `holds ${kind.holds}`, wholeFile: true };
  const { body } = record;
  if (isMembers(body) && isMembers(body['error']))
    return {
      reason: 'errorResponse',
      message: 'is an answer of a batch that is an error: ask again',
      wholeFile: false,
    };
  const category = record['category'] ?? record['Category'];
  if (typeof category === 'string' && isMembers(record['properties']) && !isSignInCategory(category)) {
    return { reason: 'otherCategory', message: 'is a diagnostic record of another category', wholeFile: false };
  }
  return { reason: 'notASignIn', message: 'has neither the time nor the names of a sign-in', wholeFile: false };
}
