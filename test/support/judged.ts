import type { JudgedSignIn } from '../../src/core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn, SignIn } from '../../src/core/conditional-access/record/sign-in.ts';
import type { SignalingStatus, Tenant } from '../../src/core/tenant/tenant.ts';
import { toAttempt } from '../../src/intake/sign-ins/facts/to-attempt.ts';
import { createJudge } from '../../src/replay/judge.ts';

/** Sign-ins for a log that makes their records later. */
export function judgedSignIns(
  records: readonly SignIn[],
  tenant: Tenant,
  status: SignalingStatus = 'enabled',
  serial = 1,
): readonly JudgedSignIn[] {
  const judge = createJudge(tenant, serial, status);
  return records.map((record) => {
    const attempt = toAttempt(record);
    const judged = judge.judged({ record, attempt }, judge.judge({ attempt }).decision);
    return { ...judged, text: Buffer.from(JSON.stringify(record)), isAsExported: false };
  });
}

/** The same sign-ins as a log has them that writes their records at once. */
export function writtenSignIns(
  records: readonly SignIn[],
  tenant: Tenant,
  status: SignalingStatus = 'enabled',
  serial = 1,
): readonly LoggedSignIn[] {
  const judge = createJudge(tenant, serial, status);
  return records.map((record) => {
    const attempt = toAttempt(record);
    return judge.write(record, attempt, judge.see(attempt));
  });
}
