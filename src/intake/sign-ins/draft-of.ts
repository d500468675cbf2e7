import type { SignInFormat } from '../types.ts';
import type { Members } from './facts/members.ts';
import { isMembers } from './facts/members.ts';
import { fromAzureMonitor, isSignInCategory } from './formats/azure-monitor.ts';
import type { Draft } from './formats/graph-record.ts';
import { fromLogAnalytics } from './formats/log-analytics.ts';
import { EXTRAS, isOfClass, withGraphNames } from './formats/sdk-names.ts';
import { unwrap } from './formats/wrappers.ts';

export interface ShapedDraft {
  readonly draft: Draft;
  readonly format: SignInFormat;
}

/** Who signed in, or what: a record without any of these members is none. */
export const SUBJECTS = ['userPrincipalName', 'userId', 'servicePrincipalId', 'appId', 'appDisplayName', 'ipAddress'];

/** Recognises one JSON record by its members, unwrapping what collectors put around it; nothing if it is no sign-in. */
export function draftOf(record: Members): ShapedDraft | undefined {
  const azure = fromAzureMonitor(record);
  if (azure !== undefined) return { draft: azure, format: 'azureMonitor' };
  if (isOfClass(record)) return draftOf(withGraphNames(record));
  if (isLogAnalytics(record)) return { draft: fromLogAnalytics(record), format: 'logAnalytics' };
  if (isGraph(record)) return { draft: { members: record, envelope: {}, zone: 'stated' }, format: 'graph' };
  const inner = unwrap(record);
  return inner === undefined ? undefined : draftOf(inner);
}

/** Members of other objects of Graph. */
const FOREIGN = ['activityDisplayName', 'trafficType', 'riskEventType', 'accountEnabled'] as const;

/**
 * Members by which a record may turn out to be something else than a sign-in of Graph, whatever else it holds; so does any
 * whose name begins with a capital letter or a sign. A record without them, with {@link SUBJECTS} and `createdDateTime`, is
 * one.
 */
export const DOUBTFUL: readonly string[] = [...FOREIGN, 'conditions', 'properties', ...EXTRAS];

function isGraph(record: Members): boolean {
  if (FOREIGN.some((name) => name in record)) return false;
  if (isMembers(record['conditions'])) return false;
  const type = record['@odata.type'];
  if (type === '#microsoft.graph.signIn') return true;
  if (typeof type === 'string') return false;
  const subject = SUBJECTS.some((name) => name in record);
  return subject && ('createdDateTime' in record || ('ipAddress' in record && 'status' in record));
}

function isLogAnalytics(record: Members): boolean {
  if ('properties' in record || 'Operation' in record || 'ActivityDisplayName' in record) return false;
  if (isSignInCategory(record['Category']) || isSignInCategory(record['Type'])) return true;
  const time = Object.keys(record).some((name) => /^(CreatedDateTime|TimeGenerated)( \[UTC\])?$/.test(name));
  return time && ['UserPrincipalName', 'UserId', 'ServicePrincipalId'].some((name) => name in record);
}
