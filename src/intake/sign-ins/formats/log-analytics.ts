import { isGuid } from '../../../core/values/guid.ts';
import { lowerFirst } from '../../../core/values/lower-first.ts';
import { isSameText } from '../../json/value.ts';
import { isPrintedObject } from '../../text/printed-object.ts';
import type { Members } from '../facts/members.ts';
import { integerOf, isBlank, isMembers, setMember } from '../facts/members.ts';
import { completeLocation, completeStatus, errorCodeIn, eventTypesOf } from './azure-monitor.ts';
import { FLATTENED } from './flattened.ts';
import type { Draft } from './graph-record.ts';
import { withSmallNames } from './sdk-names.ts';
import { summaryOf } from './summary-rows.ts';

/**
 * Rows of the Log Analytics tables `SigninLogs`, `AADNonInteractiveUserSignInLogs` and their kin, as Azure Monitor, Sentinel
 * and `az monitor log-analytics query` export them: Graph's names in Pascal case, objects as JSON text or in pairs of
 * columns (`Status_dynamic`, `Status_string`), times with the zone in the name (`CreatedDateTime [UTC]`).
 */

/** Columns whose Graph name is not simply theirs in camel case. */
const NAMES: Readonly<Record<string, string>> = {
  IPAddress: 'ipAddress',
  IPAddressFromResourceProvider: 'ipAddressFromResourceProvider',
  LocationDetails: 'location',
  ResourceIdentity: 'resourceId',
  RiskEventTypes_V2: 'riskEventTypes_v2',
  ProcessingTimeInMs: 'processingTimeInMilliseconds',
  // Columns of scripts that flatten Graph's answer.
  City: 'location.city',
  State: 'location.state',
  Country: 'location.countryOrRegion',
  CountryOrRegion: 'location.countryOrRegion',
  ErrorCode: 'status.errorCode',
  FailureReason: 'status.failureReason',
  OS: 'deviceDetail.operatingSystem',
  OperatingSystem: 'deviceDetail.operatingSystem',
  Browser: 'deviceDetail.browser',
  Device: 'deviceDetail.displayName',
};

/** Columns of the table itself, which are no members of a sign-in. */
const TABLE_COLUMNS = new Set([
  'TimeGenerated',
  'TenantId',
  'SourceSystem',
  'ResourceId',
  'OperationName',
  'OperationVersion',
  'Category',
  'ResultType',
  'ResultSignature',
  'ResultDescription',
  'DurationMs',
  'Resource',
  'ResourceGroup',
  'ResourceProvider',
  'Identity',
  'Level',
  'Location',
  'AADTenantId',
  'Type',
  'TableName',
  'IsRisky',
  'ConditionalAccessPolicies',
  'ConditionalAccessPoliciesV2',
]);

/** Columns that hold the list of policies, the one to believe first. */
const POLICY_COLUMNS = ['ConditionalAccessPoliciesV2', 'ConditionalAccessPolicies'];

/** Column names without the zone, the type and the spaces that exports add. */
export function logAnalyticsColumn(header: string): string {
  return header
    .trim()
    .replace(/ ?\[UTC\]$/, '')
    .replace(/_(dynamic|string|s|g|d|b|t)$/, '');
}

/** The column as tables name it: records of Graph in a table have Graph's names, which begin with a small letter. */
export function tableColumn(header: string): string {
  const column = logAnalyticsColumn(header);
  return column === 'ipAddress' ? 'IPAddress' : column.slice(0, 1).toUpperCase() + column.slice(1);
}

/** Whether columns have what every table of sign-ins has: a time, who signed in, and to what or from where. */
export function hasColumnsOfSignIns(columns: ReadonlySet<string>): boolean {
  return [TIMES, SUBJECTS, TARGETS].every((names) => names.some((name) => columns.has(name)));
}

const TIMES = ['CreatedDateTime', 'TimeGenerated'];
const SUBJECTS = ['UserPrincipalName', 'UserId', 'ServicePrincipalId'];
/** Columns that no other table has. */
export const SIGN_IN_COLUMNS = [
  'AppDisplayName',
  'AuthenticationRequirement',
  'ClientAppUsed',
  'ConditionalAccessPolicies',
  'ConditionalAccessStatus',
  'CrossTenantAccessType',
  'IsInteractive',
  'ResourceDisplayName',
  'ResourceIdentity',
];
const TARGETS = [...SIGN_IN_COLUMNS, 'IPAddress', 'AppId'];

/** The destination of the cells of a column; worked out once for each header, of which a file has few and rows many. */
interface Destination {
  readonly column: string;
  /** Path of the member; `undefined` for a column of the table. */
  readonly path: string | undefined;
}

const destinations = new Map<string, Destination>();
/** More headers than all tables have together: a file that makes up new ones does not fill the memory. */
const MOST_HEADERS = 2000;

