import type { SignInFormat } from '../types.ts';
import type { Members } from './facts/members.ts';
import { isMembers } from './facts/members.ts';
import { fromAzureMonitor, isSignInCategory } from './formats/azure-monitor.ts';
import type { Draft } from './formats/graph-record.ts';
import { fromLogAnalytics } from './formats/log-analytics.ts';

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
export const DOUBTFUL: readonly string[] = [...FOREIGN, 'conditions', 'properties'];

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

/**
 * Collectors carry the record as text in a member of their own: `message` (Logstash, Sekoia's tests under `input`), `_raw`
 * (Splunk), `Body` (event hub captures).
 */
function unwrap(record: Members): Members | undefined {
  const { input } = record;
  const holder = isMembers(input) ? input : record;
  for (const name of ['message', '_raw', 'Body', 'body']) {
    const text = holder[name];
    if (typeof text !== 'string' || !text.startsWith('{')) continue;
    try {
      const inner: unknown = JSON.parse(text);
      if (isMembers(inner)) return inner;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
