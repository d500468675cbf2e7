import { signInsOf } from '../../core/impact/counter.ts';
import type { GroupCounts } from '../../core/impact/grouped.ts';
import { switched, worldOf } from '../../core/impact/world.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import type { LoggedReach } from '../../output/reports/signaling/logged-reach.ts';
import type { ForecastCounts } from '../../replay/forecast.ts';
import { forecast } from '../../replay/forecast.ts';
import type { Session } from '../../shell/session.ts';
import type { SignInLog } from '../../store/types.ts';
import { mayAct } from '../acting.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { openLoggedSignIns } from '../logged-sign-ins.ts';
import { signInLog } from '../sign-in-log.ts';

/** The most entries of the log that a switch counts; above it nobody is kept waiting, and `gsa impact --from-logs` counts them. */
const MOST = 200_000;

/**
 * The logged sign-ins that a switch would stop, counted as `gsa impact --from-logs` counts; `null` where there are none, or where
 * the actor may not read them.
 */
export async function loggedReach(session: Session, tenant: Tenant, to: SignalingStatus): Promise<LoggedReach | null> {
  if (!mayAct(session, tenant, ['signin.read'])) return null;
  const log = await signInLog(session);
  if (log.count({ conditions: [] }) === 0) return null;
  const { stream, onProgress, replayedUnder } = await openLoggedSignIns(session, tenant, {});
  const conditions = [{ column: 'signalingStatus', operator: 'eq', value: replayedUnder } as const];
  const signIns = log.signIns({ conditions });
  const command = commandText(['impact', ...tenantWords(session), '--from-logs']);
  const logged = { ...spanOf(log, conditions), signIns, command };
  if (log.count({ conditions }) > MOST) return { ...logged, counted: null };
  const before = worldOf(tenant, tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  const counts = await forecast(stream, {
    before,
    after: switched(before, to),
    selfCheck: undefined,
    signInId: undefined,
    interrupted: session.interrupted,
    onProgress,
  });
  return { ...logged, counted: countedOf(counts) };
}

type Conditions = Parameters<SignInLog['count']>[0]['conditions'];

function spanOf(log: SignInLog, conditions: Conditions): Pick<LoggedReach, 'from' | 'to'> {
  const end = (descending: boolean) => {
    const [row] = log.query({ conditions, order: { column: 'createdDateTime', descending }, limit: 1 });
    return row?.record.createdDateTime ?? '';
  };
  return { from: end(false), to: end(true) };
}

function countedOf({ classes, certainlyStopped, groups }: ForecastCounts): LoggedReach['counted'] {
  const of = (kind: string) => {
    const found = classes.find((each) => each.class === kind);
    return found === undefined ? 0 : signInsOf(found);
  };
  const people = groups.filter((group) => group.by === 'user' && stoppedIn(group) > 0).map(({ id }) => id);
  return {
    stopped: {
      signIns: of('newlyBlocked') + of('newlyDenied') + signInsOf(certainlyStopped),
      users: new Set(people).size,
    },
    unknown: of('unknown') - signInsOf(certainlyStopped),
    policies: groups
      .filter((group) => group.by === 'policy' && stoppedIn(group) > 0)
      .map((group) => ({
        id: group.id,
        displayName: group.displayName,
        class: group.class,
        signIns: stoppedIn(group),
        users: group.users,
      })),
  };
}

/** Sign-ins of a group that are surely stopped, whether it is known how or not. */
function stoppedIn(group: GroupCounts): number {
  const isStopping = group.class === 'newlyBlocked' || group.class === 'newlyDenied';
  return isStopping ? signInsOf(group) : group.certainlyStopped;
}
