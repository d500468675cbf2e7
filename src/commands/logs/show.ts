import { compile } from '../../core/conditional-access/compile.ts';
import { evaluate } from '../../core/conditional-access/evaluate.ts';
import { observingOptions } from '../../core/conditional-access/observing.ts';
import { UNREACHED } from '../../core/conditional-access/record/reach.ts';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { observe } from '../../core/signaling/observe.ts';
import type { SignInLog, StoredTenant } from '../../store/types.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { loggedAttempt } from '../logged-attempt.ts';
import { factsBeside } from '../sign-in-sources.ts';
import { storyReport } from '../story.ts';
import { delayText, isVisibleIn } from './delay.ts';
import { logRow, NEWEST_FIRST } from './rows.ts';

export const command = defineCommand<[string], object>({
  formats: ['ndjson', 'markdown'],
  declare: (command) =>
    command
      .description(
        'One sign-in of the log, told whole, for each signaling status that it was replayed under: the addresses that were ' +
          'seen, the named locations that hold them, every policy and why, and the nearest change that would turn the result.',
      )
      .argument('<id>', 'id of the sign-in, or how it begins')
      .addHelpText(
        'after',
        '\nExamples:\n  gsa logs --columns time,user,result,id\n  gsa logs show 5f000000-0000-4000-8000-000000000001',
      ),
  run: async (session, [id]) => {
    const stored = session.tenants().read();
    acting(session, stored.tenant, ['signin.read']);
    const log = await session.signIns();
    const found = signInsOf(log, id);
    const visible = found.filter(isVisibleIn(stored.tenant, () => session.now()));
    if (visible.length === 0) throw new GsaError('invalid', delayText(1, stored.tenant));
    const compiled = compile(stored.tenant);
    const options = observingOptions(compiled);
    const facts = await factsBeside(session, stored.tenant, {});
    const value = visible.map((logged) => {
      const { signalingStatus } = logged.replay;
      const attempt = loggedAttempt(logged, facts);
      const evaluation = evaluate(compiled, attempt, observe(attempt, signalingStatus, options));
      const story = storyReport(compiled, { attempt, signalingStatus, options }, evaluation, {
        ...nameOf(logged),
        notes: notesOn(logged, evaluation.outcome, stored),
      });
      return { ...story, signIn: logRow(logged) };
    });
    return { report: { kind: 'logStory', data: { value } } };
  },
});

/** Finds sign-ins by the whole id, or by its beginning where only one sign-in begins so. */
function signInsOf(log: SignInLog, id: string): readonly LoggedSignIn[] {
  const exact = log.find(id);
  if (exact.length > 0) return exact;
  const conditions = [{ column: 'id', operator: 'startsWith', value: id }] as const;
  const ids = [
    ...new Set([...log.query({ conditions, order: NEWEST_FIRST, limit: 20 })].map(({ record }) => record.id)),
  ];
  const [only] = ids;
  if (only === undefined) {
    throw new GsaError('invalid', `no sign-in of the log has the id \`${id}\``, {
      hint: '`gsa logs --columns time,user,result,id` shows the ids',
    });
  }
  if (ids.length === 1) return log.find(only);
  throw new GsaError('invalid', `several sign-ins have an id that begins with \`${id}\``, {
    problems: ids.map((each) => ({ message: each })),
  });
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
