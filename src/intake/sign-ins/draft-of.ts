import { WEIGHT_MEMBERS } from '../../core/conditional-access/record/weight.ts';
import type { Members } from './facts/members.ts';
import { isMembers } from './facts/members.ts';
import { fromAzureMonitor, isSignInCategory } from './formats/azure-monitor.ts';
import { unflattened } from './formats/flattened.ts';
import { isOfDirectory } from './formats/foreign-records.ts';
import type { Draft } from './formats/graph-record.ts';
import { fromLogAnalytics, hasColumnsOfSignIns, logAnalyticsColumn } from './formats/log-analytics.ts';
import { otherTable } from './formats/other-tables.ts';
import { EXTRAS, isOfClass, withGraphNames, withWords } from './formats/sdk-names.ts';
import { unwrap } from './formats/wrappers.ts';

export interface ShapedDraft {
  readonly draft: Draft;
  readonly format: SignInFormat;
}

/** Members that say who or what signed in: a record without any of them is no sign-in. */
export const SUBJECTS = ['userPrincipalName', 'userId', 'servicePrincipalId', 'appId', 'appDisplayName', 'ipAddress'];

/** A shape of JSON record that holds a sign-in. */
interface JsonFormat {
  /** Reads a record; `undefined` where it is of another shape. */
  readonly read: (record: Members) => Draft | undefined;
}

/** The shapes of JSON records, in the order in which they are tried: what wraps a sign-in goes before the sign-in. */
const JSON_FORMATS = {
  azureMonitor: { read: fromAzureMonitor },
  logAnalytics: {
    read: (record) => (isLogAnalytics(record) ? fromLogAnalytics(record) : undefined),
  },
  graph: {
    read: (record) => (isGraph(record) ? { members: unflattened(record), envelope: {}, zone: 'stated' } : undefined),
  },
} as const satisfies { readonly [name: string]: JsonFormat };

/** The format that a sign-in came in; the record that results is the same for each. */
export type SignInFormat = keyof typeof JSON_FORMATS | 'portalCsv';

const IN_TURN = Object.keys(JSON_FORMATS) as readonly (keyof typeof JSON_FORMATS)[];

/** Recognises one JSON record by its members, unwrapping what collectors put around it; nothing if it is no sign-in. */
export function draftOf(record: Members): ShapedDraft | undefined {
  if (isOfClass(record)) return draftOf(withWords(withGraphNames(record)));
  for (const format of IN_TURN) {
    const draft = JSON_FORMATS[format].read(record);
    if (draft !== undefined) return { draft, format };
  }
  const inner = unwrap(record);
  return inner === undefined ? undefined : draftOf(inner);
}

/** Members of other objects of Graph. */
const FOREIGN = [
  'activityDisplayName',
  'trafficType',
  'riskEventType',
  'accountEnabled',
  'auditLogRecordType',
] as const;

/**
 * Members by which a record may turn out to be something else than a sign-in of Graph, whatever else it holds; so does any
 * whose name begins with a capital letter or a sign. One with a weight stands for many. A record without them, with
 * {@link SUBJECTS} and `createdDateTime`, is one sign-in.
 */
export const DOUBTFUL: readonly string[] = [
  ...FOREIGN,
  'displayName',
  'conditions',
  'properties',
  'addressGrouping',
  ...WEIGHT_MEMBERS,
  ...EXTRAS,
];

function isGraph(record: Members): boolean {
  if (FOREIGN.some((name) => name in record)) return false;
  if (isMembers(record['conditions']) || isOfDirectory(record)) return false;
  const type = record['@odata.type'];
  if (type === '#microsoft.graph.signIn') return true;
  if (typeof type === 'string') return false;
  const subject = SUBJECTS.some((name) => name in record);
  return subject && ('createdDateTime' in record || ('ipAddress' in record && 'status' in record));
}

/** Whether a row has what every table of sign-ins has, and nothing that tells of another. */
function isLogAnalytics(record: Members): boolean {
  if ('properties' in record) return false;
  if (isSignInCategory(record['Category']) || isSignInCategory(record['Type'])) return true;
  const names = Object.keys(record);
  if (!names.some((name) => /^(CreatedDateTime|TimeGenerated)/.test(name))) return false;
  const columns = new Set(names.map(logAnalyticsColumn));
  return hasColumnsOfSignIns(columns) && otherTable(record) === undefined;
}