function destinationOf(header: string): Destination {
  const known = destinations.get(header);
  if (known !== undefined) return known;
  const column = logAnalyticsColumn(header);
  const path = TABLE_COLUMNS.has(column)
    ? undefined
    : ((Object.hasOwn(NAMES, column) ? NAMES[column] : undefined) ?? lowerFirst(column.replace(FLATTENED, '$1.')));
  const destination = { column, path };
  if (destinations.size < MOST_HEADERS) destinations.set(header, destination);
  return destination;
}

/** The member of a sign-in that a column holds; nothing for a column of the table itself. */
export function logAnalyticsPath(header: string): string | undefined {
  return destinationOf(header).path;
}

/** The draft of a row; every row has one, whether it is a sign-in shows when the record is finished. */
export function fromLogAnalytics(row: Members): Draft {
  const members: Members = {};
  const table: Members = {};
  const errorCodes: unknown[] = [];
  for (const [header, cell] of Object.entries(row)) {
    if (isBlank(cell)) continue;
    const { column, path } = destinationOf(header);
    const value = path === undefined ? unpack(cell) : withSmallNames(unpack(cell));
    if (path === undefined) setMember(table, column, value);
    else place(members, path, value);
    if (column === 'ResultType' || path === 'status' || path === 'status.errorCode')
      errorCodes.push(errorCodeIn(value));
  }
  takePolicies(members, table);
  const { status } = members;
  if (status !== undefined && !isMembers(status) && !isPrintedObject(status)) {
    members['status'] = { errorCode: integerOf(status) };
    if (integerOf(status) === undefined) table['Status'] = status;
  }
  completeStatus(members, table['ResultType'], table['ResultDescription']);
  // Where Export-Csv wrote Graph's object, the cell is no country.
  if (isPrintedObject(table['Location'])) setMember(members, 'location', table['Location']);
  completeLocation(members, withSmallNames(table['Location']));
  takeResource(members, table);
  if (isBlank(members['signInEventTypes'])) {
    const types = eventTypesOf(table['Category']) ?? eventTypesOf(table['Type']);
    if (types !== undefined) members['signInEventTypes'] = types;
  }
  if (isBlank(members['userDisplayName'])) takeName(members, table);
  const summary = summaryOf(members);
  if (summary !== undefined && 'signInCount' in summary) members['signInCount'] = summary.signInCount;
  return {
    members,
    envelope: withoutRepeated(table, members),
    loggedDateTime: table['TimeGenerated'],
    zone: 'utc',
    errorCodes,
    ...(summary !== undefined && 'open' in summary ? { countedBy: summary.open } : {}),
  };
}

/** The column names the log itself by a path; an id there is of the resource, in a table of Graph's own objects. */
function takeResource(members: Members, table: Members): void {
  const { ResourceId } = table;
  if (!isBlank(members['resourceId']) || typeof ResourceId !== 'string' || !isGuid(ResourceId)) return;
  members['resourceId'] = ResourceId;
  delete table['ResourceId'];
}

/** A member or, with a dot in the name, a member of a member (`DeviceDetail.browser`). */
function place(members: Members, name: string, value: unknown): void {
  const dot = name.indexOf('.');
  if (dot === -1) {
    const known = Object.hasOwn(members, name) ? members[name] : undefined;
    // Of a pair of columns the filled one counts; blank cells never come here.
    if (isBlank(known)) setMember(members, name, value);
    // A member of it may have had a column of its own before.
    else if (isMembers(known) && isMembers(value)) setMember(members, name, { ...value, ...known });
    return;
  }
  const parent = name.slice(0, dot);
  const inner: Members = isMembers(members[parent]) ? members[parent] : {};
  setMember(inner, lowerFirst(name.slice(dot + 1)), value);
  setMember(members, parent, inner);
}

/** JSON text of an object or list; anything else as it is. */
function unpack(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  const first = cell.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

function takePolicies(members: Members, table: Members): void {
  for (const column of POLICY_COLUMNS) {
    const policies = table[column];
    if (!Array.isArray(policies)) continue;
    const known = members['appliedConditionalAccessPolicies'];
    if (Array.isArray(known) && known.length > 0) return;
    if (known === undefined || policies.length > 0) members['appliedConditionalAccessPolicies'] = policies;
    delete table[column];
  }
}

/** `Identity` repeats the display name of whoever signed in. */
function takeName(members: Members, table: Members): void {
  if (!isBlank(members['userPrincipalName']) && !isBlank(table['Identity'])) {
    members['userDisplayName'] = table['Identity'];
  }
}

function withoutRepeated(table: Members, members: Members): Members {
  const status = isMembers(members['status']) ? members['status'] : {};
  const location = isMembers(members['location']) ? members['location'] : {};
  const said: Members = {
    ResultType: status['errorCode'],
    ResultDescription: status['failureReason'],
    Location: location['countryOrRegion'],
    Identity: members['userDisplayName'] ?? members['servicePrincipalName'],
  };
  return Object.fromEntries(
    Object.entries(table).filter(([name, value]) => said[name] === undefined || !isSameText(said[name], value)),
  );
}
