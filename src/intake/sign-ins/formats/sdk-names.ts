import type { Members } from '../facts/members.ts';
import { isMembers, setMember } from '../facts/members.ts';

/**
 * Sign-ins as objects of an SDK: the PowerShell and .NET classes begin every name with a capital, also those inside; the
 * Python classes write `created_date_time`. What a class has no property for stands in a member of extras.
 */

/** Columns that only the tables of Log Analytics have: with one of them, a record is a row and no object of a class. */
const TABLE_COLUMNS = [
  'TimeGenerated',
  'TimeGenerated [UTC]',
  'CreatedDateTime [UTC]',
  'ResultType',
  'Category',
  'OperationName',
  'SourceSystem',
  'TableName',
  'Type',
];

/** Members of classes for what they have no property for. */
export const EXTRAS: ReadonlySet<string> = new Set([
  'AdditionalProperties',
  'additionalProperties',
  'AdditionalData',
  'additionalData',
  'additional_data',
]);

/** The Python SDK and JavaScript's keep bookkeeping of their own beside the members. */
const BOOKKEEPING = new Set([
  'backing_store',
  'backingStore',
  'backingStoreEnabled',
  'odata_type',
  'odataType',
  'OdataType',
]);

export function isOfClass(record: Members): boolean {
  if ('created_date_time' in record && !('createdDateTime' in record)) return true;
  if (!('CreatedDateTime' in record)) return isGraphWithExtras(record);
  return !TABLE_COLUMNS.some((column) => column in record) && !isFlattened(record);
}

/** JavaScript's classes have Graph's names, and their extras beside them. */
function isGraphWithExtras(record: Members): boolean {
  return 'createdDateTime' in record && Object.keys(record).some((name) => EXTRAS.has(name));
}

/** Scripts that flatten the classes write a city and a system beside the sign-in, as rows of a table have them. */
function isFlattened(record: Members): boolean {
  return Object.keys(record).some(
    (name) => /^(DeviceDetail|Location|Status)[._]\w/.test(name) || name === 'OperatingSystem',
  );
}

/** The record under the names of Graph, at every depth. */
export function withGraphNames(record: Members): Members {
  const renamed: Members = {};
  for (const [name, value] of Object.entries(record)) {
    if (BOOKKEEPING.has(name)) continue;
    if (!EXTRAS.has(name)) setMember(renamed, graphName(name), renamedInside(withTimeSeparator(value)));
    else if (isMembers(value)) {
      for (const [inner, each] of Object.entries(withGraphNames(value))) {
        if (!Object.hasOwn(renamed, inner)) setMember(renamed, inner, each);
      }
    }
  }
  return renamed;
}

/**
 * Words of Graph by the numbers that its schema gives them (CSDL-beta, conditionalAccessStatus and appliedConditionalAccessPolicyResult):
 * PowerShell's `ConvertTo-Json` writes the enumerations of classes, such as those of the AzureAD module, as these numbers (PWSH).
 */
const WORDS = {
  status: ['success', 'failure', 'notApplied', 'unknownFutureValue'],
  result: [
    'success',
    'failure',
    'notApplied',
    'notEnabled',
    'unknown',
    'unknownFutureValue',
    'reportOnlySuccess',
    'reportOnlyFailure',
    'reportOnlyNotApplied',
    'reportOnlyInterrupted',
  ],
} as const;

/** What a record says of Conditional Access in words, where an object of a class says it in numbers. */
export function withWords(record: Members): Members {
  const { conditionalAccessStatus: status, appliedConditionalAccessPolicies: applied } = record;
  return {
    ...record,
    ...(typeof status === 'number' ? { conditionalAccessStatus: wordOf('status', status) } : {}),
    ...(Array.isArray(applied) ? { appliedConditionalAccessPolicies: applied.map(withResult) } : {}),
  };
}

function withResult(applied: unknown): unknown {
  if (!isMembers(applied) || typeof applied['result'] !== 'number') return applied;
  return { ...applied, result: wordOf('result', applied['result']) };
}

/** A number that stands for no word stays one, and is not read. */
function wordOf(kind: keyof typeof WORDS, number: number): unknown {
  return WORDS[kind][number] ?? number;
}

/** Python prints times with a space before the hour. */
function withTimeSeparator(value: unknown): unknown {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/.test(value);
  return isTime ? value.replace(' ', 'T') : value;
}

function renamedInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamedInside);
  return isMembers(value) ? withGraphNames(value) : value;
}

/** An object of a class, or a list of them, under the names of Graph: scripts write one into a cell of a table. */
export function withSmallNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.some(isOfCapitals) ? value.map(withSmallNames) : value;
  return isOfCapitals(value) ? withGraphNames(value) : value;
}

function isOfCapitals(value: unknown): value is Members {
  return isMembers(value) && Object.keys(value).some((name) => /^[A-Z]/.test(name));
}

/** Graph writes `ipAddress` and `riskEventTypes_v2` where classes have `IPAddress` and `RiskEventTypesV2`. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  IPAddress: 'ipAddress',
  IPAddressFromResourceProvider: 'ipAddressFromResourceProvider',
  RiskEventTypesV2: 'riskEventTypes_v2',
  riskEventTypesV2: 'riskEventTypes_v2',
  risk_event_types_v2: 'riskEventTypes_v2',
};

function graphName(name: string): string {
  if (Object.hasOwn(OTHER_NAMES, name)) return OTHER_NAMES[name] ?? name;
  const joined = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(name)
    ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name;
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
}
