import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import { asRecorded, isRecorded } from '../core/conditional-access/record/sign-in-record.ts';
import { ONE, weightOf } from '../core/conditional-access/record/weight.ts';
import { assumeProxyCountry } from '../core/signaling/proxy-country.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { otherStatus } from '../core/tenant/tenant.ts';
import type { AttemptFacts } from '../intake/sign-ins/facts/to-attempt.ts';
import { toAttempt } from '../intake/sign-ins/facts/to-attempt.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import { signInLog } from './sign-in-log.ts';
import type { OpenSignIns, SourceOptions } from './sign-in-sources.ts';
import { factsBeside } from './sign-in-sources.ts';

/**
 * The sign-ins that `gsa replay` logged, oldest first: those replayed under the tenant's own signaling status, or else those
 * of the other one, so that no sign-in comes twice. Each is the record as it was exported; a row that does not hold what the
 * replay wrote over says of policies only what gsa itself said, which is not heard again.
 * Throws GsaError `invalid` for an empty log.
 */
export async function openLoggedSignIns(
  session: Session,
  tenant: Tenant,
  options: SourceOptions,
): Promise<OpenSignIns & { readonly replayedUnder: SignalingStatus }> {
  const log = await signInLog(session);
  const current = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const statuses = [current, otherStatus(current)] as const;
  const replayedUnder = statuses.find((status) => log.count({ conditions: [under(status)] }) > 0);
  if (replayedUnder === undefined) {
    throw new GsaError('invalid', 'the sign-in log is empty', {
      hint: '`gsa replay <file>` fills it, or name the files here',
    });
  }
  const facts = await factsBeside(session, tenant, options);
  const all = log.count({ conditions: [under(replayedUnder)] });
  const onProgress = (count: number) => session.advance({ count, what: 'logged sign-ins read', share: count / all });
  return { stream: read(), onProgress, replayedUnder };

  async function* read(): SignInStream {
    const rows = log.query({
      conditions: [under(replayedUnder ?? current)],
      order: { column: 'createdDateTime', descending: false },
    });
    for (const row of rows) yield { signIn: readAgain(row, facts, options) };
  }
}

function readAgain(row: LoggedSignIn, facts: AttemptFacts, { proxyCountry }: SourceOptions): ReadSignIn {
  const record = isRecorded(row) ? asRecorded(row) : { ...row.record, appliedConditionalAccessPolicies: [] };
  const said = toAttempt(record, facts);
  return {
    id: record.id,
    createdDateTime: record.createdDateTime,
    record,
    attempt: proxyCountry === undefined ? said : assumeProxyCountry(said, proxyCountry),
    format: 'graph',
    marks: [],
    weight: weightOf(record) ?? ONE,
    ...(row.replay.isContradicted === true ? { isContradicted: true } : {}),
    place: { file: 'the sign-in log' },
  };
}

function under(status: SignalingStatus) {
  return { column: 'signalingStatus', operator: 'eq', value: status } as const;
}
