import { compile } from '../../core/conditional-access/compile.ts';
import { evaluate } from '../../core/conditional-access/evaluate.ts';
import { observingOptions } from '../../core/conditional-access/observing.ts';
import { UNREACHED } from '../../core/conditional-access/record/reach.ts';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { observe } from '../../core/signaling/observe.ts';
import type { LogStoryReport } from '../../output/reports/log/story.ts';
import type { Session } from '../../shell/session.ts';
import type { StoredTenant } from '../../store/types.ts';
import { loggedAttempt } from '../logged-attempt.ts';
import { factsBeside } from '../sign-in-sources.ts';
import { storyReport } from '../story.ts';
import { logRow } from './rows.ts';

type Story = LogStoryReport['value'][number];

/** Tells sign-ins of the log whole, by the tenant as it stands now; what all of them need is made once. */
export async function createTeller(session: Session, stored: StoredTenant): Promise<(logged: LoggedSignIn) => Story> {
  const compiled = compile(stored.tenant);
  const options = observingOptions(compiled);
  const facts = await factsBeside(session, stored.tenant, {});
  return (logged) => {
    const { signalingStatus } = logged.replay;
    const attempt = loggedAttempt(logged, facts);
    const evaluation = evaluate(compiled, attempt, observe(attempt, signalingStatus, options));
    const story = storyReport(compiled, { attempt, signalingStatus, options }, evaluation, {
      ...nameOf(logged),
      notes: notesOn(logged, evaluation.outcome, stored),
    });
    return { ...story, signIn: logRow(logged) };
  };
}

function nameOf({ record }: LoggedSignIn) {
  return {
    user:
      record.userPrincipalName ??
      record.servicePrincipalName ??
      record.userId ??
      record.servicePrincipalId ??
      'unknown',
    target: record.resourceDisplayName ?? record.appDisplayName ?? record.resourceId ?? 'unknown',
    createdDateTime: record.createdDateTime,
  };
}

/** What a reader has to know of the record, and where this story differs from what the log has. */
function notesOn(
  { record, replay }: LoggedSignIn,
  outcome: string,
  { tenant, serial }: StoredTenant,
): readonly string[] {
  const names = new Map(tenant.policies.map(({ id, displayName }) => [id, displayName]));
  const by = replay.decidedBy.map((id) => names.get(id) ?? id).join(', ');
  const isOld = replay.tenantSerial !== serial;
  return [
    ...(isOld
      ? [`it was judged by serial ${replay.tenantSerial} of the tenant, and is told anew by serial ${serial}`]
      : []),
    ...(replay.unreached === undefined
      ? []
      : [`${UNREACHED[replay.unreached]}: no policy was asked, and what follows is what they would have said`]),
    ...(outcome === replay.outcome || replay.unreached !== undefined
      ? []
      : [`when it was judged the outcome was ${replay.outcome}${by === '' ? '' : ` by ${by}`}`]),
    ...(record.signInEventTypes?.includes('nonInteractiveUser') === true
      ? ['non-interactive: its address may be that of an earlier interactive sign-in']
      : []),
    ...(record.id.startsWith('derived-') ? ['the export gave no id: this one is made from the content'] : []),
  ];
}
